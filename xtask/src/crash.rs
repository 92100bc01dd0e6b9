use crate::{Outcome, npm, setup, step};

/// Kills the program at random points of imports and register saves, many times, and verifies what is stored, on both
/// engines. The same test runs a few rounds with every `cargo xtask test`.
pub(crate) fn crash(args: &[String]) -> Outcome {
    let rounds: u32 = match args {
        [] => 200,
        [name, rounds] if name == "--rounds" => rounds.parse().map_err(|_| format!("“{rounds}” is not a number."))?,
        _ => return Err("Usage: cargo xtask crash [--rounds N]".into()),
    };
    setup::needed_by_the_store()?;
    npm::install(&npm::PROGRAM)?;
    step::heading(&format!("{rounds} rounds on each engine"));
    // The program as a whole, then the store beneath it, which is killed at finer moments.
    for package in ["waymark", "store"] {
        let mut test = step::cargo(&["test", "--locked", "-p", package, "--test", "crash", "--", "--nocapture"]);
        step::run(test.env("WAYMARK_CRASH_ROUNDS", rounds.to_string()))?;
    }
    Ok(())
}
