use askama::Template;

use crate::{
    parts::{Choice, Pages, Tag},
    shell::Shell,
};

/// Imports so far, and the upload of the next.
#[derive(Template)]
#[template(path = "pages/imports/list.html")]
pub(crate) struct ImportsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where a file goes, for those who may import.
    pub(crate) upload: Option<String>,
    pub(crate) whats: Vec<Choice>,
    /// "64 MB".
    pub(crate) limit: String,
    pub(crate) imports: Vec<ImportRow>,
    pub(crate) pages: Pages,
}

/// One import.
pub(crate) struct ImportRow {
    pub(crate) file: String,
    pub(crate) href: String,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) state: Tag,
    pub(crate) did: String,
}
