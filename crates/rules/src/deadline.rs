use domain::{Date, LearnerIndex};

use crate::{Facts, Pack, case::Case, day::date, plan::Plan};

/// The last day of the window of each pair of a learner and a requirement, by its position in the pack: by when it is due, if it
/// is. Much cheaper than explaining them. Learners and positions must be of these facts and this pack, and in scope.
pub fn deadlines(pack: &Pack, facts: &Facts, as_of: Date, pairs: &[(LearnerIndex, usize)]) -> Vec<Date> {
    let plan = Plan::new(pack, facts, as_of);
    pairs
        .iter()
        .map(|(learner, requirement)| date(Case::new(&plan, facts, *requirement, learner.0 as usize).span().closes))
        .collect()
}
