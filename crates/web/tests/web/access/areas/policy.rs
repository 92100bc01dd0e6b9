use std::collections::BTreeMap;

use app::{Actor, App, View};
use domain::InstitutionId;
use jiff::ToSpan;
use policy::Paper;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let mine = [Paper::CareersPolicy, Paper::ProviderAccess]
        .map(|paper| app.begin_policy(&Actor::operator(), institution, paper));
    let [Ok(policy), Ok(_)] = mine else { panic!("drafts can be begun: {mine:?}") };
    let day = app.context().today().saturating_add(300.days()).to_string();
    let change = app.set_policy_review(&Actor::operator(), institution, policy, &day).expect("a day to come");
    let earlier = b"<!doctype html><html><body><h1>Aims</h1><p>We aim high.</p></body></html>";
    app.read_in_policy(&Actor::operator(), institution, policy, earlier).expect("an earlier policy");
    let view = View { institution, as_of: None };
    let section = app.policy(&Actor::operator(), view, policy).expect("a draft").sections.remove(0);
    vec![
        ("policy", policy.to_string()),
        ("other_policy", policy.to_string()),
        ("paper", Paper::CareersPolicy.to_string()),
        ("policy_section", section.key),
        ("policy_clause", section.clauses[0].clause.key.clone()),
        ("policy_passage", "0".to_owned()),
        ("policy_change", change.expect("a change").to_string()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
