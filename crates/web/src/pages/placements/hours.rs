use app::{Action, HoursLedger, HoursOfStage, PlacementFilter, Status};
use askama::Template;
use axum::extract::State;
use domain::YearGroup;

use crate::{
    answer::{Answer, show},
    fields::Fields,
    parts::{Choice, Filter, Filters, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Hours at workplaces.
#[derive(Template)]
#[template(path = "pages/placements/hours.html")]
pub(crate) struct HoursPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) filters: Filters,
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) rows: Vec<HoursLine>,
    /// Where the requirements explain themselves.
    pub(crate) why: [(&'static str, String); 2],
}

/// A learner's hours.
pub(crate) struct HoursLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) year: String,
    pub(crate) lower: Option<(String, Tag)>,
    pub(crate) upper: Option<(String, Tag)>,
}

/// GET the ledger.
pub(crate) async fn hours(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let query = &here.query;
    let filter = PlacementFilter {
        year_group: Some(query.read("year").unwrap_or(YearGroup::new(10))),
        form: Some(query.text("form")).filter(|form| !form.is_empty()),
    };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let ledger = site.run(move |app| app.placement_hours(&actor, view, &filter)).await?;
    Ok(show(&view_of(&visitor, &here, &ledger)))
}

fn view_of(visitor: &Visitor, here: &Here, ledger: &HoursLedger) -> HoursPage {
    let frame = &ledger.frame;
    let under = "placements/hours";
    let place = Place::new(frame, under);
    let query = &here.query;
    let year = ledger.year_group.map_or(String::new(), |year| year.to_string());
    let expected = |hours: Option<domain::Hours>| hours.map_or("no".to_owned(), |hours| hours.to_string());
    let met = |stage: &Option<HoursOfStage>| stage.as_ref().is_some_and(|one| one.status == Status::Met);
    let done = ledger.rows.iter().filter(|row| met(&row.lower) || met(&row.upper)).count();
    let form = match query.one("form") {
        "" => String::new(),
        form => format!("&form={}", crate::fields::escape(form)),
    };
    let file = |format: &str| place.to(&format!("placements/export?what=hours&format={format}&year={year}{form}"));
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number().min(11))
        .map(|number| Choice::new(number, format!("Year {number}"), year == number.to_string()))
        .collect();
    let now = query.one("form");
    let forms = std::iter::once(Choice::new("", "All", now.is_empty()))
        .chain(ledger.forms.iter().map(|form| Choice::new(form, form, form == now)))
        .collect();
    let path = format!("/institutions/{}/{under}", here.institution);
    HoursPage {
        shell: visitor
            .shell_at(frame, under)
            .at("placements")
            .titled("Hours at workplaces")
            .under(place.to("placements"), "Work experience"),
        lead: format!(
            "{} of {} have a week’s worth: {} hours in Years 7 to 9, {} hours in Years 10 and 11.",
            words::count_capital(done, "learner", "learners"),
            words::figure(ledger.rows.len()),
            expected(ledger.expected.0),
            expected(ledger.expected.1)
        ),
        filters: Filters {
            filters: vec![
                Filter { name: "year", label: "Year group", choices: years },
                Filter { name: "form", label: "Form", choices: forms },
            ],
            clear: Fields::default().with(&path, &[("as-of", query.one("as-of"))]),
            kept: Some(("as-of", query.text("as-of"))).into_iter().filter(|(_, day)| !day.is_empty()).collect(),
        },
        files: if frame.may.has(Action::Export) {
            vec![("Save as CSV", file("csv")), ("Save for Excel", file("xlsx"))]
        } else {
            Vec::new()
        },
        rows: ledger
            .rows
            .iter()
            .map(|row| HoursLine {
                name: row.name.clone(),
                href: place.to(&format!("learners/{}", row.id)),
                form: row.form.clone().unwrap_or_default(),
                year: row.year_group.map_or(String::new(), |year| year.to_string()),
                lower: row.lower.as_ref().map(cell),
                upper: row.upper.as_ref().map(cell),
            })
            .collect(),
        why: [
            ("Years 7 to 9", place.to("requirements/wex.ks3")),
            ("Years 10 and 11", place.to("requirements/wex.ks4")),
        ],
    }
}

fn cell(stage: &HoursOfStage) -> (String, Tag) {
    let planned = match stage.planned {
        domain::Hours::ZERO => String::new(),
        planned => format!(", {planned} planned"),
    };
    let sign = match stage.status {
        Status::Met => Sign::Met,
        Status::Due => Sign::Due,
        Status::Missed => Sign::Missed,
        Status::NotApplicable => Sign::NotApplicable,
        Status::Upcoming => Sign::Upcoming,
    };
    (format!("{} done{planned}", stage.done), Tag::plain(sign))
}
