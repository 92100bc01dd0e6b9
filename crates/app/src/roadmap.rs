//! The roadmap for parents and carers: what families decide when, and what the institution does about it.

use std::collections::BTreeMap;

use documents::{Block, Column, Document, Figure, Paper, Section, Table};
use domain::{Date, RoadmapPointId, YearGroup};
use serde_json::json;
use store::roadmap_point::RoadmapPoint;

use crate::{
    Action, Actor, App, Error, Frame, ListFile, Problems, Result, View,
    audit::changes,
    journey::{picture, short},
    poster::{Drawn, Poster, Row, Sign, Stop},
    programme_document::pdf,
};

/// The roadmap of a year.
#[derive(Debug, Clone)]
pub struct Roadmap {
    /// Where it is.
    pub frame: Frame,
    /// Its points, by year group and term; hidden ones only for those who may change it.
    pub points: Vec<RoadmapRow>,
    /// The whole as a picture: SVG, complete in itself.
    pub svg: String,
    /// Whether the reader may change it.
    pub may_write: bool,
    size: (u32, u32),
}

/// A key decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapRow {
    /// How an address names it: a standard point's key, or the id of one of the institution's own.
    pub key: String,
    /// For whom.
    pub year_group: YearGroup,
    /// The term, 1 to 3.
    pub term: i16,
    /// The day, if there is one.
    pub held_on: Option<Date>,
    /// What is decided.
    pub title: String,
    /// What it means for the family.
    pub about: String,
    /// What the institution does.
    pub does: String,
    /// Whether it is left out.
    pub is_hidden: bool,
    /// Whether it stands there as every institution begins with it.
    pub is_standard: bool,
}

/// A key decision as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoadmapForm {
    /// For whom.
    pub year_group: String,
    /// The term, 1 to 3.
    pub term: String,
    /// The day; may be blank.
    pub held_on: String,
    /// What is decided.
    pub title: String,
    /// What it means for the family.
    pub about: String,
    /// What the institution does.
    pub does: String,
}

/// One key decision with its form.
#[derive(Debug, Clone)]
pub struct RoadmapPointPage {
    /// Where it is.
    pub frame: Frame,
    /// What it says.
    pub form: RoadmapForm,
    /// Whether it is left out.
    pub is_hidden: bool,
}

const ABOUT: &str =
    "The key decisions on the way through school or college: what they mean for families, and what we do about them.";
const ABOUT_COLLEGE: &str =
    "The key decisions on the way through the course: what they mean for families, and what we do about them.";

impl Roadmap {
    /// The points that are shown to families.
    pub fn shown(&self) -> impl Iterator<Item = &RoadmapRow> {
        self.points.iter().filter(|point| !point.is_hidden)
    }

    /// What the picture shows, in words.
    pub fn description(&self) -> String {
        format!(
            "{} key decisions by year group and term. A table with the same content follows, with what families can do and what we do.",
            self.shown().count()
        )
    }
}

impl RoadmapForm {
    fn of(row: &RoadmapRow) -> Self {
        Self {
            year_group: row.year_group.to_string(),
            term: row.term.to_string(),
            held_on: row.held_on.map_or(String::new(), |day| day.to_string()),
            title: row.title.clone(),
            about: row.about.clone(),
            does: row.does.clone(),
        }
    }

    fn fields(&self) -> [(&'static str, String); 6] {
        [
            ("year_group", self.year_group.clone()),
            ("term", self.term.clone()),
            ("held_on", self.held_on.clone()),
            ("title", self.title.clone()),
            ("about", self.about.clone()),
            ("does", self.does.clone()),
        ]
    }
}

impl App {
    /// The roadmap of the view's year: the standard points, with what the institution changed, hid and added.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn roadmap(&self, actor: &Actor, view: View) -> Result<Roadmap> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let frame = self.frame(actor, view)?;
        let own =
            self.store().read(view.institution, |tx| store::roadmap_point::list(tx, view.institution, frame.year))?;
        let may_write = actor.ask_for_all(Action::Record, view.institution).is_ok();
        let mut points = rows(&frame, &own);
        points.retain(|point| may_write || !point.is_hidden);
        let mut roadmap = Roadmap { frame, points, svg: String::new(), may_write, size: (0, 0) };
        let Drawn { svg, width, height } = draw(&roadmap);
        roadmap.svg = svg;
        roadmap.size = (width, height);
        Ok(roadmap)
    }

