use domain::{AccountId, InstitutionId, SessionId};
use store::{Error, Store, account, installation, membership, session};

use crate::given::{self, OTHER, SCHOOL, at, change, now};

pub(crate) fn accounts_are_found_by_address_in_any_case(store: &Store) {
    given::institutions(store);
    let mut person = given::account(1, "Leader@School.example");
    change(store, |tx| account::insert(tx, &person)).unwrap();
    let found = store.read(crate::given::within(), |tx| account::find_by_email(tx, " leader@school.EXAMPLE ")).unwrap();
    assert_eq!(found.as_ref(), Some(&person));
    let twice = change(store, |tx| account::insert(tx, &given::account(2, "LEADER@school.example")));
    assert!(matches!(&twice, Err(Error::Duplicate { table }) if table == "account"), "{twice:?}");
    person.closed_at = Some(now());
    person.password_hash = None;
    change(store, |tx| account::update(tx, &person)).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| account::find(tx, AccountId(1))).unwrap(), Some(person.clone()));
    assert_eq!(store.read(crate::given::within(), account::list).unwrap(), [person]);
    assert_eq!(store.read(crate::given::within(), account::count).unwrap(), 1);
    let unknown = change(store, |tx| account::update(tx, &given::account(9, "nobody@school.example")));
    assert!(matches!(unknown, Err(Error::NotFound("account"))), "{unknown:?}");
}

/// A role of account 1, over these forms.
fn role(institution: InstitutionId, role: &str, reach: &str, forms: &[&str]) -> membership::Membership {
    membership::Membership {
        institution,
        account: AccountId(1),
        role: role.to_owned(),
        reach: reach.to_owned(),
        groups: forms.iter().map(|form| ("form".to_owned(), (*form).to_owned())).collect(),
    }
}

pub(crate) fn memberships_are_given_and_taken(store: &Store) {
    given::institutions(store);
    let who = AccountId(1);
    change(store, |tx| {
        account::insert(tx, &given::account(1, "a@school.example"))?;
        membership::set(tx, &role(SCHOOL, "leader", "institution", &[]))?;
        membership::set(tx, &role(SCHOOL, "tutor", "institution", &[]))?;
        membership::set(tx, &role(SCHOOL, "tutor", "groups", &["9B", "9A"]))?;
        membership::set(tx, &role(OTHER, "viewer", "institution", &[]))
    })
    .unwrap();
    let roles = store.read(crate::given::within(), |tx| membership::of_account(tx, who)).unwrap();
    let tutor = role(SCHOOL, "tutor", "groups", &["9A", "9B"]);
    let expected =
        [role(SCHOOL, "leader", "institution", &[]), tutor.clone(), role(OTHER, "viewer", "institution", &[])];
    assert_eq!(roles, expected);
    change(store, |tx| membership::delete(tx, SCHOOL, who, "leader")).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| membership::list(tx, SCHOOL)).unwrap(), [tutor]);
    change(store, |tx| membership::delete(tx, OTHER, who, "viewer")).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| membership::list(tx, OTHER)).unwrap(), []);
    assert_eq!(store.read(crate::given::within(), |tx| membership::list(tx, SCHOOL)).unwrap().len(), 1);
    let again = change(store, |tx| membership::delete(tx, OTHER, who, "viewer"));
    assert!(matches!(again, Err(Error::NotFound("membership"))), "{again:?}");
}

pub(crate) fn sessions_end(store: &Store) {
    change_accounts(store);
    let session = |token: u8, expires: &str| session::Session {
        token_digest: vec![token; 32],
        id: SessionId(token.into()),
        account: AccountId(1),
        csrf: "csrf".into(),
        method: "password".into(),
        device: "Firefox on Linux".into(),
        awaits_second_step: token == 2,
        confirmed_at: now(),
        viewing: None,
        created_at: now(),
        last_seen_at: now(),
        expires_at: at(expires),
    };
    let (short, long) = (session(1, "2026-11-23T15:00:00Z"), session(2, "2026-11-24T15:00:00Z"));
    store
        .write(crate::given::within(), |tx| {
            session::insert(tx, &short)?;
            session::insert(tx, &long)
        })
        .unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| session::find(tx, &[1; 32], now())).unwrap(), Some(short));
    let later = at("2026-11-23T15:00:00Z");
    assert_eq!(store.read(crate::given::within(), |tx| session::find(tx, &[1; 32], later)).unwrap(), None);
    assert_eq!(store.write(crate::given::within(), |tx| session::delete_expired(tx, later)).unwrap(), 1);
    let last = at("2026-11-25T15:00:00Z");
    store.write(crate::given::within(), |tx| session::extend(tx, &[2; 32], later, last)).unwrap();
    let extended = session::Session { last_seen_at: later, expires_at: last, ..long };
    assert_eq!(store.read(crate::given::within(), |tx| session::find(tx, &[2; 32], later)).unwrap(), Some(extended));
    store.write(crate::given::within(), |tx| session::delete(tx, &[2; 32])).unwrap();
    assert_eq!(store.write(crate::given::within(), |tx| session::delete_of(tx, AccountId(1))).unwrap(), 0);
}

