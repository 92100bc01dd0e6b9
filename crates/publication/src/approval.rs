//! When something was approved, and when it is reviewed.

use domain::Date;

use crate::{
    Known, Note, Page,
    finding::{Answer, quote},
    review,
    sentence::Words,
    when,
};

/// The day of approval and that of the next review in one sentence.
pub(crate) fn approval_and_review(sentence: &str) -> (Option<Date>, Option<Date>) {
    let words = Words::of(sentence);
    let review = review::review_in(sentence).flatten();
    let approves =
        words.has_any(&["approved", "adopted", "ratified", "agreed by", "signed", "approval", "date approved"]);
    let lower = sentence.to_lowercase();
    let from = ["approv", "adopted", "ratified", "agreed by", "signed"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
        .unwrap_or(0);
    let approved =
        if approves { when::dates(sentence.get(from..).unwrap_or(sentence)).into_iter().next() } else { None };
    // “Approved by governors, next review July 2028” has one day, which is not that of approval.
    let same = approved.is_some() && approved == review && when::dates(sentence).len() == 1;
    let review_first = lower.find("review").is_some_and(|at| at < from);
    if same && !review_first { (None, review) } else { (approved.filter(|_| !same), review) }
}

/// What days of approval and review come to; the review is to follow within so many years.
pub(crate) fn dated(
    page: &Page,
    approved: Option<(Date, &str)>,
    review: Option<(Date, &str)>,
    undated: Option<&str>,
    known: &Known,
    years: i16,
) -> Answer {
    let missing = |what: &str| Note::Missing { what: what.to_owned() };
    match (approved, review) {
        (Some((approved, said)), Some((review, also))) => {
            let mut answer = Answer::found(page, said);
            if also != said {
                answer.quotes.push(quote(page, also));
            }
            if review < known.as_of {
                answer.notes.push(Note::DatePassed { date: review });
            }
            // A month's grace: boards meet when they meet.
            let latest = jiff::Span::new().years(years).months(1);
            if approved.checked_add(latest).is_ok_and(|latest| review > latest) {
                answer.notes.push(Note::ReviewTooLate { approved, review });
            }
            answer
        }
        (Some((_, said)), None) => Answer::unclear(page, said, missing("the date of the next review")),
        (None, Some((review, said))) => {
            let mut answer = Answer::unclear(page, said, missing("the date of approval"));
            if review < known.as_of {
                answer.notes.push(Note::DatePassed { date: review });
            }
            answer
        }
        (None, None) => undated.map_or_else(Answer::nothing, |said| Answer::unclear(page, said, missing("dates"))),
    }
}
