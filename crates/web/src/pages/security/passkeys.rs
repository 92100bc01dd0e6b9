use axum::extract::{Path, State};
use domain::PasskeyId;

use super::{overview, proofs, recovery_codes};
use crate::{
    answer::{Answer, Failure, go_saying, show_again},
    parts::Flash,
    site::Site,
    visitor::Posted,
};

const HOME: &str = "/account/security";

/// POST by the script: what to ask the device for.
pub(crate) async fn options(State(site): State<Site>, posted: Posted) -> Answer {
    let party = site.asks_for_passkeys()?;
    let asked = site.run(move |app| app.begin_passkey(&posted.visitor.actor, &party)).await?;
    Ok(proofs::asked(&asked))
}

/// POST what the device made.
pub(crate) async fn add(State(site): State<Site>, posted: Posted) -> Answer {
    let Posted { visitor, fields } = posted;
    let party = site.asks_for_passkeys()?;
    let (actor, name, answer) = (visitor.actor.clone(), fields.text("name"), proofs::answer(&fields));
    let typed = name.clone();
    match site.run(move |app| app.add_passkey(&actor, &party, &answer, &name)).await {
        Ok(Some(codes)) => Ok(recovery_codes::show_once(&visitor, &codes, "The passkey is added.")),
        Ok(None) => Ok(go_saying(&site, &Flash::says("The passkey is added."), HOME)),
        Err(Failure::Problems(problems)) => {
            let shell = visitor.shell().with_problems(problems);
            Ok(show_again(&overview::page(&site, &visitor, shell, typed).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: removes one.
pub(crate) async fn remove(State(site): State<Site>, Path(id): Path<String>, posted: Posted) -> Answer {
    let id: PasskeyId = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    site.run(move |app| app.remove_passkey(&posted.visitor.actor, id)).await?;
    let said = "The passkey is removed: it signs in here no more. You can delete it on your device as well.";
    Ok(go_saying(&site, &Flash::says(said), HOME))
}
