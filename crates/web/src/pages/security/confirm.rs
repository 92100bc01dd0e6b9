use app::Refusal;
use askama::Template;
use axum::{
    extract::{FromRequest, Query, Request, State},
    http::HeaderMap,
};

use super::{Asked, Given, asked};
use crate::{
    address::ours_or_start,
    answer::{Answer, Failure, go, show, show_again},
    cookies,
    fields::Fields,
    pages::sign_in::origin,
    shell::Shell,
    site::Site,
    visitor::{Posted, Visitor},
};

/// Asks who is there, before something that a session left open must not allow.
#[derive(Template)]
#[template(path = "pages/security/confirm.html")]
pub(crate) struct ConfirmPage {
    pub(crate) shell: Shell,
    pub(crate) asked: Asked,
}

/// GET the forms.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let next = Fields(query).text("next");
    Ok(show(&page(&site, &visitor, visitor.shell(), next).await?))
}

/// POST a proof; leads back to where it was asked for.
pub(crate) async fn post(State(site): State<Site>, request: Request) -> Answer {
    let from = origin(&request);
    let token = token(request.headers())?;
    let Posted { visitor, fields } = Posted::from_request(request, &site).await?;
    let (given, next, actor) = (Given::read(&fields, &site)?, fields.text("next"), visitor.actor.clone());
    match site.run(move |app| app.confirm(&actor, &token, given.proof(), &from)).await {
        Ok(()) => Ok(go(ours_or_start(&next))),
        Err(Failure::Problems(problems)) => {
            let shell = visitor.shell().with_problems(problems);
            Ok(show_again(&page(&site, &visitor, shell, next).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST by the script: what to ask the device for.
pub(crate) async fn passkey(State(site): State<Site>, posted: Posted) -> Answer {
    let party = site.asks_for_passkeys()?;
    let request = site.run(move |app| app.begin_confirmation_passkey(&posted.visitor.actor, &party)).await?;
    Ok(asked(&request))
}

fn token(headers: &HeaderMap) -> Result<String, Failure> {
    Ok(cookies::session(headers).ok_or(Failure::Refusal(Refusal::NotSignedIn))?.to_owned())
}

async fn page(site: &Site, visitor: &Visitor, shell: Shell, next: String) -> Result<ConfirmPage, Failure> {
    let actor = visitor.actor.clone();
    let proofs = site.run(move |app| app.proofs(&actor)).await?;
    Ok(ConfirmPage {
        shell: shell.titled("Confirm that it is you"),
        asked: Asked { proofs, action: "/account/confirm", options: "/account/confirm/passkey", next },
    })
}
