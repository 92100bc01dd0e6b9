//! The careers policy and the provider access statement: composed from the record, checked against it, signed, kept and published.

mod change;
mod check;
mod clause;
mod compare;
mod draft;
mod edition;
mod evidence;
mod facts;
mod holdings;
mod html;
mod older;
mod passage;
mod promise;
mod publish;
mod read_in;
mod review;
mod sign;
mod source;
mod written;

pub use change::{PolicyChangeKind, PolicyChangeRow};
pub use clause::{ClauseForm, ClauseMode, ClausePage, ClauseSaved};
pub use compare::{ComparedClause, PolicyComparison};
pub use draft::{
    ClausePlace, OpenCheck, PaperStanding, Policies, PolicyClauseRow, PolicyPage, PolicyRow, PolicySection,
};
pub use edition::{EditionClause, EditionClauseKind, EditionPreview, OwnAfterwards};
pub use evidence::{PolicyBehind, PolicyEvidence};
pub use facts::MissingFact;
pub(crate) use html::html;
pub use passage::{PassageForm, PassageTakenBack};
pub use publish::{PolicyFormat, PolicyText, PublishedPolicy};
pub use read_in::{PassageClause, PassageRow, ReadInPage};
pub(crate) use review::REMIND;
pub use sign::{PolicyApprovalForm, SignatureForm, SigningPage};
pub use source::ClauseSource;
