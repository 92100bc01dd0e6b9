//! Registers: marking them, on paper, in a sheet, by a link or a code.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{pages::registers, site::Site};

/// A list far too long is taken in whole, to be answered where it was pasted: a browser shows no answer to what it is still sending.
const LIST_LIMIT: usize = 32 << 20;
/// More than the largest register, so that somewhat too large a file is answered where it was chosen.
const SHEET_LIMIT: usize = 16 << 20;

/// Pages of one institution.
pub(super) fn one() -> Router<Site> {
    let (list, sheet) = (DefaultBodyLimit::max(LIST_LIMIT), DefaultBodyLimit::max(SHEET_LIMIT));
    Router::new()
        .route("/activities/{activity}/register", get(registers::get).post(registers::save))
        .route("/activities/{activity}/register/everybody", post(registers::everybody))
        .route("/activities/{activity}/register/undo/{event}", post(registers::undo))
        .route("/activities/{activity}/register/list", get(registers::list).post(registers::check_list).layer(list))
        .route("/activities/{activity}/register/paper", get(registers::paper))
        .route("/activities/{activity}/register/sheet", get(registers::sheet).post(registers::check_sheet).layer(sheet))
        .route("/activities/{activity}/register/sheet/file", get(registers::sheet_file))
        .route("/activities/{activity}/register/links", get(registers::links).post(registers::make_link))
        .route("/activities/{activity}/register/links/{register_link}/end", post(registers::end_link))
        .route("/activities/{activity}/register/check-in", get(registers::check_in).post(registers::open_check_in))
        .route("/activities/{activity}/register/check-in/board", get(registers::board))
        .route("/activities/{activity}/register/check-in/{check_in_link}/end", post(registers::end_check_in))
}

/// Pages that open without an account.
pub(super) fn open() -> Router<Site> {
    Router::new()
        .route("/register/{institution}/{register_token}", get(registers::linked).post(registers::mark_linked))
        .route("/check-in/{institution}", get(registers::arrive).post(registers::arrived))
}
