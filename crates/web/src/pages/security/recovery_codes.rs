use app::RecoveryCodes;
use askama::Template;
use axum::{extract::State, response::Response};

use crate::{
    answer::{Answer, show},
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::{Posted, Visitor},
    words,
};

/// New recovery codes: this page is the only one that ever shows them.
#[derive(Template)]
#[template(path = "pages/security/recovery_codes.html")]
pub(crate) struct RecoveryCodesPage {
    pub(crate) shell: Shell,
    pub(crate) codes: Vec<String>,
}

/// POST: makes ten new ones.
pub(crate) async fn make(State(site): State<Site>, posted: Posted) -> Answer {
    let actor = posted.visitor.actor.clone();
    let codes = site.run(move |app| app.new_recovery_codes(&actor)).await?;
    Ok(show_once(&posted.visitor, &codes, "Your earlier recovery codes no longer work."))
}

/// "none is left", "one is left", "nine are left".
pub(crate) fn left(codes: u64) -> String {
    match usize::try_from(codes) {
        Ok(0) => "none is left".to_owned(),
        codes => words::count(codes.unwrap_or(usize::MAX), "is left", "are left"),
    }
}

/// The page with new codes, after what was just `done`.
pub(super) fn show_once(visitor: &Visitor, codes: &RecoveryCodes, done: &str) -> Response {
    let shell = Shell { flash: Some(Flash::says(done)), ..visitor.shell() }.titled("Your recovery codes");
    show(&RecoveryCodesPage { shell, codes: codes.reveal().to_vec() })
}
