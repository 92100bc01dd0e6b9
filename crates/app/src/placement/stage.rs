use domain::{InstitutionId, PlacementId, PlacementStage};
use serde_json::json;
use store::{
    Tx,
    placement::{Placement, Step},
};

use super::open_checks;
use crate::{Actor, App, Error, Problems, Result, audit::Change};

impl App {
    /// Moves a placement to a stage. What it counts as follows: planned once it is approved, attended when it is complete.
    /// Gives the position of its last step.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or there is no such placement. A problem at `stage` that names what is
    /// missing, or at `reason` without one for a placement that fell through.
    pub fn move_placement(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        to: PlacementStage,
        reason: &str,
    ) -> Result<i64> {
        self.ask_for_placements(actor, institution)?;
        self.store().write(institution, |tx| -> Result<i64> {
            let one = self.placement_to_change(tx, actor, institution, id)?;
            match self.move_asked(tx, actor, institution, one, (to, reason))? {
                Some(position) => Ok(position),
                None => Ok(store::placement::steps(tx, institution, Some(id))?.last().map_or(0, |step| step.position)),
            }
        })
    }

    /// Moves a placement that the actor may change: the position of the step, or none if it stands there already.
    fn move_asked(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        mut one: Placement,
        (to, reason): (PlacementStage, &str),
    ) -> Result<Option<i64>> {
        let reason = reason.trim();
        let from = one.stage;
        if from == to {
            return Ok(None);
        }
        ask_for_stage(tx, institution, &one, to, reason)?;
        // Two who move it at once: the second waits here, and sees that it moved.
        tx.advance(institution)?;
        if store::placement::get(tx, institution, one.id)?.revision != one.revision {
            return Err(Error::conflict(
                "A placement was changed at the same time. Look at it again; nothing was moved.",
            ));
        }
        let (position, counted) = self.take_step(tx, institution, &mut one, to, (reason, actor.account()))?;
        let payload = json!({"from": from.word(), "to": to.word()});
        let event = self
            .event(actor, "placement.moved", ("placement", Some(one.id.0)), payload)
            .with([self.detail(Some(one.learner), &counted.with("reason", None, Some(reason)))]);
        store::audit::record(tx, institution, &event)?;
        Ok(Some(position))
    }

    /// Lets a placement take a step; the caller has asked, and records the event. Gives the step's position, and what became
    /// of the learner's mark.
    pub(super) fn take_step(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &mut Placement,
        to: PlacementStage,
        (reason, account): (&str, Option<domain::AccountId>),
    ) -> Result<(i64, Change)> {
        let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        let last = store::placement::steps(tx, institution, Some(one.id))?.last().map_or(-1, |step| step.position);
        let step = Step {
            placement: one.id,
            position: last + 1,
            learner: one.learner,
            stage: to,
            reason: reason.clone(),
            account,
            at: self.context().now(),
        };
        store::placement::insert_step(tx, institution, &step)?;
        let from = std::mem::replace(&mut one.stage, to);
        one.reason = reason.filter(|_| to == PlacementStage::FellThrough);
        one.revision += 1;
        one.changed_at = self.context().now();
        let counted = self.count_stage(tx, institution, one, from)?;
        store::placement::put(tx, institution, one)?;
        Ok((step.position, counted))
    }

    /// Takes the last step of a placement back: it stands where it stood before, and counts as it did. The step is named by
    /// its position, so that the same step is never taken back twice.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or there is no such placement; a conflict if it has taken only the first,
    /// or this step is not its last.
    pub fn undo_placement_step(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        position: i64,
    ) -> Result<()> {
        self.undo_placement_steps(actor, institution, &[(id, position)])
    }

    /// Takes the last step back of a placement that the actor may change.
    fn undo_asked(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        (mut one, position): (Placement, i64),
    ) -> Result<()> {
        let id = one.id;
        let steps = store::placement::steps(tx, institution, Some(id))?;
        let [.., before, last] = steps.as_slice() else {
            return Err(Error::conflict("This placement has only just begun, so there is no step to take back."));
        };
        if last.position != position {
            return Err(Error::conflict(
                "A placement has moved on since, or the step is taken back already. Nothing was changed.",
            ));
        }
        store::placement::delete_step(tx, institution, id, last.position)?;
        one.stage = before.stage;
        one.reason = before.reason.clone().filter(|_| before.stage == PlacementStage::FellThrough);
        one.revision += 1;
        one.changed_at = self.context().now();
        let counted = self.count_stage(tx, institution, &mut one, last.stage)?;
        store::placement::put(tx, institution, &one)?;
        let payload = json!({"from": last.stage.word(), "to": before.stage.word()});
        let event = self
            .event(actor, "placement.step-undone", ("placement", Some(id.0)), payload)
            .with([self.detail(Some(one.learner), &counted)]);
        Ok(store::audit::record(tx, institution, &event)?)
    }
}

