//! Activities: the list, one activity, and the form that adds or changes one.

mod activity;
mod deletion;
mod form;
mod handler;
mod list;

pub(crate) use deletion::{delete, restore};
pub(crate) use form::FormChoices;
pub(crate) use handler::{add, change, edit, get, id_of, new};
pub(crate) use list::list;
#[cfg(test)]
pub(crate) use {
    activity::{ActivityPage, CheckLine},
    form::ActivityFormPage,
    list::{ActivitiesPage, ActivityRow},
};
