//! The calendar and its feeds; what leaves as files.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    pages::{calendar, exports},
    site::Site,
};

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    Router::new()
        .route("/calendar", get(calendar::get))
        .route("/calendar/dates", get(calendar::dates).post(calendar::add))
        .route("/calendar/dates/new", get(calendar::new))
        .route("/calendar/dates/undo/{event}", post(calendar::undo))
        .route("/calendar/dates/{calendar_date}", get(calendar::edit).post(calendar::change))
        .route("/calendar/dates/{calendar_date}/remove", post(calendar::remove))
        .route("/calendar/national/{national_date}", get(calendar::national).post(calendar::amend))
        .route("/calendar/national/{national_date}/hide", post(calendar::hide))
        .route("/calendar/national/{national_date}/show", post(calendar::show_again))
        .route("/calendar/feeds", get(calendar::feeds).post(calendar::make_feed))
        .route("/calendar/feeds/{calendar_feed}/end", post(calendar::end_feed))
        .route("/exports", get(exports::get))
        .route("/exports/activities", get(exports::activities))
        .route("/exports/participation", get(exports::participation))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new().route("/calendar/feed/{institution}/{feed_file}", get(calendar::feed))
}
