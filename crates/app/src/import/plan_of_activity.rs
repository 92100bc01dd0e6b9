//! How activities are to be held, between the database and files.

use std::collections::BTreeMap;

use domain::{ActivityId, Date, InstitutionId};
use exchange::mis::{PlanDraft, SessionDraft};
use store::Tx;

use crate::Result;

/// The plan of every activity that has one, as files say it.
pub(crate) fn plans(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<BTreeMap<ActivityId, PlanDraft>> {
    let cells = store::calendar::plan_cells(tx, institution)?;
    let mut plans: BTreeMap<ActivityId, PlanDraft> = cells
        .into_iter()
        .map(|cells| {
            let draft = PlanDraft {
                ends_on: cells.ends_on,
                starts_at: cells.starts_at,
                ends_at: cells.ends_at,
                place: cells.place,
                staff: cells.staff,
                purpose: cells.purpose,
                adjustments: cells.adjustments,
                cost_pence: cells.cost_pence,
                sessions: Vec::new(),
            };
            (cells.activity, draft)
        })
        .collect();
    for session in store::calendar::sessions(tx, institution, Date::constant(1900, 1, 1), Date::MAX)? {
        plans.entry(session.activity).or_default().sessions.push(SessionDraft {
            held_on: session.held_on,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
        });
    }
    Ok(plans)
}
