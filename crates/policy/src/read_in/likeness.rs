//! How like a part of an existing policy is to a clause: by the words of the headings, and by what both say.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use crate::{Composed, Provenance};

/// Where a part would go.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Key of the clause.
    pub clause: String,
    /// How like both are, from nought to one.
    pub likeness: f64,
}

impl Suggestion {
    /// How sure it is, in words. The edges were set by looking at policies of the kind that schools have.
    pub fn sureness(&self) -> &'static str {
        if self.likeness >= 0.6 {
            "very likely"
        } else if self.likeness >= 0.4 {
            "likely"
        } else {
            "perhaps"
        }
    }
}

/// Less alike than this, and nothing is suggested.
const LEAST: f64 = 0.24;

/// How much the headings count against what is said.
const HEADINGS: f64 = 0.55;

/// For each part the clause that it is most like, if one is like enough.
pub fn suggest(composed: &Composed, parts: &[Part]) -> Vec<Option<Suggestion>> {
    let first = |ranked: Vec<Suggestion>| ranked.into_iter().next().filter(|best| best.likeness >= LEAST);
    rank(composed, parts).into_iter().map(first).collect()
}

/// For each part the clauses that are like it at all, the most like first.
pub fn rank(composed: &Composed, parts: &[Part]) -> Vec<Vec<Suggestion>> {
    let clauses: Vec<Known<'_>> = composed
        .clauses()
        .map(|(section, clause)| Known {
            key: &clause.key,
            heading: words(&section.heading).into_iter().collect(),
            said: counts(&format!("{} {}", section.heading, clause.wording)),
            // One's own words take the place of an example, and only follow what the law says.
            ease: match clause.provenance {
                Provenance::Example => 0.03,
                Provenance::Recommended => 0.015,
                Provenance::Statutory => 0.0,
            },
        })
        .collect();
    let rarity = Rarity::of(&clauses);
    parts
        .iter()
        .map(|part| {
            let heading: BTreeSet<String> =
                part.heading.as_deref().map(words).unwrap_or_default().into_iter().collect();
            let said = counts(&format!("{} {}", part.heading.as_deref().unwrap_or_default(), part.text));
            let mut ranked: Vec<Suggestion> = clauses
                .iter()
                .filter_map(|clause| {
                    let headings = rarity.shared(&heading, &clause.heading);
                    let content = rarity.cosine(&said, &clause.said);
                    // Without a heading only what is said counts.
                    let weight = if heading.is_empty() { 0.0 } else { HEADINGS };
                    let likeness = weight * headings + (1.0 - weight) * content;
                    (likeness > 0.0).then(|| Suggestion {
                        clause: clause.key.to_owned(),
                        likeness: (likeness + clause.ease).min(1.0),
                    })
                })
                .collect();
            // Of two that are as like, the one that stands first.
            ranked.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
            ranked
        })
        .collect()
}

struct Known<'a> {
    key: &'a str,
    heading: BTreeSet<String>,
    said: BTreeMap<String, f64>,
    ease: f64,
}

/// How much a word tells: one that is in every clause tells nothing.
struct Rarity {
    of: BTreeMap<String, f64>,
    unknown: f64,
}

