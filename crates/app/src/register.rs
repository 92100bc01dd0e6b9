use std::collections::HashMap;

use domain::{ActivityId, InstitutionId, LearnerId, LearnerIndex, ParticipationStatus, YearGroup};
use serde_json::json;
use store::{
    audit::{Detail, Event},
    participation::Entry,
};

use crate::{
    Action, ActivityRow, Actor, App, Error, Frame, Result, View,
    activity::{is_shown, row},
    audit::Change,
    cohort::by_name,
    held::Held,
};

/// The register of one activity.
#[derive(Debug, Clone)]
pub struct Register {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// Those expected and those marked, by form and name.
    pub rows: Vec<RegisterRow>,
    /// How many are marked attended.
    pub attended: u32,
    /// How many are marked at all.
    pub marked: u32,
}

/// One learner in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// Their id.
    pub id: LearnerId,
    /// The local id.
    pub reference: String,
    /// "Surname, Forename".
    pub name: String,
    /// Year group on the day of the activity.
    pub year_group: Option<YearGroup>,
    /// Registration group.
    pub form: Option<String>,
    /// What is marked.
    pub status: Option<ParticipationStatus>,
}

/// A mark in a register; none takes away what was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Whose.
    pub learner: LearnerId,
    /// What.
    pub status: Option<ParticipationStatus>,
}

/// What marking everybody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedEverybody {
    /// The event that [`App::unmark_everybody`] takes back; none if nobody was waiting for a mark.
    pub event: Option<i64>,
    /// The learners who were marked, each with what was marked before.
    pub before: Vec<Mark>,
}

