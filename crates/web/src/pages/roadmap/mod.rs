//! The roadmap for parents and carers: as a page, a picture and a poster, and the form of one decision.

mod page;
mod point;

#[cfg(test)]
pub(crate) use page::{PointLine, RoadmapPage};
pub(crate) use page::{get, pdf, svg};
pub(crate) use point::{add, change, get as point, hide, new, show_again as unhide};
