use domain::{Date, LearnerIndex, YearGroup};

use crate::{Offered, Standing, Tally};

/// Every learner on roll against every requirement of a pack, on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The day.
    pub as_of: Date,
    /// The id of the pack.
    pub framework: String,
    /// The learners on roll, in the order of the records.
    pub learners: Vec<LearnerIndex>,
    /// The year group of each of them on the day; `None` only if no year is recorded at all.
    pub year_groups: Vec<Option<YearGroup>>,
    /// How many requirements the pack has.
    pub requirement_count: usize,
    /// For each learner in turn, the standing against each requirement in the pack's order.
    pub standings: Vec<Standing>,
    /// For each requirement, how many learners stand where.
    pub tallies: Vec<Tally>,
    /// For each requirement, what was offered to whole cohorts; empty unless the institution must offer it.
    pub offered: Vec<Vec<Offered>>,
}

impl Evaluation {
    /// How many learners are on roll.
    pub fn on_roll(&self) -> usize {
        self.learners.len()
    }

    /// The standings of the learner at this position of [`Evaluation::learners`], in the order of the requirements.
    pub fn of_position(&self, position: usize) -> &[Standing] {
        &self.standings[position * self.requirement_count..(position + 1) * self.requirement_count]
    }

    /// The position of a learner; `None` if not on roll.
    pub fn position_of(&self, learner: LearnerIndex) -> Option<usize> {
        self.learners.binary_search(&learner).ok()
    }

    /// The standing of one learner against one requirement, by its position in the pack.
    pub fn standing(&self, learner: LearnerIndex, requirement: usize) -> Option<Standing> {
        self.position_of(learner).and_then(|position| self.of_position(position).get(requirement).copied())
    }

    /// Each learner on roll with the standing against one requirement.
    pub fn against(&self, requirement: usize) -> impl Iterator<Item = (LearnerIndex, Standing)> + '_ {
        self.learners
            .iter()
            .copied()
            .zip(self.standings.iter().copied().skip(requirement).step_by(self.requirement_count))
    }

    /// The same for some of the learners: where each stands is unchanged, and the tallies count those only. What was offered
    /// to whole cohorts stays as it is.
    #[must_use]
    pub fn of_those(&self, mut keep: impl FnMut(LearnerIndex) -> bool) -> Self {
        let mut some = Self {
            as_of: self.as_of,
            framework: self.framework.clone(),
            learners: Vec::new(),
            year_groups: Vec::new(),
            requirement_count: self.requirement_count,
            standings: Vec::new(),
            tallies: vec![Tally::default(); self.requirement_count],
            offered: self.offered.clone(),
        };
        for (position, learner) in self.learners.iter().copied().enumerate().filter(|(_, learner)| keep(*learner)) {
            some.learners.push(learner);
            some.year_groups.push(self.year_groups[position]);
            some.standings.extend_from_slice(self.of_position(position));
            for (tally, standing) in some.tallies.iter_mut().zip(self.of_position(position)) {
                tally.add(*standing, 1);
            }
        }
        some
    }
}