    /// The roadmap as an SVG to be saved.
    ///
    /// # Errors
    /// As [`App::roadmap`].
    pub fn roadmap_picture(&self, actor: &Actor, view: View) -> Result<ListFile> {
        Ok(picture("roadmap-for-parents-and-carers", self.roadmap(actor, view)?.svg))
    }

    /// The roadmap as a poster to be printed: a PDF with the picture, its description and the same as tables.
    ///
    /// # Errors
    /// As [`App::roadmap`].
    pub fn roadmap_poster(&self, actor: &Actor, view: View) -> Result<ListFile> {
        let roadmap = self.roadmap(actor, view)?;
        pdf("roadmap-for-parents-and-carers", &document(&roadmap).on(Paper::A3))
    }

    /// One key decision with its form.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such point.
    pub fn roadmap_point(&self, actor: &Actor, view: View, key: &str) -> Result<RoadmapPointPage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let roadmap = self.roadmap(actor, view)?;
        let row = roadmap.points.iter().find(|point| point.key == key).ok_or(Error::NOT_FOUND)?;
        Ok(RoadmapPointPage { form: RoadmapForm::of(row), is_hidden: row.is_hidden, frame: roadmap.frame })
    }

    /// Adds a key decision of the institution's own.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or the form has problems.
    pub fn add_roadmap_point(&self, actor: &Actor, view: View, form: &RoadmapForm) -> Result<RoadmapPointId> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let frame = self.frame(actor, view)?;
        let id = RoadmapPointId(self.context().next_id());
        let point = RoadmapPoint { id, pack_key: None, ..read(form, &frame)? };
        self.keep_point(actor, view, &point, changes([], form.fields()))?;
        Ok(id)
    }

    /// Changes a key decision; a standard one becomes the institution's own for this year.
    ///
    /// # Errors
    /// As [`App::roadmap_point`], and if the form has problems.
    pub fn change_roadmap_point(&self, actor: &Actor, view: View, key: &str, form: &RoadmapForm) -> Result<()> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (frame, row, before) = self.own_point(actor, view, key)?;
        let after = read(form, &frame)?;
        let changed = changes(RoadmapForm::of(&row).fields(), form.fields());
        let point = RoadmapPoint { id: before.id, pack_key: before.pack_key, is_hidden: row.is_hidden, ..after };
        self.keep_point(actor, view, &point, changed)
    }

    /// Leaves a key decision out, or shows it again.
    ///
    /// # Errors
    /// As [`App::roadmap_point`].
    pub fn hide_roadmap_point(&self, actor: &Actor, view: View, key: &str, is_hidden: bool) -> Result<()> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (_, row, before) = self.own_point(actor, view, key)?;
        let word = |hidden: bool| if hidden { "left out" } else { "shown" }.to_owned();
        let changed = changes([("shown", word(row.is_hidden))], [("shown", word(is_hidden))]);
        self.keep_point(actor, view, &RoadmapPoint { is_hidden, ..before }, changed)
    }

    /// A point as the roadmap shows it and as it is, or would be, kept.
    fn own_point(&self, actor: &Actor, view: View, key: &str) -> Result<(Frame, RoadmapRow, RoadmapPoint)> {
        let roadmap = self.roadmap(actor, view)?;
        let row = roadmap.points.iter().find(|point| point.key == key).cloned().ok_or(Error::NOT_FOUND)?;
        let own = self
            .store()
            .read(view.institution, |tx| store::roadmap_point::list(tx, view.institution, roadmap.frame.year))?;
        let kept = own.into_iter().find(|point| point.pack_key.as_deref() == Some(key) || point.id.to_string() == key);
        let point = kept.unwrap_or_else(|| RoadmapPoint {
            id: RoadmapPointId(self.context().next_id()),
            academic_year: roadmap.frame.year,
            year_group: row.year_group,
            term: row.term,
            held_on: row.held_on,
            title: row.title.clone(),
            about: row.about.clone(),
            does: row.does.clone(),
            position: 0,
            is_hidden: row.is_hidden,
            pack_key: Some(row.key.clone()),
        });
        Ok((roadmap.frame, row, point))
    }

    fn keep_point(&self, actor: &Actor, view: View, point: &RoadmapPoint, changed: crate::audit::Change) -> Result<()> {
        let payload = json!({"year": point.academic_year.to_string(), "fields": changed.names()});
        let event = self
            .event(actor, "roadmap.changed", ("roadmap-point", Some(point.id.0)), payload)
            .with([self.detail(None, &changed)]);
        self.store().write(view.institution, |tx| -> Result<_> {
            tx.wait_turn(view.institution)?;
            let all = store::roadmap_point::list(tx, view.institution, point.academic_year)?;
            // Two who change one point of the pack at once would keep it twice.
            if all.iter().any(|one| one.id != point.id && one.pack_key.is_some() && one.pack_key == point.pack_key) {
                return Err(Error::conflict("Somebody else changed this just now. Look at it again."));
            }
            store::roadmap_point::set(tx, view.institution, point)?;
            Ok(store::audit::record(tx, view.institution, &event)?)
        })
    }
}

