//! A good choice without proof: the best of two greedy ones, improved by exchange as long as it gets better. Never worse than
//! either of them, and the same each time.

use super::{
    gap::{Gap, Mask, Problem, members},
    state::State,
};

/// A good choice.
pub(super) fn search(problem: &Problem<'_>) -> State {
    let by_gap = greedy_by_gap(problem, State::empty(problem));
    let by_session = greedy_by_session(problem);
    let mut best = if by_session.worth(problem) > by_gap.worth(problem) { by_session } else { by_gap };
    // Each round makes the choice better or is the last.
    for _ in 0..4 {
        let before = best.worth(problem);
        make_room(problem, &mut best);
        close_sessions(problem, &mut best, 0);
        exchange_sessions(problem, &mut best);
        best.tidy(problem);
        if best.worth(problem) == before {
            break;
        }
    }
    best
}

/// How much each opening is wanted: what the people whom it helps have open, as many as it has places for.
fn demand(problem: &Problem<'_>) -> Vec<u64> {
    let mut wanted: Vec<Vec<u64>> = vec![Vec::new(); problem.capacity.len()];
    for person in &problem.people {
        for at in members(person.helps) {
            let gaps = person.gaps.iter().map(|gap| &problem.gaps[*gap]);
            wanted[at].push(gaps.filter(|gap| gap.helps & 1 << at != 0).map(|gap| gap.weight).sum());
        }
    }
    let most = wanted.into_iter().zip(&problem.capacity).map(|(mut wanted, capacity)| {
        wanted.sort_unstable_by(|a, b| b.cmp(a));
        wanted.iter().take(*capacity as usize).sum()
    });
    most.collect()
}

/// A small set of `allowed` openings that closes the gap beside what the learner has: those that are open before those that would
/// have to be opened, and of these the most wanted. `None` if none was found.
fn completion(problem: &Problem<'_>, state: &State, gap: &Gap<'_>, allowed: Mask, demand: &[u64]) -> Option<Mask> {
    let placed = state.placed[gap.person];
    let free = allowed & gap.helps & state.with_room(problem) & !placed;
    if !gap.closes(placed | free) {
        return None;
    }
    let mut order: Vec<usize> = members(free).collect();
    order.sort_by_key(|at| (state.load[*at] == 0, std::cmp::Reverse(demand[*at]), *at));
    // The best of those that do not clash with what is there, or with better ones.
    let (mut taken, mut blocked) = (0, members(placed).fold(0, |mask, at| mask | problem.clashes[at]));
    for at in &order {
        if blocked & 1 << at == 0 {
            taken |= 1 << at;
            blocked |= problem.clashes[*at];
        }
    }
    if !gap.closes(placed | taken) {
        return None;
    }
    for at in order.iter().rev() {
        let without = taken & !(1 << at);
        if without != taken && gap.closes(placed | without) {
            taken = without;
        }
    }
    Some(taken)
}

/// Closes one gap after the other, the most urgent first.
fn greedy_by_gap(problem: &Problem<'_>, mut state: State) -> State {
    let demand = demand(problem);
    let mut order: Vec<usize> = (0..problem.gaps.len()).collect();
    order.sort_by_key(|at| problem.gaps[*at].order());
    for at in order {
        let gap = &problem.gaps[at];
        if gap.closes(state.placed[gap.person]) {
            continue;
        }
        if let Some(taken) = completion(problem, &state, gap, Mask::MAX, &demand) {
            state.place(gap.person, taken);
        }
    }
    state.tidy(problem);
    state
}

/// Opens one session after the other, each time the one that closes most, and then what needs several at once.
fn greedy_by_session(problem: &Problem<'_>) -> State {
    let mut state = State::empty(problem);
    let mut unopened: Vec<usize> = (0..problem.capacity.len()).collect();
    // What a session closes can only become less while others are opened, but for gaps that need several; what was found for
    // it before is an upper bound good enough to pass over most of them.
    let mut bounds: Vec<u64> = vec![u64::MAX; problem.capacity.len()];
    loop {
        unopened.sort_by_key(|at| (std::cmp::Reverse(bounds[*at]), *at));
        let mut best: Option<(u64, usize, Vec<usize>)> = None;
        for at in &unopened {
            if best.as_ref().is_some_and(|(gain, ..)| *gain >= bounds[*at]) {
                break;
            }
            let (gain, who) = gain_of(problem, &state, *at);
            bounds[*at] = gain;
            if gain > 0 && best.as_ref().is_none_or(|(most, ..)| gain > *most) {
                best = Some((gain, *at, who));
            }
        }
        let Some((_, at, who)) = best else { break };
        for person in who {
            state.place(person, 1 << at);
        }
        unopened.retain(|other| *other != at);
    }
    greedy_by_gap(problem, state)
}

