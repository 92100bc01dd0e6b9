use askama::Template;

use crate::shell::Shell;

/// Asks who it is.
#[derive(Template)]
#[template(path = "pages/sign_in/sign_in.html")]
pub(crate) struct SignInPage {
    pub(crate) shell: Shell,
    pub(crate) email: String,
    /// Where to go on, an address of our own.
    pub(crate) next: String,
}
