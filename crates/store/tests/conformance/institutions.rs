use std::{sync::mpsc, time::Duration};

use domain::{InstitutionId, LearnerId, Revision, TrustId};
use store::{Error, Store, institution, learner, trust};

use crate::given::{self, OTHER, SCHOOL, change};

pub(crate) fn an_institution_is_read_back_as_it_was_written(store: &Store) {
    given::institutions(store);
    let written = given::institution("Ashdown Academy");
    assert_eq!(store.read(crate::given::within(), |tx| institution::get(tx, SCHOOL)).unwrap(), (written, Revision(0)));
    let mut changed = given::institution("Ashdown High");
    changed.urn = Some("999001".into());
    changed.subjects.clear();
    changed.parameters.insert("virtual-alone-counts".into(), "true".into());
    change(store, |tx| institution::update(tx, SCHOOL, &changed)).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| institution::get(tx, SCHOOL)).unwrap(), (changed, Revision(1)));
    assert_eq!(store.read(crate::given::within(), |tx| institution::find_by_urn(tx, "999001")).unwrap(), Some(SCHOOL));
    let names: Vec<String> = store
        .read(crate::given::within(), institution::list)
        .unwrap()
        .into_iter()
        .map(|summary| summary.name)
        .collect();
    assert_eq!(names, ["Ashdown High", "Brookfield College"]);
    assert!(matches!(
        store.read(crate::given::within(), |tx| institution::get(tx, InstitutionId(99))),
        Err(Error::NotFound("institution"))
    ));
}

pub(crate) fn the_same_reference_number_is_refused(store: &Store) {
    given::institutions(store);
    let mut numbered = given::institution("Numbered");
    numbered.urn = Some("999001".into());
    change(store, |tx| institution::update(tx, SCHOOL, &numbered)).unwrap();
    let refused = change(store, |tx| institution::update(tx, OTHER, &numbered));
    assert!(matches!(&refused, Err(Error::Duplicate { table }) if table == "institution"), "{refused:?}");
}

pub(crate) fn contacts_and_trust_are_kept(store: &Store) {
    given::institutions(store);
    let leader = institution::Contact {
        role: "careers-leader".into(),
        name: "Person Example".into(),
        email: Some("leader@school.example".into()),
        phone: None,
        title: Some("Assistant headteacher".into()),
        qualification: None,
        employer: None,
        ends_on: Some(jiff::civil::date(2027, 8, 31)),
    };
    let group = trust::Trust { name: "Invented Trust".into(), group_uid: Some("99999".into()) };
    change(store, |tx| {
        trust::insert(tx, TrustId(5), &group)?;
        trust::update(tx, TrustId(5), &group)?;
        institution::set_contacts(tx, SCHOOL, Some("https://school.example"), std::slice::from_ref(&leader))?;
        institution::set_trust(tx, SCHOOL, Some(TrustId(5)))
    })
    .unwrap();
    let (website, contacts) = store.read(crate::given::within(), |tx| institution::contacts(tx, SCHOOL)).unwrap();
    assert_eq!((website.as_deref(), contacts), (Some("https://school.example"), vec![leader]));
    assert_eq!(store.read(crate::given::within(), |tx| trust::institutions(tx, TrustId(5))).unwrap(), [SCHOOL]);
    assert_eq!(
        store.read(crate::given::within(), |tx| trust::find_by_group_uid(tx, "99999")).unwrap(),
        Some(TrustId(5))
    );
    assert_eq!(store.read(crate::given::within(), |tx| trust::find(tx, TrustId(5))).unwrap(), Some(group.clone()));
    assert_eq!(store.read(crate::given::within(), trust::list).unwrap(), [(TrustId(5), group)]);
    let refused = change(store, |tx| institution::set_trust(tx, SCHOOL, Some(TrustId(6))));
    assert!(matches!(refused, Err(Error::Depends { .. })), "{refused:?}");
}

pub(crate) fn each_change_moves_the_revision_once_a_transaction(store: &Store) {
    given::school(store, 3, 2);
    assert_eq!(store.read(crate::given::within(), |tx| institution::revision(tx, SCHOOL)).unwrap(), Revision(1));
    assert_eq!(store.read(crate::given::within(), |tx| institution::revision(tx, OTHER)).unwrap(), Revision(0));
    change(store, |tx| learner::delete(tx, SCHOOL, LearnerId(3))).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| institution::revision(tx, SCHOOL)).unwrap(), Revision(2));
    assert!(matches!(
        store.write(crate::given::within(), |tx| tx.advance(InstitutionId(99)).map(|_| ())),
        Err(Error::NotFound("institution"))
    ));
}

pub(crate) fn a_change_that_is_not_noted_is_not_written(store: &Store) {
    given::school(store, 1, 0);
    let forgotten = store.write(crate::given::within(), |tx| {
        learner::insert(tx, SCHOOL, LearnerId(9), &given::learner("B", "No", "Body"))
    });
    assert!(matches!(forgotten, Err(Error::Unaudited)), "{forgotten:?}");
    assert_eq!(store.read(crate::given::within(), |tx| learner::count(tx, SCHOOL)).unwrap(), 1);
}

pub(crate) fn a_refused_transaction_leaves_nothing(store: &Store) {
    given::school(store, 1, 0);
    let refused = change(store, |tx| {
        learner::insert(tx, SCHOOL, LearnerId(2), &given::learner("B", "No", "Body"))?;
        learner::insert(tx, SCHOOL, LearnerId(3), &given::learner("A001", "Same", "Reference"))
    });
    assert!(matches!(&refused, Err(Error::Duplicate { table }) if table == "learner"), "{refused:?}");
    assert_eq!(store.read(crate::given::within(), |tx| learner::count(tx, SCHOOL)).unwrap(), 1);
    assert_eq!(store.read(crate::given::within(), |tx| institution::revision(tx, SCHOOL)).unwrap(), Revision(1));
}

pub(crate) fn writers_of_one_institution_queue(store: &Store) {
    given::school(store, 1, 0);
    let (began, wait) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            change(store, |tx| {
                let revision = tx.advance(SCHOOL)?;
                began.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(200));
                assert_eq!(revision, Revision(2));
                Ok(())
            })
            .unwrap();
        });
        wait.recv().unwrap();
        // Waits until the first is done, and then sees what it did.
        let revision = change(store, |tx| tx.advance(SCHOOL)).unwrap();
        assert_eq!(revision, Revision(3));
    });
}

pub(crate) fn an_institution_is_found_by_a_word_that_only_one_has(store: &Store) {
    given::institutions(store);
    change(store, |tx| institution::set_slug(tx, SCHOOL, Some("ashdown"))).unwrap();
    let read = |word: &str| store.read(store::Within::none(), |tx| institution::find_by_slug(tx, word)).unwrap();
    assert_eq!((read("ashdown"), read("brookfield")), (Some(SCHOOL), None));
    assert_eq!(store.read(store::Within::none(), |tx| institution::slug(tx, SCHOOL)).unwrap(), Some("ashdown".into()));
    let refused = change(store, |tx| institution::set_slug(tx, OTHER, Some("ashdown")));
    assert!(matches!(&refused, Err(Error::Duplicate { .. })), "{refused:?}");
    change(store, |tx| institution::set_slug(tx, SCHOOL, None)).unwrap();
    assert_eq!(read("ashdown"), None);
}
