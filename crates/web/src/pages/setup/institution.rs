use askama::Template;

use crate::shell::Shell;

/// Finds the institution by URN, or leads to entering it by hand.
#[derive(Template)]
#[template(path = "pages/setup/institution.html")]
pub(crate) struct SetupInstitutionPage {
    pub(crate) shell: Shell,
    /// Whether a list of establishments has been read.
    pub(crate) has_register: bool,
    pub(crate) urn: String,
    pub(crate) found: Option<Found>,
}

/// What the list says about the URN.
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) facts: Vec<(&'static str, String)>,
}
