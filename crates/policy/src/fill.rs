//! Fills facts and words of the vocabulary into a text.

use crate::{Fact, Facts, Vocabulary, markdown};

/// A text, filled in.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// What it says now. What is not known is left out.
    pub(crate) text: String,
    /// What is not known.
    pub(crate) missing: Vec<Fact>,
    /// Words in braces that name nothing: slips of the pen, or left over from elsewhere. They stay as they are.
    pub(crate) unknown: Vec<String>,
}

impl Filled {
    /// Adds what another text lacks.
    pub(crate) fn lacks_too(&mut self, other: Self) {
        self.missing.extend(other.missing);
        self.missing.sort_unstable();
        self.missing.dedup();
        self.unknown.extend(other.unknown);
    }
}

/// Fills in `text`. A fact that stands within a sentence cannot break out of it, and one that stands for itself gets lines of its own
/// and ends what it begins, whatever is written in it.
pub(crate) fn fill(text: &str, vocabulary: &Vocabulary, facts: &Facts) -> Filled {
    let mut filled = Filled { text: String::with_capacity(text.len()), ..Filled::default() };
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let before = &rest[..open];
        let is_escaped = before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        // A placeholder is one word: what opens before it closes is another beginning.
        let close = rest[open + 1..].find(['{', '}', '\n']).map(|at| open + 1 + at);
        let word = close.filter(|at| !is_escaped && rest[*at..].starts_with('}')).map(|at| &rest[open + 1..at]);
        let Some(word) = word else {
            filled.text.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        filled.text.push_str(before);
        rest = &rest[open + word.len() + 2..];
        if let Some(said) = vocabulary.get(word) {
            filled.text.push_str(&said);
        } else if let Ok(fact) = word.parse::<Fact>() {
            match facts.get(&fact).filter(|text| !text.trim().is_empty()) {
                Some(said) if fact.is_block() => {
                    own_lines(&mut filled.text, &markdown::standing(said));
                    if !rest.is_empty() && !rest.starts_with("\n\n") {
                        filled.text.push_str(if rest.starts_with('\n') { "\n" } else { "\n\n" });
                    }
                }
                Some(said) => filled.text.push_str(&markdown::within(said)),
                None => filled.missing.push(fact),
            }
        } else {
            filled.unknown.push(word.to_owned());
            filled.text.push('{');
            filled.text.push_str(word);
            filled.text.push('}');
        }
    }
    filled.text.push_str(rest);
    filled.text.truncate(filled.text.trim_end().len());
    filled.missing.sort_unstable();
    filled.missing.dedup();
    filled
}

fn own_lines(out: &mut String, said: &str) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
    }
    out.push_str(said.trim_end());
}
