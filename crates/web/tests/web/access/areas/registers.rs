use std::collections::BTreeMap;

use app::{Actor, App, RegisterLinkForm};
use domain::{ActivityId, InstitutionId};

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let activity: ActivityId = known["activity"].parse().expect("an activity");
    let operator = Actor::operator();
    let link = |days: &str| {
        let form = RegisterLinkForm { days: days.to_owned(), ..RegisterLinkForm::default() };
        app.make_register_link(&operator, institution, activity, &form).expect("a link")
    };
    let check_in = app.open_check_in(&operator, institution, activity, "60").expect("a code");
    vec![
        ("register_link", link("0").id.to_string()),
        ("check_in_link", check_in.to_string()),
        ("register_token", link("1").token.reveal().to_owned()),
    ]
}

/// Fields without which a form of this area could not be read at all.
pub(super) fn form(path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    path.ends_with("/register/check-in").then(|| "&minutes=15".to_owned())
}
