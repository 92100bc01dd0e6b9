use app::{Action, ActivityFilter, ActivityForm, ActivityRow, Mark, Seen};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use domain::{ActivityId, ParticipationStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Caller, Details, Trouble,
    caller::{AsOf, Thing, Where, id},
};
use crate::{answer::Failure, site::Site};

/// An activity to record. Dates, hours and words are as in the files: `2026-11-12`, `2.5`, `employer-encounter`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct NewActivity {
    /// How the institution names it; made up if left out.
    reference: String,
    title: String,
    date: String,
    kind: String,
    provider_type: String,
    organisation: String,
    /// `in-person` if left out.
    mode: String,
    subject: String,
    hours: String,
    /// Year groups that it was offered to as a whole.
    year_groups: Vec<i8>,
    /// The ticked boxes.
    checks: Vec<String>,
    through: String,
    source: String,
    /// `draft`, `planned`, `delivered` or `cancelled`; a draft and a cancelled activity count for nothing. `planned` if left
    /// out of a new one; left out of a change it stays as it is.
    state: String,
}

impl From<NewActivity> for ActivityForm {
    fn from(new: NewActivity) -> Self {
        let years: Vec<_> = new.year_groups.iter().map(ToString::to_string).collect();
        Self {
            reference: new.reference,
            title: new.title,
            date: new.date,
            kind: new.kind,
            provider_type: new.provider_type,
            organisation: new.organisation,
            mode: new.mode,
            subject: new.subject,
            hours: new.hours,
            year_groups: years.join(";"),
            checks: new.checks,
            through: new.through,
            source: new.source,
            state: new.state,
        }
    }
}

/// An activity.
#[derive(Serialize, ToSchema)]
pub(super) struct Activity {
    id: String,
    reference: String,
    title: String,
    date: String,
    kind: &'static str,
    /// `draft`, `planned`, `delivered` or `cancelled`.
    state: &'static str,
    organisation: Option<String>,
    year_groups: Vec<i8>,
    checks: Vec<&'static str>,
    /// How many attended, were absent or excused, are invited.
    attended: u32,
    missed: u32,
    invited: u32,
    /// Whether the counts are withheld, because they are small and the caller sees totals only.
    withheld: bool,
    /// The boxes that keep it from being meaningful.
    missing_boxes: Vec<&'static str>,
}

/// A page of activities.
#[derive(Serialize, ToSchema)]
pub(super) struct List {
    matching: u32,
    activities: Vec<Activity>,
    /// What to send as `after` for the next page.
    next: Option<String>,
}

/// The id of what was recorded.
#[derive(Serialize, ToSchema)]
pub(super) struct Recorded {
    id: String,
}

/// One learner of a register.
#[derive(Serialize, ToSchema)]
pub(super) struct Line {
    learner: String,
    name: String,
    form: Option<String>,
    /// `attended`, `absent`, `invited`, `excused`, or none.
    status: Option<&'static str>,
}

/// A mark to set.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(super) struct NewMark {
    /// The learner's id.
    learner: String,
    /// `attended`, `absent`, `invited`, `excused`; none takes the mark away.
    status: Option<String>,
    /// What was recorded when the mark was made: one of these words, or `none`. If something else is recorded by now, the mark is not
    /// saved and comes back as a conflict. Left out, the mark takes the place of whatever is recorded.
    seen: Option<String>,
}

/// What marking did.
#[derive(Serialize, ToSchema)]
pub(super) struct Marked {
    /// How many marks were saved.
    saved: usize,
    /// Those that were not.
    conflicts: Vec<MarkConflict>,
}

/// A mark that was not saved, because somebody else marked the learner meanwhile.
#[derive(Serialize, ToSchema)]
pub(super) struct MarkConflict {
    learner: String,
    /// What was sent.
    said: Option<&'static str>,
    /// What is recorded.
    now: Option<&'static str>,
    /// Who recorded it, if that is known.
    by: Option<String>,
    /// When, as `2026-11-23T09:00:00Z`.
    at: Option<String>,
}

/// Which activities.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Of this kind.
    kind: Option<String>,
    /// Offered to this whole year group.
    year: Option<i8>,
    /// After this activity.
    after: Option<String>,
}

fn activity_of(row: ActivityRow) -> Activity {
    Activity {
        id: row.id.to_string(),
        date: row.activity.date.to_string(),
        kind: row.activity.kind.word(),
        state: row.activity.state.word(),
        year_groups: row.activity.year_groups.iter().map(|year| year.number()).collect(),
        checks: row.activity.checks.iter().map(domain::Check::word).collect(),
        reference: row.activity.reference,
        title: row.activity.title,
        organisation: row.activity.organisation,
        attended: row.attended,
        missed: row.missed,
        invited: row.invited,
        withheld: row.is_withheld,
        missing_boxes: row.missing_boxes,
    }
}

fn wrong(field: &'static str, message: String) -> Failure {
    Failure::Problems(vec![app::FieldProblem { field, message }])
}

/// Activities, latest first.
#[utoipa::path(get, path = "/institutions/{institution}/activities", tag = "activities", operation_id = "listActivities",
    params(("institution" = String, Path), AsOf, Which),
    responses((status = OK, body = List), (status = NOT_FOUND, body = Details)))]
pub(super) async fn list(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Query(which): Query<Which>,
) -> Answer<List> {
    let kind = which.kind.as_deref().map(str::parse).transpose();
    let filter = ActivityFilter {
        kind: kind.map_err(|error: domain::UnknownWord| wrong("kind", format!("{error}.")))?,
        year_group: which.year.map(domain::YearGroup::new),
        after: which.after.as_deref().map(id).transpose()?,
        parts: true,
        ..ActivityFilter::default()
    };
    let list = site.run(move |app| app.activities(&caller.actor, view, &filter)).await?;
    Ok(Json(List {
        matching: list.matching,
        activities: list.activities.into_iter().map(activity_of).collect(),
        next: list.next.map(|next| next.to_string()),
    }))
}

