use domain::{InstitutionType, Sector};
use serde::{Deserialize, Serialize};

use crate::Item;

/// How strongly an item is asked of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Force {
    /// Statute, regulations or funding agreement.
    Must,
    /// Statutory guidance, or an agreement to be looked up.
    Regard,
    /// Good practice.
    Best,
}

impl Force {
    /// As a report has it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Must => "required",
            Self::Regard => "expected",
            Self::Best => "good practice",
        }
    }
}

const REGULATIONS: &str = "School Information (England) Regulations 2008, Schedule 4";
const AGREEMENT: &str = "regulations bind maintained schools; for an academy its funding agreement decides: look it up";
const STATUTE: &str = "Education Act 1997, section 42B";
const GUIDANCE: &str = "statutory guidance and the Gatsby Benchmarks";
const PRACTICE: &str = "good practice";

/// How strongly this is asked of this type of institution, and by what.
///
/// The four careers items of the regulations bind maintained schools; academies are bound by their funding agreements, which say so in
/// different words. Section 42B binds both; colleges and training providers do well to do the same.
pub const fn force(item: Item, kind: InstitutionType) -> (Force, &'static str) {
    use InstitutionType as Type;
    match item {
        Item::CareersLeader | Item::Summary | Item::Impact | Item::NextReview => match kind {
            Type::MaintainedSchool => (Force::Must, REGULATIONS),
            // A special school may be maintained or an academy, and the record does not say.
            Type::SpecialSchool | Type::AlternativeProvision => (Force::Must, AGREEMENT),
            Type::Academy | Type::Academy16To19 => (Force::Regard, AGREEMENT),
            _ => (Force::Best, PRACTICE),
        },
        Item::AccessStatement | Item::Procedure | Item::Grounds | Item::Premises | Item::Encounters => match kind {
            Type::MaintainedSchool | Type::Academy | Type::SpecialSchool | Type::AlternativeProvision => {
                (Force::Must, STATUTE)
            }
            Type::Academy16To19 => (Force::Must, "the funding agreement is said to ask for it: please confirm"),
            _ => (Force::Best, PRACTICE),
        },
        Item::Programme | Item::Guidance => match kind {
            Type::IndependentSchool | Type::TrainingProvider => (Force::Best, PRACTICE),
            _ => (Force::Regard, GUIDANCE),
        },
        Item::Performance => match (kind.sector(), kind) {
            (_, Type::IndependentSchool) | (Sector::Post16, _) => (Force::Best, PRACTICE),
            _ => (Force::Must, "rules on what school websites publish"),
        },
        _ => (Force::Best, PRACTICE),
    }
}
