//! What is not said of small groups. Whoever sees totals and never a learner could otherwise tell from a group of three who
//! it is that something is missing for.

use rules::{Group, Tally};

/// A group by name with how its learners stand; `None` where that is withheld, because the group is small.
pub type GroupTally = (String, Option<Tally>);

/// The smallest group of which counts are told.
pub(crate) const SMALLEST: u32 = 5;

/// Whether so many are too few to be counted in public; nobody at all is no secret.
pub(crate) fn is_small(learners: u32) -> bool {
    (1..SMALLEST).contains(&learners)
}

/// The groups with somebody in scope of a requirement. With `from_totals`, small ones are withheld, and where that is one
/// alone also the next smallest: otherwise it could be had by taking the others from the whole.
pub(crate) fn of_groups(groups: &[Group], requirement: usize, from_totals: bool) -> Vec<GroupTally> {
    let tallies = groups.iter().map(|group| (group.name.clone(), group.tallies[requirement]));
    let shown: Vec<_> = tallies.filter(|(_, tally)| tally.in_scope > 0).collect();
    if !from_totals {
        return shown.into_iter().map(|(name, tally)| (name, Some(tally))).collect();
    }
    let sizes: Vec<u32> = shown.iter().map(|(_, tally)| tally.in_scope).collect();
    let hidden = hidden(&sizes);
    shown.into_iter().zip(hidden).map(|((name, tally), hidden)| (name, (!hidden).then_some(tally))).collect()
}

/// Which of groups of these sizes are withheld: the small ones, and then the next smallest until what is hidden cannot be had by taking the
/// others from the whole. One group alone could be; so could groups that are few together, or that are one each because no less is possible.
pub(crate) fn hidden(sizes: &[u32]) -> Vec<bool> {
    let mut hidden: Vec<bool> = sizes.iter().map(|size| is_small(*size)).collect();
    loop {
        let groups = hidden.iter().filter(|hidden| **hidden).count();
        let together =
            sizes.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(size, _)| u64::from(*size)).sum::<u64>();
        if groups == 0 || (groups > 1 && together >= u64::from(SMALLEST) && together > groups as u64) {
            return hidden;
        }
        let shown = sizes.iter().enumerate().filter(|(at, size)| **size > 0 && !hidden[*at]);
        let Some((at, _)) = shown.min_by_key(|(_, size)| **size) else { return hidden };
        hidden[at] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_fewer_than_five_is_withheld() {
        assert_eq!(hidden(&[30, 28, 5]), [false, false, false]);
        assert_eq!(hidden(&[30, 4, 2]), [false, true, true]);
    }

    #[test]
    fn one_small_group_alone_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[30, 28, 4]), [false, true, true]);
        assert_eq!(hidden(&[4]), [true]);
        assert_eq!(hidden(&[30, 0, 4]), [true, false, true]);
    }

    #[test]
    fn small_groups_that_are_few_together_take_the_next_smallest_with_them() {
        assert_eq!(hidden(&[30, 28, 1, 1]), [false, true, true, true]);
        assert_eq!(hidden(&[30, 28, 4, 1]), [false, false, true, true]);
        // Five groups of at least one that are five together are one each.
        assert_eq!(hidden(&[30, 1, 1, 1, 1, 1]), [true; 6]);
        assert_eq!(hidden(&[1, 1]), [true, true]);
    }
}
