use std::path::PathBuf;

use clap::Args;

use crate::{
    Outcome, console,
    exit::{Failure, Status},
};

/// Print the description of the JSON API (OpenAPI)
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  waymark openapi > openapi.json\n  waymark openapi --output openapi.json")]
pub(crate) struct Openapi {
    /// File to write in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Openapi {
    pub(crate) fn run(self) -> Outcome {
        let text = web::openapi()
            .map_err(|error| Failure::Fault(format!("The description could not be written as JSON: {error}.")))?;
        match self.output {
            None => console::answer(&text)?,
            Some(file) => std::fs::write(&file, text)
                .map_err(|error| Failure::Fault(format!("{} could not be written: {error}.", file.display())))?,
        }
        Ok(Status::Done)
    }
}
