use domain::{Activity, ActivityId, ActivityState, InstitutionId};
use serde_json::json;

use crate::{
    Action, Actor, App, Error, Result, View,
    activity::taken,
    occasion::{follow, share_register},
};

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
            let activity = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            let mut parts = Vec::new();
            for part in store::activity::occasion(tx, institution, id)?.into_iter().filter(|part| *part != id) {
                if store::activity::part_of(tx, institution, part)? == Some(id) {
                    let before = take_away(tx, institution, part)?;
                    parts.push(json!([part.0, before.reference, before.state.word()]));
                }
            }
            let payload = json!({
                "marks": register.len(), "reference": activity.reference, "state": activity.state.word(), "parts": parts,
            });
            let event = self.event(actor, "activity.deleted", ("activity", Some(id.0)), payload);
            take_away(tx, institution, id)?;
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// The activity that led a deleted one, if it was a part of one that is still there.
    ///
    /// # Errors
    /// If the institution is not within reach.
    pub fn whole_of_deleted(&self, actor: &Actor, view: View, id: ActivityId) -> Result<Option<ActivityId>> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let institution = view.institution;
        self.store().read(institution, |tx| {
            let whole = store::activity::part_of(tx, institution, id)?;
            let Some(whole) = whole else { return Ok(None) };
            Ok(store::activity::find(tx, institution, whole)?.map(|_| whole))
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
            let (reference, state, parts) = event.and_then(|event| before(&event.payload)).ok_or(Error::NOT_FOUND)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            tx.advance(institution)?;
            if store::activity::find_removed(tx, institution, id)?.is_none() {
                return Err(Error::conflict("The activity is back already. Nothing was changed."));
            }
            let lead = store::activity::part_of(tx, institution, id)?;
            if let Some(lead) = lead
                && store::activity::find(tx, institution, lead)?.is_none()
            {
                return Err(Error::conflict(
                    "The activity that it was part of is deleted, so this part was not put back. Put that one back first.",
                ));
            }
            for (id, reference, state) in std::iter::once((id, reference, state)).chain(parts) {
                // A part that somebody put back or took away on its own stays as it is.
                let Some(mut activity) = store::activity::find_removed(tx, institution, id)? else { continue };
                (activity.reference, activity.state) = (reference, state);
                store::activity::update(tx, institution, id, &activity).map_err(|error| match taken(error) {
                    Error::Problems(_) => Error::conflict(
                        "Another activity has its reference meanwhile, so this one was not put back. Add it anew instead.",
                    ),
                    other => other,
                })?;
            }
            if let Some(lead) = lead {
                // The others may have been marked, moved or called off meanwhile.
                follow(tx, institution, lead)?;
                share_register(tx, institution, lead, id)?;
            }
            let event =
                self.event(actor, "activity.restored", ("activity", Some(id.0)), json!({"marks": register.len()}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// Takes one activity away; what it was. Its reference is free for another at once.
fn take_away(tx: &mut store::Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Activity> {
    let before = store::activity::get(tx, institution, id)?;
    let after = Activity {
        reference: format!("{} (deleted {id})", before.reference),
        state: ActivityState::Removed,
        ..before.clone()
    };
    store::activity::update(tx, institution, id, &after)?;
    Ok(before)
}

/// An activity with its reference and state from before it was deleted.
type Before = (ActivityId, String, ActivityState);

/// The activity's reference and state from before it was deleted, and those of its parts.
fn before(payload: &str) -> Option<(String, ActivityState, Vec<Before>)> {
    let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
    let part = |part: &serde_json::Value| {
        Some((ActivityId(part[0].as_i64()?), part[1].as_str()?.to_owned(), part[2].as_str()?.parse().ok()?))
    };
    let parts = payload["parts"].as_array().map_or(Vec::new(), |parts| parts.iter().filter_map(part).collect());
    Some((payload["reference"].as_str()?.to_owned(), payload["state"].as_str()?.parse().ok()?, parts))
}
