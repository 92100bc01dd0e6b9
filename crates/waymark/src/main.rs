//! The program: settings and commands. What people can do is in `app`; here it meets files, the terminal and the network.

mod command;
mod console;
mod database;
mod exit;
mod folder;
mod installation;
mod log;
mod progress;
mod report;
mod rulebook;
mod settings;
mod wording;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::{command::Command, exit::Failure};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Waymark keeps one record of who did what in careers education, and works out from it which duty or benchmark is met,
/// due or missed, for every learner, why, and by when.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, max_term_width = 110, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  waymark check our-school                 findings from a folder of files, without a database
  waymark site-check www.school.example --kind academy    what a careers website lacks
  waymark demo --serve                     look around in an invented academy
  waymark serve                            the web pages, on this computer

Exit codes: 0 done; 1 check: a statutory duty is missed, site-check: something required is not found; 2 the input could not be read; 3 refused;
4 the database cannot be opened; 5 a fault of Waymark's own.";

fn main() -> ExitCode {
    // Two steps in place of `Cli::parse()`, because where a setting came from is only in the matches.
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match cli.command.run(&matches) {
        Ok(status) => status.into(),
        Err(failure) => {
            console::complain(&failure.to_string());
            failure.into()
        }
    }
}

/// What a command comes to.
type Outcome = Result<exit::Status, Failure>;
