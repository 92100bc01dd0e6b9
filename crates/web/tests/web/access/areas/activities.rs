use std::collections::BTreeMap;

use app::{Actor, App};
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    let activity = known["activity"].parse().expect("an activity");
    let template = app.save_template(&operator, institution, activity, "Talk").expect("a template");
    let file = app.add_activity_file(&operator, institution, activity, "flyer.txt", b"Come").expect("a file");
    vec![("activity_template", template.to_string()), ("activity_file", file.to_string())]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    match path {
        _ if path.ends_with("/state") => Some("&state=cancelled".to_owned()),
        _ if path.ends_with("/activities/budget") => Some("&year=2026/27&budget=100".to_owned()),
        _ => None,
    }
}
