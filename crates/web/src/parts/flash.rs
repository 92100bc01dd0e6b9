use askama::Template;

use super::renders_itself;

/// What just happened, with a way back where there is one.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/flash.html")]
pub(crate) struct Flash {
    pub(crate) message: String,
    pub(crate) warning: bool,
    pub(crate) undo: Option<Undo>,
}

renders_itself!(Flash);

impl Flash {
    /// A message without a way back.
    pub(crate) fn says(message: impl Into<String>) -> Self {
        Self { message: message.into(), warning: false, undo: None }
    }

    /// The same with a button that takes it back, by a POST to this address of ours.
    pub(crate) fn undone_by(self, action: impl Into<String>) -> Self {
        Self { undo: Some(Undo { action: action.into(), label: "Undo".to_owned(), csrf: String::new() }), ..self }
    }
}

/// A button that takes it back.
#[derive(Debug, Clone)]
pub(crate) struct Undo {
    pub(crate) action: String,
    pub(crate) label: String,
    pub(crate) csrf: String,
}