impl Rarity {
    fn of(clauses: &[Known<'_>]) -> Self {
        let mut in_clauses: BTreeMap<&str, usize> = BTreeMap::new();
        for clause in clauses {
            clause.said.keys().for_each(|word| *in_clauses.entry(word).or_default() += 1);
        }
        let all = clauses.len() as f64 + 1.0;
        let weight = |count: usize| (all / (count as f64 + 0.5)).ln().max(0.05);
        Self {
            of: in_clauses.into_iter().map(|(word, count)| (word.to_owned(), weight(count))).collect(),
            unknown: weight(0),
        }
    }

    fn weight(&self, word: &str) -> f64 {
        self.of.get(word).copied().unwrap_or(self.unknown)
    }

    /// What two headings share, of all that both say.
    fn shared(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
        let sum = |words: &mut dyn Iterator<Item = &String>| words.map(|word| self.weight(word)).sum::<f64>();
        let both = sum(&mut one.intersection(other));
        let all = sum(&mut one.iter()) + sum(&mut other.iter());
        if all > 0.0 { 2.0 * both / all } else { 0.0 }
    }

    /// Whether two texts use the same telling words.
    fn cosine(&self, one: &BTreeMap<String, f64>, other: &BTreeMap<String, f64>) -> f64 {
        let weighted = |word: &str, count: f64| (1.0 + count.ln()) * self.weight(word);
        let length = |text: &BTreeMap<String, f64>| {
            text.iter().map(|(word, count)| weighted(word, *count).powi(2)).sum::<f64>().sqrt()
        };
        let product: f64 = one
            .iter()
            .filter_map(|(word, count)| Some(weighted(word, *count) * weighted(word, *other.get(word)?)))
            .sum();
        let lengths = length(one) * length(other);
        if lengths > 0.0 { product / lengths } else { 0.0 }
    }
}

fn counts(text: &str) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    words(text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1.0);
    counts
}

/// Words that tell nothing in a policy about careers.
const COMMON: [&str; 52] = [
    "the",
    "and",
    "of",
    "to",
    "in",
    "for",
    "a",
    "an",
    "is",
    "are",
    "be",
    "our",
    "we",
    "will",
    "with",
    "that",
    "this",
    "by",
    "on",
    "as",
    "at",
    "or",
    "it",
    "their",
    "they",
    "all",
    "each",
    "every",
    "from",
    "can",
    "has",
    "have",
    "which",
    "who",
    "how",
    "what",
    "when",
    "school",
    "college",
    "academy",
    "career",
    "careers",
    "policy",
    "appendix",
    "section",
    "student",
    "pupil",
    "learner",
    "must",
    "should",
    "education",
    "guidance",
];

/// Words that mean the same here, each with the one that stands for them; the beginnings of words.
const ALIKE: [(&str, &str); 40] = [
    ("monitor", "review"),
    ("evaluat", "review"),
    ("impact", "review"),
    ("measur", "review"),
    ("review", "review"),
    ("send", "need"),
    ("sen", "need"),
    ("disabilit", "need"),
    ("disabled", "need"),
    ("inclusi", "need"),
    ("need", "need"),
    ("aim", "vision"),
    ("vision", "vision"),
    ("intent", "vision"),
    ("purpose", "vision"),
    ("introduc", "vision"),
    ("rationale", "vision"),
    ("objective", "vision"),
    ("ethos", "vision"),
    ("parent", "family"),
    ("carer", "family"),
    ("famil", "family"),
    ("baker", "access"),
    ("pal", "access"),
    ("access", "access"),
    ("statut", "law"),
    ("legal", "law"),
    ("legislat", "law"),
    ("law", "law"),
    ("dut", "law"),
    ("responsib", "role"),
    ("role", "role"),
    ("curriculum", "programme"),
    ("programme", "programme"),
    ("deliver", "programme"),
    ("governor", "governor"),
    ("governing", "governor"),
    ("trustee", "governor"),
    ("tutor", "teacher"),
    ("teach", "teacher"),
];

/// The words of a text that tell something, in one form each.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(&word.as_str()) && !COMMON.contains(&word.trim_end_matches('s')))
        .map(|word| {
            // Short beginnings stand for whole words only: “sen” is not “sense”.
            let alike = ALIKE.iter().find(|(beginning, _)| {
                if beginning.len() <= 4 {
                    word.trim_end_matches('s') == *beginning
                } else {
                    word.starts_with(beginning)
                }
            });
            alike.map_or_else(|| stem(&word), |(_, meaning)| (*meaning).to_owned())
        })
        .collect()
}

/// Without the commonest endings.
fn stem(word: &str) -> String {
    for ending in ["ments", "ment", "ings", "ing", "ies", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 4) {
            return stem.to_owned();
        }
    }
    word.to_owned()
}
