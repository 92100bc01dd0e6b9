//! Files of management information systems, read through a mapping: learners, activities, participation.

mod activities;
mod activity_plan;
mod cells;
mod participation;
mod roster;

pub use activities::{ActivityDraft, ActivityRow, ReadActivities, activities};
pub use activity_plan::{PlanDraft, PlanRow, SessionDraft};
pub use participation::{ParticipationRow, ReadParticipation, participation};
pub use roster::{Read, roster};

use crate::{mapping::Mapping, sheet::Sheet};

/// Dates of a sheet as examples, if somebody must say which of day and month stands first.
pub fn ambiguous_dates(sheet: &Sheet<'_>, mapping: &Mapping) -> Option<Vec<String>> {
    let header = crate::mapping::header(sheet, mapping)?;
    cells::date_order(&sheet.rows[header + 1..], mapping).1
}
