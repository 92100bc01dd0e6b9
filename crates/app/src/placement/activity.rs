//! The activity that counts a placement: it follows the placement's stage.

use domain::{
    Activity, ActivityId, ActivityState, Check, Checks, InstitutionId, Kind, ParticipationStatus, PlacementCheck,
    PlacementStage, YearGroups,
};
use store::{
    Tx,
    participation::Entry,
    placement::{self, Placement},
};

use super::status_of;
use crate::{App, Error, Result};

/// What a placement counts as at a stage: planned while it runs, attended when it is complete.
const fn counted(stage: PlacementStage) -> Option<(ActivityState, ParticipationStatus)> {
    match stage {
        PlacementStage::Live => Some((ActivityState::Planned, ParticipationStatus::Invited)),
        PlacementStage::Complete => Some((ActivityState::Delivered, ParticipationStatus::Attended)),
        _ => None,
    }
}

impl App {
    /// Makes the activity of a placement what its stage says: there with the learner on its register, or taken away. Boxes
    /// that somebody ticked stay ticked. Writes the placement only if it names another activity then.
    pub(super) fn count_placement(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &mut Placement,
    ) -> Result<()> {
        let before = match one.activity {
            Some(id) => match store::activity::find(tx, institution, id)? {
                Some(found) => Some((id, found, false)),
                None => store::activity::find_removed(tx, institution, id)?.map(|found| (id, found, true)),
            },
            None => None,
        };
        let Some((state, status)) = counted(one.stage) else {
            if let Some((id, mut activity, false)) = before {
                tx.advance(institution)?;
                store::participation::delete(tx, institution, one.learner, id)?;
                activity.state = ActivityState::Removed;
                activity.reference = format!("{} (deleted {id})", activity.reference);
                store::activity::update(tx, institution, id, &activity)?;
            }
            return Ok(());
        };
        let date =
            one.starts_on.ok_or_else(|| Error::problem("stage", "Enter the first day of the placement first."))?;
        let employer = one.employer.clone().ok_or_else(|| Error::problem("stage", "Enter the employer first."))?;
        tx.advance(institution)?;
        let checks = placement::checks(tx, institution, Some(one.id))?;
        let mut boxes = before.as_ref().map_or(Checks::NONE, |(_, activity, _)| activity.checks);
        for (check, box_) in [
            (PlacementCheck::Preparation, Check::PurposeShared),
            (PlacementCheck::Tasks, Check::Task),
            (PlacementCheck::EmployerFeedback, Check::Feedback),
            (PlacementCheck::Reflection, Check::Reflection),
        ] {
            if status_of(&checks, one.id, check) == domain::CheckStatus::Seen {
                boxes = boxes.with(box_);
            }
        }
        let activity = Activity {
            reference: format!("WEX-{}", one.id),
            title: format!("Work experience: {employer}"),
            date,
            kind: Kind::WorkplaceExperience,
            provider_type: None,
            organisation: Some(employer),
            mode: one.mode,
            subject: None,
            hours: one.hours,
            year_groups: YearGroups::default(),
            checks: boxes,
            through: None,
            source: None,
            state,
        };
        let id = match &before {
            Some((id, ..)) => {
                store::activity::update(tx, institution, *id, &activity)?;
                *id
            }
            None => {
                let id = ActivityId(self.context().next_id());
                store::activity::insert(tx, institution, id, &activity)?;
                id
            }
        };
        store::participation::set_many(tx, institution, &[Entry { learner: one.learner, activity: id, status }])?;
        one.activity = Some(id);
        Ok(())
    }
}
