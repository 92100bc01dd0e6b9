use super::{
    Forwarded, HowMade, LeftOpen, Proposal, ProposedPlace, ProposedSession, WhyOpen,
    gap::{Problem, members},
    state::State,
};
use crate::day::date;

/// What a choice comes to, for people. `order` says which opening stands at each position of the problem.
pub(super) fn of(problem: &Problem<'_>, state: &State, order: &[usize], made: HowMade) -> Proposal {
    let (mut closed, mut forwarded, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for gap in &problem.gaps {
        let learner = problem.people[gap.person].learner;
        let stays = |why| LeftOpen { learner, requirement: gap.requirement, deadline: date(gap.deadline), why };
        match (gap.closes(state.placed[gap.person]), gap.is_forward) {
            (true, false) => closed.push((learner, gap.requirement)),
            (true, true) => {
                forwarded.push(Forwarded { learner, requirement: gap.requirement });
                left.push(stays(WhyOpen::NotEnough));
            }
            (false, true) => left.push(stays(WhyOpen::NotEnough)),
            (false, false) => left.push(stays(WhyOpen::NoPlaceLeft)),
        }
    }
    left.extend(problem.hopeless.iter().map(|(learner, requirement, deadline, why)| LeftOpen {
        learner: *learner,
        requirement: *requirement,
        deadline: date(*deadline),
        why: *why,
    }));
    closed.sort_unstable();
    forwarded.sort_by_key(|one| (one.learner, one.requirement));
    left.sort_by_key(|one| (one.deadline, one.requirement, one.learner));
    let mut sessions: Vec<_> = members(state.open()).map(|at| session(problem, state, at, order[at])).collect();
    sessions.sort_by_key(|session| (session.deadline.is_none(), session.deadline, session.opening));
    Proposal { sessions, closed, forwarded, left, made }
}

fn session(problem: &Problem<'_>, state: &State, at: usize, opening: usize) -> ProposedSession {
    let mut deadline = None;
    let mut places = Vec::new();
    for (number, person) in problem.people.iter().enumerate() {
        let placed = state.placed[number];
        if placed & 1 << at == 0 {
            continue;
        }
        let mut place = ProposedPlace { learner: person.learner, closes: Vec::new(), forwards: Vec::new() };
        for gap in person.gaps.iter().map(|gap| &problem.gaps[*gap]) {
            let plays_a_part = gap.closes(placed) && !gap.closes(placed & !(1 << at));
            if plays_a_part && gap.is_forward {
                place.forwards.push(gap.requirement);
            } else if plays_a_part {
                place.closes.push(gap.requirement);
                deadline = deadline.into_iter().chain([gap.deadline]).min();
            }
        }
        places.push(place);
    }
    ProposedSession { opening, deadline: deadline.map(date), places }
}
