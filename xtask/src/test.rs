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
    // The journeys start the program itself: it must be built, and from this source, before they run.
    step::run(&mut step::cargo(&["build", "--locked", "-p", "waymark"]))?;
    step::run(&mut step::cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]))?;
    println!("\nEvery check and every test passed.");
    Ok(())
}
