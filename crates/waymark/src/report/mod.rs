//! A report of findings as people and programs read it.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod text;
pub(crate) mod website;
