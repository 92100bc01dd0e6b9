use std::thread;

use domain::{AccountId, LearnerId};
use store::{
    Error, Store, account,
    audit::{self, Break, Detail, Entry, Event, Filter, Head, INSTALLATION},
    erasure,
};

use crate::given::{self, OTHER, SCHOOL, at, change};

fn detail(learner: i64, text: &str) -> Detail {
    Detail { learner: Some(LearnerId(learner)), salt: [learner as u8; 16], text: text.into() }
}

fn marked(id: i64, learners: &[i64]) -> Event {
    Event {
        action: "register.marked".into(),
        subject_kind: "activity".into(),
        details: learners.iter().map(|learner| detail(*learner, &format!("[\"mark {learner}\"]"))).collect(),
        ..given::event(id)
    }
}

fn note(store: &Store, event: &Event) {
    store.write(SCHOOL, |tx| audit::record(tx, SCHOOL, event)).unwrap();
}

fn search(store: &Store, filter: &Filter, before: Option<i64>, limit: u32) -> Vec<Entry> {
    store.read(SCHOOL, |tx| audit::search(tx, SCHOOL, filter, before, limit)).unwrap()
}

fn ids(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.id).collect()
}

pub(crate) fn an_event_is_read_back_with_its_details(store: &Store) {
    // Few details go in one by one, many as a whole.
    let (few, many) = (marked(1, &[3, 1, 2]), marked(2, &(1..=120).collect::<Vec<_>>()));
    let bare = Event { account: None, subject_id: None, reach: Some("tutor: 9A".into()), ..given::event(3) };
    for event in [&few, &many, &bare] {
        note(store, event);
        assert_eq!(store.read(SCHOOL, |tx| audit::find(tx, SCHOOL, event.id)).unwrap().as_ref(), Some(event));
    }
    assert_eq!(store.read(OTHER, |tx| audit::find(tx, OTHER, 1)).unwrap(), None);
    let verdict = store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, None)).unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.details, verdict.erased), (3, 123, 0));
    // A key that exists already is refused when the transaction ends.
    let twice = store.write(SCHOOL, |tx| audit::record(tx, SCHOOL, &few));
    assert!(matches!(&twice, Err(Error::Duplicate { table }) if table == "audit"), "{twice:?}");
    assert_eq!(store.read(SCHOOL, |tx| audit::head(tx, SCHOOL)).unwrap().map(|head| head.length), Some(3));
}

pub(crate) fn the_trail_is_searched(store: &Store) {
    given::institutions(store);
    change(store, |tx| account::insert(tx, &given::account(7, "a@school.example"))).unwrap();
    let read = |id: i64, learner: i64, when: &str| Event {
        action: "learner.read".into(),
        subject_id: Some(learner),
        account: (id % 2 == 0).then_some(AccountId(8)),
        at: at(when),
        ..given::event(id)
    };
    note(store, &read(3, 1, "2026-11-20T09:00:00Z"));
    note(store, &read(4, 2, "2026-11-21T09:00:00Z"));
    note(store, &marked(5, &[1, 9]));
    note(store, &marked(6, &(1..=60).collect::<Vec<_>>()));
    let all = search(store, &Filter::default(), None, 9);
    assert_eq!(ids(&all), [6, 5, 4, 3, 2, 1]);
    assert_eq!(all.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [6, 5, 4, 3, 2, 1].map(Some));
    let names: Vec<_> = all.iter().map(|entry| entry.name.as_deref()).collect();
    assert_eq!(names, [Some("Person 7"), Some("Person 7"), None, None, Some("Person 7"), Some("Person 7")]);
    assert_eq!((all[0].details.len(), all[0].detail_count), (50, 60));
    assert_eq!(all[1].details, marked(5, &[1, 9]).details);
    assert_eq!(ids(&search(store, &Filter::default(), Some(5), 2)), [4, 3]);
    let by = |filter: Filter| ids(&search(store, &filter, None, 9));
    assert_eq!(by(Filter { learner: Some(LearnerId(1)), ..Filter::default() }), [6, 5, 3, 1]);
    assert_eq!(by(Filter { learner: Some(LearnerId(9)), ..Filter::default() }), [6, 5]);
    assert_eq!(by(Filter { account: Some(AccountId(8)), ..Filter::default() }), [4]);
    assert_eq!(by(Filter { actions: vec!["learner.", "register."], ..Filter::default() }), [6, 5, 4, 3]);
    assert_eq!(by(Filter { actions: vec!["learner"], learner: Some(LearnerId(1)), ..Filter::default() }), [3]);
    let days =
        Filter { from: Some(at("2026-11-20T09:00:00Z")), until: Some(at("2026-11-21T09:00:00Z")), ..Filter::default() };
    assert_eq!(by(days), [3]);
    let reads = store.read(SCHOOL, |tx| audit::latest_reads(tx, SCHOOL, LearnerId(1), &["learner.read"], 5)).unwrap();
    assert_eq!(ids(&reads), [3]);
    assert_eq!(store.read(OTHER, |tx| audit::search(tx, OTHER, &Filter::default(), None, 9)).unwrap(), []);
}

