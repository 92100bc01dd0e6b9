//! Providers who ask to meet learners.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{pages::requests, site::Site};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/provider-access/requests", get(requests::list))
        .route("/provider-access/requests/new", get(requests::new).post(requests::take))
        .route("/provider-access/requests/export", get(requests::export))
        .route("/provider-access/requests/days", post(requests::set_days))
        .route("/provider-access/requests/{provider_request}", get(requests::get))
        .route("/provider-access/requests/{provider_request}/review", post(requests::review))
        .route("/provider-access/requests/{provider_request}/ask", post(requests::ask_provider))
        .route("/provider-access/requests/{provider_request}/grant", post(requests::grant))
        .route("/provider-access/requests/{provider_request}/refuse", post(requests::refuse))
        .route("/provider-access/requests/{provider_request}/defer", post(requests::defer))
        .route("/provider-access/requests/{provider_request}/take-back", post(requests::take_back))
        .route("/provider-access/requests/{provider_request}/withdraw", post(requests::withdraw_for))
        .route("/provider-access/requests/{provider_request}/tell", post(requests::tell))
        .route("/provider-access/requests/{provider_request}/visitors", post(requests::visitors))
        .route("/provider-access/requests/{provider_request}/deliver", post(requests::deliver))
        .route("/provider-access/requests/{provider_request}/evaluate", post(requests::evaluate))
        .route("/provider-access/requests/{provider_request}/forget", post(requests::forget))
        .route("/provider-access/requests/{provider_request}/letters/{letter}/again", post(requests::again))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route("/{institution}/request", get(requests::form).post(requests::send))
        .route("/{institution}/provider-access/request/{request_token}", get(requests::status))
        .route("/{institution}/provider-access/request/{request_token}/answer", post(requests::answer))
        .route("/{institution}/provider-access/request/{request_token}/contact", post(requests::change_contact))
        .route("/{institution}/provider-access/request/{request_token}/withdraw", post(requests::withdraw))
}
