//! What people can do, told as stories, on both engines.

mod harness;

mod access;
mod activities;
mod calendar;
mod duties;
mod erasure;
mod folder;
mod gaps;
mod import;
mod invitations;
mod organisations;
mod passwords;
mod people;
mod placements;
mod policy;
mod policy_read_in;
mod programme;
mod reach;
mod recording;
mod registers;
mod requests;
mod retention;
mod roles;
mod second_step;
mod sensitive;
mod sessions;
mod setting_up;
mod sign_on;
mod sign_on_checks;
mod sign_on_invited;
mod subject_access;
mod table;
mod trail;
mod website;
mod website_safety;
