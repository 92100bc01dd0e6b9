use std::collections::BTreeSet;

use domain::{Activity, ActivityId, ActivityState, InstitutionId, LearnerId, ParticipationStatus, SlotId};
use serde_json::json;
use store::participation::Entry;

use crate::{
    Action, Actor, App, Error, Result, View,
    audit::Change,
    slot::{numbers, slot_activity},
};

/// A session of a proposal with those of its learners who are to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedSession {
    /// The places.
    pub slot: SlotId,
    /// Who.
    pub learners: Vec<LearnerId>,
}

/// What accepting planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The activities.
    pub activities: Vec<ActivityId>,
    /// How many invitations there are.
    pub places: u32,
    /// The event that [`App::undo_proposal`] takes back.
    pub event: i64,
}

impl App {
    /// Plans the sessions: each slot becomes a planned activity with these learners invited, all of them or none. Sessions
    /// without a learner are passed over.
    ///
    /// # Errors
    /// If the actor may not record here, a slot or a learner is not there, nobody is named, or a slot has been used or does not
    /// have so many places.
    pub fn accept_proposal(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        sessions: &[AcceptedSession],
    ) -> Result<Accepted> {
        actor.ask(Action::Record, institution)?;
        let everybody = || sessions.iter().flat_map(|session| session.learners.iter().copied());
        self.ask_for_each(actor, Action::Record, institution, everybody())?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        for learner in everybody() {
            scene.learner_index(learner)?;
        }
        if everybody().next().is_none() {
            return Err(Error::problem("sessions", "Tick a session, and in it the learners who are to be invited."));
        }
        let today = self.context().today();
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let (mut activities, mut used, mut entries) = (Vec::new(), Vec::new(), Vec::new());
            for session in sessions.iter().filter(|session| !session.learners.is_empty()) {
                let mut slot = store::slot::get(tx, institution, session.slot)?;
                let became = match slot.activity {
                    Some(id) => store::activity::find(tx, institution, id)?,
                    None => None,
                };
                let learners: BTreeSet<LearnerId> = session.learners.iter().copied().collect();
                if slot.is_removed || became.is_some() || slot.held_on < today {
                    return Err(Error::conflict(format!(
                        "The places of “{}” on {} are not free any more, so nothing was planned. Look at the proposal again.",
                        slot.title,
                        domain::date::long(slot.held_on)
                    )));
                }
                if learners.len() > slot.capacity as usize {
                    return Err(Error::conflict(format!(
                        "“{}” on {} does not have so many places, so nothing was planned. Look at the proposal again.",
                        slot.title,
                        domain::date::long(slot.held_on)
                    )));
                }
                let id = ActivityId(self.context().next_id());
                let activity = Activity {
                    reference: format!("A{id}"),
                    // It is for those who are invited, not for whole year groups.
                    year_groups: Default::default(),
                    ..slot_activity(&slot)
                };
                store::activity::insert(tx, institution, id, &activity)?;
                slot.activity = Some(id);
                store::slot::update(tx, institution, &slot)?;
                activities.push(id);
                used.push(slot.id.0);
                let invited = |learner| Entry { learner, activity: id, status: ParticipationStatus::Invited };
                entries.extend(learners.into_iter().map(invited));
            }
            store::participation::set_many(tx, institution, &entries)?;
            let word = Some(ParticipationStatus::Invited.word());
            let details: Vec<_> = entries
                .iter()
                .map(|entry| {
                    let of = entry.activity.to_string();
                    let change = Change::default().with("mark", None, word).with("activity", None, Some(&of));
                    self.detail(Some(entry.learner), &change)
                })
                .collect();
            let payload = json!({
                "slots": used,
                "activities": activities.iter().map(|id: &ActivityId| id.0).collect::<Vec<_>>(),
                "sessions": activities.len(),
                "places": entries.len(),
            });
            let event = self.event(actor, "proposal.accepted", ("proposal", None), payload).with(details);
            store::audit::record(tx, institution, &event)?;
            Ok(Accepted { activities, places: entries.len() as u32, event: event.id })
        })
    }

    /// Takes back what [`App::accept_proposal`] planned: the activities go, and the places are free again. Returns how many.
    ///
    /// # Errors
    /// If the actor may not record of everybody invited, there is no such event, or a register has been marked meanwhile.
    pub fn undo_proposal(&self, actor: &Actor, institution: InstitutionId, event: i64) -> Result<u32> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let found = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "proposal.accepted")
                .ok_or(Error::NOT_FOUND)?;
            tx.advance(institution)?;
            let mut back = Vec::new();
            for id in numbers(&found.payload, "activities").into_iter().map(ActivityId) {
                let Some(mut activity) = store::activity::find(tx, institution, id)? else { continue };
                let register = store::participation::register(tx, institution, id)?;
                self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
                if register.iter().any(|(_, status)| *status != ParticipationStatus::Invited) {
                    return Err(Error::conflict(format!(
                        "The register of “{}” has been marked meanwhile, so nothing was taken back. Delete what is not wanted on its own page.",
                        activity.title
                    )));
                }
                // As when an activity is deleted: its reference is free at once.
                activity.reference = format!("{} (deleted {id})", activity.reference);
                activity.state = ActivityState::Removed;
                store::activity::update(tx, institution, id, &activity)?;
                back.push(id.0);
            }
            for id in numbers(&found.payload, "slots").into_iter().map(SlotId) {
                let mut slot = store::slot::get(tx, institution, id)?;
                if slot.activity.is_some_and(|activity| back.contains(&activity.0)) {
                    slot.activity = None;
                    store::slot::update(tx, institution, &slot)?;
                }
            }
            let payload = json!({"activities": back, "sessions": back.len()});
            let event = self.event(actor, "proposal.undone", ("proposal", None), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(back.len() as u32)
        })
    }
}
