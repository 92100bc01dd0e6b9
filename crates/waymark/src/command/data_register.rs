use std::path::PathBuf;

use clap::Args;

use crate::{
    Outcome, console,
    exit::{Failure, Status},
};

/// Print what is kept of people, why and for how long (Markdown)
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  waymark data-register\n  waymark data-register --output data-register.md")]
pub(crate) struct DataRegister {
    /// File to write in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl DataRegister {
    pub(crate) fn run(self) -> Outcome {
        let text = app::data_register().markdown();
        match self.output {
            None => console::answer(&text)?,
            Some(file) => std::fs::write(&file, text)
                .map_err(|error| Failure::Fault(format!("{} could not be written: {error}.", file.display())))?,
        }
        Ok(Status::Done)
    }
}
