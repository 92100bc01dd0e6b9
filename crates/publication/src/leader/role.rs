//! Where a text speaks of the careers leader, and of others.

use crate::{contact::Found, sentence::Words};

/// What schools call the role. A coordinator, an adviser or a head of careers may be somebody else.
const LEADER: [&str; 10] = [
    "careers leader",
    "career leader",
    "careers lead",
    "careers education leader",
    "careers education lead",
    "leader of careers",
    "careers and employability leader",
    "careers programme leader",
    "ceiag leader",
    "ceiag lead",
];
/// Before the role, these make it another's.
const BEFORE: [&str; 12] = [
    "no",
    "without",
    "assistant",
    "deputy",
    "former",
    "previous",
    "outgoing",
    "trainee",
    "trust",
    "retired",
    "support",
    "regional",
];
/// Anywhere in the sentence, these make it past.
const PAST: [&str; 16] = [
    " was ",
    " were ",
    "former",
    "retired",
    "until ",
    " left ",
    "previously",
    "used to",
    " retires",
    " retiring",
    " leaves ",
    " is leaving",
    " leaving us",
    "steps down",
    "stepping down",
    "farewell",
];
/// What tells that a line is about somebody else's role.
pub(super) const OTHERS: [&str; 22] = [
    "adviser",
    "advisor",
    "advisers",
    "advisors",
    "governor",
    "trustee",
    "coordinator",
    "co ordinator",
    "administrator",
    "link",
    "senco",
    "enterprise",
    "technician",
    "assistant",
    "headteacher",
    "principal",
    "manager",
    "officer",
    "director",
    "head of",
    "secretary",
    "counsellor",
];

/// The places where a text speaks of its present careers leader.
pub(super) fn mentions(text: &str) -> Vec<Found> {
    let lower = text.to_ascii_lowercase().replace(['-', '\u{a0}'], " ");
    // Byte for byte as long as the text, or places would shift.
    let lower = if lower.len() == text.len() { lower } else { text.to_ascii_lowercase() };
    let mut found: Vec<Found> = Vec::new();
    for phrase in LEADER {
        for (start, _) in lower.match_indices(phrase) {
            let end = start + phrase.len();
            let before = lower[..start].chars().next_back();
            let after = &lower[end..];
            let whole = before.is_none_or(|c| !c.is_alphanumeric())
                && after.chars().next().is_none_or(|c| !c.is_alphanumeric())
                && !after.starts_with("'s")
                && !after.starts_with("’s")
                && !after.starts_with('\'');
            let last = lower[..start].split_whitespace().next_back().unwrap_or_default();
            let elsewhere = is_elsewhere(&text[end..]);
            let last = last.trim_matches(|c: char| !c.is_alphanumeric());
            if whole
                && !elsewhere
                && !BEFORE.contains(&last)
                && !is_past(&lower, start, end)
                && found.iter().all(|one| one.start != start)
            {
                found.push(Found { text: text[start..end].to_owned(), start, end });
            }
        }
    }
    found.sort_by_key(|one| one.start);
    found
}

/// Whether what follows the role says that it is held in a firm: “careers lead at Hobley Engineering”.
fn is_elsewhere(after: &str) -> bool {
    let Some(rest) = [" at ", " for ", " with "].iter().find_map(|word| after.strip_prefix(word)) else { return false };
    let name: Vec<&str> = rest
        .split(|c: char| c.is_whitespace())
        .take_while(|word| word.starts_with(char::is_uppercase) || matches!(*word, "of" | "and" | "the" | "&"))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let firm = name.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let schools = ["School", "Academy", "College", "UTC", "Centre", "Federation", "The", "Year", "Years", "Key"];
    // One word may be what everybody calls the school: “careers leader at Saltmarsh”.
    firm && name.len() >= 2 && !name.iter().any(|word| schools.contains(word))
}

/// Whether the sentence around a place tells of the past.
fn is_past(lower: &str, start: usize, end: usize) -> bool {
    let from = lower[..start].rfind(". ").map_or(0, |at| at + 2);
    let to = lower[end..].find(". ").map_or(lower.len(), |at| end + at);
    let sentence = format!(" {} ", &lower[from..to]);
    PAST.iter().any(|word| sentence.contains(word))
}

/// Whether what stands between a name and the role makes them one: “is our”, a colon, a comma, a bracket.
pub(super) fn connects(gap: &str) -> bool {
    if gap.chars().count() > 60 || gap.contains(['@', ';', '|', '?', '!']) || gap.contains(". ") {
        return false;
    }
    let words = Words::of(gap);
    if words.has_any(&OTHERS)
        || words.has_any(&["not", "and", "or", "with", "for", "to", "by", "from", "works", "line"]) && !ends_firmly(gap)
    {
        return false;
    }
    let plain = words.text().split_whitespace().all(|word| {
        [
            "is",
            "our",
            "the",
            "as",
            "a",
            "name",
            "named",
            "school",
            "schools",
            "academy",
            "academys",
            "college",
            "current",
            "new",
            "designated",
        ]
        .contains(&word)
    });
    plain || (ends_firmly(gap) && !words.has_any(&["adviser", "governor"]))
}

fn ends_firmly(gap: &str) -> bool {
    let gap = gap.trim_end().to_lowercase();
    [" as our", " as the", " is our", " is the", " is", ":", " as"].iter().any(|end| gap.ends_with(end))
}

/// Whether a line is nothing but a role: its words, perhaps another post of the same person, no sentence.
pub(super) fn is_role_only(text: &str, mentions: &[Found]) -> bool {
    let words = Words::of(text);
    !mentions.is_empty()
        && words.text().split_whitespace().count() <= 9
        && !text.trim_end().ends_with('.')
        && !words.has_any(&[
            "adviser",
            "advisor",
            "governor",
            "trustee",
            "link",
            "coordinator",
            "contact the",
            "ask",
            "with",
            "award",
            "training",
        ])
        && crate::contact::emails(text).is_empty()
}

/// Whether a line names a role that may be the careers leader's under another name.
pub(super) fn is_alike(words: &Words) -> bool {
    words.has_any(&[
        "head of careers",
        "director of careers",
        "careers manager",
        "careers leader",
        "careers lead",
        "careers coordinator",
        "careers co ordinator",
        "careers and employability manager",
    ])
}

/// Whether a line names some role of a person.
pub(super) fn is_some_role(text: &str) -> bool {
    let words = Words::of(text);
    words.text().split_whitespace().count() <= 10
        && (words.has_any(&OTHERS)
            || !mentions(text).is_empty()
            || words.has_any(&["teacher", "tutor", "leader", "chair", "lead"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_present_careers_leader_is_one() {
        assert_eq!(mentions("Our Careers Leader is Mr X, the careers lead.").len(), 2);
        for other in [
            "the careers adviser",
            "Assistant Careers Leader",
            "Mrs Pollitt, who was Careers Leader for years",
            "the careers leader's office",
            "careers leadership",
            "Our former careers leader",
        ] {
            assert!(mentions(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn a_name_is_the_leaders_if_the_words_between_say_so() {
        for gap in [
            " is ",
            ": ",
            ", ",
            " (",
            " – ",
            " is our ",
            ", the school’s ",
            " leads careers at Saltmarsh as our ",
            " at this school is ",
        ] {
            assert!(connects(gap), "{gap}");
        }
        for gap in [" works with the ", " and ", ", Careers Adviser, ", ". The governor, ", " (ask@x.example) ", " or "]
        {
            assert!(!connects(gap), "{gap}");
        }
    }
}
