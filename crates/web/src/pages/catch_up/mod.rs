//! Who missed what and has yet to make up for it.

mod close;
mod list;

pub(crate) use close::{get as closing, post as close, reopen};
pub(crate) use list::{export, get, plan};
#[cfg(test)]
pub(crate) use {
    close::ClosePage,
    list::{CatchUpLine, CatchUpPage, PlanForm},
};
