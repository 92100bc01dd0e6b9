//! Activities: the list, one activity with its register, and the form that adds or changes one.

mod activity;
mod form;
mod list;

pub(crate) use activity::{ActivityPage, CheckLine, RegisterLine};
pub(crate) use form::{ActivityForm, ActivityFormPage, Checklist, FormChoices};
pub(crate) use list::{ActivitiesPage, ActivityRow};
