use domain::{AccountId, ApiKeyId, GuidanceNoteId, LearnerId};
use store::{
    Error, Store, account,
    api_key::{self, ApiKey},
    guidance_note::{self, GuidanceNote},
    permission::{self, Permission},
};

use crate::given::{self, OTHER, SCHOOL, at, change, day, now, within};

fn key(id: i64, account: i64) -> ApiKey {
    ApiKey {
        id: ApiKeyId(id),
        name: format!("Program {id}"),
        digest: vec![id as u8; 32],
        scopes: vec!["read-totals".into(), "record".into()],
        account: AccountId(account),
        created_at: now(),
        expires_at: at("2027-11-23T00:00:00Z"),
        last_used_at: None,
        revoked_at: None,
    }
}

fn people(store: &Store) {
    for id in [1, 2] {
        change(store, |tx| account::insert(tx, &given::account(id, &format!("{id}@school.example")))).unwrap();
    }
}

pub(crate) fn keys_of_programs_are_kept_used_passed_on_and_taken_back(store: &Store) {
    given::institutions(store);
    people(store);
    change(store, |tx| {
        api_key::insert(tx, SCHOOL, &key(1, 1))?;
        api_key::insert(tx, SCHOOL, &key(2, 1))
    })
    .unwrap();
    let find = |id| store.read(within(), |tx| api_key::find(tx, SCHOOL, ApiKeyId(id))).unwrap();
    assert_eq!(find(1), Some(key(1, 1)));
    assert_eq!(store.read(within(), |tx| api_key::find(tx, OTHER, ApiKeyId(1))).unwrap(), None);
    store.write(within(), |tx| api_key::used(tx, SCHOOL, ApiKeyId(1), now())).unwrap();
    assert_eq!(find(1).unwrap().last_used_at, Some(now()));
    change(store, |tx| api_key::revoke(tx, SCHOOL, ApiKeyId(2), now())).unwrap();
    let again = change(store, |tx| api_key::revoke(tx, SCHOOL, ApiKeyId(2), now()));
    assert!(matches!(again, Err(Error::NotFound("api_key"))), "{again:?}");
    // What was taken back stays with whom it was.
    assert_eq!(change(store, |tx| api_key::pass_on(tx, SCHOOL, AccountId(1), AccountId(2))).unwrap(), 1);
    let listed = store.read(within(), |tx| api_key::list(tx, SCHOOL)).unwrap();
    let listed: Vec<_> = listed.iter().map(|key| (key.id.0, key.account.0, key.revoked_at.is_some())).collect();
    assert_eq!(listed, [(2, 1, true), (1, 2, false)]);
    change(store, |tx| api_key::give(tx, SCHOOL, ApiKeyId(1), AccountId(1))).unwrap();
    assert_eq!(find(1).unwrap().account, AccountId(1));
    let unknown = change(store, |tx| api_key::insert(tx, SCHOOL, &key(3, 9)));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
}

pub(crate) fn notes_of_guidance_meetings_are_kept_and_written_anew(store: &Store) {
    given::school(store, 2, 0);
    people(store);
    let note = |id, held_on| GuidanceNote {
        id: GuidanceNoteId(id),
        learner: LearnerId(1),
        held_on: day(held_on),
        agreed_actions: "Look at two colleges".into(),
        private_note: Some("Worried about travel".into()),
        account: Some(AccountId(1)),
        written_at: now(),
    };
    change(store, |tx| {
        guidance_note::insert(tx, SCHOOL, &note(1, "2026-11-02"))?;
        guidance_note::insert(tx, SCHOOL, &note(2, "2026-10-01"))
    })
    .unwrap();
    let list = |learner| store.read(within(), |tx| guidance_note::list(tx, SCHOOL, LearnerId(learner))).unwrap();
    assert_eq!(list(1), [note(1, "2026-11-02"), note(2, "2026-10-01")]);
    assert_eq!(list(2), []);
    let after = GuidanceNote { private_note: None, agreed_actions: "One college".into(), ..note(1, "2026-11-03") };
    change(store, |tx| guidance_note::update(tx, SCHOOL, &after)).unwrap();
    let find = |learner, id| {
        store.read(within(), |tx| guidance_note::find(tx, SCHOOL, LearnerId(learner), GuidanceNoteId(id))).unwrap()
    };
    assert_eq!((find(1, 1), find(2, 1)), (Some(after), None));
    assert_eq!(store.read(within(), |tx| guidance_note::count_by(tx, SCHOOL, AccountId(1))).unwrap(), 2);
    let missing = change(store, |tx| guidance_note::update(tx, SCHOOL, &note(9, "2026-11-02")));
    assert!(matches!(missing, Err(Error::NotFound("guidance_note"))), "{missing:?}");
}

pub(crate) fn an_institutions_own_ticks_replace_those_before(store: &Store) {
    given::institutions(store);
    let tick = |action: &str, allowed| Permission { role: "tutor".into(), action: action.into(), allowed };
    let set = |ticks: &[Permission]| change(store, |tx| permission::replace(tx, SCHOOL, ticks)).unwrap();
    set(&[tick("record", true), tick("export", false)]);
    set(&[tick("record", false)]);
    assert_eq!(store.read(within(), |tx| permission::list(tx, SCHOOL)).unwrap(), [tick("record", false)]);
    assert_eq!(store.read(within(), |tx| permission::list(tx, OTHER)).unwrap(), []);
}
