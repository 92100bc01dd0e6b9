//! When careers information is next reviewed.

use domain::Date;

use crate::{
    Known, Note, careers,
    finding::Answer,
    outline::Outline,
    sentence::{Words, sentences},
    when,
};

/// Words of a review that is to come.
const REVIEW: [&str; 22] = [
    "next review",
    "next reviewed",
    "review date",
    "reviewed by",
    "be reviewed",
    "due for review",
    "date of review",
    "review due",
    "reviewed again",
    "next reviewing",
    "reviewed in",
    "reviewed on",
    "looked at again",
    "checked again",
    "updated again",
    "check this page again",
    "check it again",
    "look at this page again",
    "review this page",
    "review this information",
    "review it again",
    "update this page",
];

/// The day of the next review in a text, and whether the words tell of one.
pub(crate) fn review_in(sentence: &str) -> Option<Option<Date>> {
    let words = Words::of(sentence);
    let label = is_label(&words, sentence);
    let past = words.has_any(&["was reviewed", "last reviewed", "were reviewed", "been reviewed", "last review"]);
    if !(label || words.has_any(&REVIEW))
        || (past && !words.has_any(&["next review*", "be reviewed", "reviewed again"]))
    {
        return None;
    }
    // “Reviewed September 2026, next review September 2027”: the day after the words about the next one.
    let lower = sentence.to_lowercase();
    let from = ["next review", "be reviewed", "review date", "due for review", "reviewed again", "again"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
        .unwrap_or(0);
    let rest = sentence.get(from..).unwrap_or(sentence);
    Some(when::dates(rest).into_iter().next())
}

/// “Review: December 2026”, and nothing else.
fn is_label(words: &Words, sentence: &str) -> bool {
    words.text().starts_with("review ") && words.text().split(' ').count() <= 5 && !when::dates(sentence).is_empty()
}

/// Whether a sentence speaks of the review of the information itself: it names that, or nothing at all before the words of review.
/// “The fair will be reviewed before the next one” speaks of the fair.
fn is_of_information(words: &Words, sentence: &str) -> bool {
    const NOTHING: [&str; 25] = [
        "date",
        "of",
        "the",
        "next",
        "last",
        "updated",
        "reviewed",
        "on",
        "in",
        "published",
        "and",
        "will",
        "it",
        "this",
        "to",
        "be",
        "is",
        "due",
        "for",
        "our",
        "we",
        "by",
        "was",
        "checked",
        "written",
    ];
    // A day that stands for an example is nobody's.
    if words.denies() || words.has_any(&["for example", "e g", "such as", "should", "must"]) {
        return false;
    }
    if is_label(words, sentence) {
        return true;
    }
    if words.has_any(&[
        "information",
        "page",
        "pages",
        "webpage",
        "website",
        "careers programme",
        "this programme",
        "our programme",
        "the programme",
        "careers provision",
    ]) {
        return true;
    }
    let Some(first) = REVIEW.iter().filter_map(|phrase| words.at(phrase)).min() else { return false };
    words
        .before(first)
        .split_whitespace()
        .all(|word| NOTHING.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit()) || when::is_month(word))
}

/// When the careers information is next reviewed. The reviews of policies are theirs.
pub(crate) fn next(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let of_policy = outline.title.has_any(&["policy"]);
        for line in careers::lines(outline).filter(|line| line.heading.is_none_or(|level| level > 1)) {
            for sentence in sentences(&line.text) {
                let Some(date) = review_in(sentence) else { continue };
                let words = Words::of(sentence);
                let elsewhere = of_policy
                    || words.has_any(&["policy", "policies", "statement", "risk assessment"])
                    || outline.section(line).says(&["policy", "policies", "approval"]);
                let answer = match date {
                    Some(date) if !elsewhere && is_of_information(&words, sentence) => {
                        let mut answer = Answer::found(outline.page, sentence);
                        if date < known.as_of {
                            answer.notes.push(Note::DatePassed { date });
                        }
                        answer
                    }
                    Some(_) => {
                        let what = "whether this date is for the careers information on the website".to_owned();
                        Answer::unclear(outline.page, sentence, Note::Missing { what })
                    }
                    None => Answer::unclear(outline.page, sentence, Note::Missing { what: "a date".to_owned() }),
                };
                best = best.or(answer);
            }
        }
    }
    best
}
