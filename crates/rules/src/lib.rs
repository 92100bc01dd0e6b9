//! Facts in, findings out.
//!
//! The law and the benchmarks are data: a [`Pack`] is one edition, made of [`Requirement`]s in a closed set of [`Shape`]s.
//! Evaluating never fails: what cannot be decided is an outcome with its reason.

mod institution;
mod pack;
mod rulebook;

pub use institution::Derivation;
pub use pack::{
    Amount, Area, Bound, Counted, Force, InstitutionRequirement, Pack, Parameter, Requirement, Scope, ScopeOnly, Settled,
    Shape, Source, SubjectsAsked, Virtual, Window, Wording,
};
pub use rulebook::{DateKind, Fault, NationalDate, RULEBOOK_FILES, Rulebook};
