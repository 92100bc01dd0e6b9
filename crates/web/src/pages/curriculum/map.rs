use app::{CurriculumCell, CurriculumMap};
use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, show},
    fields::escape,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Subjects by year groups.
#[derive(Template)]
#[template(path = "pages/curriculum/map.html")]
pub(crate) struct MapPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) years: Vec<String>,
    pub(crate) rows: Vec<MapRow>,
    /// Where leads are named, for those who may.
    pub(crate) leads: Option<String>,
    pub(crate) training: String,
    /// Where subjects are entered, if there are none.
    pub(crate) settings: String,
    /// Whether only the reader's own subjects are shown, and the choice.
    pub(crate) choices: Vec<(Choice, String)>,
}

/// One subject.
pub(crate) struct MapRow {
    pub(crate) subject: String,
    pub(crate) lead: String,
    pub(crate) cells: Vec<Option<CellView>>,
}

/// One subject in one year group that takes it.
pub(crate) struct CellView {
    pub(crate) href: String,
    /// `recorded`, `written` or `gap`.
    pub(crate) class: &'static str,
    pub(crate) shown: String,
    pub(crate) said: String,
}

/// GET the map.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let map = site.run(move |app| app.curriculum_map(&actor, view)).await?;
    Ok(show(&page(&visitor, &here, &map)))
}

fn page(visitor: &Visitor, here: &Here, map: &CurriculumMap) -> MapPage {
    let place = Place::new(&map.frame, "programme/curriculum");
    let cells = || map.subjects.iter().flat_map(|row| &row.cells).filter(|cell| cell.is_taught);
    let all = cells().count();
    let recorded = cells().filter(|cell| cell.is_recorded).count();
    let gaps = cells().filter(|cell| cell.links == 0 && !cell.is_recorded).count();
    let own = map.subjects.iter().filter(|row| row.may_write).count();
    let only_own = here.query.one("subjects") == "own";
    let choice = |value: &str, label: &str, chosen: bool| {
        let to = match value {
            "" => place.to("programme/curriculum"),
            _ => place.to("programme/curriculum?subjects=own"),
        };
        (Choice::new(value, label, chosen), to)
    };
    MapPage {
        lead: match all {
            0 => "No subjects are known yet.".to_owned(),
            _ => format!(
                "In {recorded} of {} a lesson that links to careers is recorded this year; {} yet.",
                words::count(all, "pair of subject and year group", "pairs of subject and year group"),
                words::count(gaps, "has nothing", "have nothing")
            ),
        },
        years: map.year_groups.iter().map(|year| format!("Year {year}")).collect(),
        rows: map
            .subjects
            .iter()
            .filter(|row| !only_own || row.may_write)
            .map(|row| MapRow {
                subject: row.subject.clone(),
                lead: row.lead.clone().unwrap_or_default(),
                cells: row
                    .cells
                    .iter()
                    .zip(&map.year_groups)
                    .map(|(cell, year)| {
                        let subject = escape(&row.subject);
                        let to = place.to(&format!("programme/curriculum/cell?subject={subject}&year={year}"));
                        view_of(cell, to)
                    })
                    .collect(),
            })
            .collect(),
        leads: map.may_lead.then(|| place.to("programme/curriculum/leads")),
        training: place.to("programme/training"),
        settings: place.to("settings/details"),
        choices: if own > 0 && own < map.subjects.len() {
            vec![choice("", "All subjects", !only_own), choice("own", "Only those you lead", only_own)]
        } else {
            Vec::new()
        },
        shell: visitor
            .shell_at(&map.frame, "programme/curriculum")
            .at("programme")
            .titled("Curriculum map")
            .under(place.to("programme"), "Programme"),
    }
}

fn view_of(cell: &CurriculumCell, href: String) -> Option<CellView> {
    if !cell.is_taught && cell.links == 0 {
        return None;
    }
    let links = words::count(cell.links as usize, "link", "links");
    let (class, shown, said) = match (cell.is_recorded, cell.links) {
        (true, 0) => ("recorded", "✓".to_owned(), "a lesson is recorded".to_owned()),
        (true, number) => ("recorded", format!("{number} ✓"), format!("{links}, a lesson is recorded")),
        (false, 0) => ("gap", "0".to_owned(), "nothing yet".to_owned()),
        (false, number) => ("written", number.to_string(), format!("{links}, no lesson recorded yet")),
    };
    Some(CellView { href, class, shown, said })
}
