use serde::Serialize;

use crate::{Area, Evaluation, InstitutionFinding, InstitutionStatus, Pack};

/// Where an institution stands against one of the eight benchmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BenchmarkStatus {
    /// Every learner counted, and every requirement on the institution, is met.
    Achieved,
    /// Something is met.
    InProgress,
    /// Nothing is met.
    NotAchieved,
    /// There is nobody and nothing to count.
    NothingToCount,
}

/// One benchmark, summed up over its requirements.
///
/// A requirement on learners weighs by the share of its learners who meet it (met among met, due and missed); one on the
/// institution is met or not, and a stale one is not. The percentage is the mean of these shares: every requirement weighs
/// the same, however many learners it counts. Requirements without anybody to count, and those that do not apply, are left
/// out. This is Waymark's own view of the criteria, not an official Compass result.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchmarkSummary {
    /// 1 to 8.
    pub benchmark: u8,
    /// Achieved, in progress or not.
    pub status: BenchmarkStatus,
    /// With one decimal, half up; 100.0 only if all is met, 0.0 only if nothing is. `None` if there is nothing to count.
    pub percent: Option<f64>,
    /// Its requirements on learners, by their position in the pack.
    pub requirements: Vec<usize>,
    /// Its requirements on the institution, by their position in the pack.
    pub institution_requirements: Vec<usize>,
}

/// The eight benchmarks, in order. `findings` are those of the same pack, institution and day.
pub fn benchmarks(pack: &Pack, evaluation: &Evaluation, findings: &[InstitutionFinding]) -> Vec<BenchmarkSummary> {
    (1..=8).map(|benchmark| summary(pack, evaluation, findings, benchmark)).collect()
}

fn summary(pack: &Pack, evaluation: &Evaluation, findings: &[InstitutionFinding], benchmark: u8) -> BenchmarkSummary {
    let area = Area::Benchmark(benchmark);
    let requirements: Vec<usize> =
        (0..pack.requirements.len()).filter(|index| pack.requirements[*index].area == area).collect();
    let institution_requirements: Vec<usize> =
        (0..findings.len()).filter(|index| findings[*index].area == area).collect();

    // Each requirement as (met, counted); one on the institution counts as one.
    let of_learners = requirements.iter().map(|index| {
        let tally = evaluation.tallies[*index];
        (tally.met, tally.met + tally.due + tally.missed)
    });
    let of_institution = institution_requirements.iter().map(|index| match findings[*index].status {
        InstitutionStatus::Met => (1, 1),
        InstitutionStatus::Stale | InstitutionStatus::NotYet => (0, 1),
        InstitutionStatus::NotApplicable => (0, 0),
    });
    let shares: Vec<(u32, u32)> = of_learners.chain(of_institution).filter(|(_, counted)| *counted > 0).collect();
    let all_met = shares.iter().all(|(met, counted)| met == counted);
    let none_met = shares.iter().all(|(met, _)| *met == 0);
    let status = match () {
        () if shares.is_empty() => BenchmarkStatus::NothingToCount,
        () if all_met => BenchmarkStatus::Achieved,
        () if none_met => BenchmarkStatus::NotAchieved,
        () => BenchmarkStatus::InProgress,
    };
    let percent = match status {
        BenchmarkStatus::NothingToCount => None,
        BenchmarkStatus::Achieved => Some(100.0),
        BenchmarkStatus::NotAchieved => Some(0.0),
        BenchmarkStatus::InProgress => {
            let sum: f64 = shares.iter().map(|(met, counted)| f64::from(*met) / f64::from(*counted)).sum();
            // The small addend keeps a half that binary fractions cannot hold from being rounded down.
            let tenths = (sum / shares.len() as f64 * 1000.0 + 0.5 + 1e-9).floor();
            Some(tenths.clamp(1.0, 999.0) / 10.0)
        }
    };
    BenchmarkSummary { benchmark, status, percent, requirements, institution_requirements }
}
