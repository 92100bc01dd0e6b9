use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Caller, Details, Trouble};
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
    Ok(Json(Begun { token: session.token.reveal().to_owned() }))
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
