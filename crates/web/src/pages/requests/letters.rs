//! How letters about a request stand, and what that means for taking a decision back.

use app::{DecisionLetter, LetterRow};

use crate::{
    letter::{can_go_again, stands},
    words::capital,
};

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
    LetterLine {
        id: letter.id.to_string(),
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        stands: capital(&stands(letter, has_post, when)),
        text: letter.text.clone(),
        again: can_go_again(letter),
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
        DecisionLetter::Tried => (
            "The letter was tried and is not known to have gone, though it may have. If this was a mistake, take it back: it is not \
             tried again, and another letter corrects it and gives your reason."
                .to_owned(),
            true,
        ),
        DecisionLetter::GivenUp => (
            "The letter could not be sent, so the provider may not know. If this was a mistake, take it back: in case it did arrive, \
             another letter corrects it and gives your reason."
                .to_owned(),
            true,
        ),
        DecisionLetter::Gone => (
            "The letter has gone. If this was a mistake, take it back: another letter corrects it and gives your reason."
                .to_owned(),
            true,
        ),
    }
}
