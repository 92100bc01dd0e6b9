//! The register of an activity: who was expected, who came.

use app::{Action, Actor, App, CohortFilter, Frame, LearnerFilter, Register, View};
use askama::Template;
use axum::extract::{Path, State};
use domain::{LearnerId, ParticipationStatus, date};

use crate::{
    answer::{Answer, show},
    fields::Fields,
    labels,
    pages::{activities::id_of, requirement::filter},
    parts::{Choice, Filter, Filters},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The register, and the ways to fill it.
#[derive(Template)]
#[template(path = "pages/registers/register.html")]
pub(crate) struct RegisterPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) can_record: bool,
    /// Where "everybody present" goes, and how many are waiting for a mark.
    pub(crate) whole: String,
    pub(crate) waiting: usize,
    pub(crate) filters: Filters,
    /// Where the register is saved, and by what name a browser keeps what it could not send.
    pub(crate) save: String,
    pub(crate) kept_as: String,
    pub(crate) lines: Vec<RegisterLine>,
    /// "12 present, 2 absent, 16 without a mark", of those shown.
    pub(crate) counts: String,
    /// Other ways: address, what it is called, what it is good for.
    pub(crate) ways: Vec<(String, &'static str, &'static str)>,
}

/// One learner on the register.
pub(crate) struct RegisterLine {
    pub(crate) name: String,
    /// Where the learner's record is; empty where it is not shown.
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) field: String,
    pub(crate) status: &'static str,
    pub(crate) choices: Vec<Choice>,
}

/// GET the register.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view, also) = (visitor.actor.clone(), here.view(), also(&here));
    let (register, others) = site
        .run(move |app| {
            let register = app.register(&actor, view, id)?;
            Ok((register, others(app, &actor, view, also)?))
        })
        .await?;
    let frame = &register.frame;
    let activity = &register.activity.activity;
    let under = format!("activities/{id}");
    let place = Place::new(frame, &format!("{under}/register"));
    let lines = lines(&register, &others, &here, &place);
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let is_waiting = |status| matches!(status, None | Some(ParticipationStatus::Invited));
    let can_record = frame.may.has(Action::MarkRegisters);
    Ok(show(&RegisterPage {
        shell: visitor
            .shell_at(frame, &format!("{under}/register"))
            .at("activities")
            .titled(format!("Register: {}", activity.title))
            .under(place.to("activities"), "Activities")
            .under(place.to(&under), activity.title.clone()),
        lead: format!(
            "{} on {}{with}. {}",
            labels::kind(activity.kind),
            date::long(activity.date),
            standing(&register)
        ),
        can_record,
        whole: place.to(&format!("{under}/register/everybody")),
        waiting: register.rows.iter().filter(|row| is_waiting(row.status)).count(),
        filters: filters(&here, frame, &register, &format!("{under}/register")),
        save: here.query.with(&super::marks::address(&here, id), &[]),
        kept_as: format!("{}/{id}", here.institution),
        counts: counts(&lines),
        lines,
        ways: if can_record { ways(&place, &format!("{under}/register")) } else { Vec::new() },
    }))
}

/// The other ways to fill a register.
fn ways(place: &Place, under: &str) -> Vec<(String, &'static str, &'static str)> {
    let way = |page: &str, name, what| (place.to(&format!("{under}/{page}")), name, what);
    vec![
        way(
            "list",
            "Paste or scan a list",
            "Names, references or a scanner’s codes. You see whom each line means first.",
        ),
        way("sheet", "Send it out as a spreadsheet", "An Excel file that is filled in elsewhere and comes back."),
        way(
            "links",
            "A link for a colleague’s phone",
            "They mark this register, or one form of it, without an account.",
        ),
        way("check-in", "A code on the board", "Learners mark themselves present."),
        way("paper", "Print it", "Names and boxes, to fill in by hand."),
    ]
}

/// "16 of 28 learners have no mark yet."
fn standing(register: &Register) -> String {
    let attended = register.attended as usize;
    if register.activity.is_withheld {
        return "Fewer than five learners were present.".to_owned();
    }
    let present = format!("{} present", words::count_capital(attended, "learner is marked", "learners are marked"));
    match register.rows.iter().filter(|row| row.status.is_none()).count() {
        0 => format!("{present}."),
        open => format!("{present}, {} no mark yet.", words::count(open, "learner has", "learners have")),
    }
}

/// "12 present, 2 absent, 16 without a mark."
pub(super) fn counts(lines: &[RegisterLine]) -> String {
    let of = |word: &str| {
        let chosen = |line: &&RegisterLine| line.choices.iter().any(|choice| choice.chosen && choice.value == word);
        lines.iter().filter(chosen).count()
    };
    format!("{} present, {} absent, {} without a mark", of("attended"), of("absent"), of(""))
}

/// More learners than this are not added to a register at once.
const MOST: usize = 400;

/// Learners to show beside those expected: those of a year group or form that the reader named.
fn also(here: &Here) -> Option<CohortFilter> {
    let cohort = filter::cohort(&here.query);
    (cohort != CohortFilter::default()).then_some(cohort)
}

/// Those learners, with their form.
fn others(
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
fn lines(register: &Register, others: &[(LearnerId, String, String)], here: &Here, place: &Place) -> Vec<RegisterLine> {
    let record = |id: LearnerId| place.to(&format!("learners/{id}"));
    let form = here.query.one("form");
    let year: Option<domain::YearGroup> = here.query.read("year");
    let expected = register
        .rows
        .iter()
        .filter(|row| form.is_empty() || row.form.as_deref() == Some(form))
        .filter(|row| year.is_none() || row.year_group == year)
        .map(|row| line(row.id, &row.name, row.form.as_deref().unwrap_or("–"), row.status, record(row.id)));
    let is_new = |id: LearnerId| !register.rows.iter().any(|row| row.id == id);
    let others =
        others.iter().filter(|(id, _, _)| is_new(*id)).map(|(id, name, form)| line(*id, name, form, None, record(*id)));
    expected.chain(others).collect()
}

/// A learner's line with the marks to choose from.
pub(super) fn line(
    id: LearnerId,
    name: &str,
    form: &str,
    status: Option<ParticipationStatus>,
    href: String,
) -> RegisterLine {
    use ParticipationStatus::{Absent, Attended, Excused, Invited};
    let choice = |each: ParticipationStatus| Choice::new(each, labels::participation(each), status == Some(each));
    let last = match status {
        Some(Invited) => choice(Invited),
        _ => Choice::new("", "No mark", status.is_none()),
    };
    RegisterLine {
        name: name.to_owned(),
        href,
        form: form.to_owned(),
        // With what was marked before, so that saving changes only what this person changed.
        field: format!("mark-{id}-{}", status.map_or("", ParticipationStatus::word)),
        status: status.map_or("No mark", labels::participation),
        choices: vec![choice(Attended), choice(Absent), choice(Excused), last],
    }
}

/// The filters of a register, which also bring in learners who are not on it.
fn filters(here: &Here, frame: &Frame, register: &Register, under: &str) -> Filters {
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
