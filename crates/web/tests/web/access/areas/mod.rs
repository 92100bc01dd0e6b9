//! What the addresses of each area of the programme need to be asked.

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

use std::collections::BTreeMap;

use app::App;
use domain::InstitutionId;

/// What parameters of addresses stand for.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> BTreeMap<&'static str, String> {
    let areas = [
        activities::names,
        calendar::names,
        gaps::names,
        organisations::names,
        placements::names,
        programme::names,
        registers::names,
        duties::names,
        policy::names,
        requests::names,
        site::names,
        site_check::names,
    ];
    areas.into_iter().flat_map(|names| names(app, institution, known)).collect()
}

/// Fields without which a form could not be read at all.
pub(super) fn form(path: &str, names: &BTreeMap<&'static str, String>) -> Option<String> {
    let areas = [
        activities::form,
        calendar::form,
        gaps::form,
        organisations::form,
        placements::form,
        programme::form,
        registers::form,
        duties::form,
        policy::form,
        requests::form,
        site::form,
        site_check::form,
    ];
    areas.into_iter().find_map(|form| form(path, names))
}
