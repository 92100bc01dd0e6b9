//! The pages and the API over a real database, as stories.

mod access;
mod activities;
mod api;
mod audit;
mod data_protection;
mod dawdling;
mod harness;
mod institution;
mod invitations;
mod journey;
mod policy;
mod protection;
mod public_site;
mod registers;
mod requests;
mod second_step;
mod sign_on;
