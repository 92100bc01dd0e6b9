use std::collections::BTreeMap;

use app::{Actor, App, Origin, RequestForm, RequestGuard, View};
use domain::InstitutionId;
use jiff::ToSpan;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let offer = app.request_offer(institution).expect("a form");
    let now = app.context().now();
    app.context().set_now(now + 10.seconds());
    let form = RequestForm {
        organisation: "Riverbank College".to_owned(),
        contact: "Sam Example".to_owned(),
        email: format!("sam@riverbank-{institution}.example"),
        offers: "T Levels".to_owned(),
        wanted: "In March".to_owned(),
        year_groups: vec!["9".to_owned(), "12".to_owned()],
        ..RequestForm::default()
    };
    let guard = RequestGuard { opened: offer.opened, trap: String::new() };
    let asked = app.ask_for_access(institution, &form, &guard, &Origin::default()).expect("a request");
    let view = View { institution, as_of: None };
    let page = app.provider_request(&Actor::operator(), view, asked.id).expect("a page");
    app.context().set_now(now);
    vec![
        ("provider_request", asked.id.to_string()),
        ("request_token", asked.token.reveal().to_owned()),
        ("letter", page.letters.first().map_or(String::from("1"), |letter| letter.id.to_string())),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
