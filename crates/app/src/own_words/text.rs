//! What an entry keeps, and how documents say it.

use ::policy::{
    Fact,
    markdown::{bullets, escape},
};
use domain::Date;
use store::institution_text::InstitutionText;

use super::entry::{Entry, Sort, find};

/// A month and a year: “July 2030”, “07/2030”, “2030-07”. As the first of that month.
pub(super) fn month(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<String> =
        text.split([' ', '/', '-', '.']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let number = |word: &str| {
        let named = MONTHS.iter().position(|month| word.starts_with(month) && word.chars().all(char::is_alphabetic));
        named.map(|at| at as i8 + 1).or_else(|| word.parse().ok().filter(|number| (1..=12).contains(number)))
    };
    let year = |word: &str| word.parse::<i16>().ok().filter(|year| (2000..2200).contains(year));
    match words.as_slice() {
        [first, second] => {
            let (month, year) = match (number(first), year(second)) {
                (Some(month), Some(year)) => (month, year),
                _ => (number(second)?, year(first)?),
            };
            Date::new(year, month, 1).ok()
        }
        _ => domain::date::parse(text),
    }
}

/// A day's month and year as people write them.
pub(super) fn month_long(day: Date) -> String {
    let long = domain::date::long(day);
    long.split_once(' ').map_or(long.clone(), |(_, rest)| rest.to_owned())
}

/// What an entry says, as Markdown.
pub(crate) fn said(text: &InstitutionText) -> Option<(Fact, String)> {
    let entry = find(&text.name)?;
    let said = match entry.sort {
        Sort::Text => text.text.clone(),
        Sort::Address => escape(&text.text),
        Sort::Lines => bullets(text.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(escape)),
        Sort::Day => text.text.parse().map_or_else(|_| escape(&text.text), domain::date::long),
        Sort::Month => text.text.parse().map_or_else(|_| escape(&text.text), month_long),
    };
    Some((entry.fact, said)).filter(|(_, said)| !said.trim().is_empty())
}

/// What a form shows of an entry.
pub(super) fn shown(entry: &Entry, text: &str) -> String {
    match entry.sort {
        Sort::Text | Sort::Lines => text.to_owned(),
        Sort::Day | Sort::Address => text.to_owned(),
        Sort::Month => text.parse().map_or_else(|_| text.to_owned(), month_long),
    }
}

/// When what is published is next looked over.
pub(crate) fn website_review(texts: &[InstitutionText]) -> Option<Date> {
    texts.iter().find(|text| text.name == Fact::WebsiteReview.word())?.text.parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_read_as_people_write_it() {
        for text in ["July 2030", "jul 2030", "07/2030", "7.2030", "2030-07", "2030-07-01"] {
            assert_eq!(month(text), Some(date(2030, 7, 1)), "{text}");
        }
        assert_eq!((month("soon"), month("2030"), month("13/2030")), (None, None, None));
        assert_eq!(month_long(date(2030, 7, 1)), "July 2030");
    }

    #[test]
    fn lines_are_a_list_and_days_are_written_out() {
        let text = |name: &str, text: &str| InstitutionText {
            name: name.to_owned(),
            text: text.to_owned(),
            account: None,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
        };
        assert_eq!(
            said(&text("grounds-refusing", "No room\n\n# Other\n")),
            Some((Fact::GroundsRefusing, "- No room\n- \\# Other\n".into()))
        );
        assert_eq!(said(&text("website-review", "2027-02-28")), Some((Fact::WebsiteReview, "28 February 2027".into())));
        assert_eq!(said(&text("vision-until", "2030-07-01")), Some((Fact::VisionUntil, "July 2030".into())));
        assert_eq!((said(&text("vision", " ")), said(&text("something", "x"))), (None, None));
    }
}
