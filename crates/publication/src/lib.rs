//! What an institution publishes about careers on its website: pages in, item by item what is there, what is not, and what a person
//! should look at.
//!
//! [`check`] takes what readers made of pages and documents (`exchange::html`, `pdf`, `docx`) and what the record says, and answers for each
//! [`Item`]: found, with the words and where they stand; unclear; or not found. It would sooner say unclear than a wrong found: a
//! name without a role, an address of the school's office, a policy that is only linked are unclear. Nothing here fetches anything:
//! [`robots`] reads what a site asks of programs that do.

mod access;
mod approval;
mod careers;
mod contact;
mod finding;
mod force;
mod guidance;
mod institution;
mod item;
mod judged;
mod leader;
mod outline;
mod page;
mod person;
mod policy;
mod programme;
mod review;
pub mod robots;
mod school_year;
mod sentence;
mod when;

pub use finding::{Finding, Note, Quote, Report, Seen, State, check};
pub use force::{Force, force};
pub use item::Item;
pub use page::{Known, Leader, Page, PageKind, Unread};
pub use when::dates;
