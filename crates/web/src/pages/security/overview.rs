use app::Security;
use askama::Template;
use axum::extract::State;

use super::recovery_codes;
use crate::{
    answer::{Answer, Failure, show},
    shell::Shell,
    site::Site,
    visitor::Visitor,
    words,
};

/// How somebody proves who they are, and what they can do about it.
#[derive(Template)]
#[template(path = "pages/security/security.html")]
pub(crate) struct SecurityPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Set while an institution asks for a second step and there is none.
    pub(crate) wanted: Option<String>,
    pub(crate) code_since: Option<String>,
    pub(crate) passkeys: Vec<PasskeyLine>,
    /// Whether browsers have passkeys for this server.
    pub(crate) offers_passkeys: bool,
    pub(crate) name: String,
    pub(crate) recovery_codes: Option<String>,
}

/// A passkey.
pub(crate) struct PasskeyLine {
    pub(crate) name: String,
    pub(crate) added: String,
    pub(crate) used: String,
    pub(crate) remove: String,
}

/// GET how things stand.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor) -> Answer {
    Ok(show(&page(&site, &visitor, visitor.shell(), String::new()).await?))
}

/// The page; `name` is what was typed as the name of a new passkey.
pub(super) async fn page(site: &Site, visitor: &Visitor, shell: Shell, name: String) -> Result<SecurityPage, Failure> {
    let actor = visitor.actor.clone();
    let security = site.run(move |app| app.security(&actor)).await?;
    Ok(SecurityPage {
        shell: shell.titled("Security").under("/account", "Your account"),
        lead: lead(&security),
        wanted: (!security.wanted_by.is_empty()).then(|| words::list(&security.wanted_by)),
        code_since: security.code_since.map(|since| site.when(since)),
        recovery_codes: has_second_step(&security)
            .then(|| format!("{}.", words::capital(&recovery_codes::left(security.recovery_codes_left)))),
        passkeys: security
            .passkeys
            .into_iter()
            .map(|passkey| PasskeyLine {
                name: passkey.name,
                added: site.when(passkey.created_at),
                used: passkey.last_used_at.map_or_else(|| "not yet".to_owned(), |at| site.when(at)),
                remove: format!("/account/security/passkeys/{}/remove", passkey.id),
            })
            .collect(),
        offers_passkeys: site.relying_party().is_some(),
        name,
    })
}

fn has_second_step(security: &Security) -> bool {
    security.code_since.is_some() || !security.passkeys.is_empty()
}

fn lead(security: &Security) -> String {
    let first = if security.has_password { "a password" } else { "your institution’s own sign-in" };
    match (security.code_since.is_some(), security.passkeys.is_empty()) {
        (false, true) if security.has_password => {
            "You sign in with a password alone. A second step keeps out whoever gets to know it.".to_owned()
        }
        (false, true) => format!("You sign in with {first}."),
        (true, true) => format!("You sign in with {first} and a code from an app."),
        (false, false) => format!("You sign in with a passkey, or with {first} and a passkey after it."),
        (true, false) => format!("You sign in with a passkey, or with {first} and a code from an app."),
    }
}
