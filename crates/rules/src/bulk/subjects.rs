use domain::Kind;

use crate::{
    Facts,
    facts::{LearnerFacts, Taken},
    plan::{Plan, Test},
};

/// Subjects as bits: what each list asks for, and what each participation of the current academic year gives.
#[derive(Debug)]
pub(super) struct SubjectMasks {
    /// For each list of subjects, its bits; `None` if a subject of it has no bit.
    lists: Vec<Option<u64>>,
    /// By the four bytes of a participation, from the first of the year on.
    masks: Vec<u64>,
    first: u32,
    /// Where what is planned begins, and where the year ends, as four bytes.
    now: u32,
    end: u32,
}

impl SubjectMasks {
    pub(super) fn new(plan: &Plan<'_>, facts: &Facts) -> Self {
        let mut bits: Vec<Option<u64>> = vec![None; facts.subjects.len()];
        let mut next = 0;
        let in_lists = facts.subject_lists.iter().flatten().copied();
        let for_all = plan.rules.iter().filter_map(|rule| match &rule.test {
            Test::Subjects(Some(asked)) => Some(asked.iter().filter_map(|asked| asked.number)),
            _ => None,
        });
        for subject in for_all.flatten().chain(in_lists) {
            let bit = &mut bits[subject as usize];
            if bit.is_none() && next < u64::BITS {
                *bit = Some(1 << next);
                next += 1;
            }
        }
        let list = |list: &Vec<u32>| list.iter().try_fold(0, |mask, subject| Some(mask | bits[*subject as usize]?));

        let first = facts.activities.partition_point(|activity| activity.day < plan.year_first);
        let end = facts.activities.partition_point(|activity| activity.day <= plan.year_last);
        let mut masks = vec![0; end.saturating_sub(first) * 2];
        for (offset, activity) in facts.activities[first..end.max(first)].iter().enumerate() {
            if activity.kind == Kind::Curriculum
                && let Some(bit) = activity.subject.and_then(|subject| bits[subject as usize])
            {
                masks[offset * 2 + usize::from(first + offset >= plan.first_planned)] = bit;
            }
        }
        Self {
            lists: facts.subject_lists.iter().map(list).collect(),
            masks,
            first: first as u32 * 2,
            now: plan.first_planned as u32 * 2,
            end: end as u32 * 2,
        }
    }

    /// What these subjects ask for; `None` if one of them has no bit.
    pub(super) fn asked(&self, list: u32) -> Option<u64> {
        self.lists[list as usize]
    }

    /// The number of the list that applies to a learner in this year group; 0 is empty.
    pub(super) fn list_of(facts: &Facts, learner: &LearnerFacts, year_group: Option<i32>) -> u32 {
        let of_year = || year_group.and_then(|group| facts.subjects_of_year.get(&group)).copied().unwrap_or(0);
        if learner.subjects != 0 { learner.subjects } else { of_year() }
    }

    /// The subjects in which a learner had a careers link in the current year so far, and those planned in the rest of it,
    /// from the learner's participations of that year on.
    pub(super) fn linked(&self, taken: &[Taken]) -> (u64, u64) {
        let (mut done, mut planned) = (0, 0);
        for entry in taken {
            if entry.bits() >= self.end {
                break;
            }
            let mask = self.masks[(entry.bits() - self.first) as usize];
            if entry.bits() < self.now {
                done |= mask;
            } else {
                planned |= mask;
            }
        }
        (done, planned)
    }
}