impl App {
    /// The register of an activity: the learners of its year groups who were on roll that day, and everybody marked, as far as
    /// the actor sees them. Whoever sees totals only gets the counts and no line.
    ///
    /// # Errors
    /// If the institution is not within reach or has no such activity.
    pub fn register(&self, actor: &Actor, view: View, activity: ActivityId) -> Result<Register> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        let records = &scene.held.records;
        let held_activity = records.activity(index);
        if !is_shown(&scene, index) {
            return Err(Error::NOT_FOUND);
        }
        let marks: HashMap<LearnerIndex, ParticipationStatus> =
            records.participations.iter().filter(|p| p.activity == index).map(|p| (p.learner, p.status)).collect();
        // Year groups are those of the activity's own day, on which its cohort was what it was.
        let pack = self.rulebook().framework(records.institution.kind, held_activity.date);
        let day = scene.day_on(pack, held_activity.date);
        let expected = day.evaluation.learners.iter().copied().filter(|learner| {
            Held::year_group(&day.evaluation, *learner).is_some_and(|year| held_activity.year_groups.contains(year))
        });
        let mut learners: Vec<_> =
            expected.chain(marks.keys().copied().filter(|learner| scene.sees(*learner))).collect();
        learners.sort_unstable();
        learners.dedup();
        by_name(records, &mut learners);
        learners.sort_by(|a, b| records.learner(*a).form.cmp(&records.learner(*b).form));
        let rows: Vec<_> = learners
            .into_iter()
            .filter(|_| !scene.is_totals_only())
            .map(|index| {
                let learner = records.learner(index);
                RegisterRow {
                    id: scene.held.learner_id(index),
                    reference: learner.reference.clone(),
                    name: format!("{}, {}", learner.surname, learner.forename),
                    year_group: Held::year_group(&day.evaluation, index),
                    form: learner.form.clone(),
                    status: marks.get(&index).copied(),
                }
            })
            .collect();
        let marks = || marks.iter().filter(|(index, _)| scene.is_totals_only() || scene.sees(**index));
        let attended = marks().filter(|(_, status)| **status == ParticipationStatus::Attended).count();
        if !rows.is_empty() {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, "register", rows.len(), why.as_deref())?;
        }
        let activity = row(&scene, index);
        Ok(Register {
            attended: if activity.is_withheld { 0 } else { attended as u32 },
            marked: if activity.is_withheld { 0 } else { marks().count() as u32 },
            activity,
            rows,
            frame: scene.frame,
        })
    }

    /// Saves marks: all of them, or none. Marks of learners that are not named stay as they are.
    ///
    /// # Errors
    /// If the actor may not record here, or the activity or a learner is not there.
    pub fn mark(&self, actor: &Actor, institution: InstitutionId, activity: ActivityId, marks: &[Mark]) -> Result<()> {
        self.ask_for_each(actor, Action::MarkRegisters, institution, marks.iter().map(|mark| mark.learner))?;
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            store::activity::get(tx, institution, activity)?;
            let marked: HashMap<_, _> =
                store::participation::register(tx, institution, activity)?.into_iter().collect();
            for activity in with_parts(tx, institution, activity)? {
                let set: Vec<_> = marks
                    .iter()
                    .filter_map(|mark| mark.status.map(|status| Entry { learner: mark.learner, activity, status }))
                    .collect();
                store::participation::set_many(tx, institution, &set).map_err(unknown_learner)?;
                for mark in marks.iter().filter(|mark| mark.status.is_none() && marked.contains_key(&mark.learner)) {
                    store::participation::delete(tx, institution, mark.learner, activity)?;
                }
            }
            let changed: Vec<_> = marks
                .iter()
                .map(|mark| (mark.learner, marked.get(&mark.learner).copied(), mark.status))
                .filter(|(_, before, after)| before != after)
                .collect();
            let event = self
                .event(actor, "register.marked", ("activity", Some(activity.0)), json!({"marks": changed.len()}))
                .with(self.mark_details(&changed));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// One detail for each learner whose mark changed.
    fn mark_details(&self, changed: &[Remark]) -> Vec<Detail> {
        let word = |status: &Option<ParticipationStatus>| status.map(ParticipationStatus::word);
        changed
            .iter()
            .map(|(learner, before, after)| {
                self.detail(Some(*learner), &Change::default().with("mark", word(before), word(after)))
            })
            .collect()
    }

    /// Marks everybody whom the register expects and who has no mark yet.
    ///
    /// # Errors
    /// As [`App::mark`].
    pub fn mark_everybody(
        &self,
        actor: &Actor,
        view: View,
        activity: ActivityId,
        status: ParticipationStatus,
    ) -> Result<MarkedEverybody> {
        let institution = view.institution;
        actor.ask(Action::MarkRegisters, institution)?;
        let is_waiting =
            |status: Option<ParticipationStatus>| matches!(status, None | Some(ParticipationStatus::Invited));
        let rows = self.register(actor, view, activity)?.rows;
        let waiting: Vec<_> = rows.iter().filter(|row| is_waiting(row.status)).map(|row| row.id).collect();
        self.ask_for_each(actor, Action::MarkRegisters, institution, waiting.iter().copied())?;
        if waiting.is_empty() {
            return Ok(MarkedEverybody { event: None, before: Vec::new() });
        }
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            // What is there now, not what the page showed: what somebody marked in between stays as they marked it.
            let now: HashMap<_, _> = store::participation::register(tx, institution, activity)?.into_iter().collect();
            let before: Vec<_> = waiting
                .iter()
                .map(|learner| Mark { learner: *learner, status: now.get(learner).copied() })
                .filter(|mark| is_waiting(mark.status))
                .collect();
            for activity in with_parts(tx, institution, activity)? {
                let set: Vec<_> = before.iter().map(|mark| Entry { learner: mark.learner, activity, status }).collect();
                store::participation::set_many(tx, institution, &set).map_err(unknown_learner)?;
            }
            let changed: Vec<_> = before.iter().map(|mark| (mark.learner, mark.status, Some(status))).collect();
            let payload = json!({"everybody": status.word(), "marks": changed.len()});
            let event = self
                .event(actor, "register.marked", ("activity", Some(activity.0)), payload)
                .with(self.mark_details(&changed));
            store::audit::record(tx, institution, &event)?;
            Ok(MarkedEverybody { event: Some(event.id), before })
        })
    }

    /// Takes back what [`App::mark_everybody`] did: each learner has the mark from before again, except those who were
    /// marked otherwise since. Returns how many.
    ///
    /// # Errors
    /// If the actor may not record here, or the activity has no such event.
    pub fn unmark_everybody(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        event: i64,
    ) -> Result<u32> {
        actor.ask(Action::MarkRegisters, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "register.marked" && event.subject_id == Some(activity.0));
            let (status, before) = event.as_ref().and_then(read).ok_or(Error::NOT_FOUND)?;
            self.ask_for_each(actor, Action::MarkRegisters, institution, before.iter().map(|mark| mark.learner))?;
            tx.advance(institution)?;
            let now: HashMap<_, _> = store::participation::register(tx, institution, activity)?.into_iter().collect();
            let back: Vec<_> = before.into_iter().filter(|mark| now.get(&mark.learner) == Some(&status)).collect();
            for activity in with_parts(tx, institution, activity)? {
                let set: Vec<_> = back
                    .iter()
                    .filter_map(|mark| mark.status.map(|status| Entry { learner: mark.learner, activity, status }))
                    .collect();
                store::participation::set_many(tx, institution, &set)?;
                for mark in back.iter().filter(|mark| mark.status.is_none()) {
                    store::participation::delete(tx, institution, mark.learner, activity)?;
                }
            }
            let changed: Vec<_> = back.iter().map(|mark| (mark.learner, Some(status), mark.status)).collect();
            let event = self
                .event(actor, "register.unmarked", ("activity", Some(activity.0)), json!({"marks": back.len()}))
                .with(self.mark_details(&changed));
            store::audit::record(tx, institution, &event)?;
            Ok(back.len() as u32)
        })
    }
}

/// The activities whose registers are one: several that were one occasion are marked together, whichever of them somebody marks.
pub(crate) fn with_parts(
    tx: &mut store::Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
) -> Result<Vec<ActivityId>> {
    Ok(store::activity::occasion(tx, institution, activity)?)
}

/// A learner, with the mark before and after.
type Remark = (LearnerId, Option<ParticipationStatus>, Option<ParticipationStatus>);

/// What the event of marking everybody says: as what, and the marks before, as far as they were not erased since. `None` for any
/// other event.
fn read(event: &Event) -> Option<(ParticipationStatus, Vec<Mark>)> {
    let payload: serde_json::Value = serde_json::from_str(&event.payload).ok()?;
    let mark = |detail: &Detail| {
        let status = match Change::parse(&detail.text).before("mark") {
            None => None,
            Some(word) => Some(word.parse().ok()?),
        };
        detail.learner.map(|learner| Mark { learner, status })
    };
    let status = payload["everybody"].as_str()?.parse().ok()?;
    Some((status, event.details.iter().filter_map(mark).collect()))
}

/// A learner who is not there is "not found", not a fault of the database.
fn unknown_learner(error: store::Error) -> Error {
    match error {
        store::Error::Depends { .. } => Error::NOT_FOUND,
        other => other.into(),
    }
}
