//! The public careers site.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{pages::website, site::Site};

/// Most bytes of a form with a logo.
const LOGO_LIMIT: usize = 1 << 20;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/website", get(website::get))
        .route("/website/publish", post(website::publish))
        .route("/website/withdraw", post(website::withdraw))
        .route("/website/show-again", post(website::show_again))
        .route("/website/attest", post(website::attest))
        .route("/website/texts", get(website::texts).post(website::save_texts))
        .route("/website/look", get(website::look).post(website::change_look))
        .route("/website/logo", post(website::set_logo).layer(DefaultBodyLimit::max(LOGO_LIMIT)))
        .route("/website/logo/picture", get(website::logo))
        .route("/website/logo/remove", post(website::remove_logo))
        .route("/website/preview/", get(website::preview_start))
        .route("/website/preview/{*site_file}", get(website::preview))
        .route("/website/export", get(website::export))
        .route("/website/snapshots/{publication}/", get(website::snapshot_start))
        .route("/website/snapshots/{publication}/export", get(website::export_one))
        .route("/website/snapshots/{publication}/{*site_file}", get(website::snapshot))
        .route("/website/questions", get(website::questions))
        .route("/website/questions/{question}/answer", post(website::answer))
        .route("/website/questions/{question}/open", post(website::open_again))
        .route("/website/questions/{question}/letters/{question_letter}/again", post(website::answer_again))
        .route("/website/questions/{question}/delete", post(website::delete_question))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route("/{institution}", get(website::public_start))
        .route("/{institution}/", get(website::public_start))
        .route("/{institution}/ask", get(website::ask_form).post(website::ask))
        .route("/{institution}/{*site_file}", get(website::public_file))
}
