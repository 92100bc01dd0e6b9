//! What the institution says in its own words: every entry, and the form of one.

mod entry;
mod list;

pub(crate) use entry::{form, restore, save};
pub(crate) use list::get;
#[cfg(test)]
pub(crate) use {
    entry::EntryPage,
    list::{EntryGroup, EntryLine, OwnWordsPage},
};
