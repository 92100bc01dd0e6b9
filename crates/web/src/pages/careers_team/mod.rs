//! The people of the careers programme: who holds which post, and the form of one.

mod list;
mod post;

pub(crate) use list::get;
pub(crate) use post::{form, restore, save};
#[cfg(test)]
pub(crate) use {
    list::{CareersTeamPage, PostLine},
    post::PostPage,
};
