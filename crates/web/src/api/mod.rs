//! The JSON API under `/api/v1`: the same operations as the pages, described by an OpenAPI document made from this code.
//!
//! Who calls is told by the browser's session, or by a session's token as a bearer. Lists page by key. What goes wrong is
//! said in the standard problem-details form.

mod activities;
mod audit;
mod caller;
mod findings;
mod imports;
mod institutions;
mod learners;
mod page;
mod problem;
mod session;

use axum::{Json, Router, extract::DefaultBodyLimit, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{cookies, site::Site};
pub(crate) use caller::Caller;
pub(crate) use problem::{Details, Trouble};

/// What an endpoint returns.
pub(crate) type Answer<T> = Result<Json<T>, Trouble>;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Waymark",
        description = "One record of who did what in a careers programme, and what follows from it.\n\n\
            Programs send a key of the institution as a bearer (`Authorization: Bearer wm_…`; an administrator makes one under \
            “People”, “Programs”), or a session's token. A key opens its own institution, does what it was made for, never more \
            than the person who answers for it may do, and may ask 3,000 times in 15 minutes. In a browser the pages' session does too; then POST, PUT, PATCH and \
            DELETE also need the header `x-csrf-token` with the `csrf` of `GET /api/v1/session`, or an `Origin` header with \
            this server's own address. Without either the answer is 403 and nothing changes.",
        license(name = "Apache-2.0 OR MIT")
    ),
    modifiers(&Bearer),
    security(("session" = []), ("cookie" = [])),
    tags(
        (name = "session", description = "Signing in and out"),
        (name = "institutions", description = "Schools, colleges and training providers within reach"),
        (name = "findings", description = "How things stand: what to do, benchmarks, requirements"),
        (name = "learners", description = "Learners and where they stand"),
        (name = "activities", description = "What learners take part in, and the registers"),
        (name = "imports", description = "Files that become records"),
        (name = "audit", description = "Who did what, and who read whose record"),
    )
)]
struct Described;

/// A key or a session's token in the `Authorization` header, or the cookie of the pages.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let cookie = ApiKeyValue::with_description(
            cookies::SESSION,
            "The session of the pages. What changes something needs x-csrf-token or an own Origin besides.",
        );
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("session", scheme);
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// The endpoints with their description.
fn endpoints() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(session::begin, session::get, session::end))
        .routes(routes!(session::second_step))
        .routes(routes!(institutions::list))
        .routes(routes!(institutions::get))
        .routes(routes!(findings::to_do))
        .routes(routes!(findings::benchmarks))
        .routes(routes!(findings::requirement))
        .routes(routes!(learners::list))
        .routes(routes!(learners::get))
        .routes(routes!(activities::list, activities::add))
        .routes(routes!(activities::get, activities::change, activities::delete))
        .routes(routes!(activities::register, activities::mark))
        .routes(routes!(imports::list))
        .routes(routes!(imports::get))
        .routes(routes!(imports::apply))
        .routes(routes!(imports::undo))
        .routes(routes!(audit::list))
}

/// The OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let uploads = OpenApiRouter::<Site>::new().routes(routes!(imports::upload));
    OpenApiRouter::with_openapi(Described::openapi()).nest("/api/v1", endpoints().merge(uploads)).into_openapi()
}

/// Everything under `/api/v1`.
pub(crate) fn router(upload: DefaultBodyLimit) -> Router<Site> {
    let (uploads, _) = OpenApiRouter::new().routes(routes!(imports::upload)).split_for_parts();
    let (all, _) = endpoints().split_for_parts();
    all.merge(uploads.layer(upload))
        .route("/", get(page::get))
        .route("/openapi.json", get(async || Json(document())))
        .fallback(async || Trouble::from(crate::answer::Failure::NOT_FOUND))
        .method_not_allowed_fallback(async || Trouble::Method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_every_endpoint_with_its_failures() {
        let document = serde_json::to_value(document()).expect("a document is JSON");
        let paths = document["paths"].as_object().expect("paths");
        assert!(paths.contains_key("/api/v1/institutions/{institution}/learners/{learner}"), "{:?}", paths.keys());
        assert!(paths.contains_key("/api/v1/institutions/{institution}/imports"), "{:?}", paths.keys());
        for (path, operations) in paths {
            for (method, operation) in operations.as_object().expect("operations") {
                assert!(operation["operationId"].is_string(), "{method} {path}");
                assert!(operation["responses"].as_object().is_some_and(|all| all.len() > 1), "{method} {path}");
            }
        }
    }
}
