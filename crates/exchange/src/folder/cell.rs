//! What the folder's cells hold, and what is wrong when they do not.

use std::str::FromStr;

use domain::{AcademicYear, Date, Hours, UnknownWord, YearGroup};

use crate::problem::Code;

/// A day in one of the three spellings.
pub(super) fn date(text: &str) -> Result<Date, Code> {
    domain::date::parse(text).ok_or(Code::NotADate)
}

/// A year group.
pub(super) fn year_group(text: &str) -> Result<YearGroup, Code> {
    text.parse().map_err(|_| Code::NotAYearGroup)
}

/// An academic year.
pub(super) fn academic_year(text: &str) -> Result<AcademicYear, Code> {
    text.parse().map_err(|_| Code::NotAnAcademicYear)
}

/// Yes or no.
pub(super) fn yes_no(text: &str) -> Result<bool, Code> {
    domain::parse_yes_no(text).ok_or(Code::NotYesNo)
}

/// A word of a closed list.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(text: &str) -> Result<T, Code> {
    text.parse().map_err(|unknown: UnknownWord| Code::UnknownWord {
        allowed: unknown.allowed.iter().map(|&word| word.to_owned()).collect(),
    })
}

/// A length of time.
pub(super) fn hours(text: &str) -> Result<Hours, Code> {
    text.parse().map_err(|error| match error {
        domain::HoursError::NotANumber => Code::NotHours,
        domain::HoursError::Negative => Code::NegativeHours,
    })
}

/// A whole number of 1 or more.
pub(super) fn count(text: &str) -> Result<u32, Code> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&count| digits && count > 0).ok_or(Code::NotACount)
}

/// Values separated by `;`.
pub(super) fn list<T>(text: &str, read: impl Fn(&str) -> Result<T, Code>) -> Result<Vec<T>, Code> {
    domain::split_list(text).map(read).collect()
}
