//! Alike learners as one: what each may be given, as few sets of openings as say everything.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    gap::{Gap, Mask, Problem, members},
    state::State,
};

/// The most openings whose subsets are looked at one by one.
const MOST_TRIED: u32 = 12;
/// The most sets that one sort of learner may have to choose from.
const MOST_BUNDLES: usize = 150;

/// Learners to whom every set of openings is worth the same.
pub(super) struct Alike {
    pub(super) people: Vec<usize>,
    pub(super) bundles: Vec<Bundle>,
}

/// A set of openings that one learner may be given.
#[derive(Clone, Copy)]
pub(super) struct Bundle {
    pub(super) mask: Mask,
    pub(super) closed: u64,
    pub(super) forward: u64,
}

/// What decides what openings are worth to a learner: for each gap its weight, and the least sets that close it.
type Profile = Vec<(bool, u64, Vec<Mask>)>;

/// The learners with gaps that `openings` help with, alike ones together; `None` if there is too much to choose from.
pub(super) fn alike(problem: &Problem<'_>, openings: Mask) -> Option<Vec<Alike>> {
    let mut sorts: BTreeMap<Profile, Vec<usize>> = BTreeMap::new();
    for (number, person) in problem.people.iter().enumerate() {
        if person.helps & openings == 0 {
            continue;
        }
        let mut profile = Profile::new();
        for gap in person.gaps.iter().map(|at| &problem.gaps[*at]).filter(|gap| gap.helps & openings != 0) {
            profile.push((gap.is_forward, gap.weight, least_sets(gap)?));
        }
        profile.sort();
        sorts.entry(profile).or_default().push(number);
    }
    sorts
        .into_iter()
        .map(|(profile, people)| {
            let bundles = bundles(problem, people[0], &profile)?;
            Some(Alike { people, bundles })
        })
        .collect()
}

/// The least sets of openings that close a gap, in order; `None` if there is too much to try.
fn least_sets(gap: &Gap<'_>) -> Option<Vec<Mask>> {
    let mut least: Vec<Mask> = members(gap.alone).map(|at| 1 << at).collect();
    if !gap.is_simple() {
        let rest: Vec<usize> = members(gap.helps & !gap.alone).collect();
        if rest.len() as u32 > MOST_TRIED {
            return None;
        }
        let mut tried: Vec<u32> = (1..1 << rest.len()).collect();
        tried.sort_by_key(|set| set.count_ones());
        for set in tried {
            let mask = rest.iter().enumerate().fold(
                0,
                |mask: Mask, (bit, at)| {
                    if set & 1 << bit != 0 { mask | 1 << at } else { mask }
                },
            );
            if least.iter().all(|smaller| mask & smaller != *smaller) && gap.closes(mask) {
                least.push(mask);
            }
        }
    }
    least.sort_unstable();
    Some(least)
}

/// Every set worth giving: joined from least sets, without clashes, none with an opening that could be left out.
fn bundles(problem: &Problem<'_>, person: usize, profile: &Profile) -> Option<Vec<Bundle>> {
    let mut found = BTreeSet::from([0]);
    let mut next = vec![0];
    while let Some(mask) = next.pop() {
        for (_, _, least) in profile {
            if least.iter().any(|set| mask & set == *set) {
                continue;
            }
            for set in least {
                let joined: Mask = mask | set;
                let clashes = members(joined).any(|at| problem.clashes[at] & joined != 0);
                if !clashes && found.insert(joined) {
                    next.push(joined);
                }
            }
        }
        if found.len() > MOST_BUNDLES * 4 {
            return None;
        }
    }
    let mut bundles: Vec<Bundle> = Vec::new();
    for mask in found.into_iter().filter(|mask| *mask != 0) {
        let worth = State::worth_of(problem, person, mask);
        let is_least = members(mask).all(|at| State::worth_of(problem, person, mask & !(1 << at)) != worth);
        if is_least {
            bundles.push(Bundle { mask, closed: worth.0, forward: worth.1 });
        }
    }
    (bundles.len() <= MOST_BUNDLES).then_some(bundles)
}
