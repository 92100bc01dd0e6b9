use domain::{AccountId, InvitationId, LearnerId};
use jiff::SignedDuration;
use store::{Error, Store, account, invitation, invitation::Invitation, password_reset, password_reset::PasswordReset};

use crate::given::{self, OTHER, SCHOOL, change, now, within};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn invited(id: i64) -> Invitation {
    Invitation {
        institution: SCHOOL,
        id: InvitationId(id),
        token_digest: vec![u8::try_from(id).unwrap(); 32],
        name: "Robin Example".to_owned(),
        email: Some("robin@school.example".to_owned()),
        role: "tutor".to_owned(),
        reach: "groups".to_owned(),
        groups: vec![("form".to_owned(), "9A; \"blue\"".to_owned()), ("year-group".to_owned(), "9".to_owned())],
        learner: None,
        invited_by: Some(AccountId(1)),
        created_at: now(),
        expires_at: now() + WEEK,
        ended_at: None,
        accepted_by: None,
    }
}

fn find(store: &Store, id: i64) -> Option<Invitation> {
    store.read(within(), |tx| invitation::find(tx, SCHOOL, InvitationId(id))).unwrap()
}

fn listed(store: &Store) -> Vec<i64> {
    let list = store.read(within(), |tx| invitation::list(tx, SCHOOL)).unwrap();
    list.into_iter().map(|invitation| invitation.id.0).collect()
}

pub(crate) fn an_invitation_is_found_by_its_link_until_another_is_sent(store: &Store) {
    given::institutions(store);
    let first = invited(1);
    let learner = Invitation {
        email: None,
        groups: Vec::new(),
        reach: "caseload".to_owned(),
        learner: Some(LearnerId(3)),
        invited_by: None,
        ..invited(2)
    };
    change(store, |tx| {
        invitation::insert(tx, &first)?;
        invitation::insert(tx, &learner)
    })
    .unwrap();
    assert_eq!(find(store, 1), Some(first.clone()));
    assert_eq!(find(store, 2), Some(learner.clone()));
    assert_eq!(find(store, 3), None);
    let by = |institution, digest: &[u8]| {
        store.read(within(), |tx| invitation::find_by_token(tx, institution, digest)).unwrap().map(|found| found.id.0)
    };
    assert_eq!((by(SCHOOL, &[1; 32]), by(SCHOOL, &[2; 32]), by(SCHOOL, &[3; 32])), (Some(1), Some(2), None));
    assert_eq!(by(OTHER, &[1; 32]), None, "a link belongs to its institution");

    change(store, |tx| invitation::renew(tx, SCHOOL, InvitationId(1), &[9; 32], now() + WEEK + HOUR)).unwrap();
    assert_eq!((by(SCHOOL, &[1; 32]), by(SCHOOL, &[9; 32])), (None, Some(1)));
    let renewed = Invitation { token_digest: vec![9; 32], expires_at: now() + WEEK + HOUR, ..first };
    assert_eq!(find(store, 1), Some(renewed));
    let unknown = change(store, |tx| invitation::renew(tx, SCHOOL, InvitationId(7), &[7; 32], now()));
    assert!(matches!(unknown, Err(Error::NotFound("invitation"))), "{unknown:?}");
    let twice = change(store, |tx| invitation::insert(tx, &Invitation { token_digest: vec![9; 32], ..invited(5) }));
    assert!(matches!(twice, Err(Error::Duplicate { .. })), "{twice:?}");
    let unnoted = store.write(within(), |tx| invitation::insert(tx, &invited(6)));
    assert!(matches!(unnoted, Err(Error::Unaudited)), "{unnoted:?}");
}

pub(crate) fn an_invitation_ends_once_and_only_those_not_taken_up_are_listed(store: &Store) {
    given::institutions(store);
    change(store, |tx| (1..=4).try_for_each(|id| invitation::insert(tx, &invited(id)))).unwrap();
    assert_eq!(listed(store), [4, 3, 2, 1]);
    let end = |id, at, by| change(store, |tx| invitation::end(tx, SCHOOL, InvitationId(id), at, by));
    end(1, now() + HOUR, Some(AccountId(1))).unwrap();
    end(2, now() + HOUR, None).unwrap();
    // Noted to have run out: it can still be sent again.
    end(3, now() + WEEK, None).unwrap();
    assert_eq!(listed(store), [4, 3]);
    assert_eq!(find(store, 1).unwrap().accepted_by, Some(AccountId(1)));
    for id in [1, 2, 3, 9] {
        let again = end(id, now(), None);
        assert!(matches!(again, Err(Error::NotFound("invitation"))), "{id}: {again:?}");
    }
    let reopen = |id| change(store, |tx| invitation::reopen(tx, SCHOOL, InvitationId(id)));
    reopen(2).unwrap();
    assert_eq!(listed(store), [4, 3, 2]);
    for id in [1, 4, 9] {
        assert!(matches!(reopen(id), Err(Error::NotFound("invitation"))), "{id}");
    }
    let taken_up = change(store, |tx| invitation::renew(tx, SCHOOL, InvitationId(1), &[8; 32], now()));
    assert!(matches!(taken_up, Err(Error::NotFound("invitation"))), "{taken_up:?}");
    change(store, |tx| invitation::renew(tx, SCHOOL, InvitationId(3), &[7; 32], now() + WEEK)).unwrap();
    assert_eq!(find(store, 3).unwrap().ended_at, None);
}

pub(crate) fn a_link_for_another_password_works_until_it_expires_or_one_is_used(store: &Store) {
    given::institutions(store);
    let reset = |digest: u8, account| PasswordReset {
        token_digest: vec![digest; 32],
        account: AccountId(account),
        created_at: now(),
        expires_at: now() + HOUR,
    };
    change(store, |tx| {
        account::insert(tx, &given::account(1, "a@school.example"))?;
        account::insert(tx, &given::account(2, "b@school.example"))?;
        password_reset::insert(tx, &reset(1, 1))?;
        password_reset::insert(tx, &reset(2, 1))?;
        password_reset::insert(tx, &reset(3, 2))
    })
    .unwrap();
    let find = |digest: u8, at| store.read(within(), |tx| password_reset::find(tx, &[digest; 32], at)).unwrap();
    assert_eq!(find(1, now()), Some(reset(1, 1)));
    assert_eq!(find(1, now() + HOUR), None);
    assert_eq!(find(9, now()), None);
    assert_eq!(change(store, |tx| password_reset::delete_of(tx, AccountId(1))).unwrap(), 2);
    assert_eq!((find(1, now()), find(2, now())), (None, None));
    assert_eq!(change(store, |tx| password_reset::delete_of(tx, AccountId(1))).unwrap(), 0);
    assert_eq!(change(store, |tx| password_reset::delete_expired(tx, now())).unwrap(), 0);
    assert_eq!(change(store, |tx| password_reset::delete_expired(tx, now() + HOUR)).unwrap(), 1);
    let nobody = change(store, |tx| password_reset::insert(tx, &reset(4, 9)));
    assert!(matches!(nobody, Err(Error::Depends { .. })), "{nobody:?}");
    let unnoted = store.write(within(), |tx| password_reset::insert(tx, &reset(5, 1)));
    assert!(matches!(unnoted, Err(Error::Unaudited)), "{unnoted:?}");
}
