use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Failure;

/// What went wrong, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Details {
    /// `about:blank`: the status says what kind it is.
    r#type: &'static str,
    /// A few words.
    title: &'static str,
    /// The status, once more.
    status: u16,
    /// What happened, and what to do.
    detail: String,
    /// The reference of a fault, for whoever runs the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

/// What is wrong with a field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Its name in the request.
    field: String,
    /// What is wrong, and how to mend it.
    message: String,
}

/// A failure of an endpoint.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// As on a page.
    Failed(Failure),
    /// A change by cookie that another site may have asked for.
    Unproven,
    /// A method that the address does not know.
    Method,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Trouble {
    fn status(&self) -> StatusCode {
        match self {
            Self::Failed(failure) => failure.status(),
            Self::Unproven => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// Its title, its message and its reference.
    fn words(&self) -> (&'static str, String, Option<&str>) {
        match self {
            Self::Failed(failure) => failure.words(),
            Self::Method => (
                "Not done so here",
                "This address does not know this method; the Allow header says which it knows.".to_owned(),
                None,
            ),
            Self::Unproven => (
                "Not from our own pages",
                "Nothing was changed. With the session's cookie, send the csrf token of GET /api/v1/session as x-csrf-token; \
                 or send the session's token as a bearer."
                    .to_owned(),
                None,
            ),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = self.status();
        let (title, detail, reference) = self.words();
        let errors = match &self {
            Self::Failed(Failure::Problems(problems)) => problems
                .iter()
                .filter(|problem| !problem.field.is_empty())
                .map(|problem| FieldError { field: problem.field.to_owned(), message: problem.message.clone() })
                .collect(),
            _ => Vec::new(),
        };
        let instance = reference.map(|reference| format!("urn:waymark:fault:{reference}"));
        let details = Details { r#type: "about:blank", title, status: status.as_u16(), detail, instance, errors };
        let mut response = (status, Json(details)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_problem_names_the_field() {
        let problem = app::FieldProblem { field: "date", message: "Enter a day.".into() };
        let response = Trouble::from(Failure::Problems(vec![problem])).into_response();
        assert_eq!(response.status(), 422);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"][0]["field"], "date");
    }
}
