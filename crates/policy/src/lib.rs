//! Clauses and facts in; a careers policy or a provider access statement out.
//!
//! A [`Wording`] holds editions of clauses: what each says, for whom, how far it binds ([`Provenance`]) and which document says so.
//! What the record knows comes in as [`Facts`], what a school did with a clause as [`Choice`]s. [`compose`] puts them together for one
//! type of institution, so that nothing meant for another type is left; [`check`] says what still has to be done before somebody signs.
//!
//! Texts are written in a little Markdown ([`markdown`]), with the word of a [`Fact`] in braces where the record fills something in.
//! Nothing here does I/O or reads a clock.

mod check;
mod choice;
mod compose;
mod composed;
pub mod diff;
mod fact;
mod fill;
pub mod markdown;
mod paper;
pub mod read_in;
mod vocabulary;
mod wording;

pub use check::{
    Check, CheckCode, CheckStanding, PromiseFinding, PromiseStanding, check, needed_items, statutory_lacks,
};
pub use choice::{Choice, ChoiceKind};
pub use compose::{Setting, compose};
pub use composed::{Composed, ComposedClause, ComposedSection};
pub use fact::{Fact, FactPlace, Facts};
pub use paper::{Paper, Provenance};
pub use vocabulary::Vocabulary;
pub use wording::{Clause, Edition, Fault, Known, Promise, Section, Source, WORDING_FILES, Wording};
