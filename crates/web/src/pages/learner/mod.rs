//! One learner: everything they took part in, and where they stand.

mod handler;
mod page;
mod path;

pub(crate) use handler::get;
#[cfg(test)]
pub(crate) use page::{Asked, Entry, Evidence, LearnerPage, NotAsked, StoryYear};
