use std::{
    fs,
    path::{Path, PathBuf},
};

use app::Actor;
use clap::{ArgMatches, Args};

use super::person::institution;
use crate::{
    Outcome, console,
    exit::{Failure, Status},
    installation, progress,
    settings::Options,
};

/// Write an institution's records as a folder of files, the one that `check` and `import` read
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark export our-school
  waymark export our-school --institution \"Hollin Bank Academy\"

`waymark check` on the folder has the same findings as the pages.")]
pub(crate) struct Export {
    /// Folder to write; refused if it holds anything
    folder: PathBuf,
    /// Institution, by name or id [default: the only one]
    #[arg(long)]
    institution: Option<String>,
    #[command(flatten)]
    options: Options,
}

impl Export {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        if fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Failure::Refused(format!(
                "{} holds something already: name another folder.",
                self.folder.display()
            )));
        }
        let app = installation::open(&settings)?;
        let id = institution(&app, self.institution.as_deref())?;
        let spinner = progress::spinner("Exporting");
        let files = app.export_folder(&Actor::operator(), id).map_err(installation::failure)?;
        write(&self.folder, &files)
            .map_err(|error| Failure::Fault(format!("{} could not be written: {error}.", self.folder.display())))?;
        drop(spinner);
        console::answer(&format!("Exported to {}.\n", self.folder.display()))?;
        Ok(Status::Done)
    }
}

/// All files, or none: they are written beside the folder and appear under its name when they are whole.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    let mut partial = folder.to_path_buf().into_os_string();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    // Left behind by an export that was interrupted.
    let _ = fs::remove_dir_all(&partial);
    fs::create_dir_all(&partial)?;
    let written = files.iter().try_for_each(|(name, bytes)| fs::write(partial.join(name), bytes));
    // An empty folder of that name gives way.
    let _ = fs::remove_dir(folder);
    written.and_then(|()| fs::rename(&partial, folder)).inspect_err(|_| {
        let _ = fs::remove_dir_all(&partial);
    })
}
