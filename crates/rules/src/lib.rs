//! Facts in, findings out.
//!
//! The law and the benchmarks are data: a [`Pack`] is one edition, made of [`Requirement`]s in a closed set of [`Shape`]s.
//! Evaluating never fails: what cannot be decided is an outcome with its reason.

mod benchmark;
mod breakdown;
mod bulk;
mod calendar;
mod case;
pub mod catalogue;
mod closing;
mod day;
mod deadline;
mod evaluate;
mod evaluation;
mod explain;
mod facts;
mod holdings;
mod institution;
mod institution_finding;
mod missing;
mod offered;
mod pack;
mod plan;
mod report;
mod rulebook;
pub mod sentence;
mod standing;
mod tally;
mod why_not;

pub use benchmark::{BenchmarkStatus, BenchmarkSummary, benchmarks};
pub use breakdown::{Group, Grouping, UNKNOWN};
pub use closing::{
    Forwarded, HowMade, LeftOpen, Opening, Proposal, ProposedPlace, ProposedSession, Wanted, WhyOpen, close_gaps,
};
pub use deadline::deadlines;
pub use evaluate::evaluate;
pub use evaluation::Evaluation;
pub use explain::{AdaptedBecause, Explanation, Forecast, explain, explain_each};
pub use facts::{Columns, Facts, LearnerColumns, Taken};
pub use holdings::{Answer, Attestation, CareersLeader, Holdings, ProgrammeYear};
pub use institution::Derivation;
pub use institution_finding::{Basis, InstitutionFinding, InstitutionStatus, evaluate_institution};
pub use missing::Missing;
pub use offered::Offered;
pub use pack::{
    Amount, Area, Bound, Counted, Force, InstitutionRequirement, Pack, Parameter, Requirement, Scope, ScopeOnly,
    Settled, Shape, Source, SubjectsAsked, Virtual, Window, Wording,
};
pub use plan::before_the_day;
pub use report::{
    Groups, InOrder, Report, ReportFinding, ReportGroup, ReportInstitution, ReportLearner, ReportOffered,
    ReportRequirement,
};
pub use rulebook::{
    Cases, DateKind, Expected, ExpectedOffer, Fault, NationalDate, RULEBOOK_FILES, RequirementCases, Rulebook,
    WholeCase, WorkedCase,
};
pub use standing::{Reason, Standing, Status};
pub use tally::{Tally, percent};
pub use why_not::WhyNot;
