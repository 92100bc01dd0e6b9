use std::cell::RefCell;
use std::collections::HashMap;

use domain::LearnerIndex;

use super::{Opening, Wanted, WhyOpen};
use crate::{
    Evaluation, Facts, Missing, Status,
    case::{Case, Item, Span},
    day::Day,
    plan::Plan,
};

/// A set of openings, by position.
pub(super) type Mask = u128;

/// The openings of a set, in order.
pub(super) fn members(mask: Mask) -> impl Iterator<Item = usize> {
    let mut rest = mask;
    std::iter::from_fn(move || {
        (rest != 0).then(|| {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            at
        })
    })
}

/// Something due and not planned that some set of openings closes, or that an opening brings forward.
pub(super) struct Gap<'a> {
    /// Position among the people.
    pub(super) person: usize,
    pub(super) requirement: usize,
    pub(super) deadline: Day,
    /// What closing it is worth; see [`urgency`].
    pub(super) weight: u64,
    /// Whether it is only brought forward: worth less than anything that is closed.
    pub(super) is_forward: bool,
    /// The openings that may play a part in closing it.
    pub(super) helps: Mask,
    /// Those each of which closes it alone.
    pub(super) alone: Mask,
    /// Whether it can be closed without any of those.
    together: bool,
    judge: Option<Judge<'a>>,
}

/// Asks the rules whether a set of openings closes a gap.
struct Judge<'a> {
    case: Case<'a>,
    span: Span,
    /// What is done, and what is planned, in order.
    items: Vec<Item>,
    /// The openings as items; those that do not help stand for nothing.
    openings: &'a [Item],
    known: RefCell<HashMap<Mask, bool>>,
}

impl Judge<'_> {
    fn holds(&self, mask: Mask) -> bool {
        if let Some(known) = self.known.borrow().get(&mask) {
            return *known;
        }
        let mut items = self.items.clone();
        items.extend(members(mask).map(|at| self.openings[at]));
        items.sort_unstable_by_key(|item| item.position);
        let holds = self.case.holds(self.span, &items, self.span.closes);
        self.known.borrow_mut().insert(mask, holds);
        holds
    }

    /// How much is missing with one more opening, or with none.
    fn shortfall(&self, opening: Option<usize>) -> u64 {
        let mut items = self.items.clone();
        items.extend(opening.map(|at| self.openings[at]));
        items.sort_unstable_by_key(|item| item.position);
        let missing = self.case.missing_by(self.span, &items, self.span.closes, &|_| String::new());
        missing.iter().map(amount).sum()
    }
}

fn amount(missing: &Missing) -> u64 {
    match missing {
        Missing::Activities { more, .. }
        | Missing::ThroughCurriculum { more }
        | Missing::ProviderTypes { more, .. } => u64::from(*more),
        Missing::Occasions { more, .. } => u64::from(*more),
        Missing::InPerson { .. } | Missing::Review => 1,
        Missing::Hours { more } => more.billionths().unsigned_abs(),
        Missing::Subjects { names } => names.len() as u64,
    }
}

impl Gap<'_> {
    /// Whether these openings close it. More never close less.
    pub(super) fn closes(&self, mask: Mask) -> bool {
        if mask & self.alone != 0 {
            return true;
        }
        let rest = mask & self.helps;
        self.together && rest != 0 && self.judge.as_ref().is_some_and(|judge| judge.holds(rest))
    }

    /// Whether each opening that helps closes it alone.
    pub(super) fn is_simple(&self) -> bool {
        !self.together
    }
}

/// A learner with gaps.
pub(super) struct Person {
    pub(super) learner: LearnerIndex,
    /// Positions of their gaps, the most urgent first.
    pub(super) gaps: Vec<usize>,
    /// The openings that help with any of them.
    pub(super) helps: Mask,
}

/// Everything that a search asks.
pub(super) struct Problem<'a> {
    pub(super) gaps: Vec<Gap<'a>>,
    pub(super) people: Vec<Person>,
    pub(super) capacity: Vec<u32>,
    /// For each opening, the others that a learner cannot be at as well.
    pub(super) clashes: Vec<Mask>,
    /// How many pairs are due and not planned.
    pub(super) gap_count: usize,
    /// Pairs that nothing closes: who, what, by when, why.
    pub(super) hopeless: Vec<(LearnerIndex, usize, Day, WhyOpen)>,
}

/// What closing a gap is worth, by the days left: 16 within a month, 8 within a term, 4 within half a year, 2 within a year, 1
/// beyond.
fn urgency(days: i32) -> u64 {
    match days {
        ..=31 => 16,
        32..=91 => 8,
        92..=182 => 4,
        183..=366 => 2,
        _ => 1,
    }
}

/// Whether a learner cannot be at both: on one day, unless their times are known and lie apart. What lasts unknown time lasts an
/// hour, as a lesson does.
fn clash(one: &Opening, other: &Opening) -> bool {
    if one.activity.date != other.activity.date {
        return false;
    }
    let (Some(a), Some(b)) = (one.starts_at, other.starts_at) else { return true };
    let (first, from, until) = if a <= b { (one, a, b) } else { (other, b, a) };
    let minutes = first.activity.hours.map_or(60, |hours| hours.billionths() / (1_000_000_000 / 60));
    i64::from(until - from) < minutes.max(1)
}

