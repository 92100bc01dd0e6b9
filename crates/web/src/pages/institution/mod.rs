//! The institution: what it is, what it has set, and what is asked of it as a whole.

mod attest;
mod careers_leader;
mod details;
mod overview;
mod second_step;

pub(crate) use attest::{attest, evidence};
pub(crate) use careers_leader::{careers_leader, set_careers_leader};
pub(crate) use details::{DetailsForm, DetailsPage, change, edit, types};
pub(crate) use overview::get;
pub(crate) use second_step::{ask as ask_second_step, leave as leave_second_step};
#[cfg(test)]
pub(crate) use {
    attest::AttestPage,
    careers_leader::CareersLeaderPage,
    details::ParameterField,
    overview::{AskedArea, AskedLine, InstitutionPage, SigningIn},
};
