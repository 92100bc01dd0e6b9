use std::path::{Path, PathBuf};

use app::{
    Actor, App, View,
    import::{FolderSummary, ImportKind, Upload},
};
use clap::{ArgMatches, Args, ValueEnum};
use domain::{Date, InstitutionId};
use exchange::folder::Options as Reading;

use super::{check::day, person::institution};
use crate::{
    Outcome, console,
    exit::{Failure, Status},
    folder, installation, progress,
    settings::{Options, Settings},
};

/// Take a folder of files, or a file of another system, into the database
///
/// A folder (see `waymark check`) is taken as a whole in one transaction: into the institution named, or the one with its URN, or a
/// new one. A file is read and planned; with --apply it is applied if nothing is left to decide, otherwise it waits for
/// review in the browser. The same file or folder twice changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark import our-school
  waymark import roster.csv --of learners
  waymark import fair-register.xlsx --of participation --apply

Exit codes: 0 taken, or waiting for review; 2 the files have problems; 3 something is left to decide.")]
pub(crate) struct Import {
    /// Folder, or file (CSV, XLSX, Common Transfer File, OneRoster zip)
    path: PathBuf,
    /// Institution, by name or id [default: the one with the folder's URN, or the only one]
    #[arg(long)]
    institution: Option<String>,
    /// What the rows of a file are about
    #[arg(long, value_enum, default_value_t)]
    of: Rows,
    /// The day whose academic year the folder's year groups belong to, unless it says [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Leave bad rows out, and say which, in place of stopping at them
    #[arg(long)]
    good_rows: bool,
    /// Apply a file if nothing is left to decide
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Rows {
    /// Learners
    #[default]
    Learners,
    /// Activities
    Activities,
    /// Who took part in what
    Participation,
}

impl Import {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        if !self.path.exists() {
            return Err(Failure::Input(format!("There is no {}.", self.path.display())));
        }
        let app = installation::open(&settings)?;
        if self.path.is_dir() { self.folder(&app) } else { self.file(&app, &settings) }
    }

    fn folder(&self, app: &App) -> Outcome {
        let named = self.institution.as_deref().map(|named| institution(app, Some(named))).transpose()?;
        let as_of = self.as_of.unwrap_or_else(|| app.context().today());
        let spinner = progress::spinner(format!("Reading {}", self.path.display()));
        let files = folder::read(&self.path)?;
        let reading = folder::with_known(app.rulebook(), |known| {
            exchange::folder::read(files, &Reading { as_of, known, good_rows_alone: self.good_rows })
        });
        drop(spinner);
        for list in [&reading.notes, &reading.findings, &reading.problems] {
            folder::tell(list);
        }
        let Some(records) = &reading.records else {
            return Err(Failure::Input(format!(
                "{} to mend. Nothing was imported. Mend the files, or leave bad rows out with --good-rows.",
                counted(reading.problems.len(), "problem")
            )));
        };
        let spinner = progress::spinner("Importing");
        let done =
            app.import_folder(&Actor::operator(), named, &name(&self.path), records).map_err(installation::failure)?;
        drop(spinner);
        console::answer(&match done.import {
            None => format!("{}: nothing new.\n", records.institution.name),
            Some(import) => format!("{}: {} Import {import}.\n", records.institution.name, changed(&done.summary)),
        })?;
        Ok(Status::Done)
    }

    fn file(&self, app: &App, settings: &Settings) -> Outcome {
        let id = institution(app, self.institution.as_deref())?;
        let unreadable = |error: std::io::Error| Failure::Input(format!("{}: {error}.", self.path.display()));
        let size = std::fs::metadata(&self.path).map_err(unreadable)?.len();
        if size > settings.upload_limit.value as u64 {
            return Err(Failure::Input(format!(
                "{} is larger than the upload limit of {} MB.",
                self.path.display(),
                settings.upload_limit.value / 1_000_000
            )));
        }
        let bytes = std::fs::read(&self.path).map_err(unreadable)?;
        let kind = match self.of {
            Rows::Learners => ImportKind::Learners,
            Rows::Activities => ImportKind::Activities,
            Rows::Participation => ImportKind::Participation,
        };
        let actor = Actor::operator();
        let spinner = progress::spinner(format!("Reading {}", self.path.display()));
        let upload = Upload { institution: id, kind, file_name: &name(&self.path), bytes: &bytes };
        let import = app.upload(&actor, &upload).map_err(installation::failure)?;
        let page = app.import(&actor, View { institution: id, as_of: None }, import).map_err(installation::failure)?;
        drop(spinner);
        folder::tell(&page.problems);
        let summary = page.row.summary;
        console::answer(&format!(
            "{}: {} new, {} changed, {} the same, {} to decide, {} not in the file, {} with problems.\n",
            page.row.file_name, summary.new, summary.changed, summary.same, summary.decide, summary.absent, summary.bad
        ))?;
        let review = format!("{}/institutions/{id}/imports/{import}", settings.public_address.value);
        if !self.apply {
            console::answer(&format!("It waits for review: {review}\n"))?;
            return Ok(Status::Done);
        }
        if summary.bad > 0 && !self.good_rows {
            return Err(Failure::Input(format!(
                "{} to mend. Nothing was applied. Mend the file, or leave bad rows out with --good-rows.",
                counted(summary.bad, "row")
            )));
        }
        if !page.is_ready() {
            return Err(Failure::Refused(format!(
                "Something is left to decide. Nothing was applied. Review it: {review}"
            )));
        }
        self.apply(app, id, import)
    }

    fn apply(&self, app: &App, institution: InstitutionId, import: domain::ImportId) -> Outcome {
        let spinner = progress::spinner("Applying");
        app.apply_import(&Actor::operator(), institution, import, self.good_rows).map_err(installation::failure)?;
        drop(spinner);
        console::answer(&format!("Applied: import {import}.\n"))?;
        Ok(Status::Done)
    }
}

fn name(path: &Path) -> String {
    path.canonicalize()
        .ok()
        .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
        .unwrap_or_else(|| path.to_string_lossy().into_owned())
}

fn changed(summary: &FolderSummary) -> String {
    let both = |(new, changed): (usize, usize), noun: &str| format!("{} new and {changed} changed", counted(new, noun));
    let mut parts = vec![both(summary.learners, "learner")];
    parts.push(format!("activities {} new and {} changed", summary.activities.0, summary.activities.1));
    parts.push(counted(summary.participations, "mark") + " in registers");
    for (number, noun) in
        [(summary.year_records, "year group"), (summary.reviews, "review"), (summary.adaptations, "adaptation")]
    {
        if number > 0 {
            parts.push(counted(number, noun));
        }
    }
    format!("{}.", parts.join(", "))
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
