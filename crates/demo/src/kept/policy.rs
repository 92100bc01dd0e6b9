use app::{App, Result};
use domain::InstitutionId;

/// What the demo shows of this area.
pub(super) fn build(_app: &App, _academy: InstitutionId) -> Result<()> {
    Ok(())
}
