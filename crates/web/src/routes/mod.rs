//! The addresses of the programme's, the policy's and the public pages, by area.

mod activities;
mod calendar;
mod duties;
mod gaps;
mod organisations;
mod placements;
mod policy;
mod programme;
mod registers;
mod requests;
mod site;
mod site_check;

use axum::Router;

use crate::site::Site;

/// Pages of one institution.
pub(crate) fn one() -> Router<Site> {
    Router::new()
        .merge(activities::one())
        .merge(calendar::one())
        .merge(duties::one())
        .merge(gaps::one())
        .merge(organisations::one())
        .merge(placements::one())
        .merge(policy::one())
        .merge(programme::one())
        .merge(registers::one())
        .merge(requests::one())
        .merge(site::one())
        .merge(site_check::one())
}

/// Pages that open without an account: each with a link that lets whoever has it do one thing.
pub(crate) fn open() -> Router<Site> {
    Router::new()
        .merge(activities::open())
        .merge(calendar::open())
        .merge(duties::open())
        .merge(gaps::open())
        .merge(organisations::open())
        .merge(placements::open())
        .merge(policy::open())
        .merge(programme::open())
        .merge(registers::open())
        .merge(requests::open())
        .merge(site::open())
        .merge(site_check::open())
}
