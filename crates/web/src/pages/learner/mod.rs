//! One learner: everything they took part in, and where they stand.

mod handler;
mod notes;
mod page;
mod path;

pub(crate) use handler::get;
#[cfg(test)]
pub(crate) use notes::{NoteForm, NoteLine, NotesPage};
pub(crate) use notes::{add_note, change_note, note, notes};
#[cfg(test)]
pub(crate) use page::{Asked, Entry, Evidence, LearnerPage, Meeting, NotAsked, StoryYear};