/// What an opening would close with the people for whom it closes most.
fn gain_of(problem: &Problem<'_>, state: &State, at: usize) -> (u64, Vec<usize>) {
    let mut gains: Vec<(u64, usize)> = Vec::new();
    for (number, person) in problem.people.iter().enumerate() {
        let placed = state.placed[number];
        if person.helps & 1 << at == 0 || problem.clashes[at] & placed != 0 {
            continue;
        }
        let gaps = person.gaps.iter().map(|gap| &problem.gaps[*gap]);
        let gain: u64 = gaps
            .filter(|gap| gap.helps & 1 << at != 0 && !gap.closes(placed) && gap.closes(placed | 1 << at))
            .map(|gap| gap.weight)
            .sum();
        if gain > 0 {
            gains.push((gain, number));
        }
    }
    gains.sort_by_key(|(gain, person)| (std::cmp::Reverse(*gain), *person));
    gains.truncate(problem.capacity[at] as usize);
    (gains.iter().map(|(gain, _)| gain).sum(), gains.into_iter().map(|(_, person)| person).collect())
}

/// Places for gaps that are still open: by moving somebody else to another session, or instead of somebody for whom less is at
/// stake.
fn make_room(problem: &Problem<'_>, state: &mut State) {
    let demand = demand(problem);
    let mut order: Vec<usize> = (0..problem.gaps.len()).collect();
    order.sort_by_key(|at| problem.gaps[*at].order());
    for at in order {
        let gap = &problem.gaps[at];
        let placed = state.placed[gap.person];
        if gap.closes(placed) {
            continue;
        }
        if let Some(taken) = completion(problem, state, gap, Mask::MAX, &demand) {
            state.place(gap.person, taken);
            continue;
        }
        let full = members(gap.helps & !placed).find(|full| {
            problem.clashes[*full] & placed == 0
                && gap.closes(placed | 1 << *full)
                && swap_in(problem, state, gap, *full)
        });
        if let Some(full) = full {
            state.place(gap.person, 1 << full);
        }
    }
}

/// Frees a place in a full session for a gap, if that makes the whole better.
fn swap_in(problem: &Problem<'_>, state: &mut State, gap: &Gap<'_>, full: usize) -> bool {
    let room = state.with_room(problem);
    let tier = |worth: (u64, u64), gap: &Gap<'_>| {
        if gap.is_forward { (worth.0, worth.1 + gap.weight) } else { (worth.0 + gap.weight, worth.1) }
    };
    let mut cheapest: Option<((u64, u64), usize, Mask)> = None;
    for person in (0..problem.people.len()).filter(|person| state.placed[*person] & 1 << full != 0) {
        if person == gap.person {
            continue;
        }
        let now = State::worth_of(problem, person, state.placed[person]);
        let without = state.placed[person] & !(1 << full);
        let blocked = members(without).fold(0, |mask, at| mask | problem.clashes[at]);
        let others = problem.people[person].helps & room & !without & !blocked;
        let choices = std::iter::once(without).chain(members(others).map(|at| without | 1 << at));
        for then in choices {
            let worth = State::worth_of(problem, person, then);
            let lost = (now.0.saturating_sub(worth.0), now.1.saturating_sub(worth.1));
            // Only what is lost for less than is won.
            let is_less = tier((0, 0), gap) > lost;
            if is_less && cheapest.as_ref().is_none_or(|(least, ..)| lost < *least) {
                cheapest = Some((lost, person, then));
            }
        }
        if cheapest.as_ref().is_some_and(|(lost, ..)| *lost == (0, 0)) {
            break;
        }
    }
    let Some((_, person, then)) = cheapest else { return false };
    state.remove(person, 1 << full);
    state.place(person, then);
    true
}

/// Does without sessions whose learners find a place in others that are open, or in `also`.
fn close_sessions(problem: &Problem<'_>, state: &mut State, also: Mask) {
    let demand = demand(problem);
    let mut sessions: Vec<usize> = members(state.open()).collect();
    sessions.sort_by_key(|at| (state.load[*at], *at));
    for session in sessions {
        if also & 1 << session != 0 || state.load[session] == 0 {
            continue;
        }
        let bit: Mask = 1 << session;
        let affected: Vec<usize> = (0..state.placed.len()).filter(|at| state.placed[*at] & bit != 0).collect();
        let mut trial = state.clone();
        let before: Vec<_> =
            affected.iter().map(|person| State::worth_of(problem, *person, state.placed[*person])).collect();
        for person in &affected {
            trial.remove(*person, bit);
        }
        let allowed = (trial.open() | also) & !bit;
        let is_kept = affected.iter().zip(before).all(|(person, before)| {
            for at in &problem.people[*person].gaps {
                let gap = &problem.gaps[*at];
                if !gap.closes(trial.placed[*person])
                    && let Some(taken) = completion(problem, &trial, gap, allowed, &demand)
                {
                    trial.place(*person, taken);
                }
            }
            State::worth_of(problem, *person, trial.placed[*person]) >= before
        });
        if is_kept {
            *state = trial;
        }
    }
}

/// Opens one more session if at least two others can then be done without.
fn exchange_sessions(problem: &Problem<'_>, state: &mut State) {
    for at in 0..problem.capacity.len() {
        let least = members(state.open()).map(|open| state.load[open]).min().unwrap_or(0);
        if state.load[at] > 0 || problem.capacity[at] <= least {
            continue;
        }
        let mut trial = state.clone();
        close_sessions(problem, &mut trial, 1 << at);
        trial.tidy(problem);
        if trial.worth(problem) > state.worth(problem) {
            *state = trial;
        }
    }
}
