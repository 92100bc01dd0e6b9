use axum::extract::State;

use crate::{
    answer::{Answer, go_saying},
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
};

/// POST: everybody who works here needs a second step of signing in.
pub(crate) async fn ask(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    set(&site, &here, posted, true).await
}

/// POST: a second step is up to each person.
pub(crate) async fn leave(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    set(&site, &here, posted, false).await
}

async fn set(site: &Site, here: &Here, posted: Posted, required: bool) -> Answer {
    let institution = here.institution;
    site.run(move |app| app.require_second_step(&posted.visitor.actor, institution, required)).await?;
    let (said, undo) = if required {
        (
            "Everybody who works here is now asked for a second step. Whoever has none sets one up on their next page.",
            "leave",
        )
    } else {
        ("A second step is now up to each person.", "ask")
    };
    let undo = format!("/institutions/{institution}/settings/second-step/{undo}");
    Ok(go_saying(site, &Flash::says(said).undone_by(undo), &format!("/institutions/{institution}/settings")))
}
