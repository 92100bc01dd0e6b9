//! What the academy keeps besides its roll and its registers: everything through `app`, by area.

mod activities;
mod calendar;
mod gaps;
mod organisations;
mod placements;
mod programme;
mod registers;

use app::{App, Result};
use domain::InstitutionId;

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
    ] {
        build(app, academy)?;
    }
    Ok(())
}
