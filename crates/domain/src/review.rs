use crate::{Date, LearnerIndex};

/// An annual review of an education, health and care plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Review {
    /// Whose.
    pub learner: LearnerIndex,
    /// Held on.
    pub date: Date,
    /// Whether it had its preparing-for-adulthood part.
    pub preparing_for_adulthood: bool,
}
