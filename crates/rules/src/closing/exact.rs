//! The proof that a choice is as small as can be, or a smaller one: by a solver of whole-numbered linear problems, one for each
//! part of the problem that has nothing to do with the others, with alike learners as one. Where that would be too large, what
//! was found stands without proof.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolutionStatus, SolveOptions, Variable};

use super::{
    bundle::{Alike, Bundle, alike},
    gap::{Mask, Problem, members},
    state::State,
};

/// The most choices (a sort of learner and a set for it) for which the bound is worked out.
const MOST_CHOICES: usize = 1200;
/// The most for which the bound is sharpened: each choice asks its sessions to be open.
const MOST_SHARPENED: usize = 250;
/// How many branches the solver follows before it gives up. A number, not a time, so that the answer is always the same.
const MOST_BRANCHES: u64 = 400;

/// The choice, or a better one; and whether it is proven that no other closes more, or as much in fewer sessions.
pub(super) fn prove_or_improve(problem: &Problem<'_>, mut state: State) -> (State, bool) {
    let mut is_proven = true;
    for openings in parts(problem) {
        is_proven &= alike(problem, openings).is_some_and(|sorts| {
            let choices: usize = sorts.iter().map(|sort| sort.bundles.len()).sum();
            choices <= MOST_CHOICES && Part { problem, openings, sorts, choices }.settle(&mut state)
        });
    }
    (state, is_proven)
}

/// Openings that have to do with one another: some gap needs a choice among them, or somebody cannot be at both.
fn parts(problem: &Problem<'_>) -> Vec<Mask> {
    let mut parts: Vec<Mask> = Vec::new();
    let mut join = |mask: Mask| {
        let mut joined = mask;
        parts.retain(|part| {
            let touches = part & joined != 0;
            if touches {
                joined |= part;
            }
            !touches
        });
        parts.push(joined);
    };
    for gap in &problem.gaps {
        join(gap.helps);
    }
    for person in &problem.people {
        for at in members(person.helps) {
            let clashing = problem.clashes[at] & person.helps;
            if clashing != 0 {
                join(clashing | 1 << at);
            }
        }
    }
    parts.sort_unstable();
    parts
}

/// One part of the problem.
struct Part<'a> {
    problem: &'a Problem<'a>,
    openings: Mask,
    sorts: Vec<Alike>,
    choices: usize,
}

/// What is asked of the solver.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// As much closed as possible.
    Closed,
    /// With so much closed, as much brought forward as possible.
    Forward(u64),
    /// With so much closed and brought forward, as few sessions as possible.
    Sessions(u64, u64),
}

/// How many of each sort are given each of its sets.
type Numbers = Vec<Vec<u32>>;

