//! School days of the demo's institutions.

use domain::{AcademicYear, Date};
use jiff::{ToSpan, civil::Weekday};

// First and last days of the six half terms, by month and day; near enough to any year's real ones.
const HALF_TERMS: [((i8, i8), (i8, i8)); 6] = [
    ((9, 3), (10, 23)),
    ((11, 2), (12, 18)),
    ((1, 5), (2, 12)),
    ((2, 22), (3, 26)),
    ((4, 13), (5, 21)),
    ((6, 1), (7, 21)),
];

/// The first school day on or after the given day of an academic year; months before September lie in its second
/// calendar year.
pub(crate) fn school_day(year: AcademicYear, month: i8, day: i8) -> Date {
    let mut date = on(year, month, day);
    while !is_school_day(year, date) {
        date = date.saturating_add(1.day());
    }
    date
}

/// The school day `number` school days after the first on or after the given day.
pub(crate) fn school_day_plus(year: AcademicYear, month: i8, day: i8, number: usize) -> Date {
    let mut date = school_day(year, month, day);
    for _ in 0..number {
        let next = date.saturating_add(1.day());
        date = school_day(year, next.month(), next.day());
    }
    date
}

fn on(year: AcademicYear, month: i8, day: i8) -> Date {
    let calendar_year = if month >= 9 { year.start() } else { year.start() + 1 };
    Date::new(calendar_year, month, day).expect("days of the demo's programme exist in every year")
}

fn is_school_day(year: AcademicYear, date: Date) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    // After the last half term the search would never end: July's last days count as school days.
    let late = date.month() == 7 && date.day() > 21 || date.month() == 8;
    let term = HALF_TERMS.iter().any(|&((m1, d1), (m2, d2))| (on(year, m1, d1)..=on(year, m2, d2)).contains(&date));
    !weekend && (term || late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_are_skipped() {
        let year = AcademicYear::starting(2026);
        assert_eq!(school_day(year, 9, 5), date(2026, 9, 7));
        assert_eq!(school_day(year, 10, 24), date(2026, 11, 2));
        assert_eq!(school_day(year, 12, 24), date(2027, 1, 5));
        assert_eq!(school_day_plus(year, 10, 23, 1), date(2026, 11, 2));
    }
}
