//! Providers who ask to meet learners.

use axum::Router;

use crate::site::Site;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
