//! One requirement: who is met, due and missed, and why; and the same as a file.

pub(crate) mod filter;
mod handler;
mod page;

pub(crate) use handler::{export, get, save};
#[cfg(test)]
pub(crate) use page::{BigNumber, Breakdown, BreakdownCounts, BreakdownRow, LearnerLine, RequirementPage};
