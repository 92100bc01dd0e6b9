//! Free places: days of an adviser, visits, offers of providers.

mod form;
mod list;

pub(crate) use form::{add, change, edit, new};
pub(crate) use list::{list, remove, undo};
#[cfg(test)]
pub(crate) use {form::SlotFormPage, list::SlotLine, list::SlotsPage};
