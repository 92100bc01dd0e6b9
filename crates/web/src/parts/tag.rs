use askama::Template;
use domain::{Date, date};

use super::renders_itself;
use crate::words;

/// A status as people see it: the same sign, words and colour everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Met,
    Planned,
    Due,
    Missed,
    Upcoming,
    NotApplicable,
}

impl Sign {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Planned => "planned",
            Self::Due => "due",
            Self::Missed => "missed",
            Self::Upcoming => "upcoming",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The word in lists and filters.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Planned => "Planned",
            Self::Due => "Due",
            Self::Missed => "Missed",
            Self::Upcoming => "Upcoming",
            Self::NotApplicable => "Not applicable",
        }
    }
}

/// A sign with its words.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/tag.html")]
pub(crate) struct Tag {
    sign: Sign,
    text: String,
}

renders_itself!(Tag);

impl Tag {
    pub(crate) fn new(sign: Sign, text: impl Into<String>) -> Self {
        Self { sign, text: text.into() }
    }

    /// The sign with its own word.
    pub(crate) fn plain(sign: Sign) -> Self {
        Self::new(sign, sign.label())
    }

    /// Due, with the days that are left.
    pub(crate) fn due(deadline: Date, as_of: Date) -> Self {
        let days = date::days_between(as_of, deadline);
        let left = if (71..=400).contains(&days) { format!("in {days} days") } else { words::near(deadline, as_of) };
        Self::new(Sign::Due, format!("Due {left}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_a_sign_and_words_and_escapes_them() {
        let html = Tag::new(Sign::Due, "Due <soon>").render().unwrap();
        assert!(html.contains("#s-due") && html.contains("Due &#60;soon&#62;"), "{html}");
    }
}
