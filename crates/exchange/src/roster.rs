//! What every reader of learners comes to, whatever the file: rows that say something about learners.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AcademicYear, Date, Sen, YearGroup};
use serde::{Deserialize, Serialize};

use crate::problem::{Place, Problem};

/// What kind of file a roster came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A CSV or workbook of a management information system, through a mapping.
    Mapped,
    /// A Common Transfer File, or the admissions file that looks like it.
    Ctf,
    /// OneRoster CSV.
    OneRoster,
    /// The learners of a folder of Waymark's own files.
    Folder,
    /// The pupil premium download of Get Information About Pupils.
    PupilPremium,
}

/// What it means that a learner is not in the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Everybody on roll is in it: who is absent may have left.
    Bulk,
    /// Only what changed: absence says nothing.
    Delta,
    /// Some learners only, or some of what is known of them: absence of a learner, and a blank cell, say nothing.
    Partial,
}

/// Something that a roster can say of a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// How the school's own system names the learner.
    Reference,
    /// Unique pupil number.
    Upn,
    /// A unique pupil number that the learner had before.
    FormerUpn,
    /// Unique learner number.
    Uln,
    /// Forename.
    Forename,
    /// Surname.
    Surname,
    /// Date of birth.
    DateOfBirth,
    /// Sex, as the source has it.
    Sex,
    /// Year group.
    YearGroup,
    /// Registration group.
    Form,
    /// SEN provision.
    Sen,
    /// Eligible for free school meals.
    Fsm,
    /// Looked after.
    LookedAfter,
    /// Considering higher education.
    ConsideringHe,
    /// Own subjects.
    Subjects,
    /// First day on roll.
    Joined,
    /// Last day on roll.
    Left,
    /// First day of the programme.
    ProgrammeStarts,
    /// Last day of the programme.
    ProgrammeEnds,
}

impl Field {
    /// Every field, in the order in which people expect them.
    pub const ALL: [Self; 19] = [
        Self::Reference,
        Self::Upn,
        Self::FormerUpn,
        Self::Uln,
        Self::Forename,
        Self::Surname,
        Self::DateOfBirth,
        Self::Sex,
        Self::YearGroup,
        Self::Form,
        Self::Sen,
        Self::Fsm,
        Self::LookedAfter,
        Self::ConsideringHe,
        Self::Subjects,
        Self::Joined,
        Self::Left,
        Self::ProgrammeStarts,
        Self::ProgrammeEnds,
    ];

    /// Its heading in Waymark's own files.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Reference => "learner",
            Self::Upn => "upn",
            Self::FormerUpn => "former-upn",
            Self::Uln => "uln",
            Self::Forename => "forename",
            Self::Surname => "surname",
            Self::DateOfBirth => "date-of-birth",
            Self::Sex => "sex",
            Self::YearGroup => "year-group",
            Self::Form => "form",
            Self::Sen => "sen",
            Self::Fsm => "fsm",
            Self::LookedAfter => "looked-after",
            Self::ConsideringHe => "considering-he",
            Self::Subjects => "subjects",
            Self::Joined => "joined",
            Self::Left => "left",
            Self::ProgrammeStarts => "programme-starts",
            Self::ProgrammeEnds => "programme-ends",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reference => "Local id",
            Self::Upn => "UPN",
            Self::FormerUpn => "Former UPN",
            Self::Uln => "ULN",
            Self::Forename => "Forename",
            Self::Surname => "Surname",
            Self::DateOfBirth => "Date of birth",
            Self::Sex => "Sex",
            Self::YearGroup => "Year group",
            Self::Form => "Form",
            Self::Sen => "SEN provision",
            Self::Fsm => "Free school meals",
            Self::LookedAfter => "Looked after",
            Self::ConsideringHe => "Considering higher education",
            Self::Subjects => "Subjects",
            Self::Joined => "Joined",
            Self::Left => "Left",
            Self::ProgrammeStarts => "Programme starts",
            Self::ProgrammeEnds => "Programme ends",
        }
    }
}

