//! Who still needs what by when, and what leads from there.

mod overview;
mod ways;

pub(crate) use overview::{export, get};
pub(crate) use ways::Ways;
#[cfg(test)]
pub(crate) use {
    overview::{GapCell, GapLine, GapsPage},
    ways::Way,
};
