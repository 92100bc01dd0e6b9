use askama::Template;

use crate::{
    parts::{Filters, Pages},
    shell::Shell,
};

/// The learners of an institution.
#[derive(Template)]
#[template(path = "pages/learners/learners.html")]
pub(crate) struct LearnersPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where to import, when there are no learners at all.
    pub(crate) empty: Option<String>,
    pub(crate) find: String,
    pub(crate) name: String,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    pub(crate) learners: Vec<LearnerRow>,
    pub(crate) pages: Pages,
}

/// One learner.
pub(crate) struct LearnerRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) year: String,
    pub(crate) form: String,
    pub(crate) met: usize,
    pub(crate) due: usize,
    pub(crate) missed: usize,
}
