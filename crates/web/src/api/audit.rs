use app::{AuditFilter, AuditKind};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Caller, Details,
    caller::{Where, id},
};
use crate::{answer::Failure, site::Site};

/// Something that somebody did.
#[derive(Serialize, ToSchema)]
pub(super) struct Event {
    id: String,
    /// Its number in the institution's chain, without gaps.
    sequence: Option<i64>,
    /// An instant: `2026-11-23T14:05:00Z`.
    at: String,
    /// A name, as of now.
    who: String,
    /// None for the server's operator.
    person: Option<String>,
    /// `activity.changed`.
    action: String,
    /// The same in words, after the name.
    did: String,
    /// Why their reach allowed it.
    why: Option<String>,
    /// The learner whose record was read.
    learner: Option<String>,
    changes: Vec<Change>,
    /// Parts that were erased since.
    erased: u64,
}

/// A field before and after.
#[derive(Serialize, ToSchema)]
pub(super) struct Change {
    /// The learner whom it concerns, by name.
    learner: Option<String>,
    field: String,
    before: Option<String>,
    after: Option<String>,
}

/// A page of the trail.
#[derive(Serialize, ToSchema)]
pub(super) struct Trail {
    events: Vec<Event>,
    /// What to send as `before` for the next page.
    next: Option<String>,
}

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// By this person.
    person: Option<String>,
    /// About this learner.
    learner: Option<String>,
    /// `reads`, `records`, `imports`, `people`, `settings` or `protection`.
    kind: Option<String>,
    /// On this day or later: `2026-11-23`.
    from: Option<String>,
    /// On this day or earlier.
    until: Option<String>,
    /// Older than this event.
    before: Option<String>,
}

/// Who did what, and who read whose record; latest first.
#[utoipa::path(get, path = "/institutions/{institution}/audit", tag = "audit", operation_id = "listAudit",
    params(("institution" = String, Path), Which),
    responses((status = OK, body = Trail), (status = FORBIDDEN, body = Details), (status = NOT_FOUND, body = Details)))]
pub(super) async fn list(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Query(which): Query<Which>,
) -> Answer<Trail> {
    let day = |text: &Option<String>| {
        text.as_deref().map(|text| domain::date::parse(text).ok_or(Failure::NOT_FOUND)).transpose()
    };
    let kind = |text: &str| AuditKind::from_word(text).ok_or(Failure::NOT_FOUND);
    let filter = AuditFilter {
        person: which.person.as_deref().map(id).transpose()?,
        learner: which.learner.as_deref().map(id).transpose()?,
        kind: which.kind.as_deref().map(kind).transpose()?,
        from: day(&which.from)?,
        until: day(&which.until)?,
        before: which.before.as_deref().map(id).transpose()?,
    };
    let page = site.run(move |app| app.audit_trail(&caller.actor, view, &filter)).await?;
    let events = page.entries.into_iter().map(|entry| Event {
        id: entry.id.to_string(),
        sequence: entry.sequence,
        at: entry.at.to_string(),
        who: entry.who,
        person: entry.account.map(|account| account.to_string()),
        action: entry.action,
        did: entry.did,
        why: entry.why,
        learner: entry.learner.map(|learner| learner.to_string()),
        changes: entry
            .changes
            .into_iter()
            .map(|change| Change {
                learner: change.learner,
                field: change.field,
                before: change.before,
                after: change.after,
            })
            .collect(),
        erased: entry.erased,
    });
    Ok(Json(Trail { events: events.collect(), next: page.next.map(|next| next.to_string()) }))
}
