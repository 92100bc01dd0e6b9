use crate::{Outcome, npm, step};

/// Writes the reference pages again; a test compares them with what this would write.
pub(crate) fn generate() -> Outcome {
    npm::install(&npm::PROGRAM)?;
    let waymark = |args: &[&str]| step::run(step::cargo(&["run", "--quiet", "-p", "waymark", "--"]).args(args));
    waymark(&["rulebook", "catalogue", "docs/catalogue"])?;
    waymark(&["data-register", "--output", "docs/data-register.md"])?;
    waymark(&["openapi", "--output", "docs/openapi.json"])
}
