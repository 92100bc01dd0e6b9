//! Imports: the list and the upload, then mapping, review, progress and result of one.

mod handler;
mod list;
mod mapping;
mod progress;
mod result;
mod review;

pub(crate) use handler::{annotated, apply, cancel, get, replan, undo};
pub(crate) use list::{list, upload};
pub(crate) use mapping::map;
#[cfg(test)]
pub(crate) use {
    list::{ImportRow, ImportsPage},
    mapping::{Column, MappingPage, Question},
    progress::ProgressPage,
    result::ResultPage,
    review::{CellProblem, Change, Counted, PlanLine, ReviewPage, Section},
};

/// A step of the import.
pub(crate) struct Step {
    pub(crate) label: &'static str,
    pub(crate) is_here: bool,
    pub(crate) is_done: bool,
}

/// The steps with the one that the page shows: 0 the file, 1 its columns, 2 the review, 3 done.
pub(crate) fn steps(here: usize) -> Vec<Step> {
    ["File", "Columns", "Review", "Done"]
        .iter()
        .enumerate()
        .map(|(index, label)| Step { label, is_here: index == here, is_done: index < here })
        .collect()
}
