use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Args};

use super::person::institution;
use crate::{
    Outcome, console,
    exit::{Failure, Status},
    installation, progress,
    settings::Options,
};

/// Write an institution's public careers pages as a folder that works from any web server, or opened from a disk
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark export-site careers
  waymark export-site /srv/www/careers --institution \"Hollin Bank Academy\" --overwrite

What is written is what the public sees: pages are published, and withdrawn, under Website. With --overwrite, pages that are
public no longer are removed from the folder, all of them once the site is withdrawn; files that an earlier export did not write are left alone.")]
pub(crate) struct ExportSite {
    /// Folder to write; refused if it holds anything, unless --overwrite is given
    folder: PathBuf,
    /// Institution, by name or id [default: the only one]
    #[arg(long)]
    institution: Option<String>,
    /// Write into a folder that holds something already
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    options: Options,
}

/// Names the files of an export, so that the next one knows which are its own.
const LIST: &str = "waymark-files.txt";

impl ExportSite {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let holds = fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if holds && !self.overwrite {
            return Err(Failure::Refused(format!(
                "{} holds something already: name another folder, or write into it with --overwrite.",
                self.folder.display()
            )));
        }
        let app = installation::open(&settings)?;
        let id = institution(&app, self.institution.as_deref())?;
        let spinner = progress::spinner("Exporting");
        let unwritten =
            |error: io::Error| Failure::Fault(format!("{} could not be written: {error}.", self.folder.display()));
        let site = match app.public_site(&id.to_string()) {
            Err(app::Error::Refusal(app::Refusal::NotFound)) => {
                // What was withdrawn must not stay public here.
                let gone = if holds { clear(&self.folder).map_err(unwritten)? } else { 0 };
                let cleared = match gone {
                    0 => String::new(),
                    _ => format!(" What an earlier export wrote to {} was removed.", self.folder.display()),
                };
                return Err(Failure::Refused(format!(
                    "Nothing is public: publish the careers pages under Website, or show the withdrawn ones again.{cleared}"
                )));
            }
            other => other.map_err(installation::failure)?,
        };
        let files: Vec<(&str, &[u8])> = site.files().map(|(path, file)| (path, file.bytes.as_slice())).collect();
        let left = write(&self.folder, &files).map_err(unwritten)?;
        drop(spinner);
        let others = match left {
            0 => String::new(),
            1 => " 1 other file in it was left as it is.".to_owned(),
            many => format!(" {many} other files in it were left as they are."),
        };
        console::answer(&format!("{} files written to {}.{others}\n", files.len(), self.folder.display()))?;
        Ok(Status::Done)
    }
}

/// Writes every file, takes away what an earlier export wrote and what is public no longer, and counts what else lies in the folder.
fn write(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<usize> {
    let now: BTreeSet<&str> = files.iter().map(|(path, _)| *path).collect();
    let earlier = listed(folder);
    fs::create_dir_all(folder)?;
    // Both lists until everything is written: what an export that was cut short wrote is known to the next one.
    list(folder, earlier.iter().map(String::as_str).chain(now.iter().copied()))?;
    for (path, bytes) in files {
        let at = folder.join(path);
        fs::create_dir_all(at.parent().unwrap_or(folder))?;
        // Whole or not at all: a web server may be reading.
        let partial = folder.join(format!("{path}.partial"));
        fs::write(&partial, bytes)?;
        fs::rename(&partial, &at)?;
    }
    remove(folder, earlier.iter().map(String::as_str).filter(|path| !now.contains(path)))?;
    list(folder, now.iter().copied())?;
    let mut others = 0;
    count(folder, Path::new(""), &mut |path| {
        others += usize::from(path != Path::new(LIST) && !now.iter().any(|known| Path::new(known) == path));
    })?;
    Ok(others)
}

/// Takes away what an earlier export wrote; says how many files.
fn clear(folder: &Path) -> io::Result<usize> {
    let earlier = listed(folder);
    remove(folder, earlier.iter().map(String::as_str))?;
    remove(folder, [LIST])?;
    Ok(earlier.len())
}

/// The files that earlier exports wrote.
fn listed(folder: &Path) -> BTreeSet<String> {
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    list.lines().filter(|path| is_below(path)).map(str::to_owned).collect()
}

fn list<'p>(folder: &Path, paths: impl IntoIterator<Item = &'p str>) -> io::Result<()> {
    let paths: BTreeSet<&str> = paths.into_iter().collect();
    fs::write(folder.join(LIST), paths.iter().map(|path| format!("{path}\n")).collect::<String>())
}

fn remove<'p>(folder: &Path, paths: impl IntoIterator<Item = &'p str>) -> io::Result<()> {
    for path in paths {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a path stays in its folder: the list may have been changed by somebody.
fn is_below(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn count(folder: &Path, within: &Path, found: &mut impl FnMut(&Path)) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(within))? {
        let entry = entry?;
        let path = within.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            count(folder, &path, found)?;
        } else {
            found(&path);
        }
    }
    Ok(())
}
