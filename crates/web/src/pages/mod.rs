//! One file per page: what it shows, and how the request becomes it.

pub(crate) mod about;
pub(crate) mod account;
pub(crate) mod activities;
pub(crate) mod audit;
pub(crate) mod benchmarks;
pub(crate) mod calendar;
pub(crate) mod catch_up;
pub(crate) mod curriculum;
pub(crate) mod data_protection;
pub(crate) mod exports;
pub(crate) mod forgotten;
pub(crate) mod forms_only;
pub(crate) mod gaps;
pub(crate) mod go;
pub(crate) mod home;
pub(crate) mod imports;
pub(crate) mod institution;
pub(crate) mod join;
pub(crate) mod journey;
pub(crate) mod learner;
pub(crate) mod learners;
pub(crate) mod organisations;
pub(crate) mod people;
pub(crate) mod placements;
pub(crate) mod problem;
pub(crate) mod programme;
pub(crate) mod programs;
pub(crate) mod provider_access;
pub(crate) mod registers;
pub(crate) mod requirement;
pub(crate) mod roadmap;
pub(crate) mod roles;
pub(crate) mod second_step;
pub(crate) mod security;
pub(crate) mod sessions;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod sign_on;
pub(crate) mod slots;
pub(crate) mod view_as;
pub(crate) mod voices;
pub(crate) mod why;
pub(crate) mod year_grid;

#[cfg(test)]
pub(crate) mod samples;
