use std::fs;

use crate::{Outcome, step, workspace};

/// Fuzzes one reader, or each in turn, with `cargo fuzz`, which needs a nightly toolchain.
pub(crate) fn fuzz(args: &[String]) -> Outcome {
    const USAGE: &str = "Usage: cargo xtask fuzz [TARGET] [--seconds N]";
    let mut seconds = 60;
    let mut targets = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seconds" => seconds = args.next().and_then(|number| number.parse().ok()).ok_or(USAGE)?,
            option if option.starts_with('-') => return Err(USAGE.into()),
            target => targets.push(target.to_owned()),
        }
    }
    if !step::succeeds(&mut step::command("cargo", &["+nightly", "fuzz", "--version"])) {
        return Err("Fuzzing needs a nightly toolchain and cargo-fuzz:\n    rustup toolchain install nightly\n    \
                    cargo install --locked cargo-fuzz\nThe same corpora run on stable with every `cargo xtask test`."
            .into());
    }
    if targets.is_empty() {
        targets = all()?;
    }
    for target in targets {
        step::heading(&format!("{target}, {seconds} seconds"));
        let limit = format!("-max_total_time={seconds}");
        let mut fuzz = step::command("cargo", &["+nightly", "fuzz", "run", &target, "--", &limit]);
        step::run(fuzz.current_dir(workspace::root()))?;
    }
    Ok(())
}

fn all() -> Result<Vec<String>, String> {
    let folder = workspace::root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> =
        files.flatten().filter_map(|file| file.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned)).collect();
    names.sort();
    Ok(names)
}
