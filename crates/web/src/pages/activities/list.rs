use askama::Template;

use crate::{
    parts::{Filters, Pages, Tag},
    shell::Shell,
};

/// The activities of an institution.
#[derive(Template)]
#[template(path = "pages/activities/list.html")]
pub(crate) struct ActivitiesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where to add one, for those who may.
    pub(crate) new: Option<String>,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    pub(crate) activities: Vec<ActivityRow>,
    pub(crate) pages: Pages,
}

/// One activity.
pub(crate) struct ActivityRow {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) kind: &'static str,
    pub(crate) organisation: String,
    pub(crate) present: usize,
    pub(crate) register: String,
    pub(crate) counts: Tag,
}
