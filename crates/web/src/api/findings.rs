use app::{RequirementFilter, RequirementRow, Status, TodoKind};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Caller, Details,
    caller::{AsOf, Thing, Where, id},
};
use crate::{answer::Failure, labels, site::Site};

/// Something to do.
#[derive(Serialize, ToSchema)]
pub(super) struct ToDo {
    /// The requirement.
    requirement: String,
    title: String,
    /// `must`, `regard`, `should` or `best`.
    force: &'static str,
    /// By when; none if it was missed.
    deadline: Option<String>,
    /// How many learners.
    /// None if so few that whoever sees totals only is not told.
    learners: Option<u32>,
    /// For how many of them it is planned.
    planned: u32,
    year_groups: Vec<i8>,
}

/// How many learners stand where.
#[derive(Serialize, ToSchema)]
pub(super) struct Counts {
    in_scope: u32,
    met: u32,
    due: u32,
    missed: u32,
    upcoming: u32,
    partly_met: u32,
    adapted: u32,
    /// Met out of met, due and missed; none if there is nobody to count.
    percent: Option<f64>,
    /// Whether the counts are withheld, because it is asked of few and the caller sees totals only.
    withheld: bool,
}

/// A requirement with its counts.
#[derive(Serialize, ToSchema)]
pub(super) struct Requirement {
    id: String,
    title: String,
    asks: String,
    /// `must`, `regard`, `should` or `best`.
    force: &'static str,
    counts: Counts,
}

/// One of the eight benchmarks.
#[derive(Serialize, ToSchema)]
pub(super) struct Benchmark {
    /// 1 to 8.
    number: u8,
    title: String,
    /// `Achieved`, `In progress`, `Not achieved` or `Unscored`.
    result: &'static str,
    percent: Option<f64>,
    requirements: Vec<Requirement>,
}

/// The benchmarks, and what else is asked for learners.
#[derive(Serialize, ToSchema)]
pub(super) struct Benchmarks {
    benchmarks: Vec<Benchmark>,
    others: Vec<Requirement>,
}

/// Where a learner stands against a requirement.
#[derive(Serialize, ToSchema)]
pub(crate) struct Standing {
    /// The learner's id.
    id: String,
    /// The institution's own id.
    reference: String,
    /// "Surname, Forename".
    name: String,
    year_group: Option<i8>,
    form: Option<String>,
    /// `met`, `due`, `missed`, `upcoming` or `not-applicable`.
    status: &'static str,
    /// Since when it is met.
    on: Option<String>,
    /// By when it is due.
    deadline: Option<String>,
    /// Why, in a sentence.
    because: String,
}

/// A requirement with a page of its learners.
#[derive(Serialize, ToSchema)]
pub(super) struct RequirementPage {
    requirement: Requirement,
    /// How many learners match.
    matching: u32,
    learners: Vec<Standing>,
    /// What to send as `after` for the next page.
    next: Option<String>,
}

/// Which learners.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// In this status.
    status: Option<String>,
    /// In this year group.
    year: Option<i8>,
    /// After this learner.
    after: Option<String>,
}

fn requirement_of(row: RequirementRow) -> Requirement {
    let tally = row.tally;
    Requirement {
        force: labels::force(row.force).0,
        counts: Counts {
            in_scope: tally.in_scope,
            met: tally.met,
            due: tally.due,
            missed: tally.missed,
            upcoming: tally.upcoming,
            partly_met: tally.partly_met,
            adapted: tally.adapted,
            percent: tally.percent(),
            withheld: row.is_withheld,
        },
        id: row.id,
        title: row.title,
        asks: row.asks,
    }
}

/// What needs doing, most urgent first.
#[utoipa::path(get, path = "/institutions/{institution}/to-do", tag = "findings", operation_id = "listToDo",
    params(("institution" = String, Path), AsOf),
    responses((status = OK, body = Vec<ToDo>), (status = NOT_FOUND, body = Details)))]
pub(super) async fn to_do(State(site): State<Site>, caller: Caller, Where(view): Where) -> Answer<Vec<ToDo>> {
    let home = site.run(move |app| app.home(&caller.actor, view)).await?;
    let items = home.now.into_iter().chain(home.later).map(|todo| ToDo {
        requirement: todo.requirement,
        title: todo.title,
        force: labels::force(todo.force).0,
        deadline: match todo.kind {
            TodoKind::Due { deadline, .. } => Some(deadline.to_string()),
            TodoKind::Missed => None,
        },
        learners: todo.learners,
        planned: todo.planned,
        year_groups: todo.year_groups.iter().map(|year| year.number()).collect(),
    });
    Ok(Json(items.collect()))
}

/// The eight benchmarks with each requirement, and what else is asked for learners.
#[utoipa::path(get, path = "/institutions/{institution}/benchmarks", tag = "findings", operation_id = "getBenchmarks",
    params(("institution" = String, Path), AsOf),
    responses((status = OK, body = Benchmarks), (status = NOT_FOUND, body = Details)))]
pub(super) async fn benchmarks(State(site): State<Site>, caller: Caller, Where(view): Where) -> Answer<Benchmarks> {
    let all = site.run(move |app| app.benchmarks(&caller.actor, view)).await?;
    let benchmarks = all.benchmarks.into_iter().map(|each| Benchmark {
        number: each.number,
        title: each.title.to_owned(),
        result: labels::benchmark_status(each.status),
        percent: each.percent,
        requirements: each.requirements.into_iter().map(requirement_of).collect(),
    });
    Ok(Json(Benchmarks {
        benchmarks: benchmarks.collect(),
        others: all.others.into_iter().map(requirement_of).collect(),
    }))
}

/// One requirement: who is met, due and missed, and why.
#[utoipa::path(get, path = "/institutions/{institution}/requirements/{requirement}", tag = "findings",
    operation_id = "getRequirement", params(("institution" = String, Path), ("requirement" = String, Path), AsOf, Which),
    responses((status = OK, body = RequirementPage), (status = NOT_FOUND, body = Details)))]
pub(super) async fn requirement(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(requirement): Thing,
    Query(which): Query<Which>,
) -> Answer<RequirementPage> {
    let status = match which.status.as_deref() {
        None => None,
        Some(word) => Some(labels::status(word).ok_or_else(|| no_such_status(word))?),
    };
    let mut filter = RequirementFilter { status, ..RequirementFilter::default() };
    filter.cohort.year_group = which.year.map(domain::YearGroup::new);
    filter.after = which.after.as_deref().map(id).transpose()?;
    let page = site.run(move |app| app.requirement(&caller.actor, view, &requirement, &filter)).await?;
    let learners = page.learners.into_iter().map(|learner| Standing {
        id: learner.id.to_string(),
        reference: learner.reference,
        name: learner.name,
        year_group: learner.year_group.map(|year| year.number()),
        form: learner.form,
        status: learner.explanation.status.word(),
        on: learner.explanation.on.map(|on| on.to_string()),
        deadline: learner.explanation.deadline.map(|deadline| deadline.to_string()),
        because: learner.sentence,
    });
    Ok(Json(RequirementPage {
        matching: page.matching,
        learners: learners.collect(),
        next: page.next.map(|next| next.to_string()),
        requirement: requirement_of(page.requirement),
    }))
}

fn no_such_status(word: &str) -> Failure {
    let all = [Status::Met, Status::Due, Status::Missed, Status::Upcoming, Status::NotApplicable].map(Status::word);
    let message = format!("“{word}” is not one of: {}.", all.join(", "));
    Failure::Problems(vec![app::FieldProblem { field: "status", message }])
}
