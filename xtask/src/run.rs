use crate::{Outcome, npm, step};

/// Builds Waymark and runs it with `args`.
pub(crate) fn run(args: &[String]) -> Outcome {
    npm::install(&npm::PROGRAM)?;
    step::run(step::cargo(&["run", "--quiet", "-p", "waymark", "--"]).args(args))
}
