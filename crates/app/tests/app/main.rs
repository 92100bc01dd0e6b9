//! What people can do, told as stories, on both engines.

mod harness;

mod access;
mod folder;
mod import;
mod people;
mod recording;
mod setting_up;
mod table;
