use domain::Date;

use crate::{academy, college, special_school};

/// One of the demo's institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Waymark Demo Academy.
    Academy,
    /// Waymark Demo Special School.
    SpecialSchool,
    /// Waymark Demo College.
    College,
}

/// What the rules say of a named learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// Does not apply, for this reason (in the word that reports print).
    NotApplicable(&'static str),
    /// The window opens later.
    Upcoming,
    /// The condition holds.
    Met,
    /// The window is open and the condition does not hold.
    Due {
        /// Whether what is planned would meet it.
        planned: bool,
        /// Whether some of it counts already.
        partly: bool,
    },
    /// The window closed without it.
    Missed,
}

impl Expected {
    /// Due, and what is planned would meet it.
    pub const PLANNED: Self = Self::Due { planned: true, partly: false };
    /// Due, and nothing planned would meet it.
    pub const UNPLANNED: Self = Self::Due { planned: false, partly: false };
}

/// A learner of the demo who shows one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Where.
    pub place: Place,
    /// The learner's reference there.
    pub learner: String,
    /// The day on which it is so.
    pub as_of: Date,
    /// The framework in force on that day.
    pub framework: &'static str,
    /// The requirement.
    pub requirement: &'static str,
    /// What the rules say.
    pub expected: Expected,
    /// Whether the requirement is adapted for the learner.
    pub adapted: bool,
    /// What there is to see, in a sentence.
    pub shows: &'static str,
}

/// Every named scenario of the three institutions.
pub fn scenarios() -> Vec<Scenario> {
    let mut all = academy::write().1;
    all.extend(special_school::write().1);
    all.extend(college::write().1);
    all
}
