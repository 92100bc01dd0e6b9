//! How long the evaluation takes at three scales.

use std::path::Path;

use domain::InstitutionType;
use rules::{Facts, Pack, RULEBOOK_FILES, Rulebook, Tally, evaluate};

use crate::{
    generator::{AS_OF, institution},
    meter::{Taken, measure_often, median, peak_memory},
};

/// Institutions at each scale.
pub(crate) fn institutions(scale: &str) -> Result<u64, String> {
    match scale {
        "school" => Ok(1),
        "hub" => Ok(150),
        "nation" => Ok(3084),
        other => Err(format!("“{other}” is none of school, hub, nation")),
    }
}

/// Institutions that are held in memory at once: more than the caches of most machines hold.
const AT_ONCE: u64 = 514;

/// The rulebook's files: path within it, and text.
pub(crate) fn rulebook_files() -> Result<Vec<(&'static str, String)>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rulebook");
    let mut files = Vec::new();
    for path in RULEBOOK_FILES {
        let text = std::fs::read_to_string(folder.join(path)).map_err(|error| format!("rulebook/{path}: {error}"))?;
        files.push((*path, text));
    }
    Ok(files)
}

/// The wording of policies.
pub(crate) fn wording() -> Result<policy::Wording, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wording");
    let mut files = Vec::new();
    for path in policy::WORDING_FILES {
        let text = std::fs::read_to_string(folder.join(path)).map_err(|error| format!("wording/{path}: {error}"))?;
        files.push((*path, text));
    }
    policy::Wording::load(&files).map_err(|faults| format!("{} faults in the wording", faults.len()))
}

pub(crate) fn rulebook() -> Result<Rulebook, String> {
    Rulebook::load(&rulebook_files()?)
        .map_err(|faults| format!("{} faults in the rulebook: cargo xtask test names them", faults.len()))
}

/// What an evaluation of many institutions came to.
pub(crate) struct Outcome {
    pub(crate) learners: usize,
    pub(crate) participations: usize,
    pub(crate) taken: Taken,
    pub(crate) tallies: Vec<Tally>,
}

/// Evaluates institutions 0 to `count`, block by block; every block `runs` times, of which the median counts.
pub(crate) fn evaluate_all(pack: &Pack, count: u64, runs: usize) -> Outcome {
    let mut outcome = Outcome {
        learners: 0,
        participations: 0,
        taken: Taken::default(),
        tallies: vec![Tally::default(); pack.requirements.len()],
    };
    let mut first = 0;
    while first < count {
        let block: Vec<Facts> =
            (first..count.min(first + AT_ONCE)).map(|number| Facts::from_columns(institution(number))).collect();
        first += AT_ONCE;
        outcome.learners += block.iter().map(Facts::learner_count).sum::<usize>();
        outcome.participations += block.iter().map(Facts::participation_count).sum::<usize>();
        let evaluated = || {
            let mut tallies = vec![Tally::default(); pack.requirements.len()];
            for facts in &block {
                let evaluation = evaluate(pack, facts, AS_OF);
                for (sum, tally) in tallies.iter_mut().zip(&evaluation.tallies) {
                    *sum = sum.plus(*tally);
                }
            }
            tallies
        };
        for (sum, tally) in outcome.tallies.iter_mut().zip(evaluated()) {
            *sum = sum.plus(tally);
        }
        // One school alone is too quick for the processor's clock.
        let often = if block.len() == 1 { 200 } else { 1 };
        outcome.taken = outcome.taken.plus(median((0..runs).map(|_| measure_often(often, evaluated)).collect()));
    }
    outcome
}

/// Prints one line for each scale.
pub(crate) fn run(scales: &[&str]) -> Result<(), String> {
    let rulebook = rulebook()?;
    let pack = rulebook.framework(InstitutionType::Academy, AS_OF);
    println!(
        "{:<8} {:>12} {:>15} {:>12} {:>12} {:>10} {:>10}",
        "scale", "learners", "participations", "cpu ms", "wall ms", "ns each", "peak MB"
    );
    for scale in if scales.is_empty() { &["school", "hub", "nation"] } else { scales } {
        let runs = match *scale {
            "school" => 11,
            "hub" => 7,
            _ => 3,
        };
        let outcome = evaluate_all(pack, institutions(scale)?, runs);
        let cpu = outcome.taken.cpu.as_secs_f64();
        println!(
            "{scale:<8} {:>12} {:>15} {:>12.2} {:>12.2} {:>10.2} {:>10}",
            outcome.learners,
            outcome.participations,
            cpu * 1e3,
            outcome.taken.wall.as_secs_f64() * 1e3,
            cpu * 1e9 / outcome.participations as f64,
            peak_memory(),
        );
    }
    Ok(())
}
