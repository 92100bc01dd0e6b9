use app::{Actor, Refusal, Secret, View};
use axum::{
    extract::{FromRequestParts, Path, Query},
    http::{HeaderMap, header, request::Parts},
};
use domain::{Date, InstitutionId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Trouble;
use crate::{Settings, answer::Failure, cookies, middleware, site::Site, visitor};

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
    pub(crate) token: String,
    /// What a change by cookie sends as `x-csrf-token`.
    pub(crate) csrf: String,
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Trouble> {
        let bearer = bearer(&parts.headers);
        let token = bearer.or_else(|| cookies::session(&parts.headers)).unwrap_or_default().to_owned();
        if token.is_empty() {
            return Err(Failure::Refusal(Refusal::NotSignedIn).into());
        }
        // A program's key is no session: it opens one institution, and nothing of the person's own account.
        if bearer.is_some() && token.starts_with(app::KEY_PREFIX) {
            let key = Secret::new(token);
            let actor = site.run(move |app| app.by_api_key(key.reveal())).await?;
            return Ok(Self { actor, token: String::new(), csrf: String::new() });
        }
        let session = {
            let token = token.clone();
            site.run(move |app| app.session(&token)).await?
        };
        // A browser sends its cookie whoever made it ask; nothing but our own pages knows the session's secret.
        let by_cookie = bearer.is_none();
        if by_cookie && !parts.method.is_safe() && !is_meant(&parts.headers, &site.settings, &session.csrf) {
            return Err(Trouble::Unproven);
        }
        Ok(Self { actor: session.actor, token, csrf: session.csrf })
    }
}

/// The token that a program sends.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Whether a request by cookie comes from our own pages: it knows the session's secret, or the browser says so.
fn is_meant(headers: &HeaderMap, settings: &Settings, csrf: &str) -> bool {
    let sent = headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    sent.is_some_and(|sent| visitor::check(csrf, sent).is_ok())
        || middleware::is_own_origin(headers, settings) == Some(true)
}

/// An as-of date in the address.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOf {
    /// The day on which things are looked at, such as `2027-01-15`; today if left out.
    #[serde(rename = "as-of")]
    #[param(rename = "as-of", value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
}

/// The institution that the address names, and the day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Where(pub(crate) View);

impl FromRequestParts<Site> for Where {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Trouble> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, site).await;
        let Path(path) = path.map_err(|_| Failure::NOT_FOUND)?;
        let institution: Option<InstitutionId> =
            path.iter().find(|(name, _)| name == "institution").and_then(|(_, id)| id.parse().ok());
        let as_of = Query::<AsOf>::from_request_parts(parts, site).await;
        let Query(AsOf { as_of }) = as_of.map_err(|_| {
            Failure::Problems(vec![app::FieldProblem {
                field: "as-of",
                message: "There is no such day. Use a date such as 2027-01-15.".to_owned(),
            }])
        })?;
        let institution = institution.ok_or(Failure::NOT_FOUND)?;
        Ok(Self(View { institution, as_of }))
    }
}

/// What the address names last: an activity, a learner, a requirement.
#[derive(Debug, Clone)]
pub(crate) struct Thing(pub(crate) String);

impl FromRequestParts<Site> for Thing {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Trouble> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, site).await;
        let Path(path) = path.map_err(|_| Failure::NOT_FOUND)?;
        Ok(Self(path.into_iter().last().ok_or(Failure::NOT_FOUND)?.1))
    }
}

/// Something else that the address names, by its place in the path.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}
