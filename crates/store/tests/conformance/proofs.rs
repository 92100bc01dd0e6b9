//! What people prove with who they are, beside the password.

use domain::{AccountId, PasskeyId};
use store::{Error, Store, Within, account, ceremony, institution, passkey, recovery_code, totp};

use crate::given::{self, SCHOOL, at, change, now};

const WHO: AccountId = AccountId(1);
const OTHER: AccountId = AccountId(2);

fn people(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        account::insert(tx, &given::account(1, "a@school.example"))?;
        account::insert(tx, &given::account(2, "b@school.example"))
    })
    .unwrap();
}

pub(crate) fn what_began_elsewhere_comes_back_once(store: &Store) {
    people(store);
    let of = |token: u8, account: Option<AccountId>, expires: &str| ceremony::Ceremony {
        token_digest: vec![token; 32],
        kind: "passkey".into(),
        account,
        payload: r#"{"challenge":"abc"}"#.into(),
        created_at: now(),
        expires_at: at(expires),
    };
    let (one, other) = (of(1, Some(WHO), "2026-11-23T14:35:00Z"), of(2, None, "2026-11-23T14:35:00Z"));
    let short = of(3, None, "2026-11-23T14:26:00Z");
    store
        .write(Within::none(), |tx| {
            ceremony::insert(tx, &one)?;
            ceremony::insert(tx, &other)?;
            ceremony::insert(tx, &short)
        })
        .unwrap();
    let take = |token: u8, kind: &str, when: &str| {
        store.write(Within::none(), |tx| ceremony::take(tx, &[token; 32], kind, at(when))).unwrap()
    };
    assert_eq!(take(1, "single-sign-on", "2026-11-23T14:30:00Z"), None);
    assert_eq!(take(1, "passkey", "2026-11-23T14:30:00Z"), Some(one));
    assert_eq!(take(1, "passkey", "2026-11-23T14:30:00Z"), None);
    // Too late, and gone all the same.
    assert_eq!(take(2, "passkey", "2026-11-23T14:35:00Z"), None);
    assert_eq!(take(2, "passkey", "2026-11-23T14:30:00Z"), None);
    let removed = store.write(Within::none(), |tx| ceremony::delete_expired(tx, at("2026-11-23T14:26:00Z")));
    assert_eq!(removed.unwrap(), 1);
    let unknown = of(4, Some(AccountId(9)), "2026-11-23T14:35:00Z");
    let unknown = store.write(Within::none(), |tx| ceremony::insert(tx, &unknown));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
}

pub(crate) fn a_code_of_an_app_works_once(store: &Store) {
    people(store);
    let find = || store.read(Within::none(), |tx| totp::find(tx, WHO)).unwrap();
    assert_eq!(find(), None);
    change(store, |tx| totp::offer(tx, WHO, &[7; 20], now())).unwrap();
    change(store, |tx| totp::offer(tx, WHO, &[8; 20], now())).unwrap();
    let offered = find().unwrap();
    assert_eq!((offered.secret.as_slice(), offered.confirmed_at, offered.last_step), (&[8; 20][..], None, 0));
    assert!(!format!("{offered:?}").contains('8'));
    change(store, |tx| totp::confirm(tx, WHO, now())).unwrap();
    let accept = |step| store.write(Within::none(), |tx| totp::accept(tx, WHO, step)).unwrap();
    assert_eq!(
        [accept(59_000_000), accept(59_000_000), accept(58_999_999), accept(59_000_001)],
        [true, false, false, true]
    );
    assert_eq!(find().unwrap().confirmed_at, Some(now()));
    assert_eq!(find().unwrap().last_step, 59_000_001);
    assert!(matches!(change(store, |tx| totp::confirm(tx, OTHER, now())), Err(Error::NotFound("totp"))));
    let unnoted = store.write(Within::none(), |tx| totp::delete(tx, WHO));
    assert!(matches!(unnoted, Err(Error::Unaudited)), "{unnoted:?}");
    assert!(change(store, |tx| totp::delete(tx, WHO)).unwrap());
    assert!(!change(store, |tx| totp::delete(tx, WHO)).unwrap());
}

