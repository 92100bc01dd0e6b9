//! Addresses that only take forms, asked for as pages: after going back, from a bookmark, after signing in again.

use axum::{
    extract::Request,
    http::{Method, StatusCode},
    response::Response,
};

use super::problem::ProblemPage;
use crate::{
    answer::{go, show},
    shell::{Crumb, Shell},
};

/// To the page that has the form, or a page that says so.
pub(crate) async fn get(request: Request) -> Response {
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    if let Some(page) = page_of(request.uri().path()).filter(|_| is_reading) {
        return go(&format!("{page}{query}"));
    }
    let page = ProblemPage {
        shell: Shell::default().titled("This cannot be done here"),
        message: "This address belongs to a button or a form of another page. Nothing was changed.".to_owned(),
        reference: None,
        way_out: Crumb { href: "/".to_owned(), label: "Go to the start".to_owned() },
    };
    let mut response = show(&page);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// The page whose form goes to an address.
fn page_of(path: &str) -> Option<String> {
    let parts: Vec<_> = path.split('/').skip(1).collect();
    match parts[..] {
        ["sign-out"] => Some("/".to_owned()),
        ["account", "sessions", _, "end"] => Some("/account".to_owned()),
        ["institutions", institution, "settings", "people", "invitations", _, "again" | "withdraw" | "restore"] => {
            Some(format!("/institutions/{institution}/settings/people"))
        }
        ["institutions", institution, "settings", "people", account, "password-link"] => {
            Some(format!("/institutions/{institution}/settings/people/{account}"))
        }
        ["setup", "register"] => Some("/setup/institution".to_owned()),
        ["institutions", institution, "learners", "find"] => Some(format!("/institutions/{institution}/learners")),
        // A deleted activity has no page: the list says how to take it back.
        ["institutions", institution, "activities", _, "delete" | "restore", ..] => {
            Some(format!("/institutions/{institution}/activities"))
        }
        ["institutions", institution, "activities", activity, "register", ..] => {
            Some(format!("/institutions/{institution}/activities/{activity}/register"))
        }
        ["institutions", institution, list @ ("imports" | "activities"), thing, _, ..] => {
            Some(format!("/institutions/{institution}/{list}/{thing}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_its_page() {
        for (form, page) in [
            ("/institutions/7/imports/8/apply", Some("/institutions/7/imports/8")),
            ("/institutions/7/imports/8/undo", Some("/institutions/7/imports/8")),
            ("/institutions/7/activities/8/register/everybody", Some("/institutions/7/activities/8/register")),
            ("/institutions/7/activities/8/register/undo/9", Some("/institutions/7/activities/8/register")),
            ("/institutions/7/activities/8/delete", Some("/institutions/7/activities")),
            ("/sign-out", Some("/")),
            ("/about", None),
        ] {
            assert_eq!(page_of(form).as_deref(), page, "{form}");
        }
    }
}
