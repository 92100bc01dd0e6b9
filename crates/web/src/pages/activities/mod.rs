//! Activities: the list, one activity with its register, and the form that adds or changes one.

mod activity;
mod deletion;
mod form;
mod handler;
mod list;
mod register;

pub(crate) use deletion::{delete, restore};
pub(crate) use handler::{add, change, edit, get, new};
pub(crate) use list::list;
pub(crate) use register::{mark_everybody, save_register, unmark_everybody};
#[cfg(test)]
pub(crate) use {
    activity::{ActivityPage, CheckLine, RegisterLine},
    form::{ActivityFormPage, FormChoices},
    list::{ActivitiesPage, ActivityRow},
};
