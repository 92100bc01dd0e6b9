use std::path::PathBuf;

use clap::{Args, ValueEnum};
use domain::Date;
use exchange::folder::{Options, Reading};
use rules::{Facts, Report};

use crate::{
    Outcome, console,
    exit::{Failure, Status},
    folder, progress, report, rulebook,
};

/// Evaluate a folder of files: which duty or benchmark is met, due or missed
///
/// Reads institution.toml, learners.csv, activities.csv, participation.csv and the optional files beside them. No database is
/// needed and nothing is written. Every problem is reported at once on standard error.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    /// Folder with institution.toml, learners.csv, activities.csv and participation.csv
    folder: PathBuf,
    /// The day to evaluate, such as 2027-01-15 or 15/01/2027 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Leave bad rows out, and say which, in place of stopping at them
    #[arg(long)]
    good_rows: bool,
}

const EXAMPLES: &str = "\
Examples:
  waymark check our-school
  waymark check our-school --as-of 2027-01-15 --format json > findings.json
  waymark check our-school --format csv --good-rows > findings.csv

Exit codes: 0 no statutory duty is missed; 1 one is; 2 the files could not be read.";

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people: a summary, and who has missed a statutory duty
    #[default]
    Text,
    /// For programs: every count, and every finding of every learner
    Json,
    /// For spreadsheets: one row for each learner and requirement
    Csv,
}

impl Check {
    pub(crate) fn run(self) -> Outcome {
        let as_of = self.as_of.unwrap_or_else(|| app::Context::ambient().today());
        let rulebook = rulebook::load()?;
        let reading = {
            let _progress = progress::spinner(format!("Reading {}", self.folder.display()));
            let files = folder::read(&self.folder)?;
            folder::with_known(&rulebook, |known| {
                exchange::folder::read(files, &Options { as_of, known, good_rows_alone: self.good_rows })
            })
        };
        tell(&reading);
        let Some(records) = &reading.records else { return Err(unreadable(&reading, self.good_rows)) };
        let (report, pack) = {
            let _progress = progress::spinner("Working out the findings");
            let pack = rulebook.framework(records.institution.kind, as_of);
            (Report::new(pack, records, &Facts::new(records), as_of), pack)
        };
        console::answer(&match self.format {
            Format::Text => report::text::write(&report, pack, records),
            Format::Json => report::json::write(&report)?,
            Format::Csv => report::csv::write(&report)?,
        })?;
        Ok(if report.must_missed() { Status::DutyMissed } else { Status::Done })
    }
}

fn tell(reading: &Reading) {
    for list in [&reading.notes, &reading.findings, &reading.problems] {
        folder::tell(list);
    }
}

fn unreadable(reading: &Reading, good_rows: bool) -> Failure {
    let count = reading.problems.len();
    let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    Failure::Input(if good_rows {
        format!("{problems}; without an institution and its learners there is nothing to evaluate.")
    } else {
        format!("{problems}. Nothing was evaluated. Mend the files, or leave bad rows out with --good-rows.")
    })
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    domain::date::parse(text).ok_or_else(|| "write a day that exists, such as 2027-01-15 or 15/01/2027".to_owned())
}
