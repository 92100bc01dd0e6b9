//! Files become records: upload → mapping → checked rows and a plan → review → applied in one transaction → undone as a whole.
//!
//! What is worked out from a file is kept with its import, so that review can be left and come back to. The plan was made
//! for one revision of the records and is refused for another.

mod apply;
mod folder;
mod list;
mod plan_of_activity;
mod read;
mod review;
mod undo;
mod upload;
mod work;

use domain::{ImportId, InstitutionId};
pub use exchange::{mapping, plan, problem, roster};
use exchange::{
    mapping::{Mapping, Preview, Subject},
    problem::{Problem, Severity},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
pub use store::import::State;

pub use apply::ApplyOutcome;
pub(crate) use apply::Running;
pub use folder::{FolderImport, FolderSummary};
pub use list::ImportList;
pub(crate) use plan_of_activity::plans;
pub use review::Choose;
pub use work::Work;

use crate::{Frame, Progress};

/// What the rows of a file are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportKind {
    /// Learners: a spreadsheet, a Common Transfer File, OneRoster.
    Learners,
    /// Activities.
    Activities,
    /// Who took part in what.
    Participation,
    /// A whole folder of Waymark's own files.
    Folder,
}

impl ImportKind {
    /// The word that is stored and that forms use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Learners => "learners",
            Self::Activities => "activities",
            Self::Participation => "participation",
            Self::Folder => "folder",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Learners, Self::Activities, Self::Participation, Self::Folder]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    pub(crate) const fn subject(self) -> Subject {
        match self {
            Self::Activities => Subject::Activities,
            Self::Participation => Subject::Participation,
            Self::Learners | Self::Folder => Subject::Learners,
        }
    }
}

/// An import in numbers, kept with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Good rows.
    pub good: usize,
    /// Rows with problems, which are not taken.
    pub bad: usize,
    /// Findings: probably wrong, and taken nevertheless.
    pub findings: usize,
    /// New records.
    pub new: usize,
    /// Changed records.
    pub changed: usize,
    /// Records about which the file says nothing new.
    pub same: usize,
    /// Rows that somebody must decide about.
    pub decide: usize,
    /// Rows that do nothing.
    pub skip: usize,
    /// On roll and not in the file.
    pub absent: usize,
    /// Those of them that nobody has confirmed or kept yet.
    pub unconfirmed: usize,
}

/// One import in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// What its rows are about.
    pub kind: ImportKind,
    /// How far it has come.
    pub state: State,
    /// The file's name.
    pub file_name: String,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// By whom.
    pub by: String,
    /// In numbers, once it was read.
    pub summary: Summary,
}

/// What an import's page shows.
#[derive(Debug, Clone)]
pub struct ImportPage {
    /// Where it is.
    pub frame: Frame,
    /// The import.
    pub row: ImportRow,
    /// Its columns and what they mean, for a spreadsheet.
    pub mapping: Option<Mapping>,
    /// The first rows as written, for a spreadsheet.
    pub preview: Option<Preview>,
    /// Dates whose order of day and month somebody must say, as examples from the file.
    pub ambiguous_dates: Option<Vec<String>>,
    /// Every problem, finding and note, in the order of the file.
    pub problems: Vec<Problem>,
    /// What it would do, or did.
    pub work: Option<Work>,
    /// Whether the records changed since it was worked out what the file would do, so that it must be worked out again.
    pub has_moved: bool,
    /// Whether the same file was applied before.
    pub seen_before: bool,
    /// How far applying has come, while it runs on this node.
    pub progress: Option<Progress>,
    /// Why applying failed, if it did on this node.
    pub failure: Option<String>,
}

impl ImportPage {
    /// Problems that keep rows from being taken.
    pub fn bad(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Problem)
    }

    /// What is probably wrong in rows that are taken.
    pub fn doubtful(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Finding)
    }

    /// What else to know.
    pub fn notes(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Note)
    }

    /// Whether it can be applied as it is.
    pub fn is_ready(&self) -> bool {
        self.row.state == State::Planned
            && self.work.as_ref().is_some_and(Work::is_decided)
            && self.ambiguous_dates.is_none()
    }
}

/// A file handed over.
#[derive(Debug, Clone)]
pub struct Upload<'a> {
    /// Which institution it is for.
    pub institution: InstitutionId,
    /// What its rows are about.
    pub kind: ImportKind,
    /// Its name.
    pub file_name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}
