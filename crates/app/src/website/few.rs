//! Counts of few learners: said outright, or to be had by taking one number from another.

use super::said::Said;
use crate::withheld::is_small;

/// Words for learners after which, or before which, a small number would tell who they are.
const LEARNERS: [&str; 15] = [
    "learner",
    "learners",
    "pupil",
    "pupils",
    "student",
    "students",
    "leaver",
    "leavers",
    "boys",
    "girls",
    "boy",
    "girl",
    "children",
    "apprentices",
    "young",
];
/// Words between a number and whom it counts: "two of our Year 11 pupils".
const BETWEEN: [&str; 15] = [
    "of",
    "our",
    "the",
    "year",
    "looked-after",
    "send",
    "disadvantaged",
    "former",
    "these",
    "those",
    "other",
    "more",
    "such",
    "out",
    "in",
];
/// After these a number is a name: "Year 4 pupils".
const NAMES: [&str; 9] = ["year", "years", "stage", "level", "term", "tier", "to", "form", "benchmark"];
/// What a number of leavers did.
const DID: [&str; 47] = [
    "went",
    "go",
    "goes",
    "are",
    "is",
    "were",
    "was",
    "began",
    "begin",
    "started",
    "start",
    "became",
    "become",
    "chose",
    "took",
    "moved",
    "stayed",
    "left",
    "joined",
    "entered",
    "found",
    "to",
    "have",
    "has",
    "had",
    "did",
    "do",
    "progressed",
    "secured",
    "gained",
    "got",
    "won",
    "applied",
    "accepted",
    "enrolled",
    "continued",
    "remained",
    "remain",
    "study",
    "studied",
    "work",
    "worked",
    "returned",
    "decided",
    "opted",
    "completed",
    "train",
];
/// Where a heading has one of these, its numbers count something else, whoever it is for.
const NO_PEOPLE: [&str; 24] = [
    "encounter",
    "encounters",
    "meeting",
    "meetings",
    "visit",
    "visits",
    "activity",
    "activities",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "session",
    "sessions",
    "date",
    "dates",
    "placement",
    "placements",
    "experience",
    "experiences",
    "per",
    "each",
];

/// The words of a text that count one to four learners, or from which such a count follows, if any do.
pub(crate) fn of_few(text: &str) -> Option<String> {
    in_parts(text, |words| counted(words).or_else(|| taken_away(words, false)))
}

/// What counts few in this piece of a page. Where all is about leavers (`of_leavers`), a number alone counts them.
pub(crate) fn in_said(said: &Said, of_leavers: bool) -> Option<String> {
    match said {
        Said::Pair { of, is } | Said::Cell { of, is } => labelled(of, is, of_leavers).or_else(|| of_few(is)),
        Said::Text(text) => {
            let by_line = text.lines().find_map(|line| {
                let (of, is) = line.rsplit_once([':', '–', '=', '|', '('])?;
                labelled(of, is.trim_end_matches([')', '.']), of_leavers)
            });
            let leavers = |words: &[&str]| did(words).or_else(|| taken_away(words, true));
            by_line.or_else(|| of_few(text)).or_else(|| of_leavers.then(|| in_parts(text, leavers)).flatten())
        }
    }
}

/// The same in what somebody types, line by line.
pub(crate) fn in_typed(text: &str, of_leavers: bool) -> Option<String> {
    text.lines()
        .map(|line| Said::Text(line.to_owned()))
        .chain([Said::Text(text.to_owned())])
        .find_map(|line| in_said(&line, of_leavers))
}

fn in_parts(text: &str, find: impl Fn(&[&str]) -> Option<String>) -> Option<String> {
    let sentences = text.split("\n\n").flat_map(|text| text.split(". ")).flat_map(|text| text.split([';', ':', '|']));
    sentences.into_iter().find_map(|sentence| find(&words(sentence).collect::<Vec<_>>()))
}

/// "three Year 11 pupils".
fn counted(words: &[&str]) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let last = learners_after(words, at)?;
        (is_few(words[at]) && !is_name(words, at)).then(|| words[at..=last].join(" "))
    })
}

/// Where learners are named after a number, with nothing between but what may be.
fn learners_after(words: &[&str], at: usize) -> Option<usize> {
    let after = &words[at + 1..words.len().min(at + 6)];
    let learners = after.iter().position(|word| is_one_of(&LEARNERS, word))?;
    // "3 (2%) of our leavers" as well.
    let is_between = |word: &&str| is_one_of(&BETWEEN, word) || share(word).is_some() || number(word).is_some();
    after[..learners].iter().all(is_between).then_some(at + 1 + learners)
}

/// "157 of our 160 leavers", "98% of 160 learners", "of our 160 leavers, 157 stayed": few are left over, or few are meant. Of leavers
/// they need not be named.
fn taken_away(words: &[&str], of_leavers: bool) -> Option<String> {
    (0..words.len()).find_map(|at| {
        is_one_of(&["of", "out", "from"], words[at]).then_some(())?;
        let whole_at = (at + 1..words.len().min(at + 4)).find(|at| number(words[*at]).is_some())?;
        let is_between =
            words[at + 1..whole_at].iter().all(|word| is_one_of(&["of", "our", "the", "all", "these", "those"], word));
        let whole = number(words[whole_at])?;
        let last = match learners_after(words, whole_at) {
            Some(last) => last,
            None if of_leavers => whole_at,
            None => return None,
        };
        let follows = |at: &usize| {
            let part = part_of(words[*at], whole)?;
            let tells = part <= whole && (is_small(part) || is_small(whole - part));
            (tells && !is_name(words, *at)).then_some(*at)
        };
        let before = at.checked_sub(1).filter(|_| is_between).and_then(|at| follows(&at));
        let after = || (last + 1..words.len().min(last + 4)).filter(|_| is_between).find_map(|at| follows(&at));
        let found = before.or_else(after)?;
        Some(words[found.min(at)..=found.max(last)].join(" "))
    })
}

