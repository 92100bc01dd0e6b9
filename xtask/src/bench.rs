use crate::{Outcome, step};

/// Runs the measured comparisons; `benches/README.md` says what they measure and what they need.
pub(crate) fn bench(args: &[String]) -> Outcome {
    step::run(step::cargo(&["run", "--release", "-p", "benches", "--"]).args(args))
}
