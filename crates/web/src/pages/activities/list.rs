use app::{Action, ActivityFilter, ActivityList, ActivityTask, Frame, ListFormat, ToDo};
use askama::Template;
use axum::extract::State;
use domain::{ActivityState, Kind, YearGroup, date};
use jiff::ToSpan;

use super::{activity::state_tag, budget::standing};
use crate::{
    answer::{Answer, Failure, show},
    fields::Fields,
    labels,
    pages::requirement::save,
    parts::{Choice, Filter, Filters, Pages, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The activities of an institution.
#[derive(Template)]
#[template(path = "pages/activities/list.html")]
pub(crate) struct ActivitiesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where to add one, for those who may.
    pub(crate) new: Option<String>,
    /// Where templates are, for those who may begin one.
    pub(crate) templates: Option<String>,
    /// What is to be done first, each with where.
    pub(crate) to_do: Vec<(String, String)>,
    /// How the budget stands, and its page.
    pub(crate) budget: (String, String),
    /// The list as files, for those who may take it away.
    pub(crate) files: Option<(String, String)>,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    pub(crate) activities: Vec<ActivityRow>,
    pub(crate) pages: Pages,
}

/// One activity.
pub(crate) struct ActivityRow {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) kind: &'static str,
    pub(crate) organisation: String,
    pub(crate) present: String,
    pub(crate) register: String,
    pub(crate) counts: Tag,
    /// What else the occasion was.
    pub(crate) also: String,
}

/// Which activities the address asks for.
fn filter(here: &Here, frame: &Frame) -> ActivityFilter {
    let query = &here.query;
    let as_of = frame.as_of;
    let (first, last) = frame.year_span;
    let (from, until) = match query.one("when") {
        "ahead" => (Some(as_of.saturating_add(1.day())), None),
        "this-year" => (Some(first), Some(last)),
        "next-year" => (Some(last.saturating_add(1.day())), Some(last.saturating_add(1.year()))),
        "last-year" => (Some(first.saturating_sub(1.year())), Some(first.saturating_sub(1.day()))),
        "all" | "to-do" => (None, None),
        _ => (None, Some(as_of)),
    };
    let to_do = query.one("when") == "to-do";
    ActivityFilter {
        from: if to_do { Some(first) } else { from },
        until: if to_do { Some(last) } else { until },
        to_do,
        state: query.read("state"),
        kind: query.read("kind"),
        year_group: query.read("year"),
        after: query.read("after"),
        ..ActivityFilter::default()
    }
}

/// GET the activities, latest first.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, asked) = (visitor.actor.clone(), here.view(), here.clone());
    let (list, budget) = site
        .run(move |app| {
            let filter = filter(&asked, &app.frame(&actor, view)?);
            Ok((app.activities(&actor, view, &filter)?, app.budget(&actor, view)?))
        })
        .await?;
    Ok(show(&page(&visitor, &here, &list, &budget)))
}

/// GET the same activities as a file.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = match here.query.one("format") {
        "csv" => ListFormat::Csv,
        "xlsx" => ListFormat::Xlsx,
        _ => return Err(Failure::NOT_FOUND),
    };
    let (actor, view, asked) = (visitor.actor.clone(), here.view(), here.clone());
    let file = site
        .run(move |app| {
            let filter = filter(&asked, &app.frame(&actor, view)?);
            app.export_activities(&actor, view, &filter, format)
        })
        .await?;
    Ok(save(file))
}

fn page(visitor: &Visitor, here: &Here, list: &ActivityList, budget: &app::BudgetPage) -> ActivitiesPage {
    let frame = &list.frame;
    let place = Place::new(frame, "activities");
    let path = format!("/institutions/{}/activities", here.institution);
    let incomplete = list.activities.iter().filter(|row| !row.is_ahead && !row.missing_boxes.is_empty()).count();
    let matching = words::count_capital(list.matching as usize, "activity", "activities");
    ActivitiesPage {
        shell: visitor.shell_at(frame, "activities").at("activities").titled("Activities"),
        lead: match incomplete {
            _ if list.activities.is_empty() => "Nothing here yet.".to_owned(),
            0 => format!("{matching}, latest first."),
            some => format!(
                "{matching}, latest first. On this page {} open boxes in the checklist.",
                words::count(some, "has", "have")
            ),
        },
        new: frame.may.has(Action::Record).then(|| place.to("activities/new")),
        templates: frame.may.has(Action::Record).then(|| place.to("activities/templates")),
        to_do: to_do(list, here, &path),
        budget: (standing(budget), place.to("activities/budget")),
        files: frame.may.has(Action::Export).then(|| {
            let file = |format| here.query.with(&format!("{path}/export"), &[("format", format), ("after", "")]);
            (file("csv"), file("xlsx"))
        }),
        filters: filters(here, list, &path),
        shown: matching.clone(),
        activities: list.activities.iter().map(|row| line(row, &place)).collect(),
        pages: Pages {
            first: here.query.read::<i64>("after").map(|_| here.query.with(&path, &[("after", "")])),
            next: list.next.map(|next| here.query.with(&path, &[("after", &next.to_string())])),
            shown: format!("{} of {}", list.activities.len(), words::figure(list.matching as usize)),
        },
    }
}

