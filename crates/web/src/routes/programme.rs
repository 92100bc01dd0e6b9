//! The programme: aims, outcomes, the curriculum map, the learning journey and the roadmap.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    pages::{curriculum, journey, programme, roadmap},
    site::Site,
};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/programme", get(programme::overview))
        .route("/programme/edit", get(programme::edit).post(programme::save_programme))
        .route("/programme/copy", post(programme::copy))
        .route("/programme/years/{programme_year}", get(programme::year).post(programme::save_year))
        .route("/programme/years/{programme_year}/outcomes", get(programme::new).post(programme::add))
        .route("/programme/outcomes", get(programme::outcomes_file))
        .route("/programme/outcomes/export", get(programme::export))
        .route("/programme/outcomes/imports", post(programme::bring))
        .route("/programme/outcomes/{outcome}", get(programme::outcome).post(programme::change))
        .route("/programme/outcomes/{outcome}/remove", post(programme::remove))
        .route("/programme/outcomes/{outcome}/restore/{event}", post(programme::restore))
        .route("/programme/progression", get(programme::progression))
        .route("/programme/approval", get(programme::approval))
        .route("/programme/approval/{approver}", post(programme::approve))
        .route("/programme/approval/{approver}/withdraw", post(programme::withdraw))
        .route("/programme/document", get(programme::document))
        .route("/programme/document/file", get(programme::save_document))
        .route("/programme/curriculum", get(curriculum::map))
        .route("/programme/curriculum/cell", get(curriculum::cell))
        .route("/programme/curriculum/leads", get(curriculum::leads).post(curriculum::save_leads))
        .route("/programme/curriculum/links", post(curriculum::add))
        .route("/programme/curriculum/links/{curriculum_link}", get(curriculum::link).post(curriculum::change))
        .route("/programme/curriculum/links/{curriculum_link}/record", post(curriculum::record))
        .route("/programme/curriculum/links/{curriculum_link}/remove", post(curriculum::remove))
        .route("/programme/curriculum/links/{curriculum_link}/restore/{event}", post(curriculum::restore))
        .route("/programme/training", get(curriculum::training).post(curriculum::add_training))
        .route("/programme/training/{training}/remove", post(curriculum::remove_training))
        .route("/programme/training/{training}/restore/{event}", post(curriculum::restore_training))
        .route("/programme/journey", get(journey::get))
        .route("/programme/journey.svg", get(journey::svg))
        .route("/programme/journey.pdf", get(journey::pdf))
        .route("/programme/roadmap", get(roadmap::get))
        .route("/programme/roadmap.svg", get(roadmap::svg))
        .route("/programme/roadmap.pdf", get(roadmap::pdf))
        .route("/programme/roadmap/points/new", get(roadmap::new).post(roadmap::add))
        .route("/programme/roadmap/points/{roadmap_point}", get(roadmap::point).post(roadmap::change))
        .route("/programme/roadmap/points/{roadmap_point}/hide", post(roadmap::hide))
        .route("/programme/roadmap/points/{roadmap_point}/show", post(roadmap::unhide))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
}
