//! Deleting an activity, and putting it back.

use axum::extract::{Path, State};

use super::handler::id_of;
use crate::{
    answer::{Answer, Failure, go_saying},
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
};

/// POST: the activity goes, and the next page offers to put it back.
pub(crate) async fn delete(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view, institution) = (posted.visitor.actor.clone(), here.view(), here.institution);
    let (event, whole) = site
        .run(move |app| {
            let event = app.delete_activity(&actor, institution, id)?;
            Ok((event, app.whole_of_deleted(&actor, view, id)?))
        })
        .await?;
    let list = format!("/institutions/{institution}/activities");
    let says = if whole.is_some() { "It is deleted." } else { "The activity is deleted, with its register." };
    let flash = Flash::says(says).undone_by(here.query.with(&format!("{list}/{id}/restore/{event}"), &[]));
    let next = whole.map_or(list.clone(), |whole| format!("{list}/{whole}"));
    Ok(go_saying(&site, &flash, &here.query.with(&next, &[])))
}

/// POST: the activity is back as it was.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_activity(&actor, institution, id, event)).await?;
    let flash = Flash::says("The activity and its register are back as they were.");
    Ok(go_saying(&site, &flash, &here.query.with(&format!("/institutions/{institution}/activities/{id}"), &[])))
}
