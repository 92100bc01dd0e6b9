//! A folder on disk: its files, as they are given to `exchange`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use exchange::{
    folder::{Known, KnownParameter, KnownRequirement, ParameterKind},
    problem::{Problem, Severity},
};
use rules::{Rulebook, Settled, Shape};

use crate::{console, exit::Failure};

/// The largest file that is read: far above any school's, far below what would fill the memory.
const LARGEST: u64 = 1 << 30;

/// Every file of a folder, by its path from there; hidden files and what lies deeper than one folder left out.
///
/// # Errors
/// Everything that cannot be read, at once.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut names = Vec::new();
    let mut problems = Vec::new();
    list(folder, "", &mut names, &mut problems);
    let mut files = Vec::new();
    for (name, path) in names {
        match small_enough(&path).and_then(|()| fs::read(&path)) {
            Ok(bytes) => files.push((name, bytes)),
            Err(error) => problems.push(format!("{}: {error}.", path.display())),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(Failure::Input(problems.join("\n"))) }
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<(String, PathBuf)>, problems: &mut Vec<String>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let what = if error.kind() == io::ErrorKind::NotADirectory {
                "is a file, not a folder".into()
            } else {
                error.to_string()
            };
            return problems
                .push(format!("{}: {what}. Name the folder that holds institution.toml.", folder.display()));
        }
    };
    let mut found: Vec<_> = entries.flatten().map(|entry| (entry.file_name(), entry.path())).collect();
    found.sort();
    for (name, path) in found {
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if !path.is_dir() {
            names.push((format!("{prefix}{name}"), path));
        } else if prefix.is_empty() {
            list(&path, &format!("{name}/"), names, problems);
        }
    }
}

fn small_enough(path: &Path) -> io::Result<()> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is {} MB; files above {} MB are not read", size >> 20, LARGEST >> 20),
        ));
    }
    Ok(())
}

/// What adaptations and parameters a folder may name: those of any edition.
pub(crate) fn with_known<T>(rulebook: &Rulebook, use_it: impl FnOnce(Known<'_>) -> T) -> T {
    let (mut requirements, mut parameters) = (Vec::new(), Vec::new());
    for pack in rulebook.packs() {
        for requirement in &pack.requirements {
            let countable =
                matches!(requirement.shape, Shape::Count { .. } | Shape::ProviderTypes { .. } | Shape::Hours { .. });
            requirements.push(KnownRequirement { id: &requirement.id, countable });
        }
        for parameter in &pack.parameters {
            let kind = match parameter.default {
                Settled::Number(_) => ParameterKind::Number,
                Settled::YesNo(_) => ParameterKind::YesNo,
            };
            parameters.push(KnownParameter { name: &parameter.name, kind });
        }
    }
    use_it(Known { requirements: &requirements, parameters: &parameters })
}

/// Tells all of these to the person, in the order of the files.
pub(crate) fn tell(problems: &[Problem]) {
    for problem in problems {
        console::complain(&line(problem));
    }
}

/// One line: where, how grave, the value, what is wrong, how to mend it.
pub(crate) fn line(problem: &Problem) -> String {
    let grade = match problem.severity {
        Severity::Problem => "",
        Severity::Finding => "worth a look: ",
        Severity::Note => "note: ",
    };
    let value = match &problem.value {
        // A quoted cell may go over several lines; the report of it does not.
        Some(value) if !value.is_empty() => format!("“{}” – ", value.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => String::new(),
    };
    let mut line = format!("{}: {grade}{value}{}", problem.place, problem.message());
    let remedy = problem.remedy();
    if !remedy.is_empty() {
        line.push(' ');
        line.push_str(&remedy);
    }
    line
}
