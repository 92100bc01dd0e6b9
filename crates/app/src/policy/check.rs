//! What stands against signing a version, and what should be looked at.

use ::policy::{Check, check};

use super::written::Written;
use crate::{App, Result, frame::Scene};

impl App {
    /// What the check says of a version on the day of the scene.
    pub(crate) fn checks_of(&self, scene: &Scene<'_>, written: &Written) -> Result<Vec<Check>> {
        let composed = &written.kept.composed;
        let promises = self.promises(scene, composed)?;
        Ok(check(composed, &promises, written.policy.review_on, scene.frame.as_of))
    }
}
