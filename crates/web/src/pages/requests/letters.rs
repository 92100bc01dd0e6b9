//! How letters about a request stand, and what that means for taking a decision back.

use app::{DecisionLetter, LetterRow};

/// A letter about the request.
pub(crate) struct LetterLine {
    pub(crate) id: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) stands: String,
    /// What it says, while it waits.
    pub(crate) text: String,
    /// Whether it can be tried again.
    pub(crate) again: bool,
}

pub(super) fn letter_line(letter: &LetterRow, has_post: bool, when: &dyn Fn(jiff::Timestamp) -> String) -> LetterLine {
    let stands = match (letter.sent_at, letter.try_at, &letter.failed) {
        (Some(at), _, _) => format!("Sent {}", when(at)),
        (_, Some(at), Some(why)) => format!("Not sent yet: {why}. Tried again {}", when(at)),
        (_, None, Some(why)) => format!("Not sent: {why}"),
        _ if !has_post => "Not sent: this server sends no e-mail. Copy it and send it yourself".to_owned(),
        (_, Some(at), None) => format!("Goes {}", when(at)),
        _ => "Not sent".to_owned(),
    };
    LetterLine {
        id: letter.id.to_string(),
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        stands,
        text: letter.text.clone(),
        again: letter.sent_at.is_none() && letter.failed.is_some() && !letter.text.is_empty(),
    }
}

/// What is said of taking a decision back, and whether a reason is needed.
pub(super) fn taking_back(
    letter: DecisionLetter,
    has_post: bool,
    when: &dyn Fn(jiff::Timestamp) -> String,
) -> (String, bool) {
    match letter {
        DecisionLetter::None => ("Nobody has a letter about this. If it was a mistake, take it back.".to_owned(), false),
        DecisionLetter::Waits(Some(at)) if has_post => (
            format!("The letter goes {}. Until then this can be taken back, and nobody hears of it.", when(at)),
            false,
        ),
        DecisionLetter::Waits(_) => (
            "The letter has not gone: this server sends no e-mail. If it was a mistake, take it back before you send it."
                .to_owned(),
            false,
        ),
        DecisionLetter::Gone => (
            "The letter has gone. If this was a mistake, take it back: another letter corrects it and gives your reason."
                .to_owned(),
            true,
        ),
    }
}
