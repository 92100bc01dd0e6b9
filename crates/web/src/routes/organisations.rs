//! Organisations, their people, and what they and learners thought of activities.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{
    pages::{organisations, voices},
    site::Site,
};

/// Most bytes of a list of organisations.
const LIST_LIMIT: usize = 10 << 20;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    let list = DefaultBodyLimit::max(LIST_LIMIT);
    Router::new()
        .route("/organisations", get(organisations::list))
        .route("/organisations/new", get(organisations::new).post(organisations::add))
        .route("/organisations/from-activities", post(organisations::from_activities))
        .route("/organisations/ask-again", post(organisations::ask_again))
        .route("/organisations/duplicates", get(organisations::duplicates))
        .route("/organisations/export", get(organisations::export))
        .route("/organisations/import", get(organisations::import_form).post(organisations::import).layer(list))
        .route("/organisations/{organisation}", get(organisations::get))
        .route("/organisations/{organisation}/change", get(organisations::edit).post(organisations::change))
        .route("/organisations/{organisation}/merge", post(organisations::merge))
        .route("/organisations/{organisation}/merge/undo/{event}", post(organisations::unmerge))
        .route("/organisations/{organisation}/contacts", post(organisations::add_contact))
        .route(
            "/organisations/{organisation}/contacts/{contact}",
            get(organisations::edit_contact).post(organisations::change_contact),
        )
        .route("/organisations/{organisation}/contacts/{contact}/erase", post(organisations::erase_contact))
        .route("/organisations/{organisation}/contacted", post(organisations::note))
        .route("/organisations/{organisation}/contacted/{contact_note}/delete", post(organisations::delete_note))
        .route("/activities/{activity}/voices", get(voices::get))
        .route("/activities/{activity}/voices/link", post(voices::link))
        .route("/activities/{activity}/voices/link/{voice_link}/close", post(voices::close))
        .route("/activities/{activity}/voices/tick", post(voices::tick))
        .route("/activities/{activity}/voices/untick/{check}", post(voices::untick))
        .route("/activities/{activity}/voices/reflection", post(voices::add))
        .route("/activities/{activity}/voices/reflection/{reflection}/remove", post(voices::remove))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route("/reflect/{institution}/{reflection_token}", get(voices::reflection_form).post(voices::send_reflection))
        .route("/feedback/{institution}/{feedback_token}", get(voices::feedback_form).post(voices::send_feedback))
}
