use askama::Template;

use crate::{parts::Tag, shell::Shell};

/// The institution and what is asked of it.
#[derive(Template)]
#[template(path = "pages/institution/institution.html")]
pub(crate) struct InstitutionPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) edit: Option<String>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) first_days: Vec<(String, String)>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) subjects: Vec<(String, String)>,
    pub(crate) areas: Vec<AskedArea>,
    pub(crate) origin: String,
}

/// A part of careers work.
pub(crate) struct AskedArea {
    pub(crate) title: String,
    pub(crate) lines: Vec<AskedLine>,
}

/// Something asked of the institution.
pub(crate) struct AskedLine {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) tag: Tag,
    pub(crate) because: String,
    /// Where evidence is recorded; `None` for what is derived from the record, and for those who may not.
    pub(crate) attest: Option<String>,
}
