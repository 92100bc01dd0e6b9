use app::{Proof, Refusal};
use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Caller, Details, Trouble, caller};
use crate::{answer::Failure, pages::sign_in::origin, site::Site};

/// Who signs in.
#[derive(Deserialize, ToSchema)]
pub(super) struct SignIn {
    /// E-mail address.
    email: String,
    /// Password.
    password: String,
}

/// A session just begun.
#[derive(Serialize, ToSchema)]
pub(super) struct Begun {
    /// To be sent as `Authorization: Bearer …`. It ends after two hours without a request, and twelve in any case.
    token: String,
    /// Whether it opens nothing yet but `POST /api/v1/session/second-step`, within ten minutes.
    awaits_second_step: bool,
}

/// Signs in.
#[utoipa::path(post, path = "/session", tag = "session", operation_id = "signIn", request_body = SignIn, security(()),
    responses((status = OK, body = Begun), (status = UNPROCESSABLE_ENTITY, body = Details), (status = TOO_MANY_REQUESTS, body = Details)))]
pub(super) async fn begin(State(site): State<Site>, request: Request) -> Answer<Begun> {
    let from = origin(&request);
    let Json(who) = Json::<SignIn>::from_request(request, &site)
        .await
        .map_err(|_| Failure::problem("Send an e-mail address and a password as JSON."))?;
    let session = site.run(move |app| app.sign_in(&who.email, &who.password, &from)).await?;
    Ok(Json(Begun::from(session)))
}

impl From<app::NewSession> for Begun {
    fn from(session: app::NewSession) -> Self {
        Self { token: session.token.reveal().to_owned(), awaits_second_step: session.awaits_second_step }
    }
}

/// The second step of signing in: one of the two.
#[derive(Deserialize, ToSchema)]
pub(super) struct SecondStep {
    /// The code that the person's app shows now.
    code: Option<String>,
    /// One of their recovery codes.
    recovery_code: Option<String>,
}

/// Takes the second step of signing in, with the first step's token as bearer. That token ends; the new one opens what the person may.
#[utoipa::path(post, path = "/session/second-step", tag = "session", operation_id = "takeSecondStep", request_body = SecondStep,
    responses((status = OK, body = Begun), (status = CONFLICT, body = Details), (status = UNPROCESSABLE_ENTITY, body = Details),
        (status = TOO_MANY_REQUESTS, body = Details)))]
pub(super) async fn second_step(State(site): State<Site>, request: Request) -> Answer<Begun> {
    let from = origin(&request);
    // No cookie counts here: a browser sends its own whoever made it ask.
    let token = caller::bearer(request.headers()).unwrap_or_default().to_owned();
    let Json(step) = Json::<SecondStep>::from_request(request, &site)
        .await
        .map_err(|_| Failure::problem("Send a code or a recovery_code as JSON."))?;
    let taken = site
        .run(move |app| {
            let proof = match &step.recovery_code {
                Some(code) => Proof::RecoveryCode(code),
                None => Proof::Code(step.code.as_deref().unwrap_or_default()),
            };
            app.take_second_step(&token, proof, &from)
        })
        .await;
    match taken {
        Err(Failure::Refusal(Refusal::NotSignedIn)) => Err(Failure::Refusal(Refusal::Conflict(
            "No sign-in waits for its second step with this token. Sign in first.".to_owned(),
        ))
        .into()),
        taken => Ok(Json(Begun::from(taken?.session))),
    }
}

/// A session under way.
#[derive(Serialize, ToSchema)]
pub(super) struct Current {
    /// The name of whoever is signed in.
    name: String,
    /// To be sent as `x-csrf-token` with what changes something, when the session comes by cookie.
    csrf: String,
}

/// The session under way, with the token that changes by cookie need.
#[utoipa::path(get, path = "/session", tag = "session", operation_id = "getSession",
    responses((status = OK, body = Current), (status = UNAUTHORIZED, body = Details)))]
pub(super) async fn get(caller: Caller) -> Json<Current> {
    Json(Current { name: caller.actor.name().to_owned(), csrf: caller.csrf })
}

/// Signs out: the token ends.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "signOut",
    responses((status = NO_CONTENT), (status = UNAUTHORIZED, body = Details)))]
pub(super) async fn end(State(site): State<Site>, caller: Caller) -> Result<StatusCode, Trouble> {
    site.run(move |app| app.sign_out(&caller.token)).await?;
    Ok(StatusCode::NO_CONTENT)
}
