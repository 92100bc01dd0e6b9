//! What every page that opens with a link, and without an account, has in common.

use app::Refusal;
use axum::response::{IntoResponse, Response};
use domain::InstitutionId;

use crate::{
    answer::{Failure, show},
    pages::problem::ProblemPage,
    shell::{Crumb, Shell},
};

/// The institution that a link's address names.
pub(crate) fn institution_of(text: &str) -> Result<InstitutionId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// A link that cannot be used says why, and what to do. `what` it should have opened: “invitation”.
///
/// # Errors
/// What went wrong, if it has nothing to do with the link.
pub(crate) fn refused(what: &str, failure: Failure) -> Result<Response, Failure> {
    let message = match &failure {
        Failure::Refusal(Refusal::Conflict(message)) => message.clone(),
        Failure::Refusal(Refusal::NotFound) => format!(
            "There is no such {what}, or part of its address is missing. Open the whole link, or ask for another one."
        ),
        _ => return Err(failure),
    };
    Ok(unusable(&format!("This {what} cannot be opened"), message, &failure))
}

/// The page of a link that does not work.
pub(crate) fn unusable(title: &str, message: String, failure: &Failure) -> Response {
    let way_out = Crumb { href: "/sign-in".to_owned(), label: "Go to signing in".to_owned() };
    let page = ProblemPage { shell: Shell::default().titled(title), message, reference: None, way_out };
    (failure.status(), show(&page)).into_response()
}