/// Records a new activity.
#[utoipa::path(post, path = "/institutions/{institution}/activities", tag = "activities", operation_id = "addActivity",
    params(("institution" = String, Path)), request_body = NewActivity,
    responses((status = CREATED, body = Recorded), (status = UNPROCESSABLE_ENTITY, body = Details)))]
pub(super) async fn add(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Json(new): Json<NewActivity>,
) -> Result<(StatusCode, Json<Recorded>), Trouble> {
    let form = ActivityForm::from(new);
    let id = site.run(move |app| app.add_activity(&caller.actor, view.institution, &form)).await?;
    Ok((StatusCode::CREATED, Json(Recorded { id: id.to_string() })))
}

/// One activity.
#[utoipa::path(get, path = "/institutions/{institution}/activities/{activity}", tag = "activities",
    operation_id = "getActivity", params(("institution" = String, Path), ("activity" = String, Path), AsOf),
    responses((status = OK, body = Activity), (status = NOT_FOUND, body = Details)))]
pub(super) async fn get(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(activity): Thing,
) -> Answer<Activity> {
    let wanted: ActivityId = id(&activity)?;
    let page = site.run(move |app| app.activity(&caller.actor, view, wanted)).await?;
    Ok(Json(activity_of(page.row)))
}

/// Changes an activity: what is sent takes the place of what was there.
#[utoipa::path(put, path = "/institutions/{institution}/activities/{activity}", tag = "activities",
    operation_id = "changeActivity", params(("institution" = String, Path), ("activity" = String, Path)),
    request_body = NewActivity,
    responses((status = NO_CONTENT), (status = UNPROCESSABLE_ENTITY, body = Details), (status = NOT_FOUND, body = Details)))]
pub(super) async fn change(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(activity): Thing,
    Json(new): Json<NewActivity>,
) -> Result<StatusCode, Trouble> {
    let wanted: ActivityId = id(&activity)?;
    let form = ActivityForm::from(new);
    site.run(move |app| app.change_activity(&caller.actor, view.institution, wanted, &form)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes an activity away with its register.
#[utoipa::path(delete, path = "/institutions/{institution}/activities/{activity}", tag = "activities",
    operation_id = "deleteActivity", params(("institution" = String, Path), ("activity" = String, Path)),
    responses((status = NO_CONTENT), (status = NOT_FOUND, body = Details)))]
pub(super) async fn delete(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(activity): Thing,
) -> Result<StatusCode, Trouble> {
    let wanted: ActivityId = id(&activity)?;
    site.run(move |app| app.delete_activity(&caller.actor, view.institution, wanted)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The register of an activity: those expected and those marked.
#[utoipa::path(get, path = "/institutions/{institution}/activities/{activity}/register", tag = "activities",
    operation_id = "getRegister", params(("institution" = String, Path), ("activity" = String, Path), AsOf),
    responses((status = OK, body = Vec<Line>), (status = NOT_FOUND, body = Details)))]
pub(super) async fn register(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(activity): Thing,
) -> Answer<Vec<Line>> {
    let wanted: ActivityId = id(&activity)?;
    let register = site
        .run(move |app| {
            let register = app.register(&caller.actor, view, wanted)?;
            register.frame.ask(Action::SeeLearners)?;
            Ok(register)
        })
        .await?;
    let lines = register.rows.into_iter().map(|row| Line {
        learner: row.id.to_string(),
        name: row.name,
        form: row.form,
        status: row.status.map(ParticipationStatus::word),
    });
    Ok(Json(lines.collect()))
}

/// Sets marks. Learners that are not named keep theirs; a mark over something else than was `seen` is not saved, and comes back.
#[utoipa::path(post, path = "/institutions/{institution}/activities/{activity}/register", tag = "activities",
    operation_id = "markRegister", params(("institution" = String, Path), ("activity" = String, Path)),
    request_body = Vec<NewMark>,
    responses((status = OK, body = Marked), (status = UNPROCESSABLE_ENTITY, body = Details), (status = NOT_FOUND, body = Details)))]
pub(super) async fn mark(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(activity): Thing,
    Json(marks): Json<Vec<NewMark>>,
) -> Answer<Marked> {
    let wanted: ActivityId = id(&activity)?;
    let word = |field: &'static str, word: Option<&str>| {
        let status = word.map(str::parse::<ParticipationStatus>).transpose();
        status.map_err(|error| wrong(field, format!("{error}.")))
    };
    let marks: Vec<Mark> = marks
        .into_iter()
        .map(|mark| {
            let seen = match mark.seen.as_deref() {
                None => Seen::Anything,
                Some(seen) => Seen::This(word("seen", Some(seen).filter(|seen| *seen != "none"))?),
            };
            Ok(Mark { learner: id(&mark.learner)?, seen, status: word("status", mark.status.as_deref())? })
        })
        .collect::<Result<_, Failure>>()?;
    let marked = site.run(move |app| app.mark(&caller.actor, view.institution, wanted, &marks)).await?;
    let conflicts = marked.conflicts.into_iter().map(|conflict| MarkConflict {
        learner: conflict.learner.to_string(),
        said: conflict.said.map(ParticipationStatus::word),
        now: conflict.now.map(ParticipationStatus::word),
        by: conflict.by,
        at: conflict.at.map(|at| at.to_string()),
    });
    Ok(Json(Marked { saved: marked.saved, conflicts: conflicts.collect() }))
}
