//! The register of an activity: who was expected, who came.

use app::{Actor, App, CohortFilter, Frame, LearnerFilter, Mark, Register, View};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ActivityId, LearnerId, ParticipationStatus};

use super::{activity::RegisterLine, handler::id_of};
use crate::{
    answer::{Answer, Failure, go_saying},
    fields::Fields,
    labels,
    pages::requirement::filter,
    parts::{Choice, Filter, Filters, Flash},
    place::Place,
    site::Site,
    visitor::{Here, Posted},
    words,
};

/// More learners than this are not added to a register at once.
const MOST: usize = 400;

/// Learners to show beside those expected: those of a year group or form that the reader named.
pub(super) fn also(here: &Here) -> Option<CohortFilter> {
    let cohort = filter::cohort(&here.query);
    (cohort != CohortFilter::default()).then_some(cohort)
}

/// Those learners, with their form.
pub(super) fn others(
    app: &App,
    actor: &Actor,
    view: View,
    also: Option<CohortFilter>,
) -> app::Result<Vec<(LearnerId, String, String)>> {
    let Some(cohort) = also else { return Ok(Vec::new()) };
    let mut filter = LearnerFilter { cohort, after: None };
    let mut found = Vec::new();
    while found.len() < MOST {
        let list = app.learners(actor, view, &filter)?;
        found.extend(list.learners.into_iter().map(|row| (row.id, row.name, row.form.unwrap_or_default())));
        filter.after = list.next;
        if filter.after.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The register's lines: those expected or marked, then the others that the reader asked for. With a form chosen, only it.
pub(super) fn lines(
    register: &Register,
    others: &[(LearnerId, String, String)],
    here: &Here,
    place: &Place,
) -> Vec<RegisterLine> {
    let form = here.query.one("form");
    let year: Option<domain::YearGroup> = here.query.read("year");
    let expected = register
        .rows
        .iter()
        .filter(|row| form.is_empty() || row.form.as_deref() == Some(form))
        .filter(|row| year.is_none() || row.year_group == year)
        .map(|row| line(row.id, &row.name, row.form.as_deref().unwrap_or("–"), row.status, place));
    let is_new = |id: LearnerId| !register.rows.iter().any(|row| row.id == id);
    let others =
        others.iter().filter(|(id, _, _)| is_new(*id)).map(|(id, name, form)| line(*id, name, form, None, place));
    expected.chain(others).collect()
}

fn line(id: LearnerId, name: &str, form: &str, status: Option<ParticipationStatus>, place: &Place) -> RegisterLine {
    use ParticipationStatus::{Absent, Attended, Excused, Invited};
    let choice = |each: ParticipationStatus| Choice::new(each, labels::participation(each), status == Some(each));
    let last = match status {
        Some(Invited) => choice(Invited),
        _ => Choice::new("", "No mark", status.is_none()),
    };
    RegisterLine {
        name: name.to_owned(),
        href: place.to(&format!("learners/{id}")),
        form: form.to_owned(),
        // With what was marked before, so that saving changes only what this person changed.
        field: format!("mark-{id}-{}", status.map_or("", ParticipationStatus::word)),
        status: status.map_or("No mark", labels::participation),
        choices: vec![choice(Attended), choice(Absent), choice(Excused), last],
    }
}

/// The filters of a register, which also bring in learners who are not on it.
pub(super) fn filters(here: &Here, frame: &Frame, register: &Register, under: &str) -> Filters {
    let query = &here.query;
    let mut forms: Vec<_> = register.rows.iter().filter_map(|row| row.form.clone()).collect();
    forms.dedup();
    if let Some(chosen) = Some(query.text("form")).filter(|form| !form.is_empty() && !forms.contains(form)) {
        forms.push(chosen);
    }
    let years = frame.institution.years.map_or(Vec::new(), |(first, last)| {
        (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}"))).collect()
    });
    let filter = |name: &'static str, label: &'static str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        let all = Choice::new("", "All on the register", now.is_empty());
        Filter { name, label, choices: std::iter::once(all).chain(values).collect() }
    };
    let day = query.text("as-of");
    Filters {
        filters: vec![
            filter("year", "Show all of a year group", years),
            filter("form", "Show one form", forms.into_iter().map(|form| (form.clone(), form)).collect()),
        ],
        clear: Fields::default().with(&format!("/institutions/{}/{under}", here.institution), &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}

/// POST the marks that were changed.
pub(crate) async fn save_register(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let marks =
        marks(&posted.fields).ok_or_else(|| Failure::problem("The register could not be read. Open it again."))?;
    let (actor, institution, count) = (posted.visitor.actor.clone(), here.institution, marks.len());
    if count > 0 {
        site.run(move |app| app.mark(&actor, institution, id, &marks)).await?;
    }
    let message = match count {
        0 => "Nothing was changed in the register.".to_owned(),
        count => format!("Attendance is recorded: {} changed.", words::count(count, "mark was", "marks were")),
    };
    Ok(back(&site, &here, id, Flash::says(message)))
}

/// POST: everybody without a mark was present.
pub(crate) async fn mark_everybody(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let marked = site.run(move |app| app.mark_everybody(&actor, view, id, ParticipationStatus::Attended)).await?;
    let Some(event) = marked.event else {
        return Ok(back(&site, &here, id, Flash::says("Everybody has a mark already, so nothing was changed.")));
    };
    let flash = Flash::says(format!(
        "{} present. Now set who was absent.",
        words::count_capital(marked.before.len(), "learner is marked", "learners are marked")
    ));
    let undo = here.query.with(&format!("{}/everybody/undo/{event}", address(&here, id)), &[]);
    Ok(back(&site, &here, id, flash.undone_by(undo)))
}

/// POST: the marks are as they were before everybody was marked present.
pub(crate) async fn unmark_everybody(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let message = match site.run(move |app| app.unmark_everybody(&actor, institution, id, event)).await? as usize {
        0 => "These marks were changed since, so they stay as they are.".to_owned(),
        count => format!(
            "{} before.",
            words::count_capital(
                count,
                "learner’s mark is again what it was",
                "learners’ marks are again what they were"
            )
        ),
    };
    Ok(back(&site, &here, id, Flash::says(message)))
}

fn back(site: &Site, here: &Here, activity: ActivityId, flash: Flash) -> Response {
    go_saying(site, &flash, &here.query.with(&address(here, activity), &[]))
}

fn address(here: &Here, activity: ActivityId) -> String {
    format!("/institutions/{}/activities/{activity}", here.institution)
}

/// The marks that differ from what the page showed; `None` if a field cannot be read.
fn marks(fields: &Fields) -> Option<Vec<Mark>> {
    let mut marks = Vec::new();
    for (name, value) in fields.beginning("mark-") {
        let (id, before) = name.split_once('-')?;
        if value != before {
            let status = if value.is_empty() { None } else { Some(value.parse().ok()?) };
            marks.push(Mark { learner: id.parse().ok()?, status });
        }
    }
    Some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_on_the_page_is_saved() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("csrf", "x"),
            field("mark-11-", "attended"),
            field("mark-12-attended", "attended"),
            field("mark-13-attended", ""),
        ]);
        let expected = vec![
            Mark { learner: LearnerId(11), status: Some(ParticipationStatus::Attended) },
            Mark { learner: LearnerId(13), status: None },
        ];
        assert_eq!(marks(&fields), Some(expected));
        assert_eq!(marks(&Fields(vec![field("mark-x-", "attended")])), None);
    }
}
