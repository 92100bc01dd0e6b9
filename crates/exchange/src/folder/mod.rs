//! The folder of files that the command line reads and writes: `institution.toml`, `learners.csv` and the rest.

mod activities;
mod adaptations;
mod cell;
mod institution;
mod learners;
mod participation;
mod references;
mod reviews;
mod roster;
mod table;
mod write;
mod year_groups;

pub use write::{write, year_groups_of};

use domain::{AcademicYear, Date, Records};

use references::References;

use crate::problem::{Code, Place, Problem, Severity};

/// The files of a folder of Waymark's own.
const OWN: [&str; 7] = [
    "institution.toml",
    learners::FILE,
    year_groups::FILE,
    activities::FILE,
    participation::FILE,
    reviews::FILE,
    adaptations::FILE,
];

/// What the rulebook knows and a folder may name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Requirements of any edition.
    pub requirements: &'a [KnownRequirement<'a>],
    /// Parameters of any edition.
    pub parameters: &'a [KnownParameter<'a>],
}

/// A requirement that an adaptation may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRequirement<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether there is a number in its condition that can be adapted.
    pub countable: bool,
}

/// A parameter that an institution may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownParameter<'a> {
    /// Its name.
    pub name: &'a str,
    /// What values it has.
    pub kind: ParameterKind,
}

/// What values a parameter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number of 1 or more.
    Number,
    /// Yes or no.
    YesNo,
}

impl Known<'_> {
    fn is_countable(&self, requirement: &str) -> bool {
        self.requirements.iter().any(|known| known.id == requirement && known.countable)
    }
}

/// How to read a folder.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The day as of which it will be evaluated: its academic year is the one of the year groups unless the folder names one.
    pub as_of: Date,
    /// What the rulebook knows.
    pub known: Known<'a>,
    /// Whether to take the good rows although there are bad ones.
    pub good_rows_alone: bool,
}

/// What a folder comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The records; `None` if there are problems and the good rows alone were not asked for, or without an institution and
    /// its learners.
    pub records: Option<Records>,
    /// The academic year that the year groups of learners.csv belong to.
    pub year_groups_of: AcademicYear,
    /// What keeps rows from being taken: every problem of every file.
    pub problems: Vec<Problem>,
    /// What is probably wrong in rows that were taken.
    pub findings: Vec<Problem>,
    /// What else to know.
    pub notes: Vec<Problem>,
}

/// Reads a folder from its files by name, in any case. Without learners.csv the learners come from Common Transfer Files
/// (`*.xml`), or a OneRoster package: a zip, or its files beside the others or in a folder of their own (`oneroster/users.csv`).
/// Every row of every file is read, whatever is wrong before it.
pub fn read<N: AsRef<str>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (N, B)>, options: &Options<'_>) -> Reading {
    let files: Vec<(N, B)> = files.into_iter().collect();
    let mut problems = Vec::new();
    let find = |name: &str| {
        files.iter().find(|(file, _)| file.as_ref().eq_ignore_ascii_case(name)).map(|(_, bytes)| bytes.as_ref())
    };
    let require = |name: &str, problems: &mut Vec<Problem>| {
        let bytes = find(name);
        if bytes.is_none() {
            problems.push(Problem::problem(Place::file(name), Code::FileMissing));
        }
        bytes
    };

    let institution = require("institution.toml", &mut problems)
        .map(|bytes| institution::read(bytes, &options.known, &mut problems))
        .unwrap_or_default();
    let year_groups_of = institution.year_groups_of.unwrap_or_else(|| institution.calendar.year_of(options.as_of));
    let terms = learners::Terms { calendar: &institution.calendar, years: institution.years, year_groups_of };

    let known_as: Vec<&str> = institution
        .institution
        .iter()
        .flat_map(|institution| institution.urn.as_deref().into_iter().chain([institution.name.as_str()]))
        .collect();
    let (read, mut used) = match (find(learners::FILE), roster::find(&files, &known_as)) {
        (None, Some((rosters, used))) => (Some(roster::learners(rosters, &terms, &mut problems)), used),
        _ => {
            let bytes = require(learners::FILE, &mut problems);
            (bytes.and_then(|bytes| learners::read(bytes, &terms, &mut problems)), Vec::new())
        }
    };
    let have_learners = read.as_ref().is_some_and(|read| used.is_empty() || !read.learners.is_empty());
    let mut learners = read.unwrap_or_default();
    if !have_learners {
        learners.references.cut_short();
    }
    if let Some(bytes) = find(year_groups::FILE) {
        let records = &mut learners.year_records;
        year_groups::read(bytes, &learners.references, institution.years, records, &mut problems);
    }
    let (activities, activity_references) = require(activities::FILE, &mut problems)
        .and_then(|bytes| activities::read(bytes, &mut problems))
        .unwrap_or_else(|| (Vec::new(), References::unread()));
    let named = participation::Named {
        learners: &learners.learners,
        learner_references: &learners.references,
        activities: &activities,
        activity_references: &activity_references,
    };
    let participations = require(participation::FILE, &mut problems)
        .and_then(|bytes| participation::read(bytes, &named, &mut problems))
        .unwrap_or_default();
    let reviews =
        find(reviews::FILE).map(|bytes| reviews::read(bytes, &learners.references, &mut problems)).unwrap_or_default();
    let adaptations = find(adaptations::FILE)
        .map(|bytes| adaptations::read(bytes, &learners.references, &options.known, &mut problems))
        .unwrap_or_default();

    used.extend(OWN.map(str::to_owned));
    for (name, _) in &files {
        if !used.iter().any(|used| used.eq_ignore_ascii_case(name.as_ref())) {
            problems.push(Problem::note(Place::file(name.as_ref()), Code::FileIgnored));
        }
    }
    let (problems, rest): (Vec<_>, Vec<_>) = problems.into_iter().partition(|p| p.severity == Severity::Problem);
    let (findings, notes) = rest.into_iter().partition(|p| p.severity == Severity::Finding);
    let acceptable = have_learners && (problems.is_empty() || options.good_rows_alone);
    let records = institution.institution.filter(|_| acceptable).map(|institution| Records {
        institution,
        learners: learners.learners,
        year_records: learners.year_records,
        activities,
        participations,
        reviews,
        adaptations,
    });
    Reading { records, year_groups_of, problems, findings, notes }
}
