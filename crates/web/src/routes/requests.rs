//! Providers who ask to meet learners.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{pages::requests, site::Site};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    const ONE: &str = "/provider-access/requests/{provider_request}";
    let at = |deed: &str| format!("{ONE}/{deed}");
    Router::new()
        .route("/provider-access/requests", get(requests::list))
        .route("/provider-access/requests/export", get(requests::export))
        .route("/provider-access/requests/days", post(requests::set_days))
        .route(ONE, get(requests::get))
        .route(&at("review"), post(requests::review))
        .route(&at("ask"), post(requests::ask_provider))
        .route(&at("grant"), post(requests::grant))
        .route(&at("refuse"), post(requests::refuse))
        .route(&at("defer"), post(requests::defer))
        .route(&at("take-back"), post(requests::take_back))
        .route(&at("withdraw"), post(requests::withdraw_for))
        .route(&at("tell"), post(requests::tell))
        .route(&at("visitors"), post(requests::visitors))
        .route(&at("deliver"), post(requests::deliver))
        .route(&at("evaluate"), post(requests::evaluate))
        .route(&at("forget"), post(requests::forget))
        .route(&at("letters/{letter}/again"), post(requests::again))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route("/{institution}/provider-access/request", get(requests::form).post(requests::send))
        .route("/{institution}/provider-access/request/{request_token}", get(requests::status))
        .route("/{institution}/provider-access/request/{request_token}/answer", post(requests::answer))
        .route("/{institution}/provider-access/request/{request_token}/contact", post(requests::change_contact))
        .route("/{institution}/provider-access/request/{request_token}/withdraw", post(requests::withdraw))
}
