//! Pieces that many pages share: each renders itself, escaped, wherever a template names it.

mod chart;
mod difference;
mod field;
mod filters;
mod flash;
mod problems;
mod tag;

pub(crate) use chart::{
    Heat, HeatCell, HeatRow, Path, PathYear, Phase, PhaseCohort, Phases, Strip, StripRow, Waypoint, WaypointKind,
};
pub(crate) use difference::Difference;
pub(crate) use field::{Checkboxes, Choice, Input, Select};
pub(crate) use filters::{Filter, Filters, Pages};
pub(crate) use flash::{Flash, Undo};
pub(crate) use problems::FormProblems;
pub(crate) use tag::{Sign, Tag};

/// Declares that a template's output is HTML already, so that another template includes it as it is.
macro_rules! renders_itself {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}
pub(crate) use renders_itself;
