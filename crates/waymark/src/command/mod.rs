mod check;
mod rulebook;

use clap::Subcommand;

use crate::{Outcome, settings::Located};

/// What the program can be asked to do. Each command's file is its manual.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Check),
    Rulebook(rulebook::Rulebook),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self, _options: &Located) -> Outcome {
        match self {
            Self::Check(check) => check.run(),
            Self::Rulebook(rulebook) => rulebook.run(),
        }
    }
}
