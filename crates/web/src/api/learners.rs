use app::LearnerFilter;
use axum::{
    Json,
    extract::{Query, State},
};
use domain::LearnerId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Caller, Details,
    caller::{AsOf, Thing, Where, id},
};
use crate::site::Site;

/// A learner in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Row {
    id: String,
    /// The institution's own id.
    reference: String,
    /// "Surname, Forename".
    name: String,
    year_group: Option<i8>,
    form: Option<String>,
    /// How many requirements are met.
    met: u32,
    due: u32,
    missed: u32,
}

/// A page of learners.
#[derive(Serialize, ToSchema)]
pub(super) struct List {
    /// How many match.
    matching: u32,
    learners: Vec<Row>,
    /// What to send as `after` for the next page.
    next: Option<String>,
}

/// One learner.
#[derive(Serialize, ToSchema)]
pub(super) struct Learner {
    id: String,
    reference: String,
    forename: String,
    surname: String,
    year_group: Option<i8>,
    form: Option<String>,
    on_roll: bool,
    /// Every requirement.
    requirements: Vec<Finding>,
    /// Everything they took part in or were expected at, latest first.
    timeline: Vec<Entry>,
}

/// Where the learner stands against one requirement.
#[derive(Serialize, ToSchema)]
pub(super) struct Finding {
    requirement: String,
    title: String,
    /// `met`, `due`, `missed`, `upcoming` or `not-applicable`.
    status: &'static str,
    deadline: Option<String>,
    because: String,
    /// The activities that met it.
    evidence: Vec<String>,
    /// The activities that do not count, each with why.
    not_counted: Vec<NotCounted>,
}

/// An activity that does not count.
#[derive(Serialize, ToSchema)]
pub(super) struct NotCounted {
    activity: String,
    because: Vec<String>,
}

/// Something on the timeline.
#[derive(Serialize, ToSchema)]
pub(super) struct Entry {
    activity: String,
    title: String,
    date: String,
    kind: &'static str,
    /// `attended`, `absent`, `invited` or `excused`.
    status: &'static str,
    counts_for: Vec<String>,
}

/// Which learners.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// In this year group.
    year: Option<i8>,
    /// After this learner.
    after: Option<String>,
}

/// Learners on roll, by name.
#[utoipa::path(get, path = "/institutions/{institution}/learners", tag = "learners", operation_id = "listLearners",
    params(("institution" = String, Path), AsOf, Which),
    responses((status = OK, body = List), (status = NOT_FOUND, body = Details)))]
pub(super) async fn list(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Query(which): Query<Which>,
) -> Answer<List> {
    let mut filter = LearnerFilter::default();
    filter.cohort.year_group = which.year.map(domain::YearGroup::new);
    filter.after = which.after.as_deref().map(id).transpose()?;
    let list = site.run(move |app| app.learners(&caller.actor, view, &filter)).await?;
    let learners = list.learners.into_iter().map(|row| Row {
        id: row.id.to_string(),
        reference: row.reference,
        name: row.name,
        year_group: row.year_group.map(|year| year.number()),
        form: row.form,
        met: row.met,
        due: row.due,
        missed: row.missed,
    });
    Ok(Json(List {
        matching: list.matching,
        learners: learners.collect(),
        next: list.next.map(|next| next.to_string()),
    }))
}

/// One learner: where they stand and why, and everything they took part in. The read is noted.
#[utoipa::path(get, path = "/institutions/{institution}/learners/{learner}", tag = "learners", operation_id = "getLearner",
    params(("institution" = String, Path), ("learner" = String, Path), AsOf),
    responses((status = OK, body = Learner), (status = NOT_FOUND, body = Details)))]
pub(super) async fn get(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(learner): Thing,
) -> Answer<Learner> {
    let wanted: LearnerId = id(&learner)?;
    let page = site.run(move |app| app.learner(&caller.actor, view, wanted)).await?;
    let requirements = page.findings.into_iter().map(|finding| Finding {
        requirement: finding.requirement,
        title: finding.title,
        status: finding.status.word(),
        deadline: finding.explanation.deadline.map(|deadline| deadline.to_string()),
        because: finding.sentence,
        evidence: finding.evidence.iter().map(|row| row.id.to_string()).collect(),
        not_counted: finding
            .not_counted
            .into_iter()
            .map(|(row, because)| NotCounted { activity: row.id.to_string(), because })
            .collect(),
    });
    let timeline = page.timeline.into_iter().map(|entry| Entry {
        activity: entry.id.to_string(),
        date: entry.activity.date.to_string(),
        kind: entry.activity.kind.word(),
        title: entry.activity.title,
        status: entry.status.word(),
        counts_for: entry.counts_for,
    });
    Ok(Json(Learner {
        id: page.id.to_string(),
        reference: page.learner.reference,
        forename: page.learner.forename,
        surname: page.learner.surname,
        year_group: page.year_group.map(|year| year.number()),
        form: page.learner.form,
        on_roll: page.is_on_roll,
        requirements: requirements.collect(),
        timeline: timeline.collect(),
    }))
}