impl<'a> Problem<'a> {
    /// `items` are the openings as activities of `facts`, in the same order.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        facts: &'a Facts,
        evaluation: &Evaluation,
        openings: &[&Opening],
        items: &'a [Item],
        wanted: Wanted,
        wants: impl Fn(LearnerIndex, usize) -> bool,
    ) -> Self {
        let mut problem = Self {
            gaps: Vec::new(),
            people: Vec::new(),
            capacity: openings.iter().map(|opening| opening.capacity).collect(),
            clashes: openings
                .iter()
                .enumerate()
                .map(|(at, one)| {
                    let others = openings.iter().enumerate();
                    let clashing = others.filter(|(other, opening)| *other != at && clash(one, opening));
                    clashing.fold(0, |mask, (other, _)| mask | 1 << other)
                })
                .collect(),
            gap_count: 0,
            hopeless: Vec::new(),
        };
        for (position, learner) in evaluation.learners.iter().copied().enumerate() {
            let open = evaluation.of_position(position).iter().enumerate().filter(|(requirement, standing)| {
                standing.status() == Status::Due && !standing.is_planned() && wants(learner, *requirement)
            });
            let open: Vec<usize> = open.map(|(requirement, _)| requirement).collect();
            if open.is_empty() {
                continue;
            }
            let may_come = may_come(facts, plan, learner, openings, items);
            let person = problem.people.len();
            let first = problem.gaps.len();
            for requirement in open {
                problem.gap_count += 1;
                let case = Case::new(plan, facts, requirement, learner.0 as usize);
                match gap(case, person, requirement, items, may_come, wanted) {
                    Ok(gap) => problem.gaps.push(gap),
                    Err((deadline, why)) => problem.hopeless.push((learner, requirement, deadline, why)),
                }
            }
            let mut gaps: Vec<usize> = (first..problem.gaps.len()).collect();
            gaps.sort_by_key(|at| problem.gaps[*at].order());
            let helps = gaps.iter().fold(0, |mask, at| mask | problem.gaps[*at].helps);
            problem.people.push(Person { learner, gaps, helps });
        }
        problem
    }
}

impl Gap<'_> {
    /// The most urgent first; what is only brought forward last.
    pub(super) fn order(&self) -> (bool, std::cmp::Reverse<u64>, Day, u32, usize) {
        let choice = self.helps.count_ones();
        (self.is_forward, std::cmp::Reverse(self.weight), self.deadline, choice, self.requirement)
    }
}

/// The openings that a learner may come to: still ahead, for the year group in which the learner is that day, on roll.
fn may_come(facts: &Facts, plan: &Plan<'_>, learner: LearnerIndex, openings: &[&Opening], items: &[Item]) -> Mask {
    let who = learner.0 as usize;
    let admits = |opening: &Opening, day: Day| {
        let year_groups = opening.activity.year_groups;
        let named = year_groups.iter().next().is_some();
        day > plan.as_of
            && opening.capacity > 0
            && facts.learners[who].is_on_roll(day)
            && (!named
                || facts
                    .year_group(who, facts.years.year_of(day))
                    .is_some_and(|group| year_groups.iter().any(|year| i32::from(year.number()) == group)))
    };
    let all = openings.iter().zip(items).enumerate();
    all.filter(|(_, (opening, item))| admits(opening, item.day)).fold(0, |mask, (at, _)| mask | 1 << at)
}

/// The gap of a case that is due and not planned; or by when it is due, and why nothing closes it.
fn gap<'a>(
    case: Case<'a>,
    person: usize,
    requirement: usize,
    items: &'a [Item],
    may_come: Mask,
    wanted: Wanted,
) -> Result<Gap<'a>, (Day, WhyOpen)> {
    let decision = case.decide();
    let span = decision.span.unwrap_or_else(|| case.span());
    let deadline = span.closes;
    let helps = members(may_come)
        .filter(|at| items[*at].day <= deadline && case.wants(case.activity(items[*at]), true))
        .fold(0, |mask: Mask, at| mask | 1 << at);
    if helps == 0 {
        return Err((deadline, WhyOpen::NothingFits));
    }
    let items_now = [decision.done, decision.planned].concat();
    let judge = Judge { case, span, items: items_now, openings: items, known: RefCell::default() };
    let weight = urgency(deadline - case.plan.as_of);
    let mut gap =
        Gap { person, requirement, deadline, weight, is_forward: false, helps, alone: 0, together: false, judge: None };
    if judge.holds(helps) {
        gap.alone = members(helps).filter(|at| judge.holds(1 << *at)).fold(0, |mask, at| mask | 1 << at);
        let rest = helps & !gap.alone;
        gap.together = rest != 0 && judge.holds(rest);
        if gap.together {
            gap.judge = Some(judge)
        } else {
            gap.helps = gap.alone
        }
        return Ok(gap);
    }
    let short = judge.shortfall(None);
    let forward: Mask =
        members(helps).filter(|at| judge.shortfall(Some(*at)) < short).fold(0, |mask, at| mask | 1 << at);
    if !wanted.forward || forward == 0 {
        return Err((deadline, WhyOpen::NotEnough));
    }
    Ok(Gap { helps: forward, alone: forward, is_forward: true, ..gap })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_the_deadline_the_more_a_gap_is_worth() {
        let worth: Vec<u64> = [0, 31, 32, 100, 200, 400].into_iter().map(urgency).collect();
        assert_eq!(worth, [16, 16, 8, 4, 2, 1]);
    }

    #[test]
    fn the_members_of_a_set_come_in_order() {
        assert_eq!(members(0b1011).collect::<Vec<_>>(), [0, 1, 3]);
        assert_eq!(members(1 << 127).collect::<Vec<_>>(), [127]);
    }
}
