use app::{Actor, App, Error, SavedPage, View};
use domain::{InstitutionId, SiteCheckId};

use super::Asked;

fn files() -> Vec<SavedPage> {
    vec![SavedPage { name: "careers.html".into(), bytes: b"<h1>Careers</h1>".to_vec() }]
}

/// The check that is asked about: one that is there.
fn check(app: &App, institution: InstitutionId) -> SiteCheckId {
    let operator = Actor::operator();
    let view = View { institution, as_of: None };
    let known = app.website_checks(&operator, view).expect("checks").rows;
    known.first().map_or_else(|| app.check_saved_pages(&operator, institution, files()).expect("a check"), |one| one.id)
}

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    Some(match operation {
        "website_checks" => app.website_checks(actor, view).map(drop),
        "website_check" => app.website_check(actor, view, check(app, institution)).map(drop),
        // An address that is refused before anything is asked: to those who may, with its reason.
        "start_website_check" => app.start_website_check(actor, institution, "http://127.0.0.1/").map(drop),
        "start_check_of_saved_pages" => app.start_check_of_saved_pages(actor, institution, Vec::new()).map(drop),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[];
