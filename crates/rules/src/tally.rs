use serde::Serialize;

use crate::standing::{Standing, Status};

/// How many learners stand where against one requirement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Met, due, missed or upcoming.
    pub in_scope: u32,
    /// The condition holds.
    pub met: u32,
    /// Open and not met.
    pub due: u32,
    /// Closed and not met.
    pub missed: u32,
    /// Not open yet.
    pub upcoming: u32,
    /// Among those due, those with something done already.
    pub partly_met: u32,
    /// Adapted: out (these are not in scope) or with another count (these are).
    pub adapted: u32,
    /// Among those due, those for whom what is planned would meet it.
    pub planned: u32,
}

impl Tally {
    /// Counts `count` learners with this standing.
    pub(crate) fn add(&mut self, standing: Standing, count: u32) {
        match standing.status() {
            Status::NotApplicable => {}
            Status::Upcoming => self.upcoming += count,
            Status::Met => self.met += count,
            Status::Due => self.due += count,
            Status::Missed => self.missed += count,
        }
        self.in_scope += if standing.is_in_scope() { count } else { 0 };
        self.partly_met += if standing.is_partly_met() { count } else { 0 };
        self.planned += if standing.is_planned() { count } else { 0 };
        self.adapted += if standing.is_adapted() { count } else { 0 };
    }

    /// This and another institution's, or group's, together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            in_scope: self.in_scope + other.in_scope,
            met: self.met + other.met,
            due: self.due + other.due,
            missed: self.missed + other.missed,
            upcoming: self.upcoming + other.upcoming,
            partly_met: self.partly_met + other.partly_met,
            adapted: self.adapted + other.adapted,
            planned: self.planned + other.planned,
        }
    }

    /// Those met among those met, due and missed; see [`percent`].
    pub fn percent(&self) -> Option<f64> {
        percent(self.met.into(), u64::from(self.met) + u64::from(self.due) + u64::from(self.missed))
    }
}

/// A percentage with one decimal, half up, but never 100.0 unless all are met and never 0.0 unless none is. `None` if there
/// is nobody to count.
pub fn percent(met: u64, of: u64) -> Option<f64> {
    if of == 0 {
        return None;
    }
    let tenths = (met * 2000 + of) / (of * 2);
    let tenths = if met == 0 {
        0
    } else if met == of {
        1000
    } else {
        tenths.clamp(1, 999)
    };
    Some(tenths as f64 / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_half_up_and_never_to_all_or_none() {
        assert_eq!(percent(388, 412), Some(94.2));
        assert_eq!(percent(1, 2000), Some(0.1));
        assert_eq!(percent(1, 800), Some(0.1));
        assert_eq!(percent(1, 400), Some(0.3));
        assert_eq!(percent(1, 100_000), Some(0.1));
        assert_eq!(percent(99_999, 100_000), Some(99.9));
        assert_eq!(percent(7, 7), Some(100.0));
        assert_eq!(percent(0, 7), Some(0.0));
        assert_eq!(percent(0, 0), None);
    }
}
