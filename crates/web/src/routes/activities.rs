//! Activities and what belongs to them: plans, parts, templates, files, their list as a file.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{pages::activities, site::Site};

/// A file with the form around it.
const FILE_LIMIT: usize = app::MOST_IN_A_FILE + (64 << 10);

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/activities/export", get(activities::export))
        .route("/activities/budget", get(activities::budget::get).post(activities::budget::set))
        .route("/activities/templates", get(activities::templates::list))
        .route("/activities/templates/{activity_template}/delete", post(activities::templates::delete))
        .route("/activities/templates/restore/{event}", post(activities::templates::restore))
        .route("/activities/{activity}/template", post(activities::templates::save))
        .route("/activities/{activity}/state", post(activities::state::set))
        .route("/activities/{activity}/state/undo/{event}", post(activities::state::undo))
        .route("/activities/{activity}/invite", post(activities::state::invite))
        .route("/activities/{activity}/parts/new", get(activities::part::new).post(activities::part::add))
        .route("/activities/{activity}/files", post(activities::files::add).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .route("/activities/{activity}/files/{activity_file}", get(activities::files::get))
        .route("/activities/{activity}/files/{activity_file}/delete", post(activities::files::delete))
        .route("/activities/{activity}/files/{activity_file}/restore", post(activities::files::restore))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