/// Where a field stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading, or the XML element.
    pub heading: String,
    /// Its number from 1, in sheets.
    pub number: Option<u32>,
}

/// What one row says of one learner. `None`: it says nothing, or the cell is blank; [`Roster::covers`] tells which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RosterRow {
    /// The line of the file it starts on.
    pub line: u64,
    /// How the school's own system names the learner.
    pub reference: Option<String>,
    /// Unique pupil number, upper case, good or not.
    pub upn: Option<String>,
    /// Unique pupil numbers that the learner had before.
    pub former_upns: Vec<String>,
    /// Unique learner number; never the placeholder.
    pub uln: Option<String>,
    /// Forename.
    pub forename: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Sex as written, `Male` and `Female` shortened to their letters.
    pub sex: Option<String>,
    /// Year group, where it is one.
    pub year_group: Option<YearGroup>,
    /// The year group as written, where it is none (`X`, `R`): someone must decide.
    pub year_group_undecided: Option<String>,
    /// Registration group.
    pub form: Option<String>,
    /// SEN provision.
    pub sen: Option<Sen>,
    /// Eligible for free school meals.
    pub fsm: Option<bool>,
    /// Looked after.
    pub looked_after: Option<bool>,
    /// Considering higher education.
    pub considering_he: Option<bool>,
    /// Own subjects.
    pub subjects: Option<Vec<String>>,
    /// First day on roll.
    pub joined: Option<Date>,
    /// Last day on roll.
    pub left: Option<Date>,
    /// First day of the programme.
    pub programme_starts: Option<Date>,
    /// Last day of the programme.
    pub programme_ends: Option<Date>,
    /// Values of groups that the institution keeps (house, pupil premium), by name.
    pub groups: BTreeMap<String, String>,
    /// Schools attended before, where the source tells.
    pub history: Vec<PreviousSchool>,
    /// The source says that this record is to be removed: the learner is no longer on roll.
    pub removed: bool,
}

/// A school that a learner attended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousSchool {
    /// Its local authority and establishment number, as seven digits where both are known.
    pub laestab: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// First day there.
    pub entered: Option<Date>,
    /// Last day there.
    pub left: Option<Date>,
}

/// What a file says about learners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Name of the file that the rows stand in.
    pub file: String,
    /// What kind of file.
    pub source: Source,
    /// What absence means.
    pub extent: Extent,
    /// The academic year that its year groups belong to, if it says so.
    pub academic_year: Option<AcademicYear>,
    /// Good rows, in the order of the file.
    pub rows: Vec<RosterRow>,
    /// Rows with problems, as far as they could be read: not taken, but whoever they are about is not absent either.
    #[serde(default)]
    pub rejected: Vec<RosterRow>,
    /// Problems, findings and notes, in the order of the file. Unknown and dropped columns are notes.
    pub problems: Vec<Problem>,
    /// The fields that the source speaks of: in a bulk file, a blank there clears what was known (identifiers and names excepted).
    pub covers: BTreeSet<Field>,
    /// Where each field stands.
    pub columns: BTreeMap<Field, Column>,
    /// Local authority and establishment number of the institution it is about, as seven digits, if it says so.
    pub laestab: Option<String>,
}

impl Roster {
    /// A roster without rows.
    pub fn new(file: impl Into<String>, source: Source, extent: Extent) -> Self {
        Self {
            file: file.into(),
            source,
            extent,
            academic_year: None,
            rows: Vec::new(),
            rejected: Vec::new(),
            problems: Vec::new(),
            covers: BTreeSet::new(),
            columns: BTreeMap::new(),
            laestab: None,
        }
    }

    /// The place of a field on a line.
    pub fn place(&self, line: u64, field: Field) -> Place {
        let place = Place::line(&self.file, line);
        match self.columns.get(&field) {
            Some(column) => place.at(&column.heading, column.number),
            None => place.at(field.heading(), None),
        }
    }
}
