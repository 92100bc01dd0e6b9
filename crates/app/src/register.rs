use std::collections::HashMap;

use domain::{
    ActivityId, ActivityIndex, InstitutionId, LearnerId, LearnerIndex, ParticipationStatus, Records, YearGroup,
};
use serde_json::json;

use crate::{
    Action, ActivityRow, Actor, App, Error, Frame, Mark, Marked, Result, View,
    activity::{is_shown, row},
    cohort::by_name,
    held::{Day, Held},
    mark::read_marks,
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
        // Year groups are those of the activity's own day, on which its cohort was what it was.
        let pack = self.rulebook().framework(records.institution.kind, held_activity.date);
        let day = scene.day_on(pack, held_activity.date);
        let rows = match scene.is_totals_only() {
            true => Vec::new(),
            false => {
                let cohort = self.cohort_of(&scene, index)?;
                register_rows(&scene.held, &day, index, &cohort, |learner| scene.sees(learner))
            }
        };
        let marks = marks_of(records, index);
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

    /// Saves marks, each if what it was made over is still what is recorded; the others come back as conflicts. Marks of learners
    /// that are not named stay as they are, and marks that say what is recorded already change nothing.
    ///
    /// # Errors
    /// If the actor may not record here, or the activity or a learner is not there: then nothing is saved.
    pub fn mark(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        marks: &[Mark],
    ) -> Result<Marked> {
        self.ask_for_each(actor, Action::MarkRegisters, institution, marks.iter().map(|mark| mark.learner))?;
        self.save_marks(institution, activity, marks, |payload| {
            self.event(actor, "register.marked", ("activity", Some(activity.0)), payload)
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
    ) -> Result<Marked> {
        let institution = view.institution;
        actor.ask(Action::MarkRegisters, institution)?;
        let is_waiting =
            |status: Option<ParticipationStatus>| matches!(status, None | Some(ParticipationStatus::Invited));
        let rows = self.register(actor, view, activity)?.rows;
        let waiting: Vec<_> = rows.iter().filter(|row| is_waiting(row.status)).map(|row| row.id).collect();
        self.ask_for_each(actor, Action::MarkRegisters, institution, waiting.iter().copied())?;
        if waiting.is_empty() {
            return Ok(Marked::default());
        }
        self.store().write(institution, |tx| -> Result<_> {
            // Over what is there now: what somebody marked in between stays as they marked it.
            tx.advance(institution)?;
            let now: HashMap<_, _> = store::participation::register(tx, institution, activity)?.into_iter().collect();
            let marks: Vec<_> = waiting
                .iter()
                .map(|learner| Mark::new(*learner, Some(status)))
                .filter(|mark| is_waiting(now.get(&mark.learner).copied()))
                .collect();
            let changed = self.write_marks(tx, institution, activity, &marks)?.changed;
            let payload = json!({"everybody": status.word(), "marks": changed.len()});
            let event = self
                .event(actor, "register.marked", ("activity", Some(activity.0)), payload)
                .with(self.mark_details(&changed));
            store::audit::record(tx, institution, &event)?;
            Ok(Marked { event: Some(event.id), saved: changed.len(), conflicts: Vec::new() })
        })
    }

    /// Takes back what [`App::mark`] or [`App::mark_everybody`] did: each learner has the mark from before again, except those who
    /// were marked otherwise since. Returns how many.
    ///
    /// # Errors
    /// If the actor may not record here, or the activity has no such event.
    pub fn unmark(&self, actor: &Actor, institution: InstitutionId, activity: ActivityId, event: i64) -> Result<u32> {
        actor.ask(Action::MarkRegisters, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event =
                store::audit::find(tx, institution, event)?.filter(|event| event.subject_id == Some(activity.0));
            let marked = event.as_ref().and_then(read_marks).ok_or(Error::NOT_FOUND)?;
            self.ask_for_each(
                actor,
                Action::MarkRegisters,
                institution,
                marked.iter().map(|(learner, _, _)| *learner),
            )?;
            let back: Vec<_> =
                marked.into_iter().map(|(learner, before, after)| Mark::over(learner, after, before)).collect();
            let changed = self.write_marks(tx, institution, activity, &back)?.changed;
            let event = self
                .event(actor, "register.unmarked", ("activity", Some(activity.0)), json!({"marks": changed.len()}))
                .with(self.mark_details(&changed));
            store::audit::record(tx, institution, &event)?;
            Ok(changed.len() as u32)
        })
    }
}

/// The lines of a register, by form and name: the learners of the activity's year groups who were on roll on its day, the rest of
/// its cohort as far as it is known, and everybody marked, as far as `sees` lets them be seen.
pub(crate) fn register_rows(
    held: &Held,
    day: &Day,
    index: ActivityIndex,
    cohort: &[LearnerIndex],
    sees: impl Fn(LearnerIndex) -> bool,
) -> Vec<RegisterRow> {
    let records = &held.records;
    let activity = records.activity(index);
    let marks = marks_of(records, index);
    let expected = day.evaluation.learners.iter().copied().filter(|learner| {
        Held::year_group(&day.evaluation, *learner).is_some_and(|year| activity.year_groups.contains(year))
    });
    let expected = expected.chain(cohort.iter().copied());
    let mut learners: Vec<_> = expected.chain(marks.keys().copied()).filter(|learner| sees(*learner)).collect();
    learners.sort_unstable();
    learners.dedup();
    by_name(records, &mut learners);
    learners.sort_by(|a, b| records.learner(*a).form.cmp(&records.learner(*b).form));
    learners
        .into_iter()
        .map(|index| {
            let learner = records.learner(index);
            RegisterRow {
                id: held.learner_id(index),
                reference: learner.reference.clone(),
                name: format!("{}, {}", learner.surname, learner.forename),
                year_group: Held::year_group(&day.evaluation, index),
                form: learner.form.clone(),
                status: marks.get(&index).copied(),
            }
        })
        .collect()
}

fn marks_of(records: &Records, activity: ActivityIndex) -> HashMap<LearnerIndex, ParticipationStatus> {
    let marks = records.participations.iter().filter(|one| one.activity == activity);
    marks.map(|one| (one.learner, one.status)).collect()
}
