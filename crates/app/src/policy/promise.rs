//! What the record says of the promises that a paper makes.

use ::policy::{Composed, PromiseFinding, PromiseStanding};
use rules::{InstitutionStatus, Tally};

use crate::{App, InstitutionStanding, Result, frame::Scene, withheld};

impl App {
    /// How each requirement that the paper promises stands on the day of the scene, once each.
    pub(crate) fn promises(&self, scene: &Scene<'_>, composed: &Composed) -> Result<Vec<PromiseFinding>> {
        let mut promised: Vec<&str> =
            composed.clauses().flat_map(|(_, clause)| clause.promises.iter().map(String::as_str)).collect();
        promised.sort_unstable();
        promised.dedup();
        if promised.is_empty() {
            return Ok(Vec::new());
        }
        let institution = self.institution_standings(scene)?;
        Ok(promised.into_iter().filter_map(|id| of_learners(scene, id).or_else(|| of_all(&institution, id))).collect())
    }
}

/// A promise to learners: how many have what was promised to them.
fn of_learners(scene: &Scene<'_>, id: &str) -> Option<PromiseFinding> {
    let at = scene.pack.requirements.iter().position(|requirement| requirement.id == id)?;
    let title = &scene.pack.requirements[at].wording.title;
    let tally = scene.day.evaluation.tallies[at];
    let on = domain::date::long(scene.frame.as_of);
    // Whoever sees totals only could tell from a small group who it is.
    let is_withheld = scene.is_totals_only() && withheld::is_small(tally.in_scope);
    let says = match tally.percent().filter(|_| !is_withheld) {
        _ if tally.in_scope == 0 => format!("{title}: nobody yet of whom it is asked on {on}."),
        None => format!("{title}: too few learners to say on {on}."),
        Some(percent) => format!("{title}: {} % on {on}{}.", whole(percent), open(tally)),
    };
    Some(PromiseFinding { requirement: id.to_owned(), standing: standing(tally), says })
}

/// Whole percents that never round up to everybody, nor down to nobody.
fn whole(percent: f64) -> f64 {
    if percent > 0.0 { percent.floor().max(1.0) } else { 0.0 }
}

/// What is open, in words.
fn open(tally: Tally) -> String {
    let parts: Vec<String> = [
        (tally.missed, "missed it"),
        (tally.due.saturating_sub(tally.planned), "still lack it"),
        (tally.planned, "have it planned"),
    ]
    .into_iter()
    .filter(|(learners, _)| *learners > 0)
    .map(|(learners, what)| format!("{learners} {what}"))
    .collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// A promise is kept while everybody has it or has it planned in time, and broken as soon as one learner missed it.
fn standing(tally: Tally) -> PromiseStanding {
    if tally.missed > 0 {
        PromiseStanding::Broken
    } else if tally.due > tally.planned {
        PromiseStanding::AtRisk
    } else if tally.met + tally.due > 0 {
        PromiseStanding::Kept
    } else {
        PromiseStanding::Unknown
    }
}

/// A promise that the institution as a whole keeps.
fn of_all(standings: &[InstitutionStanding], id: &str) -> Option<PromiseFinding> {
    let standing = standings.iter().find(|standing| standing.finding.requirement == id)?;
    let (kept, how) = match standing.finding.status {
        InstitutionStatus::Met => (PromiseStanding::Kept, "it is recorded"),
        InstitutionStatus::Stale => (PromiseStanding::AtRisk, "what is recorded is out of date"),
        InstitutionStatus::NotYet => (PromiseStanding::AtRisk, "nothing is recorded"),
        _ => (PromiseStanding::Unknown, "it is not asked here"),
    };
    let says = format!("{}: {how}.", standing.title);
    Some(PromiseFinding { requirement: id.to_owned(), standing: kept, says })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_broken_by_one_who_missed_it_and_kept_by_a_plan() {
        let tally = |met, due, planned, missed| Tally {
            in_scope: met + due + missed,
            met,
            due,
            planned,
            missed,
            ..Tally::default()
        };
        assert_eq!(standing(tally(9, 0, 0, 0)), PromiseStanding::Kept);
        assert_eq!(standing(tally(8, 1, 1, 0)), PromiseStanding::Kept);
        assert_eq!(standing(tally(8, 1, 0, 0)), PromiseStanding::AtRisk);
        assert_eq!(standing(tally(8, 0, 0, 1)), PromiseStanding::Broken);
        assert_eq!(standing(tally(0, 0, 0, 0)), PromiseStanding::Unknown);
    }
}
