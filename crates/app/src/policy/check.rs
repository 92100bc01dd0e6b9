//! What stands against signing a version, and what should be looked at.

use ::policy::{Check, check, statutory_lacks};
use store::policy::PolicyState;

use super::written::Written;
use crate::{App, Result, frame::Scene};

impl App {
    /// What the check says of a version on the day of the scene.
    pub(crate) fn checks_of(&self, scene: &Scene<'_>, written: &Written) -> Result<Vec<Check>> {
        let composed = &written.kept.composed;
        let promises = self.promises(scene, composed)?;
        // What was signed is judged by itself: whether the law's clauses are all there was asked before.
        let mut checks = match written.policy.state {
            PolicyState::Draft => {
                let edition = self.edition_of(&written.policy);
                statutory_lacks(composed, edition, &scene.held.records.institution)
            }
            _ => Vec::new(),
        };
        checks.extend(check(composed, &promises, written.policy.review_on, scene.frame.as_of));
        Ok(checks)
    }
}
