mod asked;
mod six;

use app::{
    ActivityFilter, ActivityRow, Phase, PhaseCohort, ProviderAccess, ProviderRequestFilter, ProviderRequestList,
};
use askama::Template;
use axum::extract::State;
use domain::{Checks, Kind, date};

pub(crate) use self::{asked::AskedRow, six::SixRow};
use super::home;
use crate::{
    answer::{Answer, show},
    labels,
    parts::{Phases, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Provider access by phase: what each learner has had, and what was offered to each year group.
#[derive(Template)]
#[template(path = "pages/provider_access/provider_access.html")]
pub(crate) struct ProviderAccessPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where requests of providers are, what is said of them, and those that are not over.
    pub(crate) requests: String,
    pub(crate) asked_says: String,
    pub(crate) asked: Vec<AskedRow>,
    /// What is said of the six encounters, and how each stands.
    pub(crate) six_says: String,
    pub(crate) six: Vec<SixRow>,
    pub(crate) phases: Phases,
    pub(crate) none_because: String,
    pub(crate) details: Vec<PhaseDetail>,
    pub(crate) occasions: Vec<Occasion>,
    pub(crate) origin: String,
}

/// One phase in figures.
pub(crate) struct PhaseDetail {
    pub(crate) title: String,
    pub(crate) anchor: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) asks: String,
    pub(crate) rows: Vec<CohortRow>,
}

/// One year group of a phase.
pub(crate) struct CohortRow {
    pub(crate) label: String,
    pub(crate) offered: Tag,
    pub(crate) occasions: String,
    pub(crate) met: String,
    pub(crate) met_href: String,
    pub(crate) due: String,
    pub(crate) due_href: String,
    pub(crate) missed: String,
    pub(crate) missed_href: String,
    pub(crate) deadline: String,
}

/// A provider encounter.
pub(crate) struct Occasion {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) provider: String,
    pub(crate) years: String,
    pub(crate) counts: Tag,
}

/// GET provider access.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (access, encounters, asked) = site
        .run(move |app| {
            let access = app.provider_access(&actor, view)?;
            let (from, until) = access.frame.year_span;
            let filter = ActivityFilter {
                kind: Some(Kind::ProviderEncounter),
                from: Some(from),
                until: Some(until),
                ..ActivityFilter::default()
            };
            let encounters = app.activities(&actor, view, &filter)?.activities;
            let asked = app.provider_requests(&actor, view, &ProviderRequestFilter::default())?;
            Ok((access, encounters, asked))
        })
        .await?;
    Ok(show(&page(&visitor, &access, &encounters, &asked)))
}

fn page(
    visitor: &Visitor,
    access: &ProviderAccess,
    encounters: &[ActivityRow],
    list: &ProviderRequestList,
) -> ProviderAccessPage {
    let frame = &access.frame;
    let place = Place::new(frame, "provider-access");
    let (six_says, six) = six::six(access, encounters);
    let (asked_says, asked) = asked::asked(list, &place);
    ProviderAccessPage {
        shell: visitor.shell_at(frame, "provider-access").at("provider-access").titled("Provider access"),
        lead: lead(access),
        requests: place.to("provider-access/requests"),
        asked_says,
        asked,
        six_says,
        six,
        phases: home::phases(&access.phases, frame, &place),
        none_because: format!(
            "It is a duty of schools with learners in Years 8 to 13. “{}” asks nothing of the kind here.",
            frame.framework.title
        ),
        details: access.phases.iter().map(|phase| detail(phase, access, &place)).collect(),
        occasions: encounters.iter().filter(|row| is_meant(row)).map(|row| occasion(row, &place)).collect(),
        origin: format!(
            "An occasion is a day on which a learner met a provider with all six provider access boxes ticked and the organisation named. Two              occasions with different providers meet a phase. Counted from the registers {}.",
            place.when()
        ),
    }
}

fn lead(access: &ProviderAccess) -> String {
    let cohorts = || access.phases.iter().flat_map(|phase| &phase.cohorts);
    let due: u32 = cohorts().map(|cohort| cohort.tally.due).sum();
    let missed: u32 = cohorts().map(|cohort| cohort.tally.missed).sum();
    let next = cohorts().filter(|cohort| cohort.tally.due > 0).map(|cohort| cohort.deadline).min();
    match (due, missed, next) {
        (0, 0, _) if access.phases.is_empty() => "Nothing is asked here.".to_owned(),
        (0, 0, _) => "Every learner who is asked has two occasions.".to_owned(),
        (0, missed, _) => {
            format!("{} missed a phase.", words::count_capital(missed as usize, "learner has", "learners have"))
        }
        (due, missed, next) => {
            let due = words::count_capital(due as usize, "learner still needs", "learners still need");
            let next = next.map_or(String::new(), |day| {
                format!(", the first by {}", words::with_distance(day, access.frame.as_of))
            });
            let missed = match missed {
                0 => String::new(),
                missed => format!(" {} missed a phase.", words::count_capital(missed as usize, "has", "have")),
            };
            format!("{due} an occasion{next}.{missed}")
        }
    }
}

fn detail(phase: &Phase, access: &ProviderAccess, place: &Place) -> PhaseDetail {
    let requirement = &phase.requirement;
    let (force, force_label) = labels::force(requirement.force);
    PhaseDetail {
        title: format!("{}, Years {} and {}", labels::phase(&requirement.id), phase.years.0, phase.years.1),
        anchor: requirement.id.replace('.', "-"),
        href: place.to(&format!("requirements/{}", requirement.id)),
        force,
        force_label,
        asks: requirement.asks.clone(),
        rows: phase.cohorts.iter().map(|cohort| row(&requirement.id, cohort, access, place)).collect(),
    }
}

fn row(id: &str, cohort: &PhaseCohort, access: &ProviderAccess, place: &Place) -> CohortRow {
    let to = |status: &str| place.to(&format!("requirements/{id}?year={}&status={status}", cohort.year_group));
    let (offered, occasions) = match cohort.offered {
        Some(offered) => (
            Tag::plain(labels::sign(offered.status)),
            words::count(offered.occasions as usize, "date so far", "dates so far"),
        ),
        None => (Tag::plain(Sign::NotApplicable), String::new()),
    };
    CohortRow {
        label: format!("Year {}", cohort.year_group),
        offered,
        occasions,
        met: words::figure(cohort.tally.met as usize),
        met_href: to("met"),
        due: words::figure(cohort.tally.due as usize),
        due_href: to("due"),
        missed: words::figure(cohort.tally.missed as usize),
        missed_href: to("missed"),
        deadline: words::with_distance(cohort.deadline, access.frame.as_of),
    }
}

/// Whether an encounter is, or begins to be, an occasion: a box of provider access is ticked.
fn is_meant(row: &ActivityRow) -> bool {
    Checks::PROVIDER_ACCESS.iter().any(|check| row.activity.checks.contains(check))
}

fn occasion(row: &ActivityRow, place: &Place) -> Occasion {
    let activity = &row.activity;
    let years: Vec<_> = activity.year_groups.iter().map(|year| format!("Year {year}")).collect();
    Occasion {
        title: activity.title.clone(),
        href: place.to(&format!("activities/{}", row.id)),
        date: date::long(activity.date),
        provider: activity.organisation.clone().unwrap_or_else(|| "not named".to_owned()),
        years: if years.is_empty() { "selected learners".to_owned() } else { words::list(&years) },
        counts: if activity.is_provider_access() {
            Tag::new(Sign::Met, "Yes")
        } else {
            Tag::new(Sign::Due, "Boxes open")
        },
    }
}
