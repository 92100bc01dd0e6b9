use askama::Template;

use crate::{
    parts::{Phases, Strip, Tag},
    shell::Shell,
};

/// What needs doing now, most urgent first, and how things stand.
#[derive(Template)]
#[template(path = "pages/home/home.html")]
pub(crate) struct HomePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Set while there is nothing to show yet.
    pub(crate) nothing: Option<Nothing>,
    pub(crate) todo: Vec<Todo>,
    pub(crate) strip: Strip,
    pub(crate) phases: Option<Phases>,
    pub(crate) coming: Vec<Coming>,
    pub(crate) origin: String,
}

/// What would be here, and how to get it.
pub(crate) struct Nothing {
    pub(crate) what: String,
    pub(crate) how: String,
    pub(crate) href: String,
    pub(crate) button: &'static str,
}

/// Something to do.
pub(crate) struct Todo {
    pub(crate) what: String,
    pub(crate) href: String,
    pub(crate) more: String,
    pub(crate) tag: Tag,
}

/// A date that concerns everybody.
pub(crate) struct Coming {
    pub(crate) day: String,
    pub(crate) label: String,
    pub(crate) near: String,
    pub(crate) what: String,
}
