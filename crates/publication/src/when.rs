//! Days and months in running text.

use domain::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days that a text names: `14 October 2026`, `1st July 2027`, `July 1, 2027`, `22/09/2027`, `2027-09-22`; a month without a day
/// (`October 2027`) stands for its last day, until which it has not passed.
pub fn dates(text: &str) -> Vec<Date> {
    let tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | ':' | '|'))
        .map(|token| token.trim_end_matches('.'))
        .filter(|token| !token.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = |offset: usize| tokens.get(at + offset).copied().unwrap_or_default();
        if let Some(day) = domain::date::parse(token(0)).or_else(|| dotted(token(0))) {
            found.push(day);
            at += 1;
            continue;
        }
        let skip = usize::from(token(1).eq_ignore_ascii_case("of"));
        let forward = day(token(0)).zip(month(token(1 + skip))).zip(year(token(2 + skip)));
        let american = day(token(1)).zip(month(token(0))).zip(year(token(2)));
        if let Some(((day, month), year)) = forward.or(american)
            && let Ok(day) = Date::new(year, month, day)
        {
            found.push(day);
            at += 3;
            continue;
        }
        // After a number it is a day that does not exist, not a month.
        let numbered = at.checked_sub(1).is_some_and(|before| day(tokens[before]).is_some());
        if !numbered
            && let Some((month, year)) = month(token(0)).zip(year(token(1)))
            && let Ok(first) = Date::new(year, month, 1)
        {
            found.push(first.last_of_month());
            at += 2;
            continue;
        }
        at += 1;
    }
    found
}

fn dotted(token: &str) -> Option<Date> {
    if let Some(day) = token.contains('.').then(|| domain::date::parse(&token.replace('.', "/"))).flatten() {
        return Some(day);
    }
    // Two digits of a year, as many policies have them.
    let token = token.replace(['.', '-'], "/");
    let (rest, year) = token.rsplit_once('/')?;
    (year.len() == 2).then(|| domain::date::parse(&format!("{rest}/20{year}")))?
}

fn day(token: &str) -> Option<i8> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    matches!(&token[digits.len()..], "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
}

/// Whether a word, in lower case, is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

fn month(token: &str) -> Option<i8> {
    let token = token.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| *name == token || (token.len() >= 3 && name.starts_with(&token)))?;
    i8::try_from(at + 1).ok()
}

fn year(token: &str) -> Option<i16> {
    (token.len() == 4).then(|| token.parse().ok()).flatten().filter(|year| (2000..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_every_spelling() {
        for text in [
            "on 1 July 2027.",
            "1st July 2027",
            "1st of July 2027",
            "July 1, 2027",
            "01/07/2027",
            "2027-07-01",
            "1.7.2027",
            "01/07/27",
            "1 Jul 2027",
        ] {
            assert_eq!(dates(text), [date(2027, 7, 1)], "{text}");
        }
        assert_eq!(dates("Review: Sept 2027"), [date(2027, 9, 30)]);
        assert_eq!(
            dates("Approved 14 October 2026, next review October 2027"),
            [date(2026, 10, 14), date(2027, 10, 31)]
        );
    }

    #[test]
    fn numbers_that_are_no_days_are_none() {
        assert_eq!(
            dates("spring 2027, Year 9, 01632 960100, may contact, 2026/27, 31 February 2027, 8.40 to 9.10"),
            []
        );
    }
}
