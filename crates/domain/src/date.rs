//! Dates as people write and read them. Days of the civil calendar only; instants belong to `jiff::Timestamp`.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads `2026-09-01`, `01/09/2026` or `1/9/2026` (day first). `None` if it is no such text or no such day.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some((year, rest)) = text.split_once('-') {
        let (month, day) = rest.split_once('-')?;
        return (year.len() == 4 && month.len() == 2 && day.len() == 2).then(|| civil(year, month, day))?;
    }
    let (day, rest) = text.split_once('/')?;
    let (month, year) = rest.split_once('/')?;
    let short = |part: &str| (1..=2).contains(&part.len());
    (short(day) && short(month) && year.len() == 4).then(|| civil(year, month, day))?
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    let (year, month, day) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
    Date::new(year, month, day).ok().filter(|_| year >= 1000)
}

/// `28 February 2027`, the way every page, message and document writes a day.
pub fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month() as usize - 1], date.year())
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_three_spellings_are_read() {
        for text in ["2026-09-01", "01/09/2026", "1/9/2026", " 1/09/2026 "] {
            assert_eq!(parse(text), Some(date(2026, 9, 1)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in ["30/02/2027", "2027-02-30", "9/13/2026", "1/9/26", "2026-9-1", "", "0000-01-01", "+026-09-01"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_across_months_and_years() {
        assert_eq!(days_between(date(2026, 11, 23), date(2027, 2, 28)), 97);
        assert_eq!(days_between(date(2027, 2, 28), date(2026, 11, 23)), -97);
    }

    #[test]
    fn a_day_is_written_in_full() {
        assert_eq!(long(date(2027, 2, 28)), "28 February 2027");
    }
}
