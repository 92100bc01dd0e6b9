//! The addresses of the programme's pages, by area.

mod activities;
mod calendar;
mod gaps;
mod organisations;
mod placements;
mod programme;
mod registers;

use axum::Router;

use crate::site::Site;

/// Pages of one institution.
pub(crate) fn one() -> Router<Site> {
    Router::new()
        .merge(activities::one())
        .merge(calendar::one())
        .merge(gaps::one())
        .merge(organisations::one())
        .merge(placements::one())
        .merge(programme::one())
        .merge(registers::one())
}

/// Pages that open without an account: each with a link that lets whoever has it do one thing.
pub(crate) fn open() -> Router<Site> {
    Router::new()
        .merge(activities::open())
        .merge(calendar::open())
        .merge(gaps::open())
        .merge(organisations::open())
        .merge(placements::open())
        .merge(programme::open())
        .merge(registers::open())
}
