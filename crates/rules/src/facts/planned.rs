use domain::{Activity, ActivityIndex};

use super::{Facts, Taken, columns::activity_facts};

impl Facts {
    /// The same with activities to which nobody is invited yet, and the position of each of them, in the order given.
    pub(crate) fn with_planned(&self, planned: &[Activity]) -> (Self, Vec<usize>) {
        let mut facts = self.clone();
        let known = facts.activities.len();
        for activity in planned {
            let activity = activity_facts(activity, &mut facts.organisations, &mut facts.subjects);
            facts.activities.push(activity);
            facts.activity_indexes.push(ActivityIndex(facts.activity_indexes.len() as u32));
        }
        // On one day those that were there stay first, so that theirs stays the order in which they were.
        let mut order: Vec<usize> = (0..facts.activities.len()).collect();
        order.sort_by_key(|at| facts.activities[*at].day);
        let mut positions = vec![0; order.len()];
        for (position, at) in order.iter().enumerate() {
            positions[*at] = position;
        }
        facts.activities = order.iter().map(|at| facts.activities[*at].clone()).collect();
        facts.activity_indexes = order.iter().map(|at| facts.activity_indexes[*at]).collect();
        for taken in &mut facts.taken {
            let position = positions[taken.position()] as u32;
            *taken = if taken.is_invited() { Taken::invited(position) } else { Taken::attended(position) };
        }
        (facts, positions.split_off(known))
    }
}
