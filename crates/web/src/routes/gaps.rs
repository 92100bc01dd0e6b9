//! Who missed what, who still needs what, and what would close the gap.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    pages::{catch_up, gaps, proposal, slots},
    site::Site,
};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/catch-up", get(catch_up::get))
        .route("/catch-up/export", get(catch_up::export))
        .route("/catch-up/{missed}/plan", post(catch_up::plan))
        .route("/catch-up/{missed}/{absent}", get(catch_up::closing).post(catch_up::close))
        .route("/catch-up/{missed}/{absent}/restore", post(catch_up::reopen))
        .route("/gaps", get(gaps::get))
        .route("/gaps/export", get(gaps::export))
        .route("/proposal", get(proposal::get).post(proposal::accept))
        .route("/proposal/undo/{event}", post(proposal::undo))
        .route("/slots", get(slots::list))
        .route("/slots/new", get(slots::new).post(slots::add))
        .route("/slots/{slot}", get(slots::edit).post(slots::change))
        .route("/slots/{slot}/remove", post(slots::remove))
        .route("/slots/undo/{event}", post(slots::undo))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
