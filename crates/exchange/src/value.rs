//! Values about learners as other systems write them. What is readable but doubtful is a finding; only what cannot be read
//! is a problem.

use domain::{
    Date, Sen, YearGroup,
    identifier::{self, Graded},
};

use crate::{
    problem::{Code, Place, Problem},
    roster::RosterRow,
};

/// A unique pupil number in upper case, graded. Blank is none.
pub(crate) fn upn(text: &str, place: Place, problems: &mut Vec<Problem>) -> Option<String> {
    let upn = text.trim().to_ascii_uppercase();
    if upn.is_empty() {
        return None;
    }
    let code = match identifier::upn(&upn) {
        Graded::Good => return Some(upn),
        Graded::WrongCheck => Code::UpnCheckLetter,
        Graded::WrongShape | Graded::Placeholder if is_scientific(&upn) => Code::Scientific,
        Graded::WrongShape | Graded::Placeholder => Code::UpnShape,
    };
    problems.push(Problem::finding(place, code).value(&upn));
    Some(upn)
}

/// A unique learner number, graded. Blank and the placeholder are none; so is what a spreadsheet has rounded.
pub(crate) fn uln(text: &str, place: Place, problems: &mut Vec<Problem>) -> Option<String> {
    let uln = text.trim();
    if uln.is_empty() {
        return None;
    }
    let (code, kept) = match identifier::uln(uln) {
        Graded::Good => return Some(uln.to_owned()),
        Graded::WrongCheck => (Code::UlnCheckDigit, true),
        Graded::WrongShape if is_scientific(uln) => (Code::Scientific, false),
        Graded::WrongShape => (Code::UlnShape, true),
        Graded::Placeholder => (Code::UlnPlaceholder, false),
    };
    problems.push(Problem::finding(place, code).value(uln));
    kept.then(|| uln.to_owned())
}

/// Whether a spreadsheet has turned a number into `1.00063E+11`.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    !exponent.is_empty()
        && exponent.bytes().all(|b| b.is_ascii_digit())
        && digits.contains('.')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Sex as written, `Male` and `Female` shortened to their letters.
pub(crate) fn sex(text: &str) -> Option<String> {
    let text = text.trim();
    match text.to_ascii_lowercase().as_str() {
        "" => None,
        "m" | "male" => Some("M".to_owned()),
        "f" | "female" => Some("F".to_owned()),
        _ => Some(text.to_owned()),
    }
}

/// SEN provision by its census code, retired codes read as what replaced them: statements became plans, school action and
/// action plus became SEN support.
pub(crate) fn sen(text: &str, place: Place, problems: &mut Vec<Problem>) -> Option<Sen> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(sen) = text.parse() {
        return Some(sen);
    }
    let (sen, code) = match text.to_ascii_uppercase().as_str() {
        "S" => (Some(Sen::Ehcp), Code::RetiredCode { read_as: "E".to_owned() }),
        "A" | "P" => (Some(Sen::Support), Code::RetiredCode { read_as: "K".to_owned() }),
        _ => (None, Code::UnknownWord { allowed: Sen::WORDS.iter().map(|&word| word.to_owned()).collect() }),
    };
    problems.push(Problem::finding(place, code).value(text));
    sen
}

/// A national curriculum year: a number from 1 to 14 is taken; what else the census knows (`N1`, `R`, `X`) is left for
/// someone to decide; anything else is a problem.
pub(crate) fn year_group(text: &str, place: Place, row: &mut RosterRow, problems: &mut Vec<Problem>) {
    const OTHERS: [&str; 6] = ["E1", "E2", "N1", "N2", "R", "X"];
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    match text.parse::<YearGroup>() {
        Ok(year) if (1..=14).contains(&year.number()) => row.year_group = Some(year),
        _ if OTHERS.iter().any(|other| other.eq_ignore_ascii_case(text)) => {
            problems.push(Problem::finding(place, Code::YearGroupUndecided).value(text));
            row.year_group_undecided = Some(text.to_ascii_uppercase());
        }
        _ => problems.push(Problem::problem(place, Code::NotAYearGroup).value(text)),
    }
}

/// A date as `2026-09-01`, a date with a time after it, or day first; anything else is a problem. Blank is none.
pub(crate) fn date(text: &str, place: Place, problems: &mut Vec<Problem>) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = day_of(text);
    if day.is_none() {
        problems.push(Problem::problem(place, Code::NotADate).value(text));
    }
    day
}

/// The day of a date or of a date and time.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    domain::date::parse(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn place() -> Place {
        Place::line("a.xml", 3)
    }

    #[test]
    fn identifiers_are_graded_and_kept() {
        let mut problems = Vec::new();
        assert_eq!(upn(" r201100018042 ", place(), &mut problems).as_deref(), Some("R201100018042"));
        assert!(problems.is_empty());
        assert_eq!(upn("A801200005001", place(), &mut problems).as_deref(), Some("A801200005001"));
        assert_eq!(upn("12", place(), &mut problems).as_deref(), Some("12"));
        assert_eq!(uln("9999999999", place(), &mut problems), None);
        assert_eq!(uln("1.00063E+11", place(), &mut problems), None);
        assert_eq!(uln("1000000018", place(), &mut problems).as_deref(), Some("1000000018"));
        let codes: Vec<_> = problems.iter().map(|p| p.code.clone()).collect();
        use Code::{Scientific, UlnCheckDigit, UlnPlaceholder, UpnCheckLetter, UpnShape};
        assert_eq!(codes, [UpnCheckLetter, UpnShape, UlnPlaceholder, Scientific, UlnCheckDigit]);
    }

    #[test]
    fn retired_sen_codes_are_read_as_what_replaced_them() {
        let mut problems = Vec::new();
        assert_eq!(sen("e", place(), &mut problems), Some(Sen::Ehcp));
        assert!(problems.is_empty());
        assert_eq!(sen("S", place(), &mut problems), Some(Sen::Ehcp));
        assert_eq!(sen("P", place(), &mut problems), Some(Sen::Support));
        assert_eq!(sen("Q", place(), &mut problems), None);
        assert_eq!(problems.len(), 3);
    }

    #[test]
    fn a_year_that_is_no_number_waits_for_a_decision() {
        let mut problems = Vec::new();
        let mut row = RosterRow::default();
        year_group("x", place(), &mut row, &mut problems);
        assert_eq!((row.year_group, row.year_group_undecided.as_deref()), (None, Some("X")));
        year_group("07", place(), &mut row, &mut problems);
        assert_eq!(row.year_group, Some(YearGroup::new(7)));
        year_group("seven", place(), &mut row, &mut problems);
        assert_eq!(problems[1].code, Code::NotAYearGroup);
    }

    #[test]
    fn a_time_after_a_date_is_dropped() {
        assert_eq!(day_of("2023-05-01T18:25:43.511Z"), Some(day(2023, 5, 1)));
        assert_eq!(day_of("1/05/2023"), Some(day(2023, 5, 1)));
        assert_eq!(day_of("2023-02-30"), None);
    }
}
