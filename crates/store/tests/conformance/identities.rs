//! Who people are at identity providers.

use domain::AccountId;
use store::{Error, Store, Within, account, identity};

use crate::given::{self, at, change, now};

const WHO: AccountId = AccountId(1);
const OTHER: AccountId = AccountId(2);

pub(crate) fn an_identity_is_one_persons(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        account::insert(tx, &given::account(1, "a@school.example"))?;
        account::insert(tx, &given::account(2, "b@school.example"))
    })
    .unwrap();
    let of = |subject: &str, account| identity::Identity {
        issuer: "https://login.example".into(),
        subject: subject.into(),
        account,
        linked_at: now(),
        last_used_at: None,
    };
    let (one, another) = (of("Ab", WHO), of("ab", OTHER));
    change(store, |tx| {
        identity::link(tx, &one)?;
        identity::link(tx, &another)
    })
    .unwrap();
    let find =
        |issuer: &str, subject: &str| store.read(Within::none(), |tx| identity::find(tx, issuer, subject)).unwrap();
    // Letter by letter: two subjects that differ in case are two people.
    assert_eq!(find("https://login.example", "Ab").as_ref(), Some(&one));
    assert_eq!(find("https://login.example", "ab"), Some(another));
    assert_eq!(find("https://login.example", "AB"), None);
    assert_eq!(find("https://login.example/", "Ab"), None);
    let twice = change(store, |tx| identity::link(tx, &of("Ab", OTHER)));
    assert!(matches!(&twice, Err(Error::Duplicate { table }) if table == "identity"), "{twice:?}");
    let nobody = change(store, |tx| identity::link(tx, &of("c", AccountId(9))));
    assert!(matches!(nobody, Err(Error::Depends { .. })), "{nobody:?}");
    let unnoted = store.write(Within::none(), |tx| identity::link(tx, &of("c", WHO)));
    assert!(matches!(unnoted, Err(Error::Unaudited)), "{unnoted:?}");

    let used = at("2026-11-24T08:00:00Z");
    store.write(Within::none(), |tx| identity::note_use(tx, &one.issuer, &one.subject, used)).unwrap();
    let list = |account| store.read(Within::none(), |tx| identity::list(tx, account)).unwrap();
    assert_eq!(list(WHO), [identity::Identity { last_used_at: Some(used), ..one.clone() }]);

    let theirs = change(store, |tx| identity::unlink(tx, OTHER, &one.issuer, &one.subject));
    assert!(matches!(theirs, Err(Error::NotFound("identity"))), "{theirs:?}");
    change(store, |tx| identity::unlink(tx, WHO, &one.issuer, &one.subject)).unwrap();
    assert_eq!((list(WHO).len(), list(OTHER).len()), (0, 1));
}
