use askama::Template;

use super::Step;
use crate::{parts::Choice, shell::Shell};

/// What each column of the file is, with its first values.
#[derive(Template)]
#[template(path = "pages/imports/mapping.html")]
pub(crate) struct MappingPage {
    pub(crate) shell: Shell,
    pub(crate) steps: Vec<Step>,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) questions: Vec<Question>,
}

/// A column of the file.
pub(crate) struct Column {
    pub(crate) field: String,
    pub(crate) header: String,
    pub(crate) samples: Vec<String>,
    pub(crate) choices: Vec<Choice>,
}

/// Something the file does not say by itself, such as whether 03/04 is in March or April.
pub(crate) struct Question {
    pub(crate) field: String,
    pub(crate) text: String,
    pub(crate) hint: String,
    pub(crate) choices: Vec<Choice>,
}
