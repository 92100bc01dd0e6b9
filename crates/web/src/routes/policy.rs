//! The careers policy and the provider access statement.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{pages::policy, site::Site};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/policy", get(policy::overview))
        .route("/policy/papers/{paper}/begin", post(policy::begin))
        .route("/policy/{policy}", get(policy::version))
        .route("/policy/{policy}/review", post(policy::review))
        .route("/policy/{policy}/edition", post(policy::edition))
        .route("/policy/{policy}/sections/{policy_section}", get(policy::section))
        .route("/policy/{policy}/clauses/{policy_clause}", get(policy::clause).post(policy::save_clause))
        .route("/policy/{policy}/changes/{policy_change}/undo", post(policy::undo))
        .route("/policy/{policy}/checks", get(policy::checks))
        .route("/policy/{policy}/signature", get(policy::get_signature).post(policy::sign))
        .route("/policy/{policy}/approval", get(policy::get_approval).post(policy::approve))
        .route("/policy/{policy}/publish", post(policy::publish))
        .route("/policy/{policy}/return", post(policy::return_to_draft))
        .route("/policy/{policy}/text", get(policy::text))
        .route("/policy/{policy}/file", get(policy::file))
        .route("/policy/{policy}/compare/{other_policy}", get(policy::compare))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
