//! The register of roles and responsibilities: the list, the form of one, and that it was done.

mod duty;
mod list;

pub(crate) use duty::{add, change, done, form, hide, new, restore, show_again as unhide};
pub(crate) use list::{export, get};
#[cfg(test)]
pub(crate) use {
    duty::DutyPage,
    list::{DutiesPage, DutyLine},
};
