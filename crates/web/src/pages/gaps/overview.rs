use app::{Action, GapCounts, Gaps, GapsFilter, GapsRow, ListFormat};
use askama::Template;
use axum::extract::State;
use domain::YearGroup;

use super::Ways;
use crate::{
    answer::{Answer, Failure, show},
    fields::Fields,
    labels,
    pages::requirement::save,
    parts::{Choice, Filter, Filters, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Every requirement with the groups in which somebody still needs it.
#[derive(Template)]
#[template(path = "pages/gaps/overview.html")]
pub(crate) struct GapsPage {
    pub(crate) shell: Shell,
    pub(crate) ways: Ways,
    pub(crate) lead: String,
    /// Where the proposal is, for those who may.
    pub(crate) proposal: Option<String>,
    pub(crate) filters: Filters,
    pub(crate) files: Option<(String, String)>,
    /// Headings of the groups.
    pub(crate) groups: Vec<String>,
    pub(crate) lines: Vec<GapLine>,
    pub(crate) leads_to_learners: bool,
    pub(crate) origin: String,
}

/// One requirement.
pub(crate) struct GapLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) tag: Tag,
    pub(crate) by: String,
    pub(crate) all: GapCell,
    pub(crate) cells: Vec<GapCell>,
}

/// How many of a group need it.
#[derive(Clone)]
pub(crate) enum GapCell {
    /// Nobody is asked, or nobody needs it.
    Nothing,
    /// Too few to be counted here.
    Withheld,
    /// In words: what they are, where each leads, and its number.
    Counts(Vec<(&'static str, &'static str, String, String)>),
}

impl GapCell {
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

fn read(query: &Fields) -> GapsFilter {
    GapsFilter { year_group: query.read("year") }
}

/// GET who still needs what.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), read(&here.query));
    let gaps = site.run(move |app| app.gaps(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &gaps)))
}

/// GET the learners behind it as a file: `?format=csv` or `xlsx`.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = match here.query.one("format") {
        "csv" => ListFormat::Csv,
        "xlsx" => ListFormat::Xlsx,
        _ => return Err(Failure::NOT_FOUND),
    };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), read(&here.query));
    Ok(save(site.run(move |app| app.export_gaps(&actor, view, &filter, format)).await?))
}

fn page(visitor: &Visitor, here: &Here, gaps: &Gaps) -> GapsPage {
    let frame = &gaps.frame;
    let place = Place::new(frame, "gaps");
    let path = format!("/institutions/{}/gaps", here.institution);
    let year = here.query.text("year");
    let by_form = !year.is_empty() && !frame.is_totals_only;
    let heading = |name: &String| match (name.as_str(), by_form) {
        ("unknown", _) => "Not recorded".to_owned(),
        (name, true) => name.to_owned(),
        (name, false) => format!("Year {name}"),
    };
    let file = |format: &str| here.query.with(&format!("{path}/export"), &[("format", format)]);
    GapsPage {
        shell: visitor.shell_at(frame, "gaps").at("programme").titled("Who still needs what"),
        ways: Ways::of(frame, "gaps"),
        lead: lead(gaps),
        proposal: (frame.may.has(Action::Record) && !frame.is_totals_only).then(|| place.to("proposal")),
        filters: filters(here, gaps, &path),
        files: (frame.may.has(Action::Export) && !frame.is_totals_only).then(|| (file("csv"), file("xlsx"))),
        groups: gaps.groups.iter().map(heading).collect(),
        lines: gaps.rows.iter().map(|row| line(row, gaps, by_form, &year, &place)).collect(),
        leads_to_learners: !frame.is_totals_only,
        origin: format!(
            "From the records of everybody on roll {}. Planned means that what the learner is invited to before the deadline would meet it. Each number leads to the learners, with what is missing for each.",
            place.when()
        ),
    }
}

fn lead(gaps: &Gaps) -> String {
    let open = gaps.rows.iter().filter(|row| row.deadline.is_some()).count();
    if gaps.rows.is_empty() {
        return "Everybody has what is asked so far.".to_owned();
    }
    match gaps.rows.iter().find_map(|row| Some((row, row.deadline?))) {
        None => "For everybody for whom something is due, something is planned that would do.".to_owned(),
        Some((row, deadline)) => format!(
            "{} due for somebody for whom nothing is planned. The soonest: “{}”, {}.",
            words::count_capital(open, "requirement is", "requirements are"),
            row.title,
            words::near(deadline, gaps.frame.as_of)
        ),
    }
}

fn line(row: &GapsRow, gaps: &Gaps, by_form: bool, year: &str, place: &Place) -> GapLine {
    let (force, force_label) = labels::force(row.force);
    let (tag, by) = match row.deadline {
        Some(deadline) => (Tag::plain(Sign::Due), format!("by {}", words::with_distance(deadline, gaps.frame.as_of))),
        None if row.all.is_some_and(|all| all.planned > 0) => (Tag::plain(Sign::Planned), String::new()),
        None => (Tag::plain(Sign::Missed), String::new()),
    };
    let cell = |counts: &Option<GapCounts>, group: Option<&str>| {
        let Some(counts) = counts else { return None };
        let to = |status: &str| {
            let mut address = format!("requirements/{}?status={status}", row.id);
            if !year.is_empty() {
                address.push_str(&format!("&year={}", crate::fields::escape(year)));
            }
            if let Some(group) = group {
                let field = if by_form { "form" } else { "year" };
                address.push_str(&format!("&{field}={}", crate::fields::escape(group)));
            }
            place.to(&address)
        };
        let all = [
            ("due", "to plan", "unplanned", counts.unplanned),
            ("planned", "planned", "planned", counts.planned),
            ("missed", "missed", "missed", counts.missed),
        ];
        let some = all.into_iter().filter(|(.., count)| *count > 0);
        let some: Vec<_> = some
            .map(|(class, label, status, count)| (class, label, to(status), words::figure(count as usize)))
            .collect();
        Some(if some.is_empty() { GapCell::Nothing } else { GapCell::Counts(some) })
    };
    let missing = if gaps.frame.is_totals_only { GapCell::Withheld } else { GapCell::Nothing };
    GapLine {
        title: row.title.clone(),
        href: place.to(&format!("requirements/{}", row.id)),
        force,
        force_label,
        tag,
        by,
        all: cell(&row.all, None).unwrap_or(GapCell::Withheld),
        cells: row
            .cells
            .iter()
            .zip(&gaps.groups)
            .map(|(counts, group)| cell(counts, Some(group)).unwrap_or_else(|| missing.clone()))
            .collect(),
    }
}

fn filters(here: &Here, gaps: &Gaps, path: &str) -> Filters {
    let (first, last) = gaps.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let now = here.query.one("year");
    let all = Choice::new("", "All, by year group", now.is_empty());
    let years = (first.number()..=last.number())
        .map(|year| Choice::new(year, format!("Year {year}, by form"), year.to_string() == now));
    let day = here.query.text("as-of");
    let filters = match gaps.frame.is_totals_only {
        true => Vec::new(),
        false => vec![Filter { name: "year", label: "Learners", choices: std::iter::once(all).chain(years).collect() }],
    };
    Filters {
        filters,
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}
