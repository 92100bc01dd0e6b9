//! Organisations: the list, one with its people and history, files in and out, and pairs that look like one.

mod contact;
mod file;
mod form;
mod list;
mod merge;
mod page;

use domain::OrganisationId;

pub(crate) use contact::{
    add as add_contact, change as change_contact, delete_note, edit as edit_contact, erase as erase_contact, note,
};
pub(crate) use file::{export, import, import_form};
pub(crate) use form::{add, change, edit, new};
pub(crate) use list::{ask_again, from_activities, list};
pub(crate) use merge::{duplicates, merge, unmerge};
pub(crate) use page::get;
#[cfg(test)]
pub(crate) use {
    contact::ContactPage,
    file::ImportPage,
    form::{FormChoices, OrganisationFormPage},
    list::{OrganisationLine, OrganisationsPage},
    merge::{DuplicatesPage, PairLine},
    page::{ContactLine, NoteLine, OrganisationPage, VisitLine},
};

use crate::answer::Failure;

/// The organisation that an address names.
fn id_of(text: &str) -> Result<OrganisationId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}
