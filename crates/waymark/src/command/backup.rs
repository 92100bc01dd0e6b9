use std::{fs, path::PathBuf};

use app::Actor;
use clap::{ArgMatches, Args};

use crate::{
    Outcome, console, database,
    exit::{Failure, Status},
    installation, progress,
    settings::Options,
};

/// Write everything into one file, while Waymark goes on working
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark backup waymark-2026-11-23.backup
  waymark backup /backups/waymark.backup --database-file /etc/waymark/database

The file appears under its name only when it is whole. `waymark restore` reads it.")]
pub(crate) struct Backup {
    /// File to write; refused if it exists
    file: PathBuf,
    #[command(flatten)]
    options: Options,
}

impl Backup {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        if self.file.exists() {
            return Err(Failure::Refused(format!("{} exists already: name another file.", self.file.display())));
        }
        let store = database::open(&settings)?;
        let mut partial = self.file.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        // Left behind by a backup that was interrupted.
        let _ = fs::remove_file(&partial);
        let bar = progress::bar("Backing up");
        store::transfer::backup(&store, &partial, &mut |step| bar.set(step.done, step.total))
            .map_err(|error| database::transfer_failure(&error))?;
        fs::rename(&partial, &self.file)
            .map_err(|error| Failure::Fault(format!("{} could not be written: {error}.", self.file.display())))?;
        drop(bar);
        let app = installation::over(store, app::Cost::Full)?;
        app.note_backup(&Actor::operator()).map_err(installation::failure)?;
        let size = fs::metadata(&self.file).map_or(0, |file| file.len());
        console::answer(&format!("Backed up to {} ({} kB).\n", self.file.display(), size.div_ceil(1000)))?;
        Ok(Status::Done)
    }
}
