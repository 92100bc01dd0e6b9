//! The careers policy and the provider access statement: composed from the record, checked against it, signed, kept and published.

mod facts;
mod html;

pub use facts::MissingFact;
pub(crate) use html::html;
