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
    /// Write a page for each requirement: what it asks, of whom, by when, its source, worked cases
    #[command(after_help = "Example:\n  waymark rulebook catalogue catalogue")]
    Catalogue {
        /// Folder to write to; pages in it that no requirement has any more are removed
        folder: PathBuf,
    },
}

impl Rulebook {
    pub(crate) fn run(self) -> Outcome {
        match self.action {
            Action::Check { folder } => check(folder.as_deref()),
            Action::Catalogue { folder } => catalogue(&folder),
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
    let mut told: Vec<&str> = Vec::new();
    // An edition whose values change while it lasts stands there once for each span of days; the last is the latest.
    for pack in rulebook.packs().iter().rev() {
        if told.contains(&pack.id.as_str()) {
            continue;
        }
        told.push(&pack.id);
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

fn catalogue(folder: &Path) -> Outcome {
    let rulebook = rulebook::load()?;
    let cases = rulebook::cases(&rulebook)?;
    let unwritten = |path: &Path, error: std::io::Error| {
        Failure::Fault(format!("{} could not be written: {error}.", path.display()))
    };
    let files = rules::catalogue::markdown(&rulebook, &cases);
    for (name, text) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| unwritten(parent, error))?;
        std::fs::write(&path, text).map_err(|error| unwritten(&path, error))?;
    }
    let kept: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        for page in std::fs::read_dir(entry.path()).into_iter().flatten().flatten().map(|page| page.path()) {
            if page.extension().is_some_and(|extension| extension == "md") && !kept.contains(&page) {
                std::fs::remove_file(&page).map_err(|error| unwritten(&page, error))?;
            }
        }
    }
    console::answer(&format!("Wrote {} to {}.\n", counted(files.len(), "page"), folder.display()))?;
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
