//! The programme of a year: what it is for, what each year group learns, and who approved it.

mod approval;
mod document;
mod edit;
mod file;
mod outcome;
mod overview;
mod progression;
mod year;

pub(crate) use approval::{approve, get as approval, withdraw};
pub(crate) use document::{get as document, save as save_document};
pub(crate) use edit::{copy, get as edit, meanwhile, save as save_programme};
pub(crate) use file::{bring, export, get as outcomes_file};
pub(crate) use outcome::{add, change, get as outcome, new, remove, restore};
pub(crate) use overview::get as overview;
pub(crate) use progression::get as progression;
pub(crate) use year::{get as year, save as save_year};
#[cfg(test)]
pub(crate) use {
    overview::{ApprovalLine, OverviewPage, Step, YearCard},
    progression::{ProgressionPage, ThreadLine},
};

use domain::YearGroup;

use crate::answer::Failure;

/// The year group that an address names.
fn year_of(text: &str) -> Result<YearGroup, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}
