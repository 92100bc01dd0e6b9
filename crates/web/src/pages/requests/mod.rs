//! Providers who ask to meet learners: the public form and its page, and the requests for the institution.

mod ask;
mod list;
mod page;
mod status;
mod taken;

pub(crate) use ask::{form, send};
pub(crate) use list::{export, list, set_days};
pub(crate) use page::{
    again, ask as ask_provider, defer, deliver, evaluate, forget, get, grant, refuse, review, take_back, tell,
    visitors, withdraw as withdraw_for,
};
pub(crate) use status::{answer, change_contact, status, withdraw};
pub(crate) use taken::{new, take};
