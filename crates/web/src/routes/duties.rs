//! Who answers for what in the careers programme, and what the institution says in its own words.

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
