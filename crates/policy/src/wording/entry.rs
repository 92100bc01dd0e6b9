//! Sections and clauses as a file writes them.

use domain::InstitutionType;

use super::{Clause, Section, kinds::kinds_of, table::Table};
use crate::{Fact, Paper, Provenance, Vocabulary};

pub(super) fn section(mut entry: Table<'_>) -> Section {
    let key = entry.needed("key");
    entry.named(key);
    let word = entry.needed("paper");
    let paper = word.parse().unwrap_or_else(|()| {
        if !word.is_empty() {
            entry.fault("paper", format!("there is no paper {word:?}"));
        }
        Paper::CareersPolicy
    });
    entry.takes(&format!("section of the {paper}"), key);
    let level = entry.number("level").unwrap_or(1);
    if !(1..=2).contains(&level) {
        entry.fault("level", "the level of a section is 1 or 2");
    }
    let heading = entry.needed("heading");
    for word in braces(heading) {
        if !Vocabulary::knows(word) {
            entry.fault("heading", format!("{{{word}}} is no word of the vocabulary"));
        }
    }
    let section = Section {
        paper,
        key: key.to_owned(),
        heading: heading.to_owned(),
        level: if level == 2 { 2 } else { 1 },
        is_appendix: entry.is("appendix"),
        advice: entry.text("advice").map(|advice| advice.trim().to_owned()),
        clauses: entry.tables("clause").into_iter().map(clause).collect(),
    };
    entry.finish();
    section
}

fn clause(mut entry: Table<'_>) -> Clause {
    let key = entry.needed("key");
    entry.named(key);
    entry.takes("clause", key);
    let word = entry.needed("provenance");
    let provenance = word.parse().unwrap_or_else(|()| {
        if !word.is_empty() {
            entry.fault("provenance", format!("there is no provenance {word:?}"));
        }
        Provenance::Example
    });
    let mut kinds = kinds(&entry, "for");
    if kinds.is_empty() {
        kinds = InstitutionType::ALL.to_vec();
    }
    let statutory_for = self::kinds(&entry, "statutory-for");
    if provenance == Provenance::Statutory && !statutory_for.is_empty() {
        entry.fault("statutory-for", "a statutory clause is statutory for everybody it is for");
    }
    for kind in statutory_for.iter().filter(|kind| !kinds.contains(kind)) {
        entry.fault("statutory-for", format!("the clause is not for {kind}"));
    }
    let sources = entry.sources();
    if (provenance == Provenance::Statutory || !statutory_for.is_empty()) && sources.is_empty() {
        entry.fault("sources", "a statutory clause says what it rests on");
    }
    let text = entry.needed("text").trim();
    placeholders(&entry, text);
    let clause = Clause {
        key: key.to_owned(),
        provenance,
        kinds,
        statutory_for,
        teaches: entry.years("teaches"),
        lacks: entry.years("lacks"),
        text: text.to_owned(),
        advice: entry.text("advice").map(|advice| advice.trim().to_owned()),
        promises: entry.promises("promises"),
        covers: entry.promises("covers").into_iter().map(|covered| covered.requirement).collect(),
        sources,
    };
    entry.finish();
    clause
}

fn kinds(entry: &Table<'_>, key: &'static str) -> Vec<InstitutionType> {
    let mut kinds = Vec::new();
    for word in entry.words(key) {
        match kinds_of(word) {
            Some(more) => kinds.extend(more),
            None => entry.fault(key, format!("there is no type of institution {word:?}")),
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn placeholders(entry: &Table<'_>, text: &str) {
    for word in braces(text) {
        if !Vocabulary::knows(word) && word.parse::<Fact>().is_err() {
            entry.fault("text", format!("{{{word}}} is neither a fact nor a word of the vocabulary"));
        }
    }
    if text.matches('{').count() != text.matches('}').count() {
        entry.fault("text", "a brace has no partner");
    }
    for fact in Fact::ALL.iter().filter(|fact| fact.is_block()) {
        let placeholder = format!("{{{fact}}}");
        if text.lines().any(|line| line.contains(&placeholder) && line.trim() != placeholder) {
            entry.fault("text", format!("{placeholder} needs a line of its own"));
        }
    }
}

/// The words in braces.
fn braces(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word)
}
