//! The public careers site: what the public sees, and the pages on which it is written, published and withdrawn.

mod ask;
mod look;
mod overview;
mod public;
mod questions;
mod snapshots;
mod texts;
mod within;

pub(crate) use ask::{form as ask_form, send as ask};
pub(crate) use look::{change as change_look, edit as look, logo, remove_logo, set_logo};
pub(crate) use overview::{attest, get, publish, show_again, withdraw};
pub(crate) use public::{file as public_file, start as public_start};
pub(crate) use questions::{answer, answer_again, delete as delete_question, get as questions, open_again};
pub(crate) use snapshots::{export, export_one, preview, preview_start, snapshot, snapshot_start};
pub(crate) use texts::{get as texts, save as save_texts};
pub(crate) use within::within;

#[cfg(test)]
pub(crate) use {
    ask::{AskPage, AskedPage},
    look::LookPage,
    overview::{ItemLine, SnapshotLine, WebsiteOverviewPage},
    questions::{QuestionLine, QuestionsPage},
    texts::{TextField, TextsPage},
    within::set_into,
};

use crate::site::Site;

/// How the public address of an institution begins, as whole as it is known: without a trailing slash.
fn public_address(site: &Site, word: &str) -> String {
    format!("{}/{word}", site.settings.public_address.as_deref().unwrap_or_default().trim_end_matches('/'))
}
