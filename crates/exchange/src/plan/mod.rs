//! What taking a file would do: each row new, changed field by field, the same, or in need of a decision; and who is not in
//! the file. A plan is stored between review and applying, so it holds everything that applying needs.

mod absence;
mod activities;
mod changes;
mod decide;
mod matching;
mod participation;
mod roster;
mod value;

pub use absence::proposed_leaving;
pub use activities::{ActivityPlan, ActivitySkipped, ActivityStep, PlannedActivity, activities, activities_with};
pub use decide::{Decision, Undecidable};
pub use participation::{ParticipationPlan, PlannedEntry, PlannedRegister, participation};
pub use roster::plan;
pub use value::Value;

use std::collections::BTreeMap;

use domain::{AcademicYear, Calendar, Date, Learner, LearnerId, YearGroup};
use serde::{Deserialize, Serialize};

use crate::roster::{Extent, Field, Source};

/// A learner as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    /// Key in the store.
    pub id: LearnerId,
    /// The learner.
    pub learner: Learner,
    /// UPNs that the learner had before.
    pub former_upns: Vec<String>,
    /// Recorded year groups.
    pub year_groups: BTreeMap<AcademicYear, YearGroup>,
}

/// How to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The day on which the file is taken to speak.
    pub as_of: Date,
    /// The academic year of its year groups, unless the file says another.
    pub academic_year: AcademicYear,
    /// When the institution's years begin.
    pub calendar: Calendar,
    /// First and last year group that the institution teaches.
    pub years: (YearGroup, YearGroup),
    /// How many may be missing from a bulk file before each must be confirmed on its own; `None`: the larger of five and a
    /// twentieth of those on roll.
    pub leavers_threshold: Option<usize>,
}

/// What taking a roster would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The file.
    pub file: String,
    /// What kind of file.
    pub source: Source,
    /// What absence from it means.
    pub extent: Extent,
    /// The academic year of its year groups.
    pub academic_year: AcademicYear,
    /// One step for each row, in the order of the file.
    pub rows: Vec<PlannedRow>,
    /// Who is on roll and not in the file; empty unless the file is bulk.
    pub absent: Vec<Absent>,
    /// Whether so many are absent that each must be confirmed on its own.
    pub confirm_each: bool,
}

/// What taking one row would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// Its line in the file.
    pub line: u64,
    /// Whom it is about, as the row (or the record) names them.
    pub name: String,
    /// The academic year of its year group, if not the plan's: somebody who left before that began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub academic_year: Option<AcademicYear>,
    /// What would happen.
    pub step: Step,
}

/// What taking one row would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// A new learner.
    Join {
        /// Who.
        draft: Draft,
    },
    /// A known learner, with changes.
    Change {
        /// Who.
        learner: LearnerId,
        /// By what the row and the learner were matched.
        matched_by: MatchedBy,
        /// What changes, at least one field.
        changes: Vec<Change>,
    },
    /// A known learner about whom the row says nothing new.
    Same {
        /// Who.
        learner: LearnerId,
        /// By what the row and the learner were matched.
        matched_by: MatchedBy,
    },
    /// Someone must decide.
    Decide {
        /// What.
        question: Question,
        /// Between what.
        choices: Vec<Choice>,
    },
    /// Nothing would happen.
    Skip {
        /// Why not.
        why: Skipped,
    },
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// What it holds.
    pub old: Value,
    /// What it will hold.
    pub new: Value,
}

/// A new learner, as far as the file tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is known, by field.
    pub values: BTreeMap<Field, Value>,
    /// Fields that the file does not give and that were filled in: the person who reviews should know.
    pub assumed: Vec<Field>,
    /// Fields that a learner must have and that are missing.
    pub missing: Vec<Field>,
}

/// By what a row and a learner were matched, most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// The school's own id.
    Reference,
    /// The UPN.
    Upn,
    /// A UPN that one of them had before.
    FormerUpn,
    /// The ULN.
    Uln,
    /// Name and date of birth, and a person who said so.
    Person,
}

/// What someone must decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "kebab-case")]
pub enum Question {
    /// Its identifiers belong to different learners.
    SeveralMatch,
    /// Only name and date of birth agree with a known learner.
    SameNameAndBirth,
    /// An identifier agrees, but neither name nor date of birth does.
    LooksDifferent,
    /// The year group is written as something other than a number.
    YearGroup {
        /// As written.
        written: String,
    },
    /// A new learner lacks what a learner must have.
    Missing {
        /// What.
        fields: Vec<Field>,
    },
    /// An earlier row is about the same learner and says otherwise.
    TwiceInFile {
        /// The line of that row.
        first_line: u64,
    },
}

