//! How far an activity has come: draft, planned, delivered, cancelled.

use domain::{ActivityId, ActivityState, InstitutionId};
use serde_json::{Value, json};
use store::plan::Plan;

use crate::{Action, Actor, App, Error, Result, audit::changes, occasion::follow};

impl App {
    /// Says how far an activity has come; its parts have come as far. A cancelled one has a reason. Returns the event that
    /// [`App::undo_activity_state`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, it has come so far already, or a reason is missing.
    pub fn set_activity_state(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        state: ActivityState,
        reason: &str,
    ) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| self.move_activity(tx, actor, institution, id, (state, reason)))
    }

    /// The same within the transaction of whatever else is changed with it.
    pub(crate) fn move_activity(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        (state, reason): (ActivityState, &str),
    ) -> Result<i64> {
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
        tx.advance(institution)?;
        let mut activity = store::activity::get(tx, institution, id)?;
        let register = store::participation::register(tx, institution, id)?;
        self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))?;
        if state == ActivityState::Cancelled && reason.is_none() {
            return Err(Error::problem("reason", "Enter why it does not take place."));
        }
        if state == ActivityState::Removed {
            return Err(Error::problem("state", "An activity is taken away by deleting it."));
        }
        if state == activity.state {
            return Err(Error::conflict("The activity has come so far already. Nothing was changed."));
        }
        let mut plan = store::plan::find(tx, institution, id)?.unwrap_or_else(|| Plan::blank(self.context().now()));
        let field = |state: ActivityState, why: &Option<String>| {
            [("state", state.word().to_owned()), ("reason", why.clone().unwrap_or_default())]
        };
        let before = field(activity.state, &plan.ended_because);
        let from = activity.state;
        plan.ended_because = reason.filter(|_| state == ActivityState::Cancelled).map(str::to_owned);
        activity.state = state;
        let changed = changes(before, field(state, &plan.ended_because));
        let event = self
            .event(actor, ACTION, ("activity", Some(id.0)), json!({"from": from.word(), "to": state.word()}))
            .with([self.detail(None, &changed)]);
        store::activity::update(tx, institution, id, &activity)?;
        store::plan::set(tx, institution, id, &plan)?;
        follow(tx, institution, id)?;
        store::audit::record(tx, institution, &event)?;
        Ok(event.id)
    }

    /// Takes back what [`App::set_activity_state`] said.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such event, or it was changed again since.
    pub fn undo_activity_state(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        event: i64,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == ACTION && event.subject_id == Some(id.0))
                .ok_or(Error::NOT_FOUND)?;
            let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
            let state = |name: &str| payload[name].as_str().and_then(|word| word.parse::<ActivityState>().ok());
            let (from, to) = state("from").zip(state("to")).ok_or(Error::NOT_FOUND)?;
            let reason = event
                .details
                .first()
                .and_then(|detail| crate::audit::Change::parse(&detail.text).before("reason").map(str::to_owned));
            tx.advance(institution)?;
            let mut activity = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))?;
            if activity.state != to {
                return Err(Error::conflict("The activity was changed since, so it stays as it is."));
            }
            activity.state = from;
            store::activity::update(tx, institution, id, &activity)?;
            if let Some(mut plan) = store::plan::find(tx, institution, id)? {
                plan.ended_because = reason;
                store::plan::set(tx, institution, id, &plan)?;
            }
            follow(tx, institution, id)?;
            let payload = json!({"from": to.word(), "to": from.word()});
            let event = self.event(actor, ACTION, ("activity", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

const ACTION: &str = "activity.moved-on";
