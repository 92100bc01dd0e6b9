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
public no longer are removed from the folder; files that an earlier export did not write are left alone.")]
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
        let site = app.public_site(&id.to_string()).map_err(|error| match error {
            app::Error::Refusal(app::Refusal::NotFound) => Failure::Refused(
                "Nothing is public: publish the careers pages under Website, or show the withdrawn ones again."
                    .to_owned(),
            ),
            other => installation::failure(other),
        })?;
        let files: Vec<(&str, &[u8])> = site.files().map(|(path, file)| (path, file.bytes.as_slice())).collect();
        let left = write(&self.folder, &files)
            .map_err(|error| Failure::Fault(format!("{} could not be written: {error}.", self.folder.display())))?;
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
    let list = folder.join(LIST);
    let earlier = fs::read_to_string(&list).unwrap_or_default();
    let now: BTreeSet<&str> = files.iter().map(|(path, _)| *path).collect();
    for (path, bytes) in files {
        let at = folder.join(path);
        fs::create_dir_all(at.parent().unwrap_or(folder))?;
        // Whole or not at all: a web server may be reading.
        let partial = folder.join(format!("{path}.partial"));
        fs::write(&partial, bytes)?;
        fs::rename(&partial, &at)?;
    }
    for path in earlier.lines().filter(|path| is_below(path) && !now.contains(path)) {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let lines: String = now.iter().map(|path| format!("{path}\n")).collect();
    fs::write(&list, lines)?;
    let mut others = 0;
    count(folder, Path::new(""), &mut |path| {
        others += usize::from(path != Path::new(LIST) && !now.iter().any(|known| Path::new(known) == path));
    })?;
    Ok(others)
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
