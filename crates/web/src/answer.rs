//! What a handler returns: a page, or the page of a failure.

use app::{FieldProblem, Refusal};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    cookies,
    pages::problem::ProblemPage,
    parts::Flash,
    shell::{Crumb, Shell},
    site::Site,
};

/// A page, a redirect, a file; or a failure.
pub(crate) type Answer = Result<Response, Failure>;

/// Why there is no such answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The person can correct it. Handlers of forms show the form again; elsewhere it is a page of its own.
    Problems(Vec<FieldProblem>),
    /// The request was understood, and the answer is no.
    Refusal(Refusal),
    /// Ours, logged under this reference.
    Fault(String),
}

impl Failure {
    pub(crate) const NOT_FOUND: Self = Self::Refusal(Refusal::NotFound);

    /// One problem that belongs to no field of the page.
    pub(crate) fn problem(message: impl Into<String>) -> Self {
        Self::Problems(vec![FieldProblem { field: "", message: message.into() }])
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Problems(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refusal(Refusal::NotFound) => StatusCode::NOT_FOUND,
            Self::Refusal(
                Refusal::NotAllowed | Refusal::Viewing | Refusal::ConfirmFirst | Refusal::SecondStepFirst,
            ) => StatusCode::FORBIDDEN,
            Self::Refusal(Refusal::NotSignedIn) => StatusCode::UNAUTHORIZED,
            Self::Refusal(Refusal::Conflict(_)) => StatusCode::CONFLICT,
            Self::Refusal(Refusal::TooMany) => StatusCode::TOO_MANY_REQUESTS,
            Self::Refusal(Refusal::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its title, its message and its reference.
    pub(crate) fn words(&self) -> (&'static str, String, Option<&str>) {
        match self {
            Self::Problems(problems) => {
                let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
                ("That cannot be read", messages.join(" "), None)
            }
            Self::Refusal(refusal) => {
                let title = match refusal {
                    Refusal::NotFound => "Nothing here",
                    Refusal::NotAllowed => "Not yours to change",
                    Refusal::Viewing => "Only looking",
                    Refusal::NotSignedIn => "Sign in first",
                    Refusal::ConfirmFirst => "Confirm that it is you",
                    Refusal::SecondStepFirst => "A second step of signing in is needed",
                    Refusal::Conflict(_) => "Something changed meanwhile",
                    Refusal::TooMany => "Too many tries",
                    Refusal::Unavailable(_) => "Not just now",
                };
                (title, refusal.to_string(), None)
            }
            Self::Fault(reference) => (
                "Something went wrong",
                "This is our fault, not yours. Nothing of what you were doing was saved half. Go back and try again."
                    .to_owned(),
                Some(reference),
            ),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Refusal(Refusal::NotSignedIn) => return Redirect::to("/sign-in").into_response(),
            Self::Refusal(Refusal::ConfirmFirst) => return Redirect::to("/account/confirm").into_response(),
            Self::Refusal(Refusal::SecondStepFirst) => return Redirect::to("/account/security").into_response(),
            _ => {}
        }
        let (title, message, reference) = self.words();
        let page = ProblemPage {
            shell: Shell::default().titled(title),
            message,
            reference: reference.map(str::to_owned),
            way_out: Crumb { href: "/".to_owned(), label: "Go to the start".to_owned() },
        };
        let mut response = show(&page);
        *response.status_mut() = self.status();
        response
    }
}

/// A page as a response. A template writes into memory and cannot fail but by a fault of ours.
pub(crate) fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => ([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The page of a form that has problems: the same page, with the status that says so.
pub(crate) fn show_again(page: &impl Template) -> Response {
    let mut response = show(page);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// Goes to another page, which says what was done.
pub(crate) fn go_saying(site: &Site, flash: &Flash, address: &str) -> Response {
    ([(header::SET_COOKIE, cookies::set_flash(&site.settings, flash))], go(address)).into_response()
}

/// Goes to another page after something was done.
pub(crate) fn go(address: &str) -> Response {
    Redirect::to(address).into_response()
}
