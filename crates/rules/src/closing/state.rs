use std::cmp::Reverse;

use super::gap::{Mask, Problem, members};

/// Who is placed where.
#[derive(Clone)]
pub(super) struct State {
    /// For each person, their openings.
    pub(super) placed: Vec<Mask>,
    /// For each opening, how many are placed on it.
    pub(super) load: Vec<u32>,
}

/// What a choice comes to, the better the greater: what is closed, by urgency; what is brought forward; how few sessions; how few
/// places.
pub(super) type Worth = (u64, u64, Reverse<u32>, Reverse<u32>);

impl State {
    pub(super) fn empty(problem: &Problem<'_>) -> Self {
        Self { placed: vec![0; problem.people.len()], load: vec![0; problem.capacity.len()] }
    }

    pub(super) fn worth(&self, problem: &Problem<'_>) -> Worth {
        let (mut closed, mut forward) = (0, 0);
        for gap in problem.gaps.iter().filter(|gap| gap.closes(self.placed[gap.person])) {
            if gap.is_forward { forward += gap.weight } else { closed += gap.weight }
        }
        (closed, forward, Reverse(self.open().count_ones()), Reverse(self.load.iter().sum()))
    }

    /// The openings with somebody on them.
    pub(super) fn open(&self) -> Mask {
        self.load.iter().enumerate().filter(|(_, load)| **load > 0).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// The openings with a place left.
    pub(super) fn with_room(&self, problem: &Problem<'_>) -> Mask {
        let all = self.load.iter().zip(&problem.capacity).enumerate();
        all.filter(|(_, (load, capacity))| load < capacity).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    pub(super) fn place(&mut self, person: usize, mask: Mask) {
        for at in members(mask & !self.placed[person]) {
            self.load[at] += 1;
        }
        self.placed[person] |= mask;
    }

    pub(super) fn remove(&mut self, person: usize, mask: Mask) {
        for at in members(mask & self.placed[person]) {
            self.load[at] -= 1;
        }
        self.placed[person] &= !mask;
    }

    /// What somebody's places close: by urgency, and what they bring forward.
    pub(super) fn worth_of(problem: &Problem<'_>, person: usize, placed: Mask) -> (u64, u64) {
        let gaps = problem.people[person].gaps.iter().map(|at| &problem.gaps[*at]);
        gaps.filter(|gap| gap.closes(placed)).fold((0, 0), |(closed, forward), gap| {
            if gap.is_forward { (closed, forward + gap.weight) } else { (closed + gap.weight, forward) }
        })
    }

    /// Takes away places that close nothing more than the others do.
    pub(super) fn tidy(&mut self, problem: &Problem<'_>) {
        for person in 0..self.placed.len() {
            let worth = Self::worth_of(problem, person, self.placed[person]);
            for at in members(self.placed[person]) {
                let without = self.placed[person] & !(1 << at);
                if Self::worth_of(problem, person, without) == worth {
                    self.remove(person, 1 << at);
                }
            }
        }
    }

    /// Whether no place is given twice, to nobody at two places at once. For tests and for what a solver answers.
    pub(super) fn is_sound(&self, problem: &Problem<'_>) -> bool {
        let mut load = vec![0; self.load.len()];
        for placed in &self.placed {
            for at in members(*placed) {
                load[at] += 1;
                if problem.clashes[at] & placed != 0 {
                    return false;
                }
            }
        }
        load == self.load && load.iter().zip(&problem.capacity).all(|(load, capacity)| load <= capacity)
    }
}
