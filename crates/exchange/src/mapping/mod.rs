//! What the columns of a school's own file mean: found out from the headings, shown, corrected, and saved for next time.

mod dates;
mod detect;
mod heading;

pub(crate) use dates::read as read_date;
pub use dates::{DateOrder, Dates};
pub use detect::{Preview, detect, preview};

use serde::{Deserialize, Serialize};

use crate::{
    roster::{Extent, Field},
    sheet::Sheet,
};

/// What the rows of a file are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Learners.
    Learners,
    /// Activities.
    Activities,
    /// Who took part in what.
    Participation,
}

/// Something that a file can say of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityField {
    /// How the institution names it.
    Reference,
    /// What it is called.
    Title,
    /// Its day.
    Date,
    /// What it is.
    Kind,
    /// Type of provider.
    ProviderType,
    /// Organisation met.
    Organisation,
    /// How it was held.
    Mode,
    /// Subject.
    Subject,
    /// How long.
    Hours,
    /// Year groups it was offered to.
    YearGroups,
    /// Ticked boxes.
    Checks,
    /// Where it sits in a college's provision.
    Through,
    /// Whose record it is.
    Source,
    /// How far it has come.
    State,
    /// Its last day.
    EndsOn,
    /// When it begins.
    StartsAt,
    /// When it ends.
    EndsAt,
    /// Where.
    Place,
    /// Who is in charge.
    Staff,
    /// What it costs.
    Cost,
    /// What is adjusted for learners with special educational needs.
    Adjustments,
    /// What it is for.
    Purpose,
    /// Its sessions.
    Sessions,
}

impl ActivityField {
    /// Its heading in Waymark's own files.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Reference => "activity",
            Self::Title => "title",
            Self::Date => "date",
            Self::Kind => "kind",
            Self::ProviderType => "provider-type",
            Self::Organisation => "organisation",
            Self::Mode => "mode",
            Self::Subject => "subject",
            Self::Hours => "hours",
            Self::YearGroups => "year-groups",
            Self::Checks => "checks",
            Self::Through => "through",
            Self::Source => "source",
            Self::State => "state",
            Self::EndsOn => "last-day",
            Self::StartsAt => "starts-at",
            Self::EndsAt => "ends-at",
            Self::Place => "place",
            Self::Staff => "staff",
            Self::Cost => "cost",
            Self::Adjustments => "adjustments",
            Self::Purpose => "purpose",
            Self::Sessions => "sessions",
        }
    }
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A field of a learner.
    Learner(Field),
    /// A field of an activity.
    Activity(ActivityField),
    /// Whether the learner took part.
    Status,
    /// A group that the institution keeps, by name.
    Group(String),
    /// Local authority and establishment number of the institution.
    Laestab,
    /// Local authority number.
    Lea,
    /// Establishment number.
    Estab,
    /// Recognised, and left unread because nothing here needs it.
    Dropped,
    /// Not recognised, or left to the other of two columns that mean the same: not read.
    Unknown,
}

/// One column of a file and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// Its heading as written.
    pub heading: String,
    /// Its number, from 1.
    pub number: u32,
    /// What it means.
    pub target: Target,
}

/// What the columns of files with a certain header mean. Saved by an institution under its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the rows are about.
    pub subject: Subject,
    /// Every column with a heading.
    pub columns: Vec<Mapped>,
    /// The order of day and month, once somebody has said so; `None`: found out from the file.
    pub date_order: Option<DateOrder>,
    /// What absence from the file means.
    pub extent: Extent,
}

impl Mapping {
    /// A text that is the same for files with the same headings in the same order: letters and digits only, any case.
    pub fn fingerprint(&self) -> String {
        let keys: Vec<String> = self.columns.iter().map(|column| heading::key(&column.heading)).collect();
        keys.join("|")
    }

    /// Whether the file is the pupil premium download of Get Information About Pupils: only it has such a column.
    pub(crate) fn is_pupil_premium(&self) -> bool {
        self.columns.iter().any(|column| heading::key(&column.heading) == "deprivationpupilpremium")
    }

    /// The column (from 0) that means `target`.
    pub fn column(&self, target: &Target) -> Option<usize> {
        self.mapped(target).map(|column| column.number as usize - 1)
    }

    /// The column that means `target`.
    pub fn mapped(&self, target: &Target) -> Option<&Mapped> {
        self.columns.iter().find(|column| column.target == *target)
    }
}

/// The position of the header that a mapping was made for: the first row near the top with its headings in its columns; else
/// the one that looks most like a header.
pub(crate) fn header(sheet: &Sheet<'_>, mapping: &Mapping) -> Option<usize> {
    let fits = |row: &crate::sheet::Row<'_>| {
        mapping
            .columns
            .iter()
            .all(|column| heading::key(row.cell(column.number as usize - 1)) == heading::key(&column.heading))
    };
    sheet.rows.iter().take(detect::TITLES).position(fits).or_else(|| detect::header(sheet, mapping.subject))
}
