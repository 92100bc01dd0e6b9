//! Registers: marking them, on paper, in a sheet, by a link or a code.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{pages::registers, site::Site};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/activities/{activity}/register", get(registers::get).post(registers::save))
        .route("/activities/{activity}/register/everybody", post(registers::everybody))
        .route("/activities/{activity}/register/undo/{event}", post(registers::undo))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