pub(crate) fn sessions_are_listed_and_ended_by_their_owner(store: &Store) {
    change_accounts(store);
    change(store, |tx| account::insert(tx, &given::account(2, "b@school.example"))).unwrap();
    let session = |token: u8, who, seen: &str| session::Session {
        token_digest: vec![token; 32],
        id: SessionId(token.into()),
        account: AccountId(who),
        csrf: "csrf".into(),
        method: "password".into(),
        device: "Firefox on Linux".into(),
        awaits_second_step: false,
        confirmed_at: now(),
        viewing: None,
        created_at: now(),
        last_seen_at: at(seen),
        expires_at: at("2026-11-24T15:00:00Z"),
    };
    let seen = [
        (1, 1, "2026-11-23T15:00:00Z"),
        (2, 1, "2026-11-23T15:10:00Z"),
        (3, 1, "2026-11-23T15:05:00Z"),
        (4, 2, "2026-11-23T15:00:00Z"),
    ];
    let write = |f: &dyn Fn(&mut store::Tx<'_>) -> Result<usize, Error>| store.write(given::within(), |tx| f(tx));
    write(&|tx| {
        seen.iter().try_fold(0, |n, (token, who, at)| session::insert(tx, &session(*token, *who, at)).map(|()| n + 1))
    })
    .unwrap();
    let listed = |who, now| -> Vec<i64> {
        let list = store.read(given::within(), |tx| session::list(tx, AccountId(who), now)).unwrap();
        list.into_iter().map(|session| session.id.0).collect()
    };
    assert_eq!(listed(1, now()), [2, 3, 1], "latest used first");
    assert!(listed(1, at("2026-11-24T15:00:00Z")).is_empty(), "expired");
    for (who, id) in [(2, 1), (1, 9)] {
        let refused = write(&|tx| session::delete_one(tx, AccountId(who), SessionId(id)).map(|()| 1));
        assert!(matches!(refused, Err(Error::NotFound("session"))), "{refused:?}");
    }
    write(&|tx| session::delete_one(tx, AccountId(1), SessionId(1)).map(|()| 1)).unwrap();
    assert_eq!(listed(1, now()), [2, 3]);
    assert_eq!(write(&|tx| session::delete_others(tx, AccountId(1), SessionId(3))).unwrap(), 1);
    assert_eq!((listed(1, now()), listed(2, now())), (vec![3], vec![4]));
}

fn change_accounts(store: &Store) {
    given::institutions(store);
    change(store, |tx| account::insert(tx, &given::account(1, "a@school.example"))).unwrap();
}

pub(crate) fn the_installation_is_set_up_once(store: &Store) {
    given::institutions(store);
    assert_eq!(store.read(crate::given::within(), installation::find).unwrap(), None);
    store.write(crate::given::within(), |tx| installation::offer_setup(tx, &[1; 32], now())).unwrap();
    store
        .write(crate::given::within(), |tx| installation::offer_setup(tx, &[2; 32], at("2026-11-24T15:00:00Z")))
        .unwrap();
    let state = store.read(crate::given::within(), installation::find).unwrap().unwrap();
    assert_eq!((state.setup_code_digest, state.created_at, state.completed_at), (Some(vec![2; 32]), now(), None));
    change(store, |tx| installation::complete_setup(tx, now())).unwrap();
    let state = store.read(crate::given::within(), installation::find).unwrap().unwrap();
    assert_eq!((state.setup_code_digest, state.completed_at), (None, Some(now())));
    let again = change(store, |tx| installation::complete_setup(tx, now()));
    assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
}