fn line(row: &app::ActivityRow, place: &Place) -> ActivityRow {
    let activity = &row.activity;
    ActivityRow {
        title: activity.title.clone(),
        href: place.to(&format!("activities/{}", row.id)),
        date: date::long(activity.date),
        kind: labels::kind(activity.kind),
        organisation: activity.organisation.clone().unwrap_or_default(),
        present: if row.is_withheld {
            "fewer than 5".to_owned()
        } else {
            words::figure(if row.is_ahead { row.invited } else { row.attended } as usize)
        },
        register: place.to(&format!("activities/{}#register", row.id)),
        counts: match row.activity.state {
            ActivityState::Draft | ActivityState::Cancelled => state_tag(row.activity.state),
            _ if row.task == Some(ActivityTask::Register) => Tag::new(Sign::Due, "No register yet"),
            _ => counts(row),
        },
        also: also(row),
    }
}

/// "Also a provider encounter with Ashdown College".
fn also(row: &app::ActivityRow) -> String {
    let parts = row.parts.iter().map(|(_, kind, organisation)| {
        let with = organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
        format!("{}{with}", labels::kind(*kind).to_lowercase())
    });
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("Also {}", words::list(&parts)) }
}

/// What is to be done first.
fn to_do(list: &ActivityList, here: &Here, path: &str) -> Vec<(String, String)> {
    let ToDo { registers, boxes, drafts } = list.to_do;
    let line = |number: u32, one: &str, many: &str, changes: &[(&str, &str)]| {
        let href = here.query.with(path, &[&[("after", ""), ("kind", ""), ("year", "")][..], changes].concat());
        (number > 0).then(|| (words::count_capital(number as usize, one, many), href))
    };
    let to_do = [("when", "to-do"), ("state", "")];
    let lines = [
        line(registers, "activity has passed without a register", "activities have passed without a register", &to_do),
        line(
            boxes,
            "activity has boxes open in its checklist",
            "activities have boxes open in their checklists",
            &to_do,
        ),
        line(
            drafts,
            "draft waits to be planned",
            "drafts wait to be planned",
            &[("when", "this-year"), ("state", "draft")],
        ),
    ];
    lines.into_iter().flatten().collect()
}

/// Whether the activity counts as it stands.
pub(super) fn counts(row: &app::ActivityRow) -> Tag {
    match row.missing_boxes.len() {
        _ if row.is_ahead => Tag::plain(Sign::Planned),
        0 => Tag::new(Sign::Met, "Counts"),
        missing => Tag::new(Sign::Due, words::count_capital(missing, "box open", "boxes open")),
    }
}

fn filters(here: &Here, list: &ActivityList, path: &str) -> Filters {
    let query = &here.query;
    let (first, last) = list.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}")));
    let kinds = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), labels::kind(*kind).to_owned()));
    let filter = |name: &'static str, label: &'static str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", "All", now.is_empty())).chain(values).collect() }
    };
    let when = query.one("when");
    let states = [ActivityState::Draft, ActivityState::Planned, ActivityState::Delivered, ActivityState::Cancelled];
    let states = states.map(|state| (state.word().to_owned(), labels::activity_state(state).to_owned())).to_vec();
    let day = query.text("as-of");
    Filters {
        filters: vec![
            Filter {
                name: "when",
                label: "When",
                choices: vec![
                    Choice::new("", "So far", when.is_empty()),
                    Choice::new("ahead", "Still to come", when == "ahead"),
                    Choice::new("to-do", "With something to do", when == "to-do"),
                    Choice::new("this-year", "This academic year", when == "this-year"),
                    Choice::new("next-year", "Next academic year", when == "next-year"),
                    Choice::new("last-year", "Last academic year", when == "last-year"),
                    Choice::new("all", "All", when == "all"),
                ],
            },
            filter("state", "State", states),
            filter("kind", "Kind", kinds.collect()),
            filter("year", "For the whole of", years.collect()),
        ],
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}
