use app::{Action, ActivityFilter, ActivityList};
use askama::Template;
use axum::extract::State;
use domain::{Kind, YearGroup, date};
use jiff::ToSpan;

use crate::{
    answer::{Answer, show},
    fields::Fields,
    labels,
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
}

/// GET the activities, latest first.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let query = &here.query;
    let today = site.app.context().today();
    let as_of = here.as_of.unwrap_or(today);
    let (from, until) = match query.one("when") {
        "ahead" => (Some(as_of.saturating_add(1.day())), None),
        "all" => (None, None),
        _ => (None, Some(as_of)),
    };
    let filter = ActivityFilter {
        from,
        until,
        kind: query.read("kind"),
        year_group: query.read("year"),
        after: query.read("after"),
        ..ActivityFilter::default()
    };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let list = site.run(move |app| app.activities(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &list)))
}

fn page(visitor: &Visitor, here: &Here, list: &ActivityList) -> ActivitiesPage {
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
        counts: counts(row),
    }
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
    let day = query.text("as-of");
    Filters {
        filters: vec![
            Filter {
                name: "when",
                label: "When",
                choices: vec![
                    Choice::new("", "So far", when.is_empty()),
                    Choice::new("ahead", "Still to come", when == "ahead"),
                    Choice::new("all", "All", when == "all"),
                ],
            },
            filter("kind", "Kind", kinds.collect()),
            filter("year", "For the whole of", years.collect()),
        ],
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}
