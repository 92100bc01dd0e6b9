use askama::Template;

use crate::shell::{Crumb, Shell};

/// What an import did.
#[derive(Template)]
#[template(path = "pages/imports/result.html")]
pub(crate) struct ResultPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) numbers: Vec<(String, &'static str)>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) next: Vec<Crumb>,
    pub(crate) undo: Option<String>,
    pub(crate) cannot_undo: String,
}
