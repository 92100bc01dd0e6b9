use std::collections::HashMap;

use domain::{ActivityId, InstitutionId, LearnerId, LearnerIndex, ParticipationStatus, YearGroup};
use serde_json::json;
use store::participation::Entry;

use crate::{Action, ActivityRow, Actor, App, Error, Frame, Result, View, activity::row, cohort::by_name, held::Held};

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
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        let records = &scene.held.records;
        let held_activity = records.activity(index);
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
        Ok(Register {
            activity: row(&scene, index),
            attended: attended as u32,
            marked: marks().count() as u32,
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
        let changed = json!({"marks": words(marks)});
        let event = self.event(actor, "register.marked", ("activity", Some(activity.0)), changed);
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            store::activity::get(tx, institution, activity)?;
            let set: Vec<_> = marks
                .iter()
                .filter_map(|mark| mark.status.map(|status| Entry { learner: mark.learner, activity, status }))
                .collect();
            store::participation::set_many(tx, institution, &set).map_err(unknown_learner)?;
            let marked: HashMap<_, _> =
                store::participation::register(tx, institution, activity)?.into_iter().collect();
            for mark in marks.iter().filter(|mark| mark.status.is_none() && marked.contains_key(&mark.learner)) {
                store::participation::delete(tx, institution, mark.learner, activity)?;
            }
            Ok(store::audit::record(tx, institution, &event)?)
        })
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
            let set: Vec<_> = before.iter().map(|mark| Entry { learner: mark.learner, activity, status }).collect();
            store::participation::set_many(tx, institution, &set).map_err(unknown_learner)?;
            let payload = json!({"everybody": status.word(), "before": words(&before)});
            let event = self.event(actor, "register.marked", ("activity", Some(activity.0)), payload);
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
            let (status, before) = event.as_ref().and_then(|event| read(&event.payload)).ok_or(Error::NOT_FOUND)?;
            self.ask_for_each(actor, Action::MarkRegisters, institution, before.iter().map(|mark| mark.learner))?;
            tx.advance(institution)?;
            let now: HashMap<_, _> = store::participation::register(tx, institution, activity)?.into_iter().collect();
            let back: Vec<_> = before.into_iter().filter(|mark| now.get(&mark.learner) == Some(&status)).collect();
            let set: Vec<_> = back
                .iter()
                .filter_map(|mark| mark.status.map(|status| Entry { learner: mark.learner, activity, status }))
                .collect();
            store::participation::set_many(tx, institution, &set)?;
            for mark in back.iter().filter(|mark| mark.status.is_none()) {
                store::participation::delete(tx, institution, mark.learner, activity)?;
            }
            let payload = json!({"marks": words(&back)});
            let event = self.event(actor, "register.unmarked", ("activity", Some(activity.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(back.len() as u32)
        })
    }
}

/// Marks as an audit event has them: ids and words.
fn words(marks: &[Mark]) -> serde_json::Value {
    marks.iter().map(|mark| json!([mark.learner.to_string(), mark.status.map(ParticipationStatus::word)])).collect()
}

/// What the event of marking everybody says: as what, and the marks before. `None` for any other event.
fn read(payload: &str) -> Option<(ParticipationStatus, Vec<Mark>)> {
    let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
    let mark = |pair: &serde_json::Value| {
        let status = match &pair[1] {
            serde_json::Value::Null => None,
            word => Some(word.as_str()?.parse().ok()?),
        };
        Some(Mark { learner: pair[0].as_str()?.parse().ok()?, status })
    };
    let before = payload["before"].as_array()?.iter().map(mark).collect::<Option<_>>()?;
    Some((payload["everybody"].as_str()?.parse().ok()?, before))
}

/// A learner who is not there is "not found", not a fault of the database.
fn unknown_learner(error: store::Error) -> Error {
    match error {
        store::Error::Depends { .. } => Error::NOT_FOUND,
        other => other.into(),
    }
}
