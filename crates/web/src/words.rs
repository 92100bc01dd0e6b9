//! How pages write numbers, days and the closed lists of the trade.

use domain::{Date, date};

/// "today", "tomorrow", "in 12 days", "yesterday", "12 days ago"; beyond ten weeks the day itself: "by 28 February 2027".
pub(crate) fn near(day: Date, as_of: Date) -> String {
    match date::days_between(as_of, day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days @ 2..=70 => format!("in {days} days"),
        -1 => "yesterday".to_owned(),
        days @ -70..=-2 => format!("{} days ago", -days),
        days if days > 0 => format!("by {}", date::long(day)),
        _ => date::long(day),
    }
}

/// "28 February 2027, in 12 days".
pub(crate) fn with_distance(day: Date, as_of: Date) -> String {
    match date::days_between(as_of, day) {
        -70..=70 => format!("{}, {}", date::long(day), near(day, as_of)),
        _ => date::long(day),
    }
}

/// `1,043`.
pub(crate) fn figure(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// "one learner", "nine learners", "1,043 learners": small numbers in sentences are words.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let noun = if number == 1 { one } else { many };
    match WORDS.get(number) {
        Some(word) => format!("{word} {noun}"),
        None => format!("{} {noun}", figure(number)),
    }
}

/// The same with a capital letter, for the start of a sentence.
pub(crate) fn count_capital(number: usize, one: &str, many: &str) -> String {
    capital(&count(number, one, many))
}

/// The text with its first letter in capitals.
pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// "94.2%", or "no learners" where there is nobody to count.
pub(crate) fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "no learners".to_owned(), |value| format!("{value:.1}%"))
}

/// "Year 9", "Years 7 to 13", "Years 8, 9 and 11": numbers in order.
pub(crate) fn years(numbers: &[i8]) -> String {
    let in_a_row = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match numbers {
        [] => String::new(),
        [one] => format!("Year {one}"),
        [first, .., last] if in_a_row && numbers.len() > 2 => format!("Years {first} to {last}"),
        _ => format!("Years {}", list(&numbers.iter().map(ToString::to_string).collect::<Vec<_>>())),
    }
}

/// "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn near_days_are_counted_and_far_days_are_named() {
        let today = date(2026, 11, 23);
        assert_eq!(near(date(2026, 12, 5), today), "in 12 days");
        assert_eq!(near(date(2027, 2, 28), today), "by 28 February 2027");
        assert_eq!(near(date(2026, 11, 22), today), "yesterday");
    }

    #[test]
    fn small_numbers_in_sentences_are_words() {
        assert_eq!(count(0, "learner", "learners"), "no learners");
        assert_eq!(count_capital(1, "learner", "learners"), "One learner");
        assert_eq!(count(1043, "learner", "learners"), "1,043 learners");
        assert_eq!(figure(1_234_567), "1,234,567");
        assert_eq!(years(&[7, 8, 9]), "Years 7 to 9");
        assert_eq!((years(&[8, 11]).as_str(), years(&[9]).as_str()), ("Years 8 and 11", "Year 9"));
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