/// One way to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "kebab-case")]
pub enum Choice {
    /// It is this learner.
    Existing {
        /// Who.
        learner: LearnerId,
        /// Their name and form, to tell them apart.
        name: String,
        /// What would change.
        changes: Vec<Change>,
    },
    /// It is somebody new.
    New {
        /// Who.
        draft: Draft,
    },
    /// Leave the row out.
    Skip,
}

/// Why a row does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skipped {
    /// A person said so.
    Person,
    /// Below year 7.
    BelowYearSeven,
    /// In a year group that the institution does not teach.
    OutsideYears,
    /// An earlier row says the same.
    TwiceInFile,
    /// Not known here, and the file brings nobody new: it removes, or only adds to what is known.
    NotKnown,
}

/// Someone on roll who is not in a bulk file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// Who.
    pub learner: LearnerId,
    /// Their name and form.
    pub name: String,
    /// The last day on roll that is proposed.
    pub left: Date,
    /// Whether they leave: yes or no as a person said; none yet. Where not each must be confirmed, yes is proposed.
    pub leaves: Option<bool>,
}

/// How many rows of each kind, for the summary of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// New learners.
    pub join: usize,
    /// Known learners with changes.
    pub change: usize,
    /// Known learners without.
    pub same: usize,
    /// Rows that need a decision.
    pub decide: usize,
    /// Rows that do nothing.
    pub skip: usize,
    /// Known learners whom the file gives a last day.
    pub leave: usize,
    /// On roll and not in the file.
    pub absent: usize,
}

/// How many rows of each kind, for the summary of a plan of activities or participation. Together with the lines that have
/// a problem, each counted once, they are all rows of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCounts {
    /// New records.
    pub new: usize,
    /// Known records with changes.
    pub change: usize,
    /// Known records without.
    pub same: usize,
    /// Rows that need a decision.
    pub decide: usize,
    /// Rows that do nothing.
    pub skip: usize,
}

impl Plan {
    /// How many rows of each kind. Those whom the file gives a last day are counted among the changes too.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { absent: self.absent.len(), ..Counts::default() };
        for row in &self.rows {
            match &row.step {
                Step::Join { .. } => counts.join += 1,
                Step::Change { changes, .. } => {
                    counts.change += 1;
                    let leaves = changes.iter().any(|change| change.field == Field::Left && !change.new.is_nothing());
                    counts.leave += usize::from(leaves);
                }
                Step::Same { .. } => counts.same += 1,
                Step::Decide { .. } => counts.decide += 1,
                Step::Skip { .. } => counts.skip += 1,
            }
        }
        counts
    }

    /// Whether nothing is left to decide or to confirm.
    pub fn is_decided(&self) -> bool {
        self.rows.iter().all(|row| !matches!(row.step, Step::Decide { .. }))
            && self.absent.iter().all(|absent| absent.leaves.is_some())
    }

    /// Whether applying it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.step, Step::Same { .. } | Step::Skip { .. }))
            && self.absent.iter().all(|absent| absent.leaves == Some(false))
    }
}

impl Draft {
    /// The learner and the recorded year group; `None` while something is missing.
    pub fn learner(&self) -> Option<(Learner, AcademicYear, YearGroup)> {
        let text = |field| match self.values.get(&field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let date = |field| match self.values.get(&field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let Some(&Value::YearGroup(academic_year, year_group)) = self.values.get(&Field::YearGroup) else {
            return None;
        };
        let mut learner = Learner {
            reference: text(Field::Reference)?,
            upn: None,
            uln: None,
            forename: text(Field::Forename)?,
            surname: text(Field::Surname)?,
            date_of_birth: date(Field::DateOfBirth)?,
            sex: None,
            form: None,
            sen: None,
            fsm: None,
            looked_after: None,
            considering_he: None,
            subjects: Vec::new(),
            joined: date(Field::Joined)?,
            left: None,
            programme_starts: None,
            programme_ends: None,
        };
        for (&field, value) in &self.values {
            value.put(&mut learner, field);
        }
        Some((learner, academic_year, year_group))
    }

    /// UPNs that the learner had before.
    pub fn former_upns(&self) -> &[String] {
        match self.values.get(&Field::FormerUpn) {
            Some(Value::Texts(upns)) => upns,
            _ => &[],
        }
    }
}
