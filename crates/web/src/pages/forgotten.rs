//! A forgotten password: asking for a link, and setting another password by it.

use app::Refusal;
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Query, Request, State},
    http::HeaderMap,
};

use super::sign_in::{knock, origin, with_visit};
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    fields::Fields,
    linked::unusable,
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// Asks for the address, says that a letter is on its way, or whom to ask.
#[derive(Template)]
#[template(path = "pages/forgotten/forgotten.html")]
pub(crate) struct ForgottenPage {
    pub(crate) shell: Shell,
    pub(crate) email: String,
    pub(crate) stage: Stage,
}

/// What the page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Which address?
    Ask,
    /// A letter is on its way, if anybody has the address.
    Sent,
    /// This server sends no letters.
    NoPost,
}

/// Asks for another password.
#[derive(Template)]
#[template(path = "pages/forgotten/reset.html")]
pub(crate) struct ResetPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
}

const TITLE: &str = "Forgotten your password?";
const NEW: &str = "Set a new password";

/// GET the form, or what comes after it.
pub(crate) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let stage = match (site.app.has_post(), Fields(query).one("sent")) {
        (false, _) => Stage::NoPost,
        (true, "yes") => Stage::Sent,
        (true, _) => Stage::Ask,
    };
    let title = if stage == Stage::Sent { "Look at your e-mail" } else { TITLE };
    let (shell, secret) = knock(&site, &headers);
    Ok(with_visit(&site, &secret, show(&ForgottenPage { shell: shell.titled(title), email: String::new(), stage })))
}

/// POST the address. The answer says nothing about whether it is known.
pub(crate) async fn post(State(site): State<Site>, request: Request) -> Answer {
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let email = fields.text("email");
    match site.run(move |app| app.ask_for_reset(fields.one("email"), &from)).await {
        Ok(()) => Ok(go("/forgotten?sent=yes")),
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.titled(TITLE).with_problems(problems);
            Ok(show_again(&ForgottenPage { shell, email, stage: Stage::Ask }))
        }
        Err(failure) => Err(failure),
    }
}

/// GET the form of a link.
pub(crate) async fn link(State(site): State<Site>, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    let action = format!("/reset/{token}");
    match site.run(move |app| app.check_reset(&token)).await {
        Ok(()) => {
            let (shell, secret) = knock(&site, &headers);
            Ok(with_visit(&site, &secret, show(&ResetPage { shell: shell.titled(NEW), action })))
        }
        Err(failure) => refused(failure),
    }
}

/// POST another password. Whoever set it signs in with it, by every step that the account asks for.
pub(crate) async fn reset(State(site): State<Site>, Path(token): Path<String>, request: Request) -> Answer {
    let action = format!("/reset/{token}");
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    match site.run(move |app| app.set_password_by_link(&token, fields.one("password"))).await {
        Ok(()) => Ok(go_saying(&site, &Flash::says("Your new password is set. Sign in with it."), "/sign-in")),
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.titled(NEW).with_problems(problems);
            Ok(show_again(&ResetPage { shell, action }))
        }
        Err(failure) => refused(failure),
    }
}

fn refused(failure: Failure) -> Answer {
    match &failure {
        Failure::Refusal(Refusal::Conflict(message)) => {
            Ok(unusable("This link does not work any more", message.clone(), &failure))
        }
        _ => Err(failure),
    }
}