pub(crate) fn events_of_many_writers_stand_in_one_row(store: &Store) {
    // Some write both chains in one order, some in the other: nobody may wait for somebody who waits for them.
    thread::scope(|scope| {
        for writer in 0..4_i64 {
            scope.spawn(move || {
                for turn in 0..6 {
                    let id = writer * 100 + turn;
                    let chains = if writer % 2 == 0 { [SCHOOL, OTHER] } else { [OTHER, SCHOOL] };
                    let outcome = store.write(store::Within::each(chains), |tx| -> Result<(), Error> {
                        chains.into_iter().try_for_each(|chain| audit::record(tx, chain, &given::event(id)))
                    });
                    outcome.unwrap();
                }
            });
        }
    });
    for chain in [SCHOOL, OTHER] {
        let verdict = store.read(chain, |tx| audit::verify(tx, chain, None)).unwrap();
        assert!(verdict.is_whole(), "{verdict:?}");
        assert_eq!((verdict.events, verdict.head.map(|head| head.length)), (24, Some(24)));
    }
}

pub(crate) fn erasing_a_learners_details_leaves_the_chain_whole(store: &Store) {
    note(store, &marked(1, &[1, 2]));
    note(store, &marked(2, &(1..=20).collect::<Vec<_>>()));
    let silently = store.write(SCHOOL, |tx| erasure::erase_details(tx, SCHOOL, LearnerId(1)));
    assert!(matches!(silently, Err(Error::Unaudited)), "{silently:?}");
    let erased = store.write(SCHOOL, |tx| -> Result<_, Error> {
        audit::record(tx, SCHOOL, &given::event(3))?;
        let erased = erasure::erase_details(tx, SCHOOL, LearnerId(1))?;
        audit::record(tx, SCHOOL, &given::event(4)).map(|()| erased)
    });
    assert_eq!(erased.unwrap(), 2);
    let verdict = store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, None)).unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.details, verdict.erased), (4, 20, 2));
    assert_eq!(store.read(SCHOOL, |tx| audit::details(tx, SCHOOL, 1)).unwrap(), [detail(2, "[\"mark 2\"]")]);
    let entries = search(store, &Filter::default(), None, 9);
    assert_eq!((entries[3].details.len(), entries[3].detail_count, entries[3].erased), (1, 2, 1));
    assert!(search(store, &Filter { learner: Some(LearnerId(1)), ..Filter::default() }, None, 9).is_empty());
}

pub(crate) fn an_event_is_noted_where_the_transaction_works(store: &Store) {
    let elsewhere = store.write(SCHOOL, |tx| audit::record(tx, OTHER, &given::event(1)));
    assert!(matches!(elsewhere, Err(Error::Fault(_))), "{elsewhere:?}");
    // The installation's own trail is everybody's to add to.
    let of_installation = store.write(SCHOOL, |tx| audit::record(tx, INSTALLATION, &marked(1, &[1])));
    of_installation.unwrap();
    // A transaction that moved on since still writes where it noted.
    let moved = store.write(SCHOOL, |tx| -> Result<_, Error> {
        audit::record(tx, SCHOOL, &given::event(2))?;
        tx.enter(OTHER)?;
        audit::record(tx, OTHER, &given::event(3))
    });
    moved.unwrap();
    for (chain, events) in [(SCHOOL, 1), (OTHER, 1), (INSTALLATION, 1)] {
        let verdict = store.read(chain, |tx| audit::verify(tx, chain, None)).unwrap();
        assert!(verdict.is_whole() && verdict.events == events, "{verdict:?}");
    }
}

pub(crate) fn a_head_that_was_kept_shows_whether_the_chain_still_leads_to_it(store: &Store) {
    assert_eq!(store.read(SCHOOL, |tx| audit::head(tx, SCHOOL)).unwrap(), None);
    note(store, &given::event(1));
    note(store, &given::event(2));
    let kept = store.read(SCHOOL, |tx| audit::head(tx, SCHOOL)).unwrap().unwrap();
    note(store, &given::event(3));
    let verify = |kept| store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, Some(kept))).unwrap();
    assert!(verify(kept).is_whole());
    let other = Head { digest: [7; 32], ..kept };
    assert_eq!(verify(other).breaks, [Break::NotAsKept { sequence: 2 }]);
    let longer = Head { length: 9, ..kept };
    assert_eq!(verify(longer).breaks, [Break::NotAsKept { sequence: 9 }]);
}
