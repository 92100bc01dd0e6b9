use domain::{DutyId, PolicyId};
use jiff::Timestamp;
use store::{
    Error, Store,
    duty::{self, Duty},
    institution_text::{self, InstitutionText},
    policy::{self, Policy, PolicyApproval, PolicyChange, PolicyClause, PolicyContent, PolicyState, Signature},
    policy_passage::{self, PassageState, PolicyPassage},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

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

fn version(id: i64, paper: &str, number: u32) -> Policy {
    Policy {
        id: PolicyId(id),
        paper: paper.into(),
        edition: "2025-09".into(),
        number,
        state: PolicyState::Draft,
        review_on: Some(day("2027-09-01")),
        made_at: now(),
        account: None,
        signature: None,
        approval: None,
        published_at: None,
        superseded_at: None,
        revision: 0,
        changed_at: now(),
    }
}

pub(crate) fn versions_of_a_policy_are_kept_with_their_clauses_changes_and_text(store: &Store) {
    given::institutions(store);
    let (first, second) = (version(1, "careers-policy", 1), version(2, "careers-policy", 2));
    let statement = version(3, "provider-access", 1);
    for one in [&first, &second, &statement] {
        change(store, |tx| policy::put(tx, SCHOOL, one)).unwrap();
    }
    let all = || store.read(within(), |tx| policy::list(tx, SCHOOL)).unwrap();
    assert_eq!(all(), [second.clone(), first.clone(), statement.clone()]);
    assert!(store.read(within(), |tx| policy::list(tx, OTHER)).unwrap().is_empty());
    let nowhere = store.read(within(), |tx| policy::get(tx, OTHER, first.id));
    assert!(matches!(nowhere, Err(Error::NotFound(_))), "{nowhere:?}");

    let clause = |choice: &str, text: Option<&str>| PolicyClause {
        clause: "vision.purpose".into(),
        choice: choice.into(),
        text: text.map(str::to_owned),
        beneath: Some("{vision}".into()),
        account: None,
        changed_at: now(),
    };
    let clauses = || store.read(within(), |tx| policy::clauses(tx, SCHOOL, first.id)).unwrap();
    for one in [clause("confirmed", None), clause("replaced", Some("Ours"))] {
        change(store, |tx| policy::set_clause(tx, SCHOOL, first.id, &one)).unwrap();
        assert_eq!(clauses(), [one]);
    }
    change(store, |tx| policy::remove_clause(tx, SCHOOL, first.id, "vision.purpose")).unwrap();
    assert!(clauses().is_empty());

    let noted = |position: i32, after: Option<&str>| PolicyChange {
        position,
        clause: "vision.purpose".into(),
        before: None,
        after: after.map(str::to_owned),
        account: None,
        at: now(),
    };
    for (position, after) in [(0, Some("{}")), (1, None)] {
        let given = change(store, |tx| policy::note_change(tx, SCHOOL, first.id, &noted(9, after))).unwrap();
        assert_eq!(given, position);
    }
    let changes = store.read(within(), |tx| policy::changes(tx, SCHOOL, first.id)).unwrap();
    assert_eq!(changes, [noted(1, None), noted(0, Some("{}"))]);

    let content = || store.read(within(), |tx| policy::content(tx, SCHOOL, first.id)).unwrap();
    assert_eq!(content(), None);
    let text = PolicyContent { content: "{\"a\":1}".into(), checks: "[]".into(), digest: vec![1, 2, 3] };
    change(store, |tx| policy::set_content(tx, SCHOOL, first.id, Some(&text))).unwrap();
    let published = Policy {
        state: PolicyState::Published,
        signature: Some(Signature { on: day("2026-11-01"), by: "A".into(), post: "Deputy".into(), account: None }),
        approval: Some(PolicyApproval { on: day("2026-11-02"), by: "Board".into(), minute: "item 6".into() }),
        published_at: Some(now()),
        superseded_at: Some(now()),
        revision: 4,
        ..first.clone()
    };
    change(store, |tx| policy::put(tx, SCHOOL, &published)).unwrap();
    assert_eq!(store.read(within(), |tx| policy::get(tx, SCHOOL, first.id)).unwrap(), published);
    assert_eq!(content(), Some(text), "writing the version anew leaves its text");
    change(store, |tx| policy::set_content(tx, SCHOOL, first.id, None)).unwrap();
    assert_eq!(content(), None);
}

pub(crate) fn responsibilities_are_kept_and_changed_in_their_place(store: &Store) {
    given::institutions(store);
    let duty = |id: i64, position: i32| Duty {
        id: DutyId(id),
        pack_key: (id == 1).then(|| "leader-plan".to_owned()),
        post: "careers-leader".to_owned(),
        field: Some("leadership".to_owned()),
        title: "Writes the plan".to_owned(),
        owner: Some("Robin Example".to_owned()),
        account: None,
        evidence: "Minute 6".to_owned(),
        last_done: Some(jiff::civil::date(2026, 10, 14)),
        every_months: Some(12),
        next_due: Some(jiff::civil::date(2027, 10, 14)),
        position,
        is_hidden: false,
        changed_at: Timestamp::UNIX_EPOCH,
    };
    let blank = Duty { field: None, owner: None, last_done: None, every_months: None, next_due: None, ..duty(2, 1) };
    for one in [duty(1, 2), blank.clone()] {
        change(store, |tx| duty::set(tx, SCHOOL, &one)).unwrap();
    }
    let hidden = Duty { is_hidden: true, title: "Writes it".to_owned(), ..duty(1, 2) };
    change(store, |tx| duty::set(tx, SCHOOL, &hidden)).unwrap();
    assert_eq!(store.read(within(), |tx| duty::list(tx, SCHOOL)).unwrap(), [blank, hidden]);
}

pub(crate) fn parts_of_an_earlier_policy_are_kept_until_they_are_settled(store: &Store) {
    given::institutions(store);
    let policy_id = PolicyId(1);
    change(store, |tx| policy::put(tx, SCHOOL, &version(1, "careers-policy", 1))).unwrap();
    let part = |position: i32, state| PolicyPassage {
        position,
        heading: (position > 0).then(|| "Aims".into()),
        text: "We aim high.".into(),
        clause: (position > 0).then(|| "vision.purpose".into()),
        state,
    };
    let parts = || store.read(within(), |tx| policy_passage::list(tx, SCHOOL, policy_id)).unwrap();
    let read_in = [part(0, PassageState::Open), part(1, PassageState::Open)];
    change(store, |tx| policy_passage::replace(tx, SCHOOL, policy_id, &read_in)).unwrap();
    assert_eq!(parts(), read_in);
    let placed = (Some("vision.purpose"), PassageState::Placed);
    change(store, |tx| policy_passage::settle(tx, SCHOOL, policy_id, 1, placed)).unwrap();
    change(store, |tx| policy_passage::settle(tx, SCHOOL, policy_id, 0, (None, PassageState::Aside))).unwrap();
    assert_eq!(parts(), [part(0, PassageState::Aside), part(1, PassageState::Placed)]);
    let nothing = change(store, |tx| policy_passage::settle(tx, SCHOOL, policy_id, 7, placed));
    assert!(matches!(nothing, Err(Error::NotFound(_))), "{nothing:?}");
    assert!(store.read(within(), |tx| policy_passage::list(tx, OTHER, policy_id)).unwrap().is_empty());
    change(store, |tx| policy_passage::replace(tx, SCHOOL, policy_id, &[part(0, PassageState::Open)])).unwrap();
    assert_eq!(parts().len(), 1);
}
