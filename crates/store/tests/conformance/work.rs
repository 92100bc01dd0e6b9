use domain::JobId;
use store::{Store, job, mapping};

use crate::given::{self, OTHER, SCHOOL, at, change, now};

pub(crate) fn a_job_is_held_by_one_node_until_its_lease_ends(store: &Store) {
    let (lease, later) = (at("2026-11-23T14:30:00Z"), at("2026-11-23T14:31:00Z"));
    store
        .write(crate::given::within(), |tx| {
            job::insert(tx, SCHOOL, JobId(1), "import.apply", "{}", now())?;
            job::insert(tx, store::audit::INSTALLATION, JobId(2), "gias.read", "{}", now())
        })
        .unwrap();
    let claim = |node: &str, now| {
        store.write(crate::given::within(), |tx| job::claim(tx, node, now, lease)).unwrap().map(|job| job.id.0)
    };
    assert_eq!(claim("a", now()), Some(1));
    assert_eq!(claim("b", now()), Some(2));
    assert_eq!(claim("b", now()), None);
    assert!(store.write(crate::given::within(), |tx| job::advance(tx, SCHOOL, JobId(1), "a", 5, 10, lease)).unwrap());
    assert!(!store.write(crate::given::within(), |tx| job::advance(tx, SCHOOL, JobId(1), "b", 5, 10, lease)).unwrap());
    // The first node fell silent: another takes its job over, and it may no longer finish it.
    assert_eq!(
        store
            .write(crate::given::within(), |tx| job::claim(tx, "b", later, at("2026-11-23T14:40:00Z")))
            .unwrap()
            .unwrap()
            .attempts,
        2
    );
    assert!(
        !store
            .write(crate::given::within(), |tx| job::finish(tx, SCHOOL, JobId(1), "a", job::State::Done, "{}", later))
            .unwrap()
    );
    assert!(
        store
            .write(crate::given::within(), |tx| job::finish(tx, SCHOOL, JobId(1), "b", job::State::Done, "{}", later))
            .unwrap()
    );
    let done = store.read(crate::given::within(), |tx| job::find(tx, SCHOOL, JobId(1))).unwrap().unwrap();
    assert_eq!((done.state, done.progress_done, done.finished_at), (job::State::Done, 5, Some(later)));
    assert_eq!(store.read(crate::given::within(), |tx| job::find(tx, OTHER, JobId(1))).unwrap(), None);
}

pub(crate) fn mappings_are_kept_by_headers(store: &Store) {
    given::institutions(store);
    let later = at("2026-11-24T00:00:00Z");
    change(store, |tx| {
        mapping::save(tx, SCHOOL, "roster", "abc", "{\"a\":1}", later)?;
        mapping::save(tx, SCHOOL, "roster", "def", "{}", now())?;
        mapping::save(tx, SCHOOL, "roster", "def", "{\"b\":2}", now())
    })
    .unwrap();
    assert_eq!(
        store.read(crate::given::within(), |tx| mapping::find(tx, SCHOOL, "roster", "def")).unwrap().as_deref(),
        Some("{\"b\":2}")
    );
    assert_eq!(
        store.read(crate::given::within(), |tx| mapping::find_latest(tx, SCHOOL, "roster")).unwrap().as_deref(),
        Some("{\"a\":1}")
    );
    assert_eq!(store.read(crate::given::within(), |tx| mapping::find(tx, OTHER, "roster", "def")).unwrap(), None);
}