/// How many of the whole this number, or this share in per cent, is.
fn part_of(word: &str, whole: u32) -> Option<u32> {
    match share(word) {
        Some(thousandths) => u32::try_from((thousandths * u64::from(whole) + 50_000) / 100_000).ok(),
        None => number(word),
    }
}

/// A share in thousandths of a per cent: "98%", "98.1%".
fn share(word: &str) -> Option<u64> {
    let (whole, rest) = word.strip_suffix('%').map(|word| word.split_once('.').unwrap_or((word, "")))?;
    let is_number =
        !whole.is_empty() && rest.len() <= 3 && format!("{whole}{rest}").chars().all(|c| c.is_ascii_digit());
    is_number.then(|| format!("{whole}{rest:0<3}").parse().ok()).flatten().filter(|share| *share <= 100_000)
}

/// "3 went to work": of whom is said before.
fn did(words: &[&str]) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let next = words.get(at + 1)?;
        (is_few(words[at]) && is_one_of(&DID, next) && !is_name(words, at)).then(|| words[at..=at + 1].join(" "))
    })
}

/// "Leavers in work: 3".
fn labelled(of: &str, is: &str, of_leavers: bool) -> Option<String> {
    let said: Vec<&str> = words(is).collect();
    let [count] = said[..] else { return None };
    let label: Vec<&str> = words(of).collect();
    let names_learners = label.iter().any(|word| is_one_of(&LEARNERS, word));
    let is_of_people = !label.is_empty()
        && (of_leavers || names_learners)
        && !label.iter().any(|word| is_one_of(&NO_PEOPLE, word))
        && !label.last().is_some_and(|word| is_one_of(&NAMES, word));
    (is_few(count) && is_of_people).then(|| format!("{}: {count}", of.trim()))
}

/// Whether a word is a count of one to four. “One” is not: one learner at a time is nobody.
fn is_few(word: &str) -> bool {
    is_one_of(&["two", "three", "four"], word) || number(word).is_some_and(is_small)
}

fn number(word: &str) -> Option<u32> {
    let is_number =
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || c == ',');
    is_number.then(|| word.replace(',', "").parse().ok()).flatten().filter(|number| *number < 1_000_000)
}

/// "Year 4", "Years 2 to 4": counts nobody. "This year 4 learners" does.
fn is_name(words: &[&str], at: usize) -> bool {
    at > 0
        && is_one_of(&NAMES, words[at - 1])
        && !(at > 1 && is_one_of(&["this", "last", "that", "next", "each", "every", "a", "per", "the"], words[at - 2]))
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || "-'’,.%".contains(c)));
    parts.map(|word| word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '%'))).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_few_learners_are_found() {
        for text in [
            "Of these, 3 learners went to work.",
            "Two pupils became apprentices",
            "for four of our students",
            "three Year 11 pupils",
            "(1 learner)",
            "two young people",
            "This year 3 learners had a placement abroad.",
            "157 of our 160 learners stayed",
            "98% of 160 leavers stayed",
            "98.1% of 160 leavers stayed",
            "Of our 160 leavers, 157 stayed",
            "3 (2%) of our leavers",
            "1% of our 200 learners",
        ] {
            assert!(of_few(text).is_some(), "{text}");
        }
        for text in [
            "Every learner meets two employers.",
            "12 learners",
            "Year 4 pupils visit us",
            "1,204 learners",
            "Each of the three evenings; all learners come",
            "one learner at a time",
            "120 of our 160 learners stayed",
            "100% of 160 leavers",
            "99999999999% of 160 leavers",
            "Of our 160 leavers, 120 stayed",
            "Two encounters for every learner",
            "the two years before learners decide",
        ] {
            assert_eq!(of_few(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_beside_what_it_counts_is_found() {
        for text in ["Learners in work: 3", "Leavers without a place (2)", "Pupils | 4"] {
            assert!(in_typed(text, false).is_some(), "{text}");
        }
        for text in ["Encounters of learners: 2", "For pupils of Year 4: Year 4", "Room: 3", "Learners: 30"] {
            assert_eq!(in_typed(text, false), None, "{text}");
        }
    }

    #[test]
    fn where_all_is_about_leavers_a_number_alone_counts_them() {
        for text in [
            "Apprenticeship: 3",
            "Of 160, three went to work.",
            "157 of 160 stayed.",
            "2 are looking for work",
            "Three progressed to university",
            "3 secured apprenticeships",
            "Of 160, 157 stayed.",
        ] {
            assert!(in_typed(text, true).is_some(), "{text}");
            assert_eq!(in_typed(text, false), None, "{text}");
        }
        for text in ["Most went to Level 3 courses", "Year 2 to 4", "Sixth form: 62", "150 of 160 stayed"] {
            assert_eq!(in_typed(text, true), None, "{text}");
        }
    }
}
