use crate::{Outcome, deny, setup, step};

/// Everything that has to hold before a change is taken: form, lints, licences, and every test.
pub(crate) fn test() -> Outcome {
    setup::setup()?;
    step::heading("Format");
    step::run(&mut step::cargo(&["fmt", "--all", "--check"]))
        .map_err(|message| format!("{message} `cargo fmt --all` mends it."))?;
    deny::check()?;
    step::heading("Lints");
    step::run(&mut step::cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step::heading("Tests");
    // The journeys start the program itself: it must be built, and from this source, before they run. Building every test builds
    // it too; building it by itself would build its dependencies once more, with the features that it alone needs.
    step::run(&mut step::cargo(&["test", "--locked", "--workspace", "--no-run"]))?;
    step::run(&mut step::cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]))?;
    println!("\nEvery check and every test passed.");
    Ok(())
}
