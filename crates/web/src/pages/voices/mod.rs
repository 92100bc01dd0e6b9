//! What learners, employers and providers thought of an activity: the page beside it, and the forms behind links.

mod feedback;
mod page;
mod reflect;

pub(crate) use feedback::{get as feedback_form, post as send_feedback};
pub(crate) use page::{add, close, get, link, remove, tick, untick};
pub(crate) use reflect::{get as reflection_form, post as send_reflection};
#[cfg(test)]
pub(crate) use {
    feedback::FeedbackPage,
    page::{FeedbackLine, LinkLine, ReflectionLine, SuggestionLine, VoicesPage},
    reflect::ReflectionPage,
};

/// Five answers with words, from worst to best.
pub(crate) const RATINGS: [(&str, &str); 5] =
    [("1", "Not useful"), ("2", "A little useful"), ("3", "Fairly useful"), ("4", "Useful"), ("5", "Very useful")];

/// What a rating means, in words.
fn rating(rating: Option<i64>) -> &'static str {
    let found = rating.and_then(|rating| usize::try_from(rating - 1).ok()).and_then(|at| RATINGS.get(at));
    found.map_or("", |(_, words)| *words)
}
