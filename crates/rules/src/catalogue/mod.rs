//! The catalogue: a page for each requirement, made from its entry in the rulebook and its worked cases.
//!
//! The same page model becomes Markdown in `docs/catalogue` and the application's "why" page.

mod label;
mod markdown;
mod page;
mod story;

pub use label::{area_label, evidence_label, force_about, force_label};
pub use markdown::markdown;
pub use page::{CatalogueCase, CataloguePage, CatalogueParameter, CatalogueSource, page, pages};
