use std::path::PathBuf;

use clap::{ArgMatches, Args};

use crate::{Outcome, console, database, exit::Status, progress, settings::Options};

/// Bring a backup back into an empty database
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark restore waymark-2026-11-23.backup
  waymark restore waymark-2026-11-23.backup --database postgres://waymark@db.example.org/waymark

Refused if the database holds anything: move the old one away first.")]
pub(crate) struct Restore {
    /// File that `waymark backup` wrote
    file: PathBuf,
    #[command(flatten)]
    options: Options,
}

impl Restore {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let store = database::open(&settings)?;
        let bar = progress::bar("Restoring");
        let rows = store::transfer::restore(&self.file, &store, &mut |step| bar.set(step.done, step.total))
            .map_err(|error| database::transfer_failure(&error))?;
        drop(bar);
        console::answer(&format!("Restored {rows} rows into {}.\n", settings.database_redacted()))?;
        Ok(Status::Done)
    }
}
