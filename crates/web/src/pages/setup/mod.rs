//! The first visit to a new installation: the one-time code makes the first administrator, who sets up the institution.

mod institution;
mod person;

pub(crate) use institution::{Found, SetupInstitutionPage};
pub(crate) use person::{SetupForm, SetupPage};
