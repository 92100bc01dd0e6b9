//! How far an activity has come, and inviting those whom it is for.

use axum::extract::{Path, State};
use domain::ActivityState;

use super::{
    activity,
    handler::{id_of, invited_in_words},
};
use crate::{
    answer::{Answer, Failure, go_saying},
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
};

fn address(here: &Here, id: domain::ActivityId) -> String {
    format!("/institutions/{}/activities/{id}", here.institution)
}

/// POST how far it has come.
pub(crate) async fn set(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let state: ActivityState = posted.fields.read("state").ok_or(Failure::NOT_FOUND)?;
    let (actor, institution, reason) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("reason"));
    let event = match site.run(move |app| app.set_activity_state(&actor, institution, id, state, &reason)).await {
        Ok(event) => event,
        Err(Failure::Problems(problems)) => {
            return activity::show_with(&site, &posted.visitor, &here, id, problems).await;
        }
        Err(failure) => return Err(failure),
    };
    let says = match state {
        ActivityState::Draft => "The activity is a draft again. Nothing of it counts.",
        ActivityState::Planned => "The activity is planned.",
        ActivityState::Delivered => "The activity took place. If you have not yet, mark its register.",
        _ => "The activity is cancelled. Nothing of it counts any more.",
    };
    let undo = here.query.with(&format!("{}/state/undo/{event}", address(&here, id)), &[]);
    Ok(go_saying(&site, &Flash::says(says).undone_by(undo), &here.query.with(&address(&here, id), &[])))
}

/// POST: it has come as far as before.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_activity_state(&actor, institution, id, event)).await?;
    let flash = Flash::says("The activity is as it was before.");
    Ok(go_saying(&site, &flash, &here.query.with(&address(&here, id), &[])))
}

/// POST: those whom it is for are invited.
pub(crate) async fn invite(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let invited = site.run(move |app| app.invite_cohort(&actor, institution, id)).await?;
    let says = match invited {
        0 => "Everybody it is for is on the register already.".to_owned(),
        some => invited_in_words(some).trim().to_owned(),
    };
    Ok(go_saying(&site, &Flash::says(says), &here.query.with(&address(&here, id), &[])))
}
