//! The check of the institution's own website: beginning one, how far it is, what it found, and those before it.

mod begin;
mod found;
mod list;
mod result;

pub(crate) use begin::{address as check_address, files as check_files};
pub(crate) use list::get as list;
pub(crate) use result::get;

#[cfg(test)]
pub(crate) use {
    found::{FoundPage, ItemCard, NextStep, QuoteLine, UnreadLine},
    list::{CheckLine, ChecksPage},
    result::{FailedPage, RunningPage},
};

use app::{SiteCheckRow, SiteCheckState};

use crate::{
    parts::{Sign, Tag},
    words,
};

/// What was checked: an address, or files.
fn what(row: &SiteCheckRow) -> &str {
    if row.address.is_empty() { "Saved pages" } else { &row.address }
}

/// How a check stands, as a sign.
fn tag(row: &SiteCheckRow) -> Tag {
    match (row.state, row.required_missing) {
        (SiteCheckState::Running, _) => Tag::new(Sign::Planned, "Under way"),
        (SiteCheckState::Interrupted, _) => Tag::new(Sign::NotApplicable, "Interrupted"),
        (SiteCheckState::Unread, _) => Tag::new(Sign::NotApplicable, "Could not be read"),
        (SiteCheckState::Finished, Some(0)) => Tag::new(Sign::Met, "Nothing required is missing"),
        (SiteCheckState::Finished, missing) => {
            let missing = words::count(missing.unwrap_or_default(), "required thing", "required things");
            Tag::new(Sign::Missed, format!("{} not found", words::capital(&missing)))
        }
    }
}
