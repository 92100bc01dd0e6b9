use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// An academic year, named by the calendar year in which it starts: 2026 is `2026/27`.
///
/// By default it runs from 1 September to 31 August, both included; see [`Calendar`] for institutions that open earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AcademicYear(i16);

impl AcademicYear {
    /// The academic year that starts in this calendar year.
    pub const fn starting(year: i16) -> Self {
        Self(year)
    }

    /// The calendar year in which it starts.
    pub const fn start(self) -> i16 {
        self.0
    }

    /// The year before.
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The year after.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// 1 September, on which it starts unless the institution opens earlier; the last day there is, for a year beyond dates.
    pub fn first_of_september(self) -> Date {
        Date::new(self.0, 9, 1).unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

impl FromStr for AcademicYear {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "an academic year is written 2026/27";
        let (start, end) = text.trim().split_once('/').ok_or(SHAPE)?;
        if start.len() != 4 || end.len() != 2 || !(start.bytes().chain(end.bytes())).all(|b| b.is_ascii_digit()) {
            return Err(SHAPE);
        }
        let start: i16 = start.parse().map_err(|_| SHAPE)?;
        let end: i16 = end.parse().map_err(|_| SHAPE)?;
        if start < 1000 || (start + 1).rem_euclid(100) != end {
            return Err(SHAPE);
        }
        Ok(Self(start))
    }
}

impl TryFrom<String> for AcademicYear {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AcademicYear> for String {
    fn from(year: AcademicYear) -> Self {
        year.to_string()
    }
}

/// When an institution's academic years begin and end.
///
/// A year begins on 1 September unless the institution opens earlier, on its first day of term; the year before then ends
/// on the day before. So years neither overlap nor leave a gap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    first_days: BTreeMap<AcademicYear, Date>,
}

impl Calendar {
    /// A calendar with these first days of term. A day later than 1 September, or before 1 March, of its year is not a first
    /// day of that year; callers check with [`Calendar::accepts`] and report it.
    pub fn new(first_days: BTreeMap<AcademicYear, Date>) -> Self {
        Self { first_days }
    }

    /// Whether `date` can be the first day of `year`: never later than 1 September, and in the calendar year that names it.
    pub fn accepts(year: AcademicYear, date: Date) -> bool {
        date <= year.first_of_september() && date.year() == year.start()
    }

    /// The first days that differ from 1 September.
    pub fn first_days(&self) -> &BTreeMap<AcademicYear, Date> {
        &self.first_days
    }

    /// The first day of the year.
    pub fn first_day(&self, year: AcademicYear) -> Date {
        self.first_days.get(&year).copied().unwrap_or_else(|| year.first_of_september())
    }

    /// The last day of the year: the day before the next one begins.
    pub fn last_day(&self, year: AcademicYear) -> Date {
        self.first_day(year.next()).saturating_sub(1.day())
    }

    /// The academic year that `date` lies in.
    pub fn year_of(&self, date: Date) -> AcademicYear {
        let year = AcademicYear::starting(date.year());
        if date >= self.first_day(year) { year } else { year.previous() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_is_written_and_read_as_two_years() {
        assert_eq!(AcademicYear::starting(2026).to_string(), "2026/27");
        assert_eq!(AcademicYear::starting(1999).to_string(), "1999/00");
        assert_eq!("1999/00".parse(), Ok(AcademicYear::starting(1999)));
        for text in ["2026", "2026/28", "2026/2027", "26/27", "2026-27"] {
            assert!(text.parse::<AcademicYear>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_last_years_that_dates_know_are_years_too() {
        let calendar = Calendar::default();
        let year = calendar.year_of(Date::MAX);
        assert_eq!((calendar.first_day(year), calendar.last_day(year)), (date(9999, 9, 1), date(9999, 12, 30)));
        assert_eq!(calendar.year_of(Date::MIN).next(), AcademicYear::starting(Date::MIN.year()));
    }

    #[test]
    fn an_early_opening_moves_the_end_of_the_year_before() {
        let calendar = Calendar::new(BTreeMap::from([(AcademicYear::starting(2026), date(2026, 8, 27))]));
        assert_eq!(calendar.last_day(AcademicYear::starting(2025)), date(2026, 8, 26));
        assert_eq!(calendar.year_of(date(2026, 8, 26)), AcademicYear::starting(2025));
        assert_eq!(calendar.year_of(date(2026, 8, 27)), AcademicYear::starting(2026));
        assert_eq!(calendar.year_of(date(2027, 8, 31)), AcademicYear::starting(2026));
        assert_eq!(calendar.year_of(date(2027, 9, 1)), AcademicYear::starting(2027));
    }
}
