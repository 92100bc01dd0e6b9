use std::collections::BTreeMap;

use domain::Date;
use serde::{Deserialize, Serialize};

/// What a source's files mean here; kept per institution and source, because OneRoster leaves it open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The institution whose learners are wanted: its `sourcedId`, `identifier` or name. `None`: everybody's.
    pub institution: Option<String>,
    /// What `grades` holds.
    pub grades: Grades,
    /// What `identifier` holds.
    pub identifier: IdentifierIs,
    /// What each kind of `userIds` holds, by its name in any case. `UPN`, `ULN` and `MIS` need no entry.
    pub user_ids: BTreeMap<String, IdentifierIs>,
    /// From where the form is taken.
    pub form: FormFrom,
    /// From where the first and last day are taken.
    pub dates: Dates,
    /// Take preferred names where the file has them, instead of legal ones.
    pub preferred_names: bool,
    /// The day for which the form is wanted. `None`: enrolments are taken whatever their dates, the latest first.
    pub on: Option<Date>,
}

/// What `grades` holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grades {
    /// Year groups (`07`, `Year 7`), unless the text is plainly American (`10th Grade`, `KG`).
    #[default]
    Years,
    /// American grades: the year group is one more.
    American,
}

/// What an identifier is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierIs {
    /// A UPN or ULN if it is a good one, else how the school's own system names the learner.
    #[default]
    Told,
    /// How the school's own system names the learner.
    Reference,
    /// Unique pupil number.
    Upn,
    /// Unique learner number.
    Uln,
    /// Nothing that is wanted.
    Ignored,
}

/// From where the form is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormFrom {
    /// The title of the homeroom class.
    #[default]
    Title,
    /// The code of the homeroom class.
    Code,
    /// From nowhere.
    Nowhere,
}

/// From where the first and last day on roll are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// From the dates of the student's role, which only edition 1.2 has.
    #[default]
    Roles,
    /// From roles, else the first day of the earliest enrolment. The last day of an enrolment is the end of a course, not of
    /// the learner's time at the school, and is never taken.
    Enrolments,
    /// From nowhere.
    Nowhere,
}
