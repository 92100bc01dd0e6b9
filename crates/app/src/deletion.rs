use domain::{ActivityId, ActivityState, InstitutionId};
use serde_json::json;

use crate::{Action, Actor, App, Error, Result, activity::taken};

impl App {
    /// Takes an activity away with its register, its plan and its parts: nothing counts any more, nothing is shown. Everything
    /// is kept, so that it can be put back as it was. Returns the event that [`App::restore_activity`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here or there is no such activity.
    pub fn delete_activity(&self, actor: &Actor, institution: InstitutionId, id: ActivityId) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let mut activity = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            let payload = json!({
                "marks": register.len(), "reference": activity.reference, "state": activity.state.word(),
            });
            let event = self.event(actor, "activity.deleted", ("activity", Some(id.0)), payload);
            // Its reference is free for another activity at once.
            activity.reference = format!("{} (deleted {id})", activity.reference);
            activity.state = ActivityState::Removed;
            store::activity::update(tx, institution, id, &activity)?;
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Puts a deleted activity back as it was, under its id and reference, with its register and all that belongs to it.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such event, or the activity is back already or its reference taken.
    pub fn restore_activity(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        event: i64,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "activity.deleted" && event.subject_id == Some(id.0));
            let (reference, state) = event.and_then(|event| before(&event.payload)).ok_or(Error::NOT_FOUND)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            tx.advance(institution)?;
            let Some(mut activity) = store::activity::find_removed(tx, institution, id)? else {
                return Err(Error::conflict("The activity is back already. Nothing was changed."));
            };
            (activity.reference, activity.state) = (reference, state);
            store::activity::update(tx, institution, id, &activity).map_err(|error| match taken(error) {
                Error::Problems(_) => Error::conflict(
                    "Another activity has its reference meanwhile, so this one was not put back. Add it anew instead.",
                ),
                other => other,
            })?;
            let event =
                self.event(actor, "activity.restored", ("activity", Some(id.0)), json!({"marks": register.len()}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// The activity's reference and state from before it was deleted.
fn before(payload: &str) -> Option<(String, ActivityState)> {
    let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
    Some((payload["reference"].as_str()?.to_owned(), payload["state"].as_str()?.parse().ok()?))
}
