//! The institution: what it is, what it has set, and what is asked of it as a whole.

mod attest;
mod details;
mod overview;

pub(crate) use attest::{AttestForm, AttestPage};
pub(crate) use details::{DetailsForm, DetailsPage, ParameterField};
pub(crate) use overview::{AskedArea, AskedLine, InstitutionPage};
