//! What must never stand on a public page: anything by which a single learner is told apart. Counts of few are looked for beside it.

use std::collections::{HashMap, HashSet};

use domain::{Learner, Records, plain_words};

/// What by which learners would be told apart, ready to be looked for in many texts.
pub(crate) struct Watch {
    /// Words of a name or a number of somebody's, by the first of them.
    marks: HashMap<String, Vec<Vec<String>>>,
    /// Long numbers of learners, which are found with spaces in them too; by their length.
    numbers: HashMap<usize, HashSet<String>>,
    /// Ordinary words: “we may grant” is nobody called May Grant.
    ordinary: HashSet<String>,
}

/// From how many letters a number of a learner's is looked for inside longer ones.
const LONG: usize = 8;

impl Watch {
    /// For the learners recorded; `may` are names that may stand there although a learner has the same, `ordinary` words that are no
    /// names where they are written small.
    pub(crate) fn new<'n>(
        records: &Records,
        may: impl IntoIterator<Item = &'n str>,
        ordinary: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let may: HashSet<Vec<String>> = may.into_iter().map(plain_words).collect();
        let mut watch = Self { marks: HashMap::new(), numbers: HashMap::new(), ordinary: HashSet::new() };
        for text in ordinary {
            let small = text.split_whitespace().filter(|word| !word.starts_with(char::is_uppercase));
            watch.ordinary.extend(small.flat_map(plain_words));
        }
        for learner in &records.learners {
            for mark in marks(learner).into_iter().filter(|mark| !may.contains(mark)) {
                if let Some(first) = mark.first().cloned() {
                    watch.marks.entry(first).or_default().push(mark);
                }
            }
            for number in numbers(learner) {
                let joined: String = plain_words(number).concat();
                if joined.len() >= LONG {
                    watch.numbers.entry(joined.len()).or_default().insert(joined);
                }
            }
        }
        watch
    }

    /// Whether a text names one of the learners, by name or by a number that is theirs.
    pub(crate) fn finds(&self, text: &str) -> bool {
        let words = written(text);
        let named = |at: usize| {
            let known = self.marks.get(&words[at].0).into_iter().flatten();
            known.into_iter().any(|mark| {
                let there = words.get(at..at + mark.len()).unwrap_or_default();
                there.iter().map(|(word, _)| word).eq(mark) && !self.is_ordinary(there)
            })
        };
        (0..words.len()).any(named) || self.has_number(&words)
    }

    /// Whether these words are no name but ordinary ones that happen to make one.
    fn is_ordinary(&self, words: &[(String, bool)]) -> bool {
        words.iter().skip(1).any(|(_, is_capital)| !is_capital)
            && words.iter().all(|(word, _)| self.ordinary.contains(word))
    }

    fn has_number(&self, words: &[(String, bool)]) -> bool {
        let joined: Vec<char> = words.iter().flat_map(|(word, _)| word.chars()).collect();
        self.numbers.iter().any(|(length, known)| {
            joined
                .windows(*length)
                .any(|part| part.iter().any(char::is_ascii_digit) && known.contains(&part.iter().collect::<String>()))
        })
    }
}

/// Each word as it is compared, and whether it begins with a capital.
fn written(text: &str) -> Vec<(String, bool)> {
    // Nobody sees these letters: a name is the same with them.
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')).collect();
    let words = text.split_whitespace().flat_map(|written| {
        let is_capital = written.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        plain_words(written).into_iter().map(move |word| (word, is_capital))
    });
    words.collect()
}

fn numbers(learner: &Learner) -> impl Iterator<Item = &str> {
    [learner.upn.as_deref(), learner.uln.as_deref(), Some(learner.reference.as_str())].into_iter().flatten().filter(
        |number| {
            let has_letter = number.chars().any(char::is_alphabetic);
            let digits = number.chars().filter(char::is_ascii_digit).count();
            // A short number such as "12" says nobody; it is also a day, a room or a price.
            (has_letter && digits >= 3) || digits >= LONG
        },
    )
}

/// The words by which somebody is told apart: both names in either order, with all given names or the first, and numbers.
fn marks(learner: &Learner) -> Vec<Vec<String>> {
    let (given, family) = (plain_words(&learner.forename), plain_words(&learner.surname));
    let mut marks: Vec<Vec<String>> = numbers(learner).map(plain_words).collect();
    if !given.is_empty() && !family.is_empty() {
        let first = given[..1].to_vec();
        for names in [given, first] {
            marks.push([names.clone(), family.clone()].concat());
            marks.push([family.clone(), names].concat());
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use domain::{Calendar, Institution, InstitutionType, Subjects, YearGroup};

    use super::*;

    fn watch(names: &[(&str, &str)], may: &[&str], ordinary: &[&str]) -> Watch {
        let mut records = Records::new(Institution {
            name: "Test".to_owned(),
            kind: InstitutionType::Academy,
            urn: None,
            ukprn: None,
            lowest_year: YearGroup::new(7),
            highest_year: YearGroup::new(11),
            subjects: Subjects::new(),
            calendar: Calendar::default(),
            parameters: std::collections::BTreeMap::new(),
        });
        for (forename, surname) in names {
            records.learners.push(Learner {
                reference: "000123".to_owned(),
                upn: Some("A999123456789".to_owned()),
                uln: None,
                forename: (*forename).to_owned(),
                surname: (*surname).to_owned(),
                date_of_birth: jiff::civil::date(2013, 1, 15),
                sex: None,
                form: None,
                sen: None,
                fsm: None,
                looked_after: None,
                considering_he: None,
                subjects: Vec::new(),
                joined: jiff::civil::date(2024, 9, 2),
                left: None,
                programme_starts: None,
                programme_ends: None,
            });
        }
        Watch::new(&records, may.iter().copied(), ordinary.iter().copied())
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let watch = watch(&[("Zoë Ann", "O’Applemere-Quill")], &[], &[]);
        for text in [
            "Zoë Ann O'Applemere-Quill",
            "zoe oapplemere quill",
            "OAPPLEMERE-QUILL, Zoë",
            "(Zo\u{eb}\u{200b} O\u{2019}Apple\u{ad}mere Quill)",
            "UPN A 999 123 456 789",
        ] {
            assert!(watch.finds(text), "{text}");
        }
        for text in ["Zoë", "Applemere Road", "000123", "Zoë and Quill"] {
            assert!(!watch.finds(text), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_name_and_whoever_holds_a_post_may_be_named() {
        let watch = watch(&[("May", "Grant"), ("Sam", "Reed")], &["Sam Reed"], &["We may grant a request"]);
        assert!(!watch.finds("We may grant it") && !watch.finds("May grant") && !watch.finds("Ask Sam Reed"));
        assert!(watch.finds("May Grant") && watch.finds("MAY GRANT"));
    }
}
