//! Activities: the list, one activity with all that belongs to it, and the forms that add or change one.

mod activity;
pub(crate) mod budget;
mod deletion;
pub(crate) mod files;
mod form;
mod handler;
mod hub;
mod list;
pub(crate) mod part;
mod plan_fields;
pub(crate) mod state;
pub(crate) mod templates;

pub(crate) use activity::get;
pub(crate) use deletion::{delete, restore};
pub(crate) use form::FormChoices;
pub(crate) use handler::{add, change, edit, id_of, new};
pub(crate) use list::{export, list};
#[cfg(test)]
pub(crate) use {
    activity::{ActivityPage, CheckLine, Edit, FileLine, Files, PartLine},
    form::ActivityFormPage,
    list::{ActivitiesPage, ActivityRow},
    plan_fields::PlanFields,
};
