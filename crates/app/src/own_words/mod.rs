//! What an institution says in its own words: entries of a closed list, each the word of a fact of the policy. Website, policy and
//! statement say them as they are written here.

mod change;
mod entry;
mod page;
mod text;

pub use change::OwnWordsForm;
pub(crate) use entry::label;
pub use page::{OwnWordsList, OwnWordsPage, OwnWordsRow};
pub(crate) use text::{said, website_review};
