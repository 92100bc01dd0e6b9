//! The first visit to a new installation: the one-time code makes the first administrator, who sets up the institution.

mod institution;
mod person;

pub(crate) use institution::{add_by_hand, by_hand, institution, register};
pub(crate) use person::{get, post};
#[cfg(test)]
pub(crate) use {
    institution::{Found, SetupInstitutionPage},
    person::{SetupForm, SetupPage},
};