/// Passes if a placement may be at a stage.
fn ask_for_stage(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    one: &Placement,
    to: PlacementStage,
    reason: &str,
) -> Result<()> {
    let mut problems = Problems::default();
    if to == PlacementStage::FellThrough && reason.is_empty() {
        problems.add("reason", "Say why it fell through.");
    }
    if reason.chars().count() > super::LONGEST {
        problems.add("reason", "This is too long. Keep it below 4,000 characters.");
    }
    if to.is_approved() {
        let checks = store::placement::checks(tx, institution, Some(one.id))?;
        let open: Vec<_> = open_checks(&checks, one.id).into_iter().map(|rule| rule.label).collect();
        if !open.is_empty() {
            problems.add("stage", format!("It cannot be approved yet. Still open: {}.", open.join("; ")));
        }
        if one.employer.is_none() {
            problems.add("stage", "Enter the employer first.");
        }
        if one.starts_on.is_none() || one.ends_on.is_none() {
            problems.add("stage", "Enter the first and the last day first.");
        }
    }
    if to == PlacementStage::Complete && one.hours.is_none() {
        problems.add("stage", "Enter how many hours it was, so that they count.");
    }
    problems.check()
}

/// What came of moving several placements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovedPlacements {
    /// Those that stand there now and did not before, each with the position of its step.
    pub moved: Vec<(PlacementId, i64)>,
    /// Why others could not be moved, each reason once.
    pub refused: Vec<String>,
    /// How many could not be moved.
    pub left: u32,
}

impl App {
    /// Moves several placements to a stage: each that can be; the others stay, with the reasons.
    ///
    /// # Errors
    /// As [`App::move_placement`], save for what is missing of a placement, which is part of the answer.
    pub fn move_placements(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        ids: &[PlacementId],
        to: PlacementStage,
        reason: &str,
    ) -> Result<MovedPlacements> {
        self.ask_for_placements(actor, institution)?;
        let mut result = self.store().write(institution, |tx| -> Result<_> {
            let mut result = MovedPlacements::default();
            for one in self.placements_to_change(tx, actor, institution, ids.iter().copied())? {
                let id = one.id;
                // Whether it may stand there is asked before anything of it is written.
                match self.move_asked(tx, actor, institution, one, (to, reason)) {
                    Ok(position) => result.moved.extend(position.map(|position| (id, position))),
                    Err(Error::Problems(problems)) => {
                        result.left += 1;
                        result.refused.extend(problems.into_iter().map(|problem| problem.message));
                    }
                    Err(other) => return Err(other),
                }
            }
            Ok(result)
        })?;
        result.refused.sort();
        result.refused.dedup();
        Ok(result)
    }

    /// Takes the last step of each of these placements back, each named with the position of the step: all or none.
    ///
    /// # Errors
    /// As [`App::undo_placement_step`].
    pub fn undo_placement_steps(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        steps: &[(PlacementId, i64)],
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        if steps.is_empty() {
            return Ok(());
        }
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            let all = self.placements_to_change(tx, actor, institution, steps.iter().map(|(id, _)| *id))?;
            for one in all {
                let position = steps.iter().find(|(id, _)| *id == one.id).map_or(0, |(_, position)| *position);
                self.undo_asked(tx, actor, institution, (one, position))?;
            }
            Ok(())
        })
    }

    /// These placements, each once, if the actor may change all of them.
    fn placements_to_change(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        ids: impl Iterator<Item = PlacementId>,
    ) -> Result<Vec<Placement>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut found = Vec::new();
        for id in ids.filter(|id| seen.insert(*id)) {
            found.push(store::placement::get(tx, institution, id)?);
        }
        self.ask_for_each(actor, crate::Action::Record, institution, found.iter().map(|one| one.learner))?;
        Ok(found)
    }
}
