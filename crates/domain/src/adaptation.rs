use crate::LearnerIndex;

/// What is adapted for a learner in a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Adapted {
    /// The requirement does not apply.
    Out,
    /// This number takes the place of the one in the condition.
    Count(u32),
}

/// A decision, with its reason, that a requirement asks something else of one learner. At most one for a learner and
/// requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adaptation {
    /// For whom.
    pub learner: LearnerIndex,
    /// Of which requirement, by its id in the rulebook (`bm6.1`).
    pub requirement: String,
    /// What applies instead.
    pub adapted: Adapted,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub person: String,
}
