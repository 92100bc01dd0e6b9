//! Providers who ask to meet learners: the public form and its page, and the requests for the institution.

pub(super) mod ask;
mod deeds;
mod letters;
pub(super) mod list;
pub(super) mod page;
pub(super) mod status;
pub(super) mod taken;
mod visitors;

pub(crate) use ask::{TRAP, form, send};
pub(crate) use deeds::{
    again, ask as ask_provider, defer, deliver, evaluate, forget, grant, refuse, review, take_back, tell, visitors,
    withdraw as withdraw_for,
};
pub(crate) use list::{export, list, next, set_days};
pub(crate) use page::get;
pub(crate) use status::{answer, change_contact, status, withdraw};
pub(crate) use taken::{new, take};
