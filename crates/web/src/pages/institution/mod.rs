//! The institution: what it is, what it has set, and what is asked of it as a whole.

mod attest;
mod details;
mod overview;
mod second_step;

pub(crate) use attest::{attest, evidence};
pub(crate) use details::{DetailsForm, DetailsPage, change, edit, types};
pub(crate) use overview::get;
pub(crate) use second_step::{ask as ask_second_step, leave as leave_second_step};
#[cfg(test)]
pub(crate) use {
    attest::AttestPage,
    details::ParameterField,
    overview::{AskedArea, AskedLine, InstitutionPage, SigningIn},
};
