//! The activity that counts a placement: it follows the placement's stage, and otherwise belongs to those who keep the register.

use domain::{
    Activity, ActivityId, ActivityState, Check, Checks, InstitutionId, Kind, ParticipationStatus, PlacementCheck,
    PlacementId, PlacementStage, YearGroups,
};
use store::{
    Tx,
    participation::Entry,
    placement::{self, Placement},
};

use super::status_of;
use crate::{App, Error, Result, audit::Change};

/// What a placement counts as at a stage: planned once it is approved and while it runs, attended when it is complete.
const fn counted(stage: PlacementStage) -> Option<(ActivityState, ParticipationStatus)> {
    match stage {
        PlacementStage::Approved | PlacementStage::Live => Some((ActivityState::Planned, ParticipationStatus::Invited)),
        PlacementStage::Complete => Some((ActivityState::Delivered, ParticipationStatus::Attended)),
        _ => None,
    }
}

impl App {
    /// Makes the activity of a placement what its new stage says: there with the learner on its register, or taken away.
    /// From one stage to another that count alike nothing is written, for the register may know better by now. The change
    /// has what became of the learner's mark.
    pub(super) fn count_stage(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &mut Placement,
        from: PlacementStage,
    ) -> Result<Change> {
        let before = match one.activity {
            Some(id) => match store::activity::find(tx, institution, id)? {
                Some(found) => Some((id, found, false)),
                None => store::activity::find_removed(tx, institution, id)?.map(|found| (id, found, true)),
            },
            None => None,
        };
        let mark = match one.activity {
            Some(id) => store::participation::register(tx, institution, id)?
                .into_iter()
                .find_map(|(learner, status)| (learner == one.learner).then_some(status)),
            None => None,
        };
        let marked = |after: Option<ParticipationStatus>| {
            Change::default().with("mark", mark.map(ParticipationStatus::word), after.map(ParticipationStatus::word))
        };
        let Some((state, status)) = counted(one.stage) else {
            if let Some((id, mut activity, false)) = before {
                tx.advance(institution)?;
                store::participation::delete(tx, institution, one.learner, id)?;
                activity.state = ActivityState::Removed;
                activity.reference = format!("{} (deleted {id})", activity.reference);
                store::activity::update(tx, institution, id, &activity)?;
            }
            return Ok(marked(None));
        };
        if before.is_some() && counted(from) == counted(one.stage) {
            return Ok(Change::default());
        }
        let date =
            one.starts_on.ok_or_else(|| Error::problem("stage", "Enter the first day of the placement first."))?;
        let employer = one.employer.clone().ok_or_else(|| Error::problem("stage", "Enter the employer first."))?;
        tx.advance(institution)?;
        let ticked = before.as_ref().map_or(Checks::NONE, |(_, activity, _)| activity.checks);
        let checks = boxes(tx, institution, one.id, ticked)?;
        let id = match before {
            Some((id, activity, was_removed)) => {
                let reference = if was_removed { format!("WEX-{}", one.id) } else { activity.reference.clone() };
                let activity = Activity { state, checks, reference, ..activity };
                store::activity::update(tx, institution, id, &detailed(activity, None, one))?;
                id
            }
            None => {
                let id = ActivityId(self.context().next_id());
                let activity = Activity {
                    reference: format!("WEX-{}", one.id),
                    title: title(&employer),
                    date,
                    kind: Kind::WorkplaceExperience,
                    provider_type: None,
                    organisation: Some(employer),
                    mode: one.mode,
                    subject: None,
                    hours: one.hours,
                    year_groups: YearGroups::default(),
                    checks,
                    through: None,
                    source: None,
                    state,
                };
                store::activity::insert(tx, institution, id, &activity)?;
                id
            }
        };
        store::participation::set_many(tx, institution, &[Entry { learner: one.learner, activity: id, status }])?;
        one.activity = Some(id);
        Ok(marked(Some(status)))
    }

    /// Lets the activity of a placement have what changed of the placement's own details. The mark and the state stay.
    pub(super) fn count_details(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        before: &Placement,
        after: &Placement,
    ) -> Result<()> {
        if counted(after.stage).is_none() {
            return Ok(());
        }
        if after.starts_on.is_none() {
            return Err(Error::problem("starts_on", "Enter the first day: the placement is approved."));
        }
        if after.employer.is_none() {
            return Err(Error::problem("employer", "Enter the employer: the placement is approved."));
        }
        let Some(id) = after.activity else { return Ok(()) };
        let Some(activity) = store::activity::find(tx, institution, id)? else { return Ok(()) };
        let changed = detailed(activity.clone(), Some(before), after);
        if changed != activity {
            tx.advance(institution)?;
            store::activity::update(tx, institution, id, &changed)?;
        }
        Ok(())
    }

    /// Ticks the boxes that a placement's checks speak for, if its activity still counts.
    pub(super) fn count_checks(&self, tx: &mut Tx<'_>, institution: InstitutionId, one: &Placement) -> Result<()> {
        let Some(id) = one.activity else { return Ok(()) };
        let found = store::activity::find(tx, institution, id)?;
        let Some(activity) = found.filter(|activity| activity.state.counts()) else { return Ok(()) };
        let checks = boxes(tx, institution, one.id, activity.checks)?;
        if checks != activity.checks {
            tx.advance(institution)?;
            store::activity::update(tx, institution, id, &Activity { checks, ..activity })?;
        }
        Ok(())
    }
}

fn title(employer: &str) -> String {
    format!("Work experience: {employer}")
}

/// The boxes that are ticked, and those that a placement's checks speak for.
fn boxes(tx: &mut Tx<'_>, institution: InstitutionId, id: PlacementId, ticked: Checks) -> Result<Checks> {
    let found = placement::checks(tx, institution, Some(id))?;
    let all = [
        (PlacementCheck::Preparation, Check::PurposeShared),
        (PlacementCheck::Tasks, Check::Task),
        (PlacementCheck::EmployerFeedback, Check::Feedback),
        (PlacementCheck::Reflection, Check::Reflection),
    ];
    let seen = all.into_iter().filter(|(check, _)| status_of(&found, id, *check) == domain::CheckStatus::Seen);
    Ok(seen.fold(ticked, |boxes, (_, one)| boxes.with(one)))
}

/// The activity with a placement's details: those that changed, or all if it is not said what they were.
fn detailed(mut activity: Activity, before: Option<&Placement>, after: &Placement) -> Activity {
    if let Some(date) = after.starts_on.filter(|_| before.is_none_or(|before| before.starts_on != after.starts_on)) {
        activity.date = date;
    }
    if let Some(employer) = after.employer.as_ref().filter(|_| before.is_none_or(|one| one.employer != after.employer))
    {
        activity.title = title(employer);
        activity.organisation = Some(employer.clone());
    }
    if before.is_none_or(|before| before.mode != after.mode) {
        activity.mode = after.mode;
    }
    if before.is_none_or(|before| before.hours != after.hours) {
        activity.hours = after.hours;
    }
    activity
}
