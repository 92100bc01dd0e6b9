use askama::Template;

use crate::shell::Shell;

/// The person who is signed in.
#[derive(Template)]
#[template(path = "pages/account/account.html")]
pub(crate) struct AccountPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) facts: Vec<(&'static str, String)>,
}
