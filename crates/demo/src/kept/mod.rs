//! What the academy keeps besides its roll and its registers: everything through `app`, by area.

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

use app::{App, Result};
use domain::InstitutionId;

pub(crate) use policy::{COLLEGE, Named, SPECIAL_SCHOOL};

/// Fills the academy's programme.
pub(crate) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    // Organisations and the programme first: the others refer to them.
    for build in [
        organisations::build,
        programme::build,
        activities::build,
        registers::build,
        gaps::build,
        placements::build,
        calendar::build,
        duties::build,
        requests::build,
        policy::build,
        site::build,
        site_check::build,
    ] {
        build(app, academy)?;
    }
    Ok(())
}

/// What an institution keeps that has only just begun to write its policy.
pub(crate) fn build_little(app: &App, institution: InstitutionId, people: &Named) -> Result<()> {
    duties::begin(app, institution, people)?;
    policy::begin(app, institution, people)
}
