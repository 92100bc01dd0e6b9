use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::{
    Outcome, console,
    exit::{Failure, Status},
    rulebook,
};

/// Look at the rulebook: the law and the benchmarks as data
#[derive(Debug, Args)]
pub(crate) struct Rulebook {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the editions that the program carries, or check a folder with an edited rulebook
    #[command(after_help = "Examples:\n  waymark rulebook check\n  waymark rulebook check my-rulebook")]
    Check {
        /// Folder of an edited rulebook [default: the program's own]
        folder: Option<PathBuf>,
    },
}

impl Rulebook {
    pub(crate) fn run(self) -> Outcome {
        match self.action {
            Action::Check { folder } => check(folder.as_deref()),
        }
    }
}

fn check(folder: Option<&Path>) -> Outcome {
    let rulebook = match folder {
        None => rulebook::load()?,
        Some(folder) => {
            let files = read(folder)?;
            rules::Rulebook::load(&files).map_err(|faults| {
                let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                Failure::Input(format!("{}\n{} to mend.", lines.join("\n"), counted(lines.len(), "fault")))
            })?
        }
    };
    let mut lines = String::new();
    for pack in rulebook.packs() {
        lines.push_str(&format!(
            "{}: {} for each learner, {} for the institution\n",
            pack.id,
            counted(pack.requirements.len(), "requirement"),
            pack.institution_requirements.len()
        ));
    }
    console::answer(&lines)?;
    Ok(Status::Done)
}

/// Every TOML file beneath `folder`, by its path from there.
fn read(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let unreadable = |path: &Path, error: std::io::Error| Failure::Input(format!("{}: {error}.", path.display()));
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).map_err(|error| unreadable(&next, error))? {
            let path = entry.map_err(|error| unreadable(&next, error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((name, text));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