/// The roadmap as a document: the picture with its description, and the same as tables.
pub(crate) fn document(roadmap: &Roadmap) -> Document {
    let about = about(&roadmap.frame);
    let mut document =
        Document::new(format!("Roadmap for parents and carers {}", roadmap.frame.year), roadmap.frame.today)
            .described(about)
            .issued_by(roadmap.frame.institution.name.clone())
            .block(Block::paragraph(about))
            .block(Block::Figure(Figure {
                description: roadmap.description(),
                svg: roadmap.svg.clone(),
                width: roadmap.size.0,
                height: roadmap.size.1,
            }));
    let mut by_year: BTreeMap<YearGroup, Vec<&RoadmapRow>> = BTreeMap::new();
    for point in roadmap.shown() {
        by_year.entry(point.year_group).or_default().push(point);
    }
    for (year, points) in by_year {
        let columns = [
            Column::short("When"),
            Column::words("Decision"),
            Column::words("What you can do"),
            Column::words("What we do"),
        ];
        let mut table = Table::new(columns);
        for point in points {
            table.row([
                when(point).into(),
                point.title.clone().into(),
                point.about.clone().into(),
                point.does.clone().into(),
            ]);
        }
        document = document.section(Section::new(format!("Year {year}")).table(table));
    }
    document
}

fn about(frame: &Frame) -> &'static str {
    match frame.institution.kind.map(domain::InstitutionType::sector) {
        Some(domain::Sector::Post16) => ABOUT_COLLEGE,
        _ => ABOUT,
    }
}

