//! The only SQL: what an installation holds, on SQLite or PostgreSQL.
//!
//! # The pattern
//!
//! One file per noun, the same noun as in `domain`, `app` and `web`. A file holds the statements of its noun and nothing
//! else; its functions take the transaction first, then the institution:
//!
//! ```no_run
//! # fn example(store: &store::Store, institution: domain::InstitutionId, learner: domain::LearnerId) -> Result<(), store::Error> {
//! let found = store.read(institution, |tx| store::learner::find(tx, institution, learner))?;
//! # Ok(()) }
//! ```
//!
//! - A statement is written once, with `$1`, `$2` … for its values. What really differs between the engines (opening,
//!   bulk insertion, how an error reads) lives in [`engine`](self) and nowhere else.
//! - [`Store::write`] commits only if the change was noted: whoever changes an institution's facts or an account must call
//!   [`audit::record`] in the same transaction, or gets [`Error::Unaudited`] and nothing is written.
//! - The first change of an institution's facts in a transaction moves its revision on ([`Tx::advance`]). The row lock that
//!   comes with it puts writers of one institution in a queue, on both engines. Read-then-write operations call it first.
//! - After [`import::track`], every function that changes facts also keeps what was there before, so that the import can be
//!   undone as a whole.
//! - Lists are paged by key: pass the last row's key, get the rows after it.
//!
//! A new table: write it in both folders under `migrations/`, in [`catalogue`], and give it a noun's file and a body in
//! `tests/conformance/`. Tests compare the two schemas with each other and with the catalogue, which is also what backup
//! and transfer copy by.

pub mod account;
pub mod activity;
pub mod activity_file;
pub mod activity_template;
pub mod adaptation;
pub mod api_key;
pub mod attestation;
pub mod audit;
pub mod budget;
pub mod calendar;
pub mod catalogue;
pub mod catch_up;
pub mod ceremony;
pub mod contact;
pub mod curriculum_link;
pub mod duty;
mod engine;
pub mod erasure;
mod error;
pub mod gias;
pub mod guidance_note;
pub mod hub;
pub mod identity;
pub mod import;
pub mod information_request;
pub mod installation;
pub mod institution;
pub mod institution_text;
pub mod invitation;
pub mod job;
pub mod learner;
pub mod learner_alias;
pub mod letter;
pub mod link;
pub mod mapping;
pub mod membership;
pub mod organisation;
pub mod outcome;
pub mod oversight;
pub mod participation;
pub mod passkey;
pub mod password_reset;
pub mod permission;
pub mod placement;
pub mod plan;
pub mod policy;
pub mod policy_passage;
pub mod programme;
pub mod provider_request;
pub mod publication;
pub mod records;
pub mod recovery_code;
pub mod retention;
pub mod review;
pub mod roadmap_point;
pub mod rows;
pub mod session;
pub mod setting;
pub mod site_check;
pub mod slot;
pub mod staff_training;
mod store;
pub mod totp;
pub mod transfer;
pub mod trust;
mod tx;
mod value;
pub mod voice;
pub mod website;
mod within;
pub mod year_record;

pub use engine::Row;
pub use error::{Error, OpenError};
pub use store::{EngineName, Store};
pub use tx::Tx;
pub use value::{Bind, Cell, FromCell, Unreadable, Value};
pub use within::Within;
