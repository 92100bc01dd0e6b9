//! Who answers for what in the careers programme, and what the institution says in its own words.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    pages::{careers_team, duties, own_words},
    site::Site,
};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/careers-team", get(careers_team::get))
        .route("/careers-team/{careers_post}", get(careers_team::form).post(careers_team::save))
        .route("/careers-team/{careers_post}/restore/{event}", post(careers_team::restore))
        .route("/duties", get(duties::get))
        .route("/duties/export", get(duties::export))
        .route("/duties/new", get(duties::new).post(duties::add))
        .route("/duties/{duty}", get(duties::form).post(duties::change))
        .route("/duties/{duty}/done", post(duties::done))
        .route("/duties/{duty}/hide", post(duties::hide))
        .route("/duties/{duty}/show", post(duties::unhide))
        .route("/duties/{duty}/restore/{event}", post(duties::restore))
        .route("/own-words", get(own_words::get))
        .route("/own-words/{own_words}", get(own_words::form).post(own_words::save))
        .route("/own-words/{own_words}/restore/{event}", post(own_words::restore))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
