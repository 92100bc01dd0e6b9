use domain::Date;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::problem::Code;

/// Which of day and month stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `31/12/2014`.
    DayFirst,
    /// `12/31/2014`.
    MonthFirst,
}

/// How the dates of one file are read, found out from all of them together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates {
    /// How many can only be day first (`31/12/2014`).
    pub only_day_first: usize,
    /// How many can only be month first (`12/31/2014`).
    pub only_month_first: usize,
    /// How many differ by the order (`1/2/2014`).
    pub either: usize,
}

impl Dates {
    /// Looks at one more cell.
    pub fn note(&mut self, text: &str) {
        let Some((a, b, _)) = parts(text) else { return };
        match (a, b) {
            (13..=31, 1..=12) => self.only_day_first += 1,
            (1..=12, 13..=31) => self.only_month_first += 1,
            (1..=12, 1..=12) if a != b => self.either += 1,
            _ => {}
        }
    }

    /// The order that the file uses. `None`: it cannot be told, and somebody must be asked; until then day first.
    /// With dates that contradict each other it is day first, and those that cannot be are problems.
    pub fn order(&self) -> Option<DateOrder> {
        match (self.only_day_first, self.only_month_first) {
            (0, 0) if self.either > 0 => None,
            (0, 1..) => Some(DateOrder::MonthFirst),
            _ => Some(DateOrder::DayFirst),
        }
    }
}

/// First, second and year of a date with slashes, dots or hyphens, if the year stands last.
fn parts(text: &str) -> Option<(u32, u32, &str)> {
    let text = text.trim();
    let text = text.split(' ').next().unwrap_or(text);
    let mut parts = text.split(['/', '.', '-']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let year_fits = (year.len() == 4 || year.len() == 2) && year.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !short(a) || !short(b) || !year_fits {
        return None;
    }
    Some((a.parse().ok()?, b.parse().ok()?, year))
}

/// A day that was read, and whether its year had two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadDate {
    pub(crate) date: Date,
    pub(crate) short_year: bool,
}

/// Reads a date in every spelling that schools' systems export: ISO with or without a time, day, month and year in the
/// file's order, two-digit years (up to 49 in this century), serial numbers of spreadsheets, `01-Sep-2014`.
pub(crate) fn read(text: &str, order: DateOrder) -> Result<ReadDate, Code> {
    let text = text.trim();
    let whole = |date| ReadDate { date, short_year: false };
    if let Some(date) = crate::value::day_of(text).filter(|_| text.as_bytes().get(4) == Some(&b'-')) {
        return Ok(whole(date));
    }
    if let Some((a, b, year)) = parts(text) {
        let (day, month) = if order == DateOrder::DayFirst { (a, b) } else { (b, a) };
        let number: i16 = year.parse().map_err(|_| Code::NotADate)?;
        let full = match year.len() {
            4 => number,
            _ if number < 50 => 2000 + number,
            _ => 1900 + number,
        };
        let date = Date::new(full, month as i8, day as i8).map_err(|_| Code::NotADate)?;
        return if full >= 1000 { Ok(ReadDate { date, short_year: year.len() == 2 }) } else { Err(Code::NotADate) };
    }
    serial(text).or_else(|| named_month(text)).map(whole).ok_or(Code::NotADate)
}

/// A spreadsheet's serial number of a day between 1954 and 2064.
fn serial(text: &str) -> Option<Date> {
    let days = text.strip_suffix(".0").unwrap_or(text);
    let days: i64 =
        days.parse().ok().filter(|days: &i64| days.to_string().len() == 5 && (20_000..60_000).contains(days))?;
    // Day 1 is 1 January 1900, and 1900 is counted as a leap year: from March 1900 on, day 0 is 30 December 1899.
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

/// `01-Sep-2014`, `1 September 2014`.
fn named_month(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut parts = text.split(['-', ' ', '/']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?.to_lowercase(), parts.next()?);
    let month = MONTHS.iter().position(|name| month.starts_with(name))? as i8 + 1;
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn order(texts: &[&str]) -> Option<DateOrder> {
        let mut dates = Dates::default();
        texts.iter().for_each(|text| dates.note(text));
        dates.order()
    }

    #[test]
    fn one_day_above_twelve_settles_the_order_of_a_file() {
        assert_eq!(order(&["1/2/2014", "31/12/2014"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["1/2/2014", "12/31/2014"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["1/2/2014", "3/4/2014"]), None);
        assert_eq!(order(&["1/1/2014", "2014-12-31"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["13/1/2014", "1/13/2014"]), Some(DateOrder::DayFirst));
    }

    #[test]
    fn every_spelling_is_read() {
        let day = |text| read(text, DateOrder::DayFirst).map(|read| read.date);
        for text in [
            "2014-09-01",
            "2014-09-01T00:00:00",
            "01/09/2014",
            "1/9/2014",
            "1/9/14",
            "1.9.2014",
            "01/09/2014 00:00",
            "41883",
            "01-Sep-2014",
            "1 September 2014",
        ] {
            assert_eq!(day(text), Ok(date(2014, 9, 1)), "{text}");
        }
        assert_eq!(read("9/1/2014", DateOrder::MonthFirst).map(|read| read.date), Ok(date(2014, 9, 1)));
        assert_eq!(day("1/9/68"), Ok(date(1968, 9, 1)));
        for text in ["30/02/2014", "9/13/2014", "201409", "September", "-1/2/2014"] {
            assert_eq!(day(text), Err(Code::NotADate), "{text}");
        }
    }
}
