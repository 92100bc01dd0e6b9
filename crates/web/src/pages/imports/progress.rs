use askama::Template;

use crate::shell::Shell;

/// Work under way: the page comes again by itself, with script or without.
#[derive(Template)]
#[template(path = "pages/imports/progress.html")]
pub(crate) struct ProgressPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) percent: u8,
    pub(crate) detail: String,
}