impl Part<'_> {
    /// Makes the state's choice in this part as good as can be; whether that is proven.
    fn settle(&self, state: &mut State) -> bool {
        let most = |is_forward: bool| -> u64 {
            let gaps = self.problem.gaps.iter();
            gaps.filter(|gap| gap.is_forward == is_forward && gap.helps & self.openings != 0)
                .map(|gap| gap.weight)
                .sum()
        };
        let (mut closed, ..) = self.worth(state);
        if closed < most(false) {
            let Some(better) = self.reach(state, Aim::Closed, closed) else { return false };
            closed = better;
        }
        let (_, mut forward, _) = self.worth(state);
        if forward < most(true) {
            let Some(better) = self.reach(state, Aim::Forward(closed), forward) else { return false };
            forward = better;
        }
        let (.., sessions) = self.worth(state);
        self.reach(state, Aim::Sessions(closed, forward), sessions).is_some()
    }

    /// What the state closes in this part, brings forward, and in how many sessions.
    fn worth(&self, state: &State) -> (u64, u64, u64) {
        let gaps = self.problem.gaps.iter();
        let (mut closed, mut forward) = (0, 0);
        for gap in gaps.filter(|gap| gap.helps & self.openings != 0 && gap.closes(state.placed[gap.person])) {
            if gap.is_forward { forward += gap.weight } else { closed += gap.weight }
        }
        (closed, forward, u64::from((state.open() & self.openings).count_ones()))
    }

    /// The best number for an aim, with the state changed to one that reaches it; `None` if that could not be made sure of.
    fn reach(&self, state: &mut State, aim: Aim, now: u64) -> Option<u64> {
        let is_few = matches!(aim, Aim::Sessions(..));
        let (bound, _) = self.solve(aim, false)?;
        // What is counted is whole, so a bound in between is a bound at the next whole number.
        let bound = if is_few { (bound - 1e-6).ceil() } else { (bound + 1e-6).floor() };
        if bound as u64 == now {
            return Some(now);
        }
        let (best, numbers) = self.solve(aim, true)?;
        let best = best.round() as u64;
        let is_better = if is_few { best < now } else { best > now };
        if is_better {
            let better = self.given(state, &numbers);
            let (closed, forward, sessions) = self.worth(&better);
            let reached = match aim {
                Aim::Closed => closed == best,
                Aim::Forward(least) => closed >= least && forward == best,
                Aim::Sessions(least, moved) => closed >= least && forward >= moved && sessions == best,
            };
            // A solver may be wrong; the rules and the places are not.
            if !reached || !better.is_sound(self.problem) {
                return None;
            }
            *state = better;
        }
        (is_better || best == now).then_some(best)
    }

    /// The state with this part's places given anew.
    fn given(&self, state: &State, numbers: &Numbers) -> State {
        let mut state = state.clone();
        for (sort, numbers) in self.sorts.iter().zip(numbers) {
            for person in &sort.people {
                state.remove(*person, self.openings);
            }
            let bundles = sort
                .bundles
                .iter()
                .zip(numbers)
                .flat_map(|(bundle, number)| std::iter::repeat_n(bundle.mask, *number as usize));
            for (person, mask) in sort.people.iter().zip(bundles) {
                state.place(*person, mask);
            }
        }
        state.tidy(self.problem);
        state
    }

    /// The best number for an aim and what reaches it: in whole numbers, or as a bound.
    fn solve(&self, aim: Aim, whole: bool) -> Option<(f64, Numbers)> {
        let direction = match aim {
            Aim::Sessions(..) => OptimizationDirection::Minimize,
            Aim::Closed | Aim::Forward(_) => OptimizationDirection::Maximize,
        };
        let mut model = microlp::Problem::new(direction);
        let worth = |bundle: &Bundle| match aim {
            Aim::Closed => bundle.closed as f64,
            Aim::Forward(_) => bundle.forward as f64,
            Aim::Sessions(..) => 0.0,
        };
        let number = |model: &mut microlp::Problem, worth: f64, most: usize| match whole {
            true => model.add_integer_var(worth, (0, most as i32)),
            false => model.add_var(worth, (0.0, most as f64)),
        };
        let given: Vec<Vec<Variable>> = self
            .sorts
            .iter()
            .map(|sort| sort.bundles.iter().map(|b| number(&mut model, worth(b), sort.people.len())).collect())
            .collect();
        let price = if matches!(aim, Aim::Sessions(..)) { 1.0 } else { 0.0 };
        let opened: Vec<(usize, Variable)> =
            members(self.openings).map(|at| (at, number(&mut model, price, 1))).collect();
        for (sort, given) in self.sorts.iter().zip(&given) {
            let all: Vec<(Variable, f64)> = given.iter().map(|given| (*given, 1.0)).collect();
            if !all.is_empty() {
                model.add_constraint(&all[..], ComparisonOp::Le, sort.people.len() as f64);
            }
        }
        for (at, opened) in &opened {
            let capacity = self.problem.capacity[*at];
            let mut filled: Vec<(Variable, f64)> = Vec::new();
            for (sort, given) in self.sorts.iter().zip(&given) {
                for (_, given) in sort.bundles.iter().zip(given).filter(|(bundle, _)| bundle.mask & 1 << at != 0) {
                    filled.push((*given, 1.0));
                    if self.choices <= MOST_SHARPENED {
                        let most = (sort.people.len() as u32).min(capacity);
                        model.add_constraint([(*given, 1.0), (*opened, -f64::from(most))], ComparisonOp::Le, 0.0);
                    }
                }
            }
            filled.push((*opened, -f64::from(capacity)));
            model.add_constraint(&filled[..], ComparisonOp::Le, 0.0);
        }
        let mut at_least = |worth: fn(&Bundle) -> u64, least: u64| {
            let mut sum = LinearExpr::empty();
            for (sort, given) in self.sorts.iter().zip(&given) {
                for (bundle, given) in sort.bundles.iter().zip(given) {
                    sum.add(*given, worth(bundle) as f64);
                }
            }
            if least > 0 {
                model.add_constraint(sum, ComparisonOp::Ge, least as f64);
            }
        };
        match aim {
            Aim::Closed => {}
            Aim::Forward(closed) => at_least(|bundle| bundle.closed, closed),
            Aim::Sessions(closed, forward) => {
                at_least(|bundle| bundle.closed, closed);
                at_least(|bundle| bundle.forward, forward);
            }
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(MOST_BRANCHES);
        options.mip_gap = 0.0;
        let solution = model.solve_with(options).ok()?.into_solution().ok()?;
        if solution.status() != SolutionStatus::Optimal {
            return None;
        }
        let numbers = given
            .iter()
            .map(|given| given.iter().map(|given| solution.var_value(*given).round().max(0.0) as u32).collect())
            .collect();
        Some((solution.objective(), numbers))
    }
}
