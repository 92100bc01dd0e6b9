use askama::Template;
use serde::Deserialize;

use crate::shell::Shell;

/// Makes the first administrator.
#[derive(Template)]
#[template(path = "pages/setup/person.html")]
pub(crate) struct SetupPage {
    pub(crate) shell: Shell,
    pub(crate) form: SetupForm,
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SetupForm {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
}
