use domain::{InstitutionId, PlacementId, PlacementStage};
use serde_json::json;
use store::{
    Tx,
    placement::{Placement, Step},
};

use super::open_checks;
use crate::{Actor, App, Error, Problems, Result, audit::Change};

impl App {
    /// Moves a placement to a stage. What it counts as follows: planned while it is live, attended when it is complete.
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
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        let reason = reason.trim();
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.placement_to_change(tx, actor, institution, id)?;
            if one.stage == to {
                return Ok(());
            }
            ask_for_stage(tx, institution, &one, to, reason)?;
            let from = one.stage;
            let event = self
                .event(
                    actor,
                    "placement.moved",
                    ("placement", Some(id.0)),
                    json!({"from": from.word(), "to": to.word()}),
                )
                .with([self.detail(Some(one.learner), &Change::default().with("reason", None, Some(reason)))]);
            self.take_step(tx, institution, &mut one, to, (reason, actor.account()))?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Lets a placement take a step; the caller has asked, and records the event.
    pub(super) fn take_step(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &mut Placement,
        to: PlacementStage,
        (reason, account): (&str, Option<domain::AccountId>),
    ) -> Result<()> {
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
        one.stage = to;
        one.reason = reason.filter(|_| to == PlacementStage::FellThrough);
        one.revision += 1;
        one.changed_at = self.context().now();
        self.count_placement(tx, institution, one)?;
        Ok(store::placement::put(tx, institution, one)?)
    }

    /// Takes the last step of a placement back: it stands where it stood before, and counts as it did.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or there is no such placement; a conflict if it has taken only the first.
    pub fn undo_placement_step(&self, actor: &Actor, institution: InstitutionId, id: PlacementId) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.placement_to_change(tx, actor, institution, id)?;
            let steps = store::placement::steps(tx, institution, Some(id))?;
            let [.., before, last] = steps.as_slice() else {
                return Err(Error::conflict("This placement has only just begun, so there is no step to take back."));
            };
            store::placement::delete_step(tx, institution, id, last.position)?;
            one.stage = before.stage;
            one.reason = before.reason.clone().filter(|_| before.stage == PlacementStage::FellThrough);
            one.revision += 1;
            one.changed_at = self.context().now();
            self.count_placement(tx, institution, &mut one)?;
            store::placement::put(tx, institution, &one)?;
            let payload = json!({"from": last.stage.word(), "to": before.stage.word()});
            let event = self.event(actor, "placement.step-undone", ("placement", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
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
    /// Those that stand there now and did not before.
    pub moved: Vec<PlacementId>,
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
        let mut result = MovedPlacements::default();
        for id in ids {
            let before = self.store().read(institution, |tx| store::placement::get(tx, institution, *id))?.stage;
            match self.move_placement(actor, institution, *id, to, reason) {
                Ok(()) if before != to => result.moved.push(*id),
                Ok(()) => {}
                Err(Error::Problems(problems)) => {
                    result.left += 1;
                    result.refused.extend(problems.into_iter().map(|problem| problem.message));
                }
                Err(other) => return Err(other),
            }
        }
        result.refused.sort();
        result.refused.dedup();
        Ok(result)
    }

    /// Takes the last step of each of these placements back, where that can be done.
    ///
    /// # Errors
    /// As [`App::undo_placement_step`].
    pub fn undo_placement_steps(&self, actor: &Actor, institution: InstitutionId, ids: &[PlacementId]) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        ids.iter().try_for_each(|id| self.undo_placement_step(actor, institution, *id))
    }
}
