//! What would close the gaps, and accepting it.

mod accept;
mod page;

pub(crate) use accept::{accept, undo};
pub(crate) use page::get;
#[cfg(test)]
pub(crate) use page::{LeftLine, PlaceLine, ProposalPage, SessionLine};
