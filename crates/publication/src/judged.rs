//! Sentences of a provider access statement, each judged for one thing.

use crate::{State, sentence::Words};

/// Whether a text says when: hours, weekdays, lessons, parts of the day.
pub(crate) fn tells_times(text: &str) -> bool {
    let words = Words::of(text);
    let hour = text.as_bytes().windows(4).any(|at| {
        at[0].is_ascii_digit() && matches!(at[1], b'.' | b':') && at[2].is_ascii_digit() && at[3].is_ascii_digit()
    });
    let half = words.text().split(' ').any(|word| {
        word.strip_suffix("am").or_else(|| word.strip_suffix("pm")).is_some_and(|hour| hour.parse::<u8>().is_ok())
    });
    hour || half
        || words.has_any(&[
            "monday*",
            "tuesday*",
            "wednesday*",
            "thursday*",
            "friday*",
            "tutor time",
            "pshe lessons",
            "form time",
            "registration",
            "lunchtime*",
            "period",
            "periods",
            "school hours",
            "school day",
            "assembly time",
        ])
}

pub(crate) fn encounters(words: &Words) -> State {
    let each = words.has_any(&["encounter*", "meet", "meets", "meetings", "opportunit*", "sessions"]);
    let number = words.has_any(&["two", "2", "six", "twice", "four"]);
    let phases = words.count(&[
        "year 8",
        "year 9",
        "year 10",
        "year 11",
        "year 12",
        "year 13",
        "key phase",
        "first",
        "second",
        "third",
        "28 february",
        "years 8",
        "key phases",
    ]);
    let phase = phases >= 2 || words.has_any(&["key phases", "key phase"]);
    let with = words.has_any(&["provider", "providers", "technical", "apprenticeship*"]);
    // In a statement on providers, a sentence on encounters in each phase need not say with whom.
    let in_each = words.count(&["year 8", "years 8", "year 10", "years 10", "year 12", "years 12"]) >= 3
        && words.has_any(&["encounter", "encounters"]);
    if each && number && phase && (with || in_each) {
        State::Found
    } else if with
        && (words.has_any(&["encounter", "encounters"])
            || words.has_any(&["each key stage", "every key stage", "key phase*"]) && words.has("opportunit*"))
    {
        State::Unclear
    } else {
        State::NotFound
    }
}

pub(crate) fn entitlement(words: &Words) -> State {
    if words.has_any(&["entitled", "entitlement", "right to"])
        && words.has_any(&["pupil*", "student*", "learner*", "year 8"])
        && words.has_any(&["technical", "apprenticeship*", "providers"])
    {
        State::Found
    } else if words.has_any(&["entitled", "entitlement"]) {
        State::Unclear
    } else {
        State::NotFound
    }
}

pub(crate) fn safeguarding(words: &Words) -> State {
    let rules = words.count(&[
        "safeguarding",
        "sign in",
        "identification",
        "dbs",
        "accompanied",
        "supervised",
        "visitor policy",
        "visitors policy",
        "child protection",
        "photo id",
        "identity",
        "visitor checks",
    ]);
    let bound = words.has_any(&[
        "must",
        "follow",
        "follows",
        "comply",
        "adhere",
        "will be",
        "expected to",
        "are asked",
        "required",
        "are accompanied",
        "are supervised",
    ]);
    match (rules, bound) {
        (0, _) => State::NotFound,
        (2.., _) if bound => State::Found,
        (1, true)
            if words.has_any(&["provider", "providers", "visitors", "visitor"])
                && words.has_any(&["safeguarding", "child protection", "visitor policy", "visitors policy"]) =>
        {
            State::Found
        }
        _ => State::Unclear,
    }
}

pub(crate) fn destinations(words: &Words) -> State {
    let went = words.has_any(&[
        "went on to",
        "moved on to",
        "progressed to",
        "destinations of",
        "go on to",
        "leavers went",
        "continued to",
    ]);
    let who = words.has_any(&["leavers", "pupils", "students", "learners", "cohort"]);
    if went && who {
        State::Found
    } else if words.has("destinations") {
        State::Unclear
    } else {
        State::NotFound
    }
}

pub(crate) fn complaints(words: &Words) -> State {
    let how = words.has_any(&[
        "procedure",
        "policy",
        "raised",
        "write to",
        "sent to",
        "contact",
        "e mail",
        "email",
        "through",
        "via",
        "in line with",
        "follow",
    ]);
    match (words.has_any(&["complaint", "complaints", "complain"]), how) {
        (true, true) => State::Found,
        (true, false) => State::Unclear,
        (false, _) => State::NotFound,
    }
}
