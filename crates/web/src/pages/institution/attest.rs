use askama::Template;
use serde::Deserialize;

use crate::shell::Shell;

/// Records evidence for something asked of the institution.
#[derive(Template)]
#[template(path = "pages/institution/attest.html")]
pub(crate) struct AttestPage {
    pub(crate) shell: Shell,
    pub(crate) asks: String,
    pub(crate) why: String,
    pub(crate) action: String,
    pub(crate) form: AttestForm,
    /// When it goes stale.
    pub(crate) stale: String,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct AttestForm {
    pub(crate) evidence: String,
    pub(crate) owner: String,
    pub(crate) on: String,
}
