//! Words as they are compared: lower case, without punctuation, with a space around each.

/// A text made ready for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(String);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len() + 2);
        words.push(' ');
        for c in text.chars() {
            if c.is_alphanumeric() {
                words.extend(c.to_lowercase());
            } else if matches!(c, '-' | '–' | '—') && words.ends_with(|c: char| c.is_ascii_digit()) {
                // “Years 7–11” is a range.
                words.push_str(" to ");
            } else if !matches!(c, '\'' | '’') && !words.ends_with(' ') {
                // “pupil’s” and “pupils” are one word here.
                words.push(' ');
            }
        }
        if !words.ends_with(' ') {
            words.push(' ');
        }
        Self(words)
    }

    /// Whether these words stand in it one after the other; a star at the end stands for any ending.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        self.at(phrase).is_some()
    }

    /// Where these words begin.
    pub(crate) fn at(&self, phrase: &str) -> Option<usize> {
        match phrase.strip_suffix('*') {
            Some(stem) => self.0.find(&format!(" {stem}")),
            None => self.0.find(&format!(" {phrase} ")),
        }
    }

    pub(crate) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    /// How many of these are there.
    pub(crate) fn count(&self, phrases: &[&str]) -> usize {
        phrases.iter().filter(|phrase| self.has(phrase)).count()
    }

    /// Whether a sentence says that something is not so.
    pub(crate) fn denies(&self) -> bool {
        self.has_any(&[
            "not yet",
            "do not",
            "does not",
            "dont",
            "doesnt",
            "is not",
            "are not",
            "isnt",
            "arent",
            "will not",
            "wont",
            "no longer",
            "there is no",
            "have no",
            "has no",
            "never",
        ])
    }

    /// The words before a place that [`Self::at`] gave.
    pub(crate) fn before(&self, at: usize) -> &str {
        self.0.get(..at).unwrap_or_default()
    }

    pub(crate) fn text(&self) -> &str {
        self.0.trim()
    }
}

/// The sentences of a text. Titles, numbers and addresses have points that end nothing.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?', ';']) {
        let next = text[at + mark.len()..].chars().next();
        let before = text[start..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let shortened = matches!(
            before,
            "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "Rev" | "St" | "Tel" | "No" | "ext" | "e" | "g" | "i"
        ) || (before.chars().count() == 1 && before.chars().all(char::is_uppercase));
        if next.is_some_and(char::is_whitespace) && !(mark == "." && shortened) {
            found.push(text[start..at + mark.len()].trim());
            start = at + mark.len();
        }
    }
    let rest = text[start..].trim();
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_words_unless_a_star_says_otherwise() {
        let words = Words::of("The Careers-Leader’s e-mail: measured, 2026.");
        assert!(words.has("careers leaders e mail"));
        assert!(words.has("measur*"));
        assert!(!words.has("measure"));
        assert!(!words.has("career"));
    }

    #[test]
    fn sentences_end_where_readers_end_them() {
        assert_eq!(
            sentences("Ask Mr. J. Smith at j.smith@school.example. Open 8.40 to 9.10! Tel. 01632 960100"),
            ["Ask Mr. J. Smith at j.smith@school.example.", "Open 8.40 to 9.10!", "Tel. 01632 960100"]
        );
    }
}