pub(crate) fn passkeys_are_kept_and_removed(store: &Store) {
    people(store);
    let of = |id: i64, account, credential: u8| passkey::Passkey {
        account,
        id: PasskeyId(id),
        credential_id: vec![credential; 40],
        name: format!("Key {id}"),
        credential: "{}".into(),
        created_at: now(),
        last_used_at: None,
    };
    let (one, two, others) = (of(1, WHO, 1), of(2, WHO, 2), of(3, OTHER, 3));
    change(store, |tx| {
        passkey::insert(tx, &two)?;
        passkey::insert(tx, &one)?;
        passkey::insert(tx, &others)
    })
    .unwrap();
    let twice = change(store, |tx| passkey::insert(tx, &of(4, OTHER, 1)));
    assert!(matches!(twice, Err(Error::Duplicate { .. })), "{twice:?}");
    let list = |who| store.read(Within::none(), |tx| passkey::list(tx, who)).unwrap();
    assert_eq!(list(WHO), [one.clone(), two]);
    let found = store.read(Within::none(), |tx| passkey::find_by_credential(tx, &[3; 40])).unwrap();
    assert_eq!(found, Some(others));
    store.write(Within::none(), |tx| passkey::note_use(tx, WHO, PasskeyId(1), "{\"n\":1}", now())).unwrap();
    assert_eq!(list(WHO)[0], passkey::Passkey { credential: "{\"n\":1}".into(), last_used_at: Some(now()), ..one });
    for missing in [
        store.write(Within::none(), |tx| passkey::note_use(tx, OTHER, PasskeyId(1), "{}", now())),
        change(store, |tx| passkey::delete(tx, OTHER, PasskeyId(1))),
    ] {
        assert!(matches!(missing, Err(Error::NotFound("passkey"))), "{missing:?}");
    }
    change(store, |tx| passkey::delete(tx, WHO, PasskeyId(1))).unwrap();
    assert_eq!(store.read(Within::none(), |tx| passkey::count(tx, WHO)).unwrap(), 1);
    assert_eq!(change(store, |tx| passkey::delete_of(tx, WHO)).unwrap(), 1);
    assert_eq!((list(WHO).len(), list(OTHER).len()), (0, 1));
}

pub(crate) fn a_recovery_code_works_once(store: &Store) {
    people(store);
    let left = || store.read(Within::none(), |tx| recovery_code::left(tx, WHO)).unwrap();
    change(store, |tx| recovery_code::replace(tx, WHO, &[vec![1; 32], vec![2; 32]])).unwrap();
    let spend = |who, digest: u8| change(store, |tx| recovery_code::spend(tx, who, &[digest; 32], now())).unwrap();
    assert_eq!([spend(OTHER, 1), spend(WHO, 1), spend(WHO, 1), spend(WHO, 3)], [false, true, false, false]);
    assert_eq!(left(), 1);
    change(store, |tx| recovery_code::replace(tx, WHO, &[vec![1; 32], vec![4; 32], vec![5; 32]])).unwrap();
    assert_eq!((left(), spend(WHO, 2), spend(WHO, 1), left()), (3, false, true, 2));
    assert_eq!(change(store, |tx| recovery_code::delete_of(tx, WHO)).unwrap(), 3);
    assert_eq!(left(), 0);
}

pub(crate) fn an_institutions_settings_are_no_parameters(store: &Store) {
    given::institutions(store);
    let setting = || store.read(SCHOOL, |tx| institution::setting(tx, SCHOOL, "second_step")).unwrap();
    assert_eq!(setting(), None);
    change(store, |tx| institution::set_setting(tx, SCHOOL, "second_step", Some("required"))).unwrap();
    let (before, _) = store.read(SCHOOL, |tx| institution::get(tx, SCHOOL)).unwrap();
    assert_eq!(before, given::institution("Ashdown Academy"));
    change(store, |tx| institution::update(tx, SCHOOL, &before)).unwrap();
    assert_eq!(setting().as_deref(), Some("required"));
    let parameter = store.read(SCHOOL, |tx| institution::setting(tx, SCHOOL, "bm6-by-16"));
    assert_eq!(parameter.unwrap(), None);
    change(store, |tx| institution::set_setting(tx, SCHOOL, "second_step", None)).unwrap();
    assert_eq!(setting(), None);
}