/// The standard points with what the institution made of them, and its own.
pub(crate) fn rows(frame: &Frame, own: &[RoadmapPoint]) -> Vec<RoadmapRow> {
    let sector = frame.institution.kind.map_or(domain::Sector::School, domain::InstitutionType::sector);
    let years = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let kept = |point: &RoadmapPoint| RoadmapRow {
        key: point.pack_key.clone().unwrap_or_else(|| point.id.to_string()),
        year_group: point.year_group,
        term: point.term,
        held_on: point.held_on,
        title: point.title.clone(),
        about: point.about.clone(),
        does: point.does.clone(),
        is_hidden: point.is_hidden,
        is_standard: false,
    };
    let standard = domain::roadmap::standard(sector, years)
        .filter(|point| !own.iter().any(|own| own.pack_key.as_deref() == Some(point.key)))
        .map(|point| RoadmapRow {
            key: point.key.to_owned(),
            year_group: YearGroup::new(point.year_group),
            term: i16::from(point.term),
            held_on: None,
            title: point.title.to_owned(),
            about: point.about.to_owned(),
            does: point.does.to_owned(),
            is_hidden: false,
            is_standard: true,
        });
    let mut rows: Vec<_> = standard.chain(own.iter().map(kept)).collect();
    // Within a term, what has a day comes by its day, after what has none.
    rows.sort_by(|a, b| (a.year_group, a.term, a.held_on, &a.title).cmp(&(b.year_group, b.term, b.held_on, &b.title)));
    rows
}

fn read(form: &RoadmapForm, frame: &Frame) -> Result<RoadmapPoint> {
    let mut problems = Problems::default();
    let (lowest, highest) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let year_group = problems.take(
        "year_group",
        form.year_group
            .parse()
            .ok()
            .filter(|year| (lowest..=highest).contains(year))
            .ok_or_else(|| "Choose a year group.".to_owned()),
    );
    let term = problems.take(
        "term",
        form.term.parse().ok().filter(|term| (1..=3).contains(term)).ok_or_else(|| "Choose a term.".to_owned()),
    );
    let (first, last) = frame.year_span;
    let held_on = match form.held_on.trim() {
        "" => None,
        text => problems.take(
            "held_on",
            domain::date::parse(text).filter(|day| (first..=last).contains(day)).ok_or_else(|| {
                let (first, last) = (domain::date::long(first), domain::date::long(last));
                format!("Enter a day from {first} to {last}, or leave it blank.")
            }),
        ),
    };
    let title = problems.required("title", &form.title, "what is decided");
    let about = problems.required("about", &form.about, "what it means for the family");
    let does = problems.required("does", &form.does, "what you do about it");
    for (field, text, most) in [("title", &title, 120), ("about", &about, 600), ("does", &does, 600)] {
        if text.chars().count() > most {
            problems.add(field, format!("This is too long for a poster. Keep it below {most} characters."));
        }
    }
    problems.check()?;
    let (Some(year_group), Some(term)) = (year_group, term) else { return Err(Error::NOT_FOUND) };
    Ok(RoadmapPoint {
        id: RoadmapPointId(0),
        academic_year: frame.year,
        year_group,
        term,
        held_on,
        title,
        about,
        does,
        position: 0,
        is_hidden: false,
        pack_key: None,
    })
}

/// "Spring term", or the day.
pub(crate) fn when(row: &RoadmapRow) -> String {
    match (row.held_on, row.term) {
        (Some(day), _) => short(day),
        (None, 1) => "Autumn term".to_owned(),
        (None, 2) => "Spring term".to_owned(),
        (None, _) => "Summer term".to_owned(),
    }
}

fn draw(roadmap: &Roadmap) -> Drawn {
    let title = format!("Roadmap for parents and carers {}", roadmap.frame.year);
    let mut by_year: BTreeMap<YearGroup, [Vec<Stop>; 3]> = BTreeMap::new();
    for point in roadmap.shown() {
        let term = usize::try_from(point.term - 1).unwrap_or(0).min(2);
        let day = point.held_on.map_or(String::new(), |day| format!("{}: ", short(day)));
        by_year.entry(point.year_group).or_default()[term].push(Stop {
            title: point.title.clone(),
            beneath: format!("{day}{}", point.does),
            sign: if point.held_on.is_some() { Sign::Fixed } else { Sign::Done },
        });
    }
    let rows =
        by_year.into_iter().map(|(year, terms)| Row { label: format!("Year {year}"), beneath: String::new(), terms });
    Poster { title: &title, description: &roadmap.description(), name: "roadmap", rows: rows.collect() }.draw()
}
