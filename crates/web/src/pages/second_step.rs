use app::Refusal;
use askama::Template;
use axum::{
    extract::{FromRequest, Query, Request, State},
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse},
};

use crate::{
    address::ours_or_start,
    answer::{Answer, Failure, go, go_saying, show, show_again},
    cookies,
    fields::{Fields, escape},
    pages::{
        security::{Asked, Given, asked, left as left_over},
        sign_in::{begin, knock, origin, with_visit},
    },
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::{Knocked, check, read_form},
};

/// Asks for the second step of signing in.
#[derive(Template)]
#[template(path = "pages/second_step/second_step.html")]
pub(crate) struct SecondStepPage {
    pub(crate) shell: Shell,
    pub(crate) asked: Asked,
}

/// The address of the page, which goes on to another one of ours.
pub(crate) fn address(next: &str) -> String {
    format!("/sign-in/second-step?next={}", escape(next))
}

fn token(headers: &HeaderMap) -> Result<String, Failure> {
    Ok(cookies::session(headers).ok_or(Failure::Refusal(Refusal::NotSignedIn))?.to_owned())
}

/// GET the forms.
pub(crate) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let next = Fields(query).text("next");
    or_start(async { Ok(show(&page(&site, token(&headers)?, next).await?)) }.await)
}

/// Whoever is not between the two steps is led to where they belong.
fn or_start(answer: Answer) -> Answer {
    match answer {
        Err(Failure::Refusal(Refusal::NotSignedIn)) => Ok(go("/")),
        other => other,
    }
}

/// POST a proof: the session begins.
pub(crate) async fn post(State(site): State<Site>, request: Request) -> Answer {
    or_start(take(&site, request).await)
}

async fn take(site: &Site, request: Request) -> Answer {
    let from = origin(&request);
    let token = token(request.headers())?;
    let fields = pending(site, &token, request).await?;
    let (given, next, first) = (Given::read(&fields, site)?, fields.text("next"), token.clone());
    match site.run(move |app| app.take_second_step(&first, given.proof(), &from)).await {
        Ok(taken) => {
            let Some(left) = taken.recovery_codes_left else {
                return Ok(begin(site, taken.session.token.reveal(), &next));
            };
            let said = format!(
                "You signed in with a recovery code; {}. Under your name, “Security”, you can set up your app or passkey again.",
                left_over(left)
            );
            let cookie = cookies::set_session(&site.settings, Some(taken.session.token.reveal()));
            let go_on = go_saying(site, &Flash::says(said), ours_or_start(&next));
            Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), go_on).into_response())
        }
        Err(Failure::Problems(problems)) => {
            let mut page = page(site, token, next).await?;
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

/// POST by the script: what to ask the device for, as the second step.
pub(crate) async fn options(State(site): State<Site>, request: Request) -> Answer {
    or_start(ask(&site, request).await)
}

async fn ask(site: &Site, request: Request) -> Answer {
    let token = token(request.headers())?;
    pending(site, &token, request).await?;
    let party = site.asks_for_passkeys()?;
    let request = site.run(move |app| app.begin_second_step_passkey(&token, &party)).await?;
    Ok(asked(&request))
}

/// POST by the script: what to ask the device of somebody for who has not said who they are.
pub(crate) async fn sign_in_options(State(site): State<Site>, request: Request) -> Answer {
    let from = origin(&request);
    Knocked::from_request(request, &site).await?;
    let party = site.asks_for_passkeys()?;
    let request = site.run(move |app| app.begin_passkey_sign_in(&party, &from)).await?;
    Ok(asked(&request))
}

/// POST a passkey alone: the session begins.
pub(crate) async fn sign_in(State(site): State<Site>, request: Request) -> Answer {
    let from = origin(&request);
    let (_, visit) = knock(&site, request.headers());
    let Knocked { fields, .. } = Knocked::from_request(request, &site).await?;
    let party = site.asks_for_passkeys()?;
    let next = fields.text("next");
    let answer = app::PasskeyAnswer { ceremony: fields.text("ceremony"), credential: fields.text("credential") };
    match site.run(move |app| app.sign_in_with_passkey(&party, &answer, &from)).await {
        Ok(session) => Ok(begin(&site, session.token.reveal(), &next)),
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: visit.clone(), ..Shell::default() };
            let page = crate::pages::sign_in::page(&site, shell.with_problems(problems), String::new(), next);
            Ok(with_visit(&site, &visit, show_again(&page)))
        }
        Err(failure) => Err(failure),
    }
}

/// The form of somebody whose sign-in waits; from our own page only.
async fn pending(site: &Site, token: &str, request: Request) -> Result<Fields, Failure> {
    let token = token.to_owned();
    let waiting = site.run(move |app| app.second_step(&token)).await?;
    let fields = read_form(request, site).await?;
    check(&waiting.csrf, fields.one("csrf"))?;
    Ok(fields)
}

async fn page(site: &Site, token: String, next: String) -> Result<SecondStepPage, Failure> {
    let waiting = site.run(move |app| app.second_step(&token)).await?;
    Ok(SecondStepPage {
        shell: Shell { csrf: waiting.csrf, ..Shell::default() }.titled("One more step"),
        asked: Asked {
            proofs: waiting.proofs,
            action: "/sign-in/second-step",
            options: "/sign-in/second-step/passkey",
            next,
        },
    })
}
