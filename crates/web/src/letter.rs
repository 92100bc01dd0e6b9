//! How a letter that is kept stands, wherever one is shown.

use app::LetterRow;

/// How it stands, as words that follow “The letter was”, or begin a line with a capital.
pub(crate) fn stands(letter: &LetterRow, has_post: bool, when: &dyn Fn(jiff::Timestamp) -> String) -> String {
    match (letter.sent_at, letter.try_at, &letter.failed) {
        (Some(at), _, _) => format!("sent {}", when(at)),
        _ if letter.is_stopped => "stopped after it was tried, so it may have gone".to_owned(),
        (_, Some(at), Some(why)) => format!("not sent yet: {why}. Tried again {}", when(at)),
        (_, None, Some(why)) => format!("not sent: {why}"),
        _ if !has_post => "not sent: this server sends no e-mail. Copy it and send it yourself".to_owned(),
        (_, Some(at), None) => format!("goes {}", when(at)),
        _ => "not sent".to_owned(),
    }
}

/// Whether it did not go, and can be tried again.
pub(crate) fn can_go_again(letter: &LetterRow) -> bool {
    letter.sent_at.is_none() && letter.failed.is_some() && !letter.is_stopped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> LetterRow {
        LetterRow {
            id: domain::LetterId(1),
            to: "sam@riverbank.example".into(),
            subject: "About your request".into(),
            text: "Dear Sam Example".into(),
            made_at: jiff::Timestamp::UNIX_EPOCH,
            sent_at: None,
            try_at: Some(jiff::Timestamp::UNIX_EPOCH),
            failed: None,
            is_stopped: false,
        }
    }

    #[test]
    fn a_letter_says_how_it_stands_and_whether_it_can_be_tried_again() {
        let when = |_| "today".to_owned();
        let says = |letter: &LetterRow| (stands(letter, true, &when), can_go_again(letter));
        assert_eq!(says(&letter()), ("goes today".to_owned(), false));
        let busy = LetterRow { failed: Some("it was busy".into()), ..letter() };
        assert_eq!(says(&busy), ("not sent yet: it was busy. Tried again today".to_owned(), true));
        let given_up = LetterRow { try_at: None, ..busy };
        assert_eq!(says(&given_up), ("not sent: it was busy".to_owned(), true));
        let stopped = LetterRow { is_stopped: true, text: String::new(), ..given_up };
        assert_eq!(says(&stopped), ("stopped after it was tried, so it may have gone".to_owned(), false));
        assert!(stands(&letter(), false, &when).contains("sends no e-mail"));
    }
}
