use domain::{ImportId, InstitutionId};
use exchange::plan::ActivityStep;
use serde_json::json;
use store::{Tx, import::State};

use super::{Work, plan_of_activity::set_plan};
use crate::{Action, Actor, App, Error, Result};

impl App {
    /// Undoes an applied import as a whole: every record that it touched gets back what it was.
    ///
    /// # Errors
    /// If the actor may not import here, the import is not applied, or something later builds on it: then nothing changes.
    pub fn undo_import(&self, actor: &Actor, institution: InstitutionId, id: ImportId) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        let event = self.event(actor, "import.undone", ("import", Some(id.0)), json!({}));
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            let mut import = super::list::get(tx, institution, id)?;
            if import.state != State::Applied {
                return Err(Error::conflict("Only an import that was applied can be undone."));
            }
            if import.applied_revision.is_none() {
                return Err(Error::conflict(
                    "What this import replaced has been let go of since, as the settings on how long records are kept say. It \
                     cannot be undone any more.",
                ));
            }
            let blocked = store::import::undo(tx, institution, id)?;
            if !blocked.is_empty() {
                return Err(Error::conflict(format!(
                    "{} of the records that this import wrote were changed, or built on, later, so it cannot be undone as a \
                     whole. Nothing was changed. Undo what came later first.",
                    blocked.len()
                )));
            }
            self.undo_plans(tx, institution, id)?;
            import.state = State::Undone;
            import.changed_at = now;
            store::import::update(tx, institution, State::Applied, &import)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// How changed activities were to be held is again what it was.
    fn undo_plans(&self, tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<()> {
        let kept = store::import::plan(tx, institution, id)?;
        if kept.is_empty() {
            return Ok(());
        }
        let work: Work = serde_json::from_slice(&kept).map_err(Error::fault)?;
        let Work::Activities(plan) = work else { return Ok(()) };
        let now = self.context().now();
        for row in &plan.rows {
            if let ActivityStep::Change { before, .. } = &row.step {
                let activity = store::activity::find_by_reference(tx, institution, &before.reference)?;
                set_plan(tx, institution, activity.ok_or(Error::NOT_FOUND)?, &before.plan, now)?;
            }
        }
        Ok(())
    }
}
