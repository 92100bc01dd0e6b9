use domain::{AcademicYear, Date, Learner, Sen, YearGroup};
use serde::{Deserialize, Serialize};

use crate::roster::{Field, RosterRow};

/// What a field of a learner holds, kept as it was and as it will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nothing known.
    Nothing,
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A day.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// SEN provision.
    Sen(Sen),
    /// A year group, recorded for an academic year.
    YearGroup(AcademicYear, YearGroup),
}

impl Value {
    /// Whether nothing is known.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    fn text(text: &Option<String>) -> Self {
        text.clone().map_or(Self::Nothing, Self::Text)
    }

    fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Nothing, Self::Date)
    }

    fn yes_no(yes: Option<bool>) -> Self {
        yes.map_or(Self::Nothing, Self::YesNo)
    }

    fn texts(texts: &[String]) -> Self {
        if texts.is_empty() { Self::Nothing } else { Self::Texts(texts.to_vec()) }
    }

    /// What a learner's field holds. Former UPNs and year groups are not part of a learner: nothing.
    pub fn of_learner(learner: &Learner, field: Field) -> Self {
        match field {
            Field::Reference => Self::Text(learner.reference.clone()),
            Field::Upn => Self::text(&learner.upn),
            Field::FormerUpn | Field::YearGroup => Self::Nothing,
            Field::Uln => Self::text(&learner.uln),
            Field::Forename => Self::Text(learner.forename.clone()),
            Field::Surname => Self::Text(learner.surname.clone()),
            Field::DateOfBirth => Self::Date(learner.date_of_birth),
            Field::Sex => Self::text(&learner.sex),
            Field::Form => Self::text(&learner.form),
            Field::Sen => learner.sen.map_or(Self::Nothing, Self::Sen),
            Field::Fsm => Self::yes_no(learner.fsm),
            Field::LookedAfter => Self::yes_no(learner.looked_after),
            Field::ConsideringHe => Self::yes_no(learner.considering_he),
            Field::Subjects => Self::texts(&learner.subjects),
            Field::Joined => Self::Date(learner.joined),
            Field::Left => Self::date(learner.left),
            Field::ProgrammeStarts => Self::date(learner.programme_starts),
            Field::ProgrammeEnds => Self::date(learner.programme_ends),
        }
    }

    /// What a row of a roster says of a field; its year group is of `academic_year`.
    pub fn of_row(row: &RosterRow, field: Field, academic_year: AcademicYear) -> Self {
        match field {
            Field::Reference => Self::text(&row.reference),
            Field::Upn => Self::text(&row.upn),
            Field::FormerUpn => Self::texts(&row.former_upns),
            Field::Uln => Self::text(&row.uln),
            Field::Forename => Self::text(&row.forename),
            Field::Surname => Self::text(&row.surname),
            Field::DateOfBirth => Self::date(row.date_of_birth),
            Field::Sex => Self::text(&row.sex),
            Field::YearGroup => row.year_group.map_or(Self::Nothing, |group| Self::YearGroup(academic_year, group)),
            Field::Form => Self::text(&row.form),
            Field::Sen => row.sen.map_or(Self::Nothing, Self::Sen),
            Field::Fsm => Self::yes_no(row.fsm),
            Field::LookedAfter => Self::yes_no(row.looked_after),
            Field::ConsideringHe => Self::yes_no(row.considering_he),
            Field::Subjects => row.subjects.as_deref().map_or(Self::Nothing, Self::texts),
            Field::Joined => Self::date(row.joined),
            Field::Left => Self::date(row.left),
            Field::ProgrammeStarts => Self::date(row.programme_starts),
            Field::ProgrammeEnds => Self::date(row.programme_ends),
        }
    }

    /// Puts the value into a learner. Former UPNs and year groups are kept elsewhere and are passed over, and so is a value
    /// of another sort than the field's.
    pub fn put(&self, learner: &mut Learner, field: Field) {
        let text = || match self {
            Self::Text(text) => Some(text.clone()),
            _ => None,
        };
        let date = || match self {
            Self::Date(date) => Some(*date),
            _ => None,
        };
        let yes_no = || match self {
            Self::YesNo(yes) => Some(*yes),
            _ => None,
        };
        match field {
            Field::Reference => learner.reference = text().unwrap_or_else(|| learner.reference.clone()),
            Field::Upn => learner.upn = text(),
            Field::FormerUpn | Field::YearGroup => {}
            Field::Uln => learner.uln = text(),
            Field::Forename => learner.forename = text().unwrap_or_else(|| learner.forename.clone()),
            Field::Surname => learner.surname = text().unwrap_or_else(|| learner.surname.clone()),
            Field::DateOfBirth => learner.date_of_birth = date().unwrap_or(learner.date_of_birth),
            Field::Sex => learner.sex = text(),
            Field::Form => learner.form = text(),
            Field::Sen => {
                learner.sen = match self {
                    Self::Sen(sen) => Some(*sen),
                    _ => None,
                }
            }
            Field::Fsm => learner.fsm = yes_no(),
            Field::LookedAfter => learner.looked_after = yes_no(),
            Field::ConsideringHe => learner.considering_he = yes_no(),
            Field::Subjects => {
                learner.subjects = match self {
                    Self::Texts(texts) => texts.clone(),
                    _ => Vec::new(),
                }
            }
            Field::Joined => learner.joined = date().unwrap_or(learner.joined),
            Field::Left => learner.left = date(),
            Field::ProgrammeStarts => learner.programme_starts = date(),
            Field::ProgrammeEnds => learner.programme_ends = date(),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Texts(texts) => f.write_str(&texts.join("; ")),
            Self::Date(date) => f.write_str(&domain::date::long(*date)),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Sen(sen) => sen.fmt(f),
            Self::YearGroup(year, group) => write!(f, "year {group} in {year}"),
        }
    }
}
