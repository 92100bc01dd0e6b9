use clap::Args;

use crate::{Outcome, console, database, exit::Status, log, progress, settings::redacted};

/// Move everything from one database to another, empty one, of either engine
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark transfer --from data/waymark.sqlite --to postgres://waymark@db.example.org/waymark
  waymark transfer --from postgres://waymark@db.example.org/waymark --to copy.sqlite

Stop Waymark first. The old database is not changed. What arrived is compared with what was sent, table by table.")]
pub(crate) struct Transfer {
    /// Database to copy from: a path, or postgres://user:password@host/name
    #[arg(long, value_name = "ADDRESS", env = "WAYMARK_TRANSFER_FROM", hide_env_values = true)]
    from: String,
    /// Database to copy to; refused if it holds anything
    #[arg(long, value_name = "ADDRESS", env = "WAYMARK_TRANSFER_TO", hide_env_values = true)]
    to: String,
}

impl Transfer {
    pub(crate) fn run(self) -> Outcome {
        log::start("warn")?;
        let missing = database::file(&self.from).filter(|file| !file.is_file());
        if let Some(file) = missing {
            return Err(crate::Failure::Input(format!("There is no database at {}.", file.display())));
        }
        let from = database::open_at(&self.from)?;
        from.migrate().map_err(|error| database::failure(&self.from, &error))?;
        let to = database::open_at(&self.to)?;
        let bar = progress::bar("Copying");
        let rows = store::transfer::transfer(&from, &to, &mut |step| bar.set(step.done, step.total))
            .map_err(|error| database::transfer_failure(&error))?;
        drop(bar);
        console::answer(&format!("Copied {rows} rows to {}, and compared them.\n", redacted(&self.to)))?;
        Ok(Status::Done)
    }
}
