use domain::{AcademicYear, Date};

/// The academic year of a day: those of England start on 1 September.
pub(crate) fn of(day: Date) -> AcademicYear {
    AcademicYear::starting(if day.month() >= 9 { day.year() } else { day.year() - 1 })
}

/// The academic years named in a text: `2026/27`, `2026-2027`, `2026 to 27`.
pub(crate) fn named(text: &str) -> Vec<AcademicYear> {
    let text = text.replace(['–', '—', '\u{2011}'], "-").replace(" to ", "-").replace(" - ", "-").replace(" / ", "/");
    let bytes = text.as_bytes();
    let digits =
        |at: usize| bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut years = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let long = digits(at);
        if long == 0 {
            at += 1;
            continue;
        }
        let after = at + long;
        // A date such as 2026-09-01 goes on after the second number; a telephone number has other lengths.
        if long == 4 && matches!(bytes.get(after), Some(b'/' | b'-')) {
            let second = digits(after + 1);
            let ends = !matches!(bytes.get(after + 1 + second), Some(b'/' | b'-'));
            let first = text[at..after].parse::<i16>().unwrap_or_default();
            let last = text[after + 1..after + 1 + second].parse::<i16>().unwrap_or(-1);
            let follows = (second == 2 && last == (first + 1).rem_euclid(100)) || (second == 4 && last == first + 1);
            if ends && follows && (2000..2100).contains(&first) {
                years.push(AcademicYear::starting(first));
            }
        }
        at = after;
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_in_every_spelling_and_dates_are_none() {
        let year = AcademicYear::starting;
        assert_eq!(named("Programme 2022-23, 2023/2024 and 2025 to 26; 2024–25"), [2022, 2023, 2025, 2024].map(year));
        assert_eq!(named("2026-09-01, 01632 960100, 2022-24, 1999/00, 2020/2022"), []);
    }
}
