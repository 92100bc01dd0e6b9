//! What must never stand on a public page: anything about a single learner, and counts of few.

use domain::{Learner, Records, plain_words};

/// Words for learners after which, or before which, a small number would tell who they are.
const LEARNERS: [&str; 12] = [
    "learner", "learners", "pupil", "pupils", "student", "students", "leaver", "leavers", "boys", "girls", "boy",
    "girl",
];
const FEW: [&str; 7] = ["1", "2", "3", "4", "two", "three", "four"];

/// The words of a text that count one to four learners, if any do.
pub(crate) fn of_few(text: &str) -> Option<String> {
    let sentences = text.split("\n\n").flat_map(|text| text.split(". ")).flat_map(|text| text.split([';', ':', '|']));
    sentences.into_iter().find_map(few_in)
}

fn few_in(sentence: &str) -> Option<String> {
    let words: Vec<&str> = words(sentence).collect();
    (0..words.len()).find_map(|at| {
        let is_few = FEW.contains(&words[at].to_lowercase().as_str());
        // "two of our learners", "three year 11 pupils": the word may be a little further on.
        let after = &words[at + 1..words.len().min(at + 5)];
        let learners = after.iter().position(|word| LEARNERS.contains(&word.to_lowercase().as_str()))?;
        let is_between =
            |word: &&str| BETWEEN.contains(&word.to_lowercase().as_str()) || word.chars().all(|c| c.is_ascii_digit());
        // "Year 4 pupils" counts nobody.
        let is_a_name = at > 0 && NAMED_BY_NUMBER.contains(&words[at - 1].to_lowercase().as_str());
        (is_few && after[..learners].iter().all(is_between) && !is_a_name)
            .then(|| words[at..=at + 1 + learners].join(" "))
    })
}

const NAMED_BY_NUMBER: [&str; 7] = ["year", "years", "stage", "level", "term", "tier", "to"];
const BETWEEN: [&str; 10] =
    ["of", "our", "the", "year", "looked-after", "send", "disadvantaged", "former", "these", "other"];

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || "-'’,.".contains(c)));
    parts.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty())
}

/// What by which learners would be told apart, ready to be looked for in many texts.
pub(crate) struct Watch {
    /// Names of people who may be named: those who hold a post.
    may: Vec<String>,
    learners: Vec<Marks>,
}

struct Marks {
    names: Vec<String>,
    references: Vec<String>,
}

impl Watch {
    /// For the learners recorded; `may` are names that may stand there although a learner has the same.
    pub(crate) fn new<'n>(records: &Records, may: impl IntoIterator<Item = &'n str>) -> Self {
        Self { may: may.into_iter().map(plain).collect(), learners: records.learners.iter().map(marks).collect() }
    }

    /// Whether a text names one of the learners, by name or by a number that is theirs.
    pub(crate) fn finds(&self, text: &str) -> bool {
        let text = plain(text);
        self.learners.iter().any(|learner| {
            learner.names.iter().any(|name| !self.may.contains(name) && has(&text, name))
                || learner.references.iter().any(|reference| has(&text, reference))
        })
    }
}

/// Whether the words stand in the text, not as parts of longer ones. Both are plain.
fn has(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

fn plain(text: &str) -> String {
    plain_words(text).join(" ")
}

fn marks(learner: &Learner) -> Marks {
    let (given, family) = (plain(&learner.forename), plain(&learner.surname));
    let numbers = [learner.upn.as_deref(), learner.uln.as_deref(), Some(learner.reference.as_str())];
    let telling = |number: &&str| {
        let has_letter = number.chars().any(char::is_alphabetic);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        // A short number such as "12" says nobody; it is also a day, a room or a price.
        (has_letter && digits >= 3) || digits >= 8
    };
    let names = if given.is_empty() || family.is_empty() {
        Vec::new()
    } else {
        vec![format!("{given} {family}"), format!("{family} {given}")]
    };
    Marks { names, references: numbers.into_iter().flatten().filter(telling).map(plain).collect() }
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
        ] {
            assert_eq!(of_few(text), None, "{text}");
        }
    }
}
