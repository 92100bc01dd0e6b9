use askama::Template;

use crate::{
    parts::{Choice, Filters, Tag},
    shell::Shell,
};

/// One activity with its checklist and its register.
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
    pub(crate) can_record: bool,
    /// Where "everybody present" goes, and how many are waiting for a mark.
    pub(crate) whole: String,
    pub(crate) waiting: usize,
    pub(crate) filters: Filters,
    /// Where the register is saved.
    pub(crate) save: String,
    pub(crate) register: Vec<RegisterLine>,
    pub(crate) origin: String,
    /// Whether it counts as it stands.
    pub(crate) counts: Tag,
}

/// A box of the checklist.
pub(crate) struct CheckLine {
    pub(crate) tag: Tag,
    pub(crate) label: &'static str,
}

/// One learner on the register.
pub(crate) struct RegisterLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) field: String,
    pub(crate) status: &'static str,
    pub(crate) choices: Vec<Choice>,
}
