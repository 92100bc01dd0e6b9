use askama::Template;

use crate::shell::Shell;

/// A page of plain text: about Waymark, accessibility.
#[derive(Template)]
#[template(path = "pages/about/about.html")]
pub(crate) struct AboutPage {
    pub(crate) shell: Shell,
    pub(crate) lead: &'static str,
    pub(crate) paragraphs: Vec<&'static str>,
}
