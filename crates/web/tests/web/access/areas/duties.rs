use std::collections::BTreeMap;

use app::App;
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    _app: &App,
    _institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    vec![("duty", "leader-plan".to_owned()), ("careers_post", "head".to_owned()), ("own_words", "vision".to_owned())]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
