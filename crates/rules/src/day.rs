//! A day of the civil calendar as a number, for columns that are compared and searched millions of times.

use domain::Date;

/// Days since 1 January 1970 in the proleptic Gregorian calendar. Arithmetic on it cannot leave its range for any date
/// that a record can hold, and goes beyond the range of [`Date`] without failing.
pub(crate) type Day = i32;

/// Earlier than every day.
pub(crate) const ALWAYS: Day = i32::MIN;
/// Later than every day.
pub(crate) const NEVER: Day = i32::MAX;

/// The number of a day.
pub(crate) fn day(date: Date) -> Day {
    civil(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

/// The number of the day with this year, month and day of month.
pub(crate) fn civil(year: i32, month: i32, day_of_month: i32) -> Day {
    // Years are counted from March, so that the leap day is the last day of its year; eras of 400 years repeat exactly.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The calendar year, month and day of month of a day.
fn parts(day: Day) -> (i32, i32, i32) {
    let day = day.saturating_add(719_468);
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month, day_of_month)
}

/// The calendar year that a day lies in.
pub(crate) fn calendar_year(day: Day) -> i32 {
    parts(day).0
}

/// The day as a date; the nearest date that can be written if it lies beyond them.
pub(crate) fn date(day: Day) -> Date {
    let (year, month, day_of_month) = parts(day);
    let Ok(year) = i16::try_from(year) else { return if day < 0 { Date::MIN } else { Date::MAX } };
    Date::new(year, month as i8, day_of_month as i8).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_numbered_and_read_back() {
        assert_eq!(day(Date::constant(1970, 1, 1)), 0);
        assert_eq!(day(Date::constant(2000, 3, 1)), 11_017);
        let (first, last) = (day(Date::constant(1895, 1, 1)), day(Date::constant(2105, 12, 31)));
        let mut expected = Date::constant(1895, 1, 1);
        for number in first..=last {
            assert_eq!(date(number), expected);
            assert_eq!(day(expected), number);
            assert_eq!(calendar_year(number), i32::from(expected.year()));
            expected = expected.tomorrow().expect("a day within the calendar");
        }
    }

    #[test]
    fn days_beyond_the_calendar_are_its_ends() {
        assert_eq!(date(ALWAYS), Date::MIN);
        assert_eq!(date(NEVER), Date::MAX);
        for edge in [Date::MIN, Date::MAX] {
            assert_eq!(date(day(edge)), edge);
        }
    }
}
