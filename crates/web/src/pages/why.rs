use askama::Template;

use crate::{parts::Tag, shell::Shell};

/// The catalogue page of a requirement: what it asks, of whom, by when, on what authority, and how it is counted.
#[derive(Template)]
#[template(path = "pages/why/why.html")]
pub(crate) struct WhyPage {
    pub(crate) shell: Shell,
    pub(crate) id: String,
    pub(crate) asks: String,
    pub(crate) of_whom: String,
    pub(crate) by_when: String,
    pub(crate) counted: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) force_about: &'static str,
    pub(crate) edition: String,
    pub(crate) sources: Vec<SourceLine>,
    pub(crate) cases: Vec<Case>,
    pub(crate) learners: Option<String>,
}

/// A paragraph of law or guidance.
pub(crate) struct SourceLine {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
}

/// A worked case of the rulebook.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) story: String,
    pub(crate) tag: Tag,
    pub(crate) because: String,
}
