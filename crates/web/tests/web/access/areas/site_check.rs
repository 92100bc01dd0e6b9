use std::collections::BTreeMap;

use app::{Actor, App, SavedPage};
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let files = vec![SavedPage { name: "careers.html".into(), bytes: b"<h1>Careers</h1>".to_vec() }];
    let check = app.check_saved_pages(&Actor::operator(), institution, files).expect("a check");
    vec![("site_check", check.to_string())]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
