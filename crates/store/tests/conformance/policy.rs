use jiff::Timestamp;
use store::{
    Store,
    institution_text::{self, InstitutionText},
};

use crate::given::{self, SCHOOL, change, within};

pub(crate) fn own_words_are_kept_changed_and_taken_away(store: &Store) {
    given::institutions(store);
    let text = |words: &str| InstitutionText {
        name: "vision".into(),
        text: words.into(),
        account: None,
        changed_at: Timestamp::UNIX_EPOCH,
    };
    for words in ["One", "Two"] {
        change(store, |tx| institution_text::set(tx, SCHOOL, &text(words))).unwrap();
    }
    assert_eq!(store.read(within(), |tx| institution_text::list(tx, SCHOOL)).unwrap(), [text("Two")]);
    assert!(change(store, |tx| institution_text::remove(tx, SCHOOL, "vision")).unwrap());
    assert!(!change(store, |tx| institution_text::remove(tx, SCHOOL, "vision")).unwrap());
    assert!(store.read(within(), |tx| institution_text::list(tx, SCHOOL)).unwrap().is_empty());
}
