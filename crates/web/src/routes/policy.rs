//! The careers policy and the provider access statement.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{pages::policy, site::Site};

/// Most bytes of an earlier policy: a Word document with pictures, and a little for the form around it.
const DOCUMENT_LIMIT: usize = 33 << 20;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    let document = DefaultBodyLimit::max(DOCUMENT_LIMIT);
    Router::new()
        .route("/policy", get(policy::overview))
        .route("/policy/papers/{paper}/begin", post(policy::begin))
        .route("/policy/{policy}", get(policy::version))
        .route("/policy/{policy}/review", post(policy::review))
        .route("/policy/{policy}/edition", get(policy::edition).post(policy::save_edition))
        .route("/policy/{policy}/sections/{policy_section}", get(policy::section))
        .route("/policy/{policy}/clauses/{policy_clause}", get(policy::clause).post(policy::save_clause))
        .route("/policy/{policy}/changes/{policy_change}/undo", post(policy::undo))
        .route("/policy/{policy}/earlier", get(policy::earlier).post(policy::read_in).layer(document))
        .route("/policy/{policy}/earlier/{policy_passage}", get(policy::part))
        .route("/policy/{policy}/earlier/{policy_passage}/place", post(policy::put_part))
        .route("/policy/{policy}/earlier/{policy_passage}/aside", post(policy::set_part_aside))
        .route("/policy/{policy}/earlier/{policy_passage}/back", post(policy::take_part_back))
        .route("/policy/{policy}/checks", get(policy::checks))
        .route("/policy/{policy}/signature", get(policy::get_signature).post(policy::sign))
        .route("/policy/{policy}/approval", get(policy::get_approval).post(policy::approve))
        .route("/policy/{policy}/publish", post(policy::publish))
        .route("/policy/{policy}/return", post(policy::return_to_draft))
        .route("/policy/{policy}/confirm", post(policy::confirm))
        .route("/policy/{policy}/confirm/undo/{event}", post(policy::undo_confirm))
        .route("/policy/{policy}/text", get(policy::text))
        .route("/policy/{policy}/file", get(policy::file))
        .route("/policy/{policy}/compare/{other_policy}", get(policy::compare))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
