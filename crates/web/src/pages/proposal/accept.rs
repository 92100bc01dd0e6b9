use app::{AcceptedSession, ProposalFilter};
use axum::extract::{Path, State};
use domain::SlotId;

use super::page::page;
use crate::{
    answer::{Answer, Failure, go_saying, show_again},
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
    words,
};

/// POST: the sessions and learners ticked are planned.
pub(crate) async fn accept(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let session = |text: &String| {
        let slot: SlotId = text.parse().ok()?;
        let learners = posted.fields.all(&format!("place-{slot}"));
        Some(AcceptedSession { slot, learners: learners.iter().filter_map(|id| id.parse().ok()).collect() })
    };
    let sessions: Vec<_> = posted.fields.all("session").iter().filter_map(session).collect();
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.accept_proposal(&actor, institution, &sessions)).await {
        Ok(accepted) => {
            let flash = Flash::says(format!(
                "{} planned, with {}. The requirements show it as planned.",
                words::count_capital(accepted.activities.len(), "session is", "sessions are"),
                words::count(accepted.places as usize, "learner invited", "invitations")
            ));
            let base = format!("/institutions/{institution}");
            let flash = flash.undone_by(format!("{base}/proposal/undo/{}", accepted.event));
            Ok(go_saying(&site, &flash, &format!("{base}/gaps")))
        }
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let found = site.run(move |app| app.proposal(&actor, view, &ProposalFilter::default())).await?;
            Ok(show_again(&page(&posted.visitor, &here, &found, problems)))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: what was planned is taken back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, event)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let back = site.run(move |app| app.undo_proposal(&actor, institution, event)).await?;
    let flash = Flash::says(format!(
        "{} taken back, and the places are free again.",
        words::count_capital(back as usize, "session is", "sessions are")
    ));
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/proposal")))
}
