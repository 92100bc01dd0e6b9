//! Work placements.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{pages::placements, site::Site};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/placements", get(placements::board))
        .route("/placements/new", get(placements::new).post(placements::add))
        .route("/placements/season", post(placements::season))
        .route("/placements/move", post(placements::move_many))
        .route("/placements/moved/{moved}/undo", post(placements::undo_many))
        .route("/placements/hours", get(placements::hours))
        .route("/placements/export", get(placements::export))
        .route("/placements/{placement}", get(placements::get))
        .route("/placements/{placement}/details", post(placements::change))
        .route("/placements/{placement}/stage", post(placements::move_one))
        .route("/placements/{placement}/step/{placement_step}/undo", post(placements::undo))
        .route("/placements/{placement}/checks/{placement_check}", post(placements::check))
        .route("/placements/{placement}/link", post(placements::link))
        .route("/placements/{placement}/link/{placement_link}/close", post(placements::close_link))
        .route("/placements/{placement}/entries", post(placements::write))
        .route("/placements/{placement}/entries/{placement_entry}/remove", post(placements::remove_entry))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route(
            "/placement/employer/{institution}/{employer_token}",
            get(placements::employer_form).post(placements::employer_answer),
        )
        .route("/placement/employer/{institution}/{employer_token}/opinion", post(placements::employer_opinion))
        .route(
            "/placement/parent/{institution}/{parent_token}",
            get(placements::parent_form).post(placements::parent_answer),
        )
        .route(
            "/placement/journal/{institution}/{journal_token}",
            get(placements::journal).post(placements::write_journal),
        )
}
