use askama::Template;

use crate::{parts::Tag, shell::Shell};

/// One activity with its checklist and what its register comes to.
#[derive(Template)]
#[template(path = "pages/activities/activity.html")]
pub(crate) struct ActivityPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) edit: Option<String>,
    /// Where it is deleted, for those who may.
    pub(crate) delete: Option<String>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) checklist: Vec<CheckLine>,
    pub(crate) numbers: Vec<(usize, &'static str)>,
    /// Where the register is, and what is to be done there.
    pub(crate) register: String,
    pub(crate) register_button: &'static str,
    pub(crate) origin: String,
    /// Whether it counts as it stands.
    pub(crate) counts: Tag,
}

/// A box of the checklist.
pub(crate) struct CheckLine {
    pub(crate) tag: Tag,
    pub(crate) label: &'static str,
}
