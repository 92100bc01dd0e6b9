use app::{Action, ListFormat, ProviderRequestFilter, ProviderRequestList, ProviderRequestRow};
use askama::Template;
use axum::extract::State;
use domain::{AcademicYear, Date, ProviderRequestState, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    pages::requirement::save,
    parts::{Choice, Filter, Filters, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Requests, latest first.
#[derive(Template)]
#[template(path = "pages/requests/list.html")]
pub(crate) struct RequestsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// The public form's address.
    pub(crate) public: String,
    pub(crate) export: Option<(String, String)>,
    pub(crate) filters: Filters,
    pub(crate) text: String,
    pub(crate) lines: Vec<Line>,
    /// Where a request is taken down, for those who may.
    pub(crate) take_down: Option<String>,
    /// Where the days are set and how many they are, for those who may.
    pub(crate) days: Option<(String, String)>,
}

/// One request.
pub(crate) struct Line {
    pub(crate) reference: String,
    pub(crate) href: String,
    pub(crate) organisation: String,
    pub(crate) state: &'static str,
    pub(crate) received: String,
    pub(crate) what: String,
    pub(crate) is_late: bool,
}

fn filter(here: &Here) -> ProviderRequestFilter {
    ProviderRequestFilter {
        state: here.query.read("state"),
        late: here.query.one("late") == "yes",
        year: here.query.read("year").map(AcademicYear::starting),
        text: here.query.text("text"),
    }
}

async fn read(site: &Site, visitor: &Visitor, here: &Here) -> Result<ProviderRequestList, Failure> {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(here));
    site.run(move |app| app.provider_requests(&actor, view, &filter)).await
}

/// GET the list.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let list = read(&site, &visitor, &here).await?;
    Ok(show(&page(&site, &visitor, &here, &list)))
}

/// GET the list as a file.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(&here));
    Ok(save(site.run(move |app| app.export_provider_requests(&actor, view, &filter, format)).await?))
}

/// POST how many school days an answer takes.
pub(crate) async fn set_days(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution, days) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("days"));
    match site.run(move |app| app.set_request_days(&actor, institution, &days)).await {
        Ok(()) => {
            let flash = Flash::says("Saved. It holds for requests that come from now on.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/provider-access/requests")))
        }
        Err(Failure::Problems(problems)) => {
            let list = read(&site, &posted.visitor, &here).await?;
            let mut page = page(&site, &posted.visitor, &here, &list);
            page.days = page.days.map(|(action, _)| (action, posted.fields.text("days")));
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

fn page(site: &Site, visitor: &Visitor, here: &Here, list: &ProviderRequestList) -> RequestsPage {
    let frame = &list.frame;
    let under = "provider-access/requests";
    let place = Place::new(frame, under);
    let start = site.settings.public_address.as_deref().unwrap_or_default();
    let waiting = list.waiting;
    let wait = words::count_capital(waiting.undecided as usize, "request waits", "requests wait");
    RequestsPage {
        shell: visitor
            .shell_at(frame, under)
            .at("provider-access")
            .titled("Requests of providers")
            .under(place.to("provider-access"), "Provider access"),
        lead: match (list.all, waiting.undecided, waiting.late) {
            (0, _, _) => "No provider has asked yet.".to_owned(),
            (_, 0, _) => "No request waits for a decision.".to_owned(),
            (_, _, 0) => format!("{wait} for a decision."),
            (_, _, late) => format!("{wait} for a decision; {} late.", words::count(late as usize, "is", "are")),
        },
        public: format!("{start}/{}/request", list.public_word),
        export: frame.may.has(Action::Export).then(|| {
            let to = |format: &str| here.query.with(&place.to(&format!("{under}/export")), &[("format", format)]);
            (to("csv"), to("xlsx"))
        }),
        filters: filters(here, list),
        text: here.query.text("text"),
        lines: list
            .requests
            .iter()
            .map(|row| Line {
                reference: row.reference.clone(),
                href: place.to(&format!("{under}/{}", row.id)),
                organisation: row.organisation.clone(),
                state: row.state.label(),
                received: date::long(row.received_on),
                what: next(row, frame.today),
                is_late: row.is_late,
            })
            .collect(),
        take_down: list.may_decide.then(|| place.to(&format!("{under}/new"))),
        days: list.may_decide.then(|| (place.to(&format!("{under}/days")), list.days.to_string())),
    }
}

/// What is next with a request, or what came of it.
pub(crate) fn next(row: &ProviderRequestRow, today: Date) -> String {
    let held = row.held_on.map(date::long).unwrap_or_default();
    match row.state {
        ProviderRequestState::MoreInformation => "Their answer".to_owned(),
        ProviderRequestState::Deferred => {
            row.due_on.map_or(String::new(), |day| format!("Looked at again by {}", date::long(day)))
        }
        ProviderRequestState::Granted if row.held_on.is_some_and(|day| day < today) => {
            format!("Confirm the visit of {held}")
        }
        ProviderRequestState::Granted => format!("Visit on {held}"),
        ProviderRequestState::Delivered => format!("Say how the visit of {held} went"),
        ProviderRequestState::Evaluated => format!("Visit took place on {held}"),
        _ => match (row.due_on, &row.ground) {
            (Some(due), _) => format!("Answer due by {}", date::long(due)),
            (None, Some(ground)) => ground.clone(),
            (None, None) => row.decided_on.map_or(String::new(), date::long),
        },
    }
}

fn filters(here: &Here, list: &ProviderRequestList) -> Filters {
    let query = &here.query;
    let filter = |name: &'static str, label: &'static str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| {
            let chosen = value == now;
            Choice::new(value, label, chosen)
        });
        Filter { name, label, choices: std::iter::once(Choice::new("", "All", now.is_empty())).chain(values).collect() }
    };
    let states = ProviderRequestState::ALL.iter().map(|one| (one.word().to_owned(), one.label().to_owned())).collect();
    let years = list.years.iter().map(|year| (year.start().to_string(), year.to_string())).collect();
    let kept = [("as-of", query.text("as-of")), ("text", query.text("text"))];
    let path = format!("/institutions/{}/provider-access/requests", here.institution);
    Filters {
        filters: vec![
            filter("state", "State", states),
            filter("year", "Year", years),
            filter("late", "Answer", vec![("yes".to_owned(), "Late".to_owned())]),
        ],
        clear: Fields::default().with(&path, &[("as-of", query.one("as-of"))]),
        kept: kept.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
    }
}
