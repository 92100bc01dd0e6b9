//! Packages from npm, from lock files: what the program embeds, and what looks at pages in tests.

use std::{fs, path::Path};

use crate::{Outcome, debian, step, workspace};

/// What the program embeds: typefaces of documents; styles, scripts and typeface of pages.
pub(crate) const PROGRAM: [&str; 2] = ["crates/documents", "crates/web"];
/// What tests use: a page's examiner for journeys in a browser, a mail server, a provider to sign in with.
pub(crate) const TESTS: [&str; 3] = ["e2e", "crates/testkit/mail", "crates/testkit/openid"];

/// Installs the packages of these folders' lock files, where that has not been done since the lock file last changed.
pub(crate) fn install(folders: &[&str]) -> Outcome {
    for folder in folders {
        let path = workspace::root().join(folder);
        if !path.join("package-lock.json").is_file() || is_current(&path) {
            continue;
        }
        debian::install(&[debian::NODE, debian::NPM])?;
        step::heading(&format!("npm packages of {folder}"));
        let mut npm = step::command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        step::run(npm.current_dir(&path)).map_err(|message| {
            format!("{message}\nThe packages of {folder}/package-lock.json come from npm's registry: is it reachable from here?")
        })?;
    }
    Ok(())
}

/// npm leaves its own copy of the lock file behind, last of all.
fn is_current(folder: &Path) -> bool {
    let changed = |file: &str| fs::metadata(folder.join(file)).and_then(|file| file.modified()).ok();
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(wanted), Some(installed)) => installed >= wanted,
        _ => false,
    }
}
