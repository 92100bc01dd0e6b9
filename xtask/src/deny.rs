//! Licences, sources and known weaknesses of dependencies, by `cargo deny` and `deny.toml`.

use std::path::PathBuf;

use crate::{Outcome, step, workspace};

/// The release that `deny.toml` was written for; any that is on the path already will do.
const VERSION: &str = "^0.20";

/// Builds `cargo-deny` once per machine, which takes some minutes.
pub(crate) fn install() -> Outcome {
    if program().is_some() {
        return Ok(());
    }
    step::heading("cargo-deny (built once for this machine, some minutes)");
    let tools = workspace::tools();
    let tools = tools.to_string_lossy();
    let mut install =
        step::cargo(&["install", "--quiet", "--locked", "cargo-deny", "--version", VERSION, "--root", &tools]);
    // Its own folder: the workspace's profile and lints are not for it.
    step::run(install.env("CARGO_TARGET_DIR", workspace::tools().join("build")))?;
    // Only the program is worth keeping.
    let _ = std::fs::remove_dir_all(workspace::tools().join("build"));
    Ok(())
}

/// Checks licences, duplicates and sources always; known weaknesses where their list can be fetched, and says so where not.
pub(crate) fn check() -> Outcome {
    step::heading("Licences and sources of dependencies");
    let program = program().ok_or("cargo-deny is missing: `cargo xtask setup` installs it.")?;
    let program = program.to_string_lossy();
    let deny = |args: &[&str]| step::command(&program, &[&["--workspace", "--all-features"], args].concat());
    step::run(&mut deny(&["--log-level", "error", "check", "licenses", "bans", "sources"]))?;
    step::heading("Known weaknesses of dependencies");
    if step::succeeds(&mut deny(&["fetch", "db"])) {
        return step::run(&mut deny(&["--offline", "--log-level", "error", "check", "advisories"]));
    }
    println!("  NOT CHECKED: the list of advisories (github.com/rustsec/advisory-db) could not be fetched from here.");
    Ok(())
}

fn program() -> Option<PathBuf> {
    let own = workspace::tools().join("bin/cargo-deny");
    if own.is_file() { Some(own) } else { workspace::program("cargo-deny") }
}
