//! How activities are to be held, between the database and files.

use std::collections::BTreeMap;

use domain::{ActivityId, InstitutionId};
use exchange::mis::{PlanDraft, SessionDraft};
use jiff::Timestamp;
use store::{
    Tx,
    plan::{Plan, Session},
};

use crate::Result;

/// The plan of every activity that has one, as files say it.
pub(crate) fn plans(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<BTreeMap<ActivityId, PlanDraft>> {
    let all = store::plan::all(tx, institution)?.into_iter();
    let mut plans: BTreeMap<ActivityId, PlanDraft> = all.map(|(activity, plan)| (activity, draft(plan))).collect();
    for (activity, session) in store::plan::all_sessions(tx, institution)? {
        plans.entry(activity).or_default().sessions.push(SessionDraft {
            held_on: session.held_on,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
        });
    }
    Ok(plans)
}

fn draft(plan: Plan) -> PlanDraft {
    PlanDraft {
        ends_on: plan.ends_on,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        place: plan.place,
        staff: plan.staff,
        purpose: plan.purpose,
        adjustments: plan.adjustments,
        cost_pence: plan.cost_pence,
        sessions: Vec::new(),
    }
}

/// Writes what a file says of a plan; what files do not say stays as it is. Sessions keep their places and capacities where the
/// session of that position stays.
pub(super) fn set_plan(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    said: &PlanDraft,
    now: Timestamp,
) -> Result<()> {
    let before = store::plan::find(tx, institution, activity)?;
    if before.is_none() && said.is_blank() {
        return Ok(());
    }
    let plan = Plan {
        ends_on: said.ends_on,
        starts_at: said.starts_at.clone(),
        ends_at: said.ends_at.clone(),
        place: said.place.clone(),
        staff: said.staff.clone(),
        purpose: said.purpose.clone(),
        adjustments: said.adjustments.clone(),
        cost_pence: said.cost_pence,
        changed_at: now,
        ..before.unwrap_or_else(|| Plan::blank(now))
    };
    store::plan::set(tx, institution, activity, &plan)?;
    let held = store::plan::sessions(tx, institution, activity)?;
    let same = held.len() == said.sessions.len()
        && held.iter().zip(&said.sessions).all(|(held, said)| {
            (held.held_on, &held.starts_at, &held.ends_at) == (said.held_on, &said.starts_at, &said.ends_at)
        });
    if !same {
        let sessions = said.sessions.iter().enumerate().map(|(at, session)| Session {
            held_on: session.held_on,
            starts_at: session.starts_at.clone(),
            ends_at: session.ends_at.clone(),
            place: held.get(at).and_then(|held| held.place.clone()),
            capacity: held.get(at).and_then(|held| held.capacity),
        });
        store::plan::set_sessions(tx, institution, activity, &sessions.collect::<Vec<_>>())?;
    }
    Ok(())
}
