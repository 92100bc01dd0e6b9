//! The check of the institution's own website.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{pages::site_check, site::Site};

/// Most bytes of saved pages and documents at once.
const FILES_LIMIT: usize = 64 << 20;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/website/check", get(site_check::list).post(site_check::check_address))
        .route("/website/check/files", post(site_check::check_files).layer(DefaultBodyLimit::max(FILES_LIMIT)))
        .route("/website/check/{site_check}", get(site_check::get))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
