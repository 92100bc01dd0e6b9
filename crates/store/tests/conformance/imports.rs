use domain::{
    AcademicYear, ActivityId, Adapted, ImportId, LearnerId, ParticipationStatus, Records, Revision, YearGroup,
};
use store::{
    Error, Store, Tx, activity, adaptation,
    import::{self, Import, Noun, State},
    learner, learner_alias,
    participation::{self, Entry},
    records, review, year_record,
};

use crate::given::{self, OTHER, SCHOOL, at, change, day, now};

fn uploaded(id: i64) -> Import {
    Import {
        id: ImportId(id),
        state: State::Uploaded,
        kind: "roster".into(),
        file_name: "roster.csv".into(),
        file_digest: vec![9; 32],
        file_size: 3,
        account: None,
        created_at: now(),
        changed_at: now(),
        base_revision: None,
        applied_revision: None,
        progress_done: 0,
        progress_total: 0,
        mapping: None,
        summary: None,
    }
}

/// Applies changes as import `id`.
fn applied(store: &Store, id: i64, f: impl FnOnce(&mut Tx<'_>) -> Result<(), Error>) -> Revision {
    change(store, |tx| {
        import::insert(tx, SCHOOL, &uploaded(id), b"a,b")?;
        let revision = import::track(tx, SCHOOL, ImportId(id), None)?;
        f(tx)?;
        let done = Import { state: State::Applied, applied_revision: Some(revision), ..uploaded(id) };
        import::update(tx, SCHOOL, State::Uploaded, &done)?;
        Ok(revision)
    })
    .unwrap()
}

fn undone(store: &Store, id: i64) -> Vec<import::Blocked> {
    change(store, |tx| {
        let blocked = import::undo(tx, SCHOOL, ImportId(id))?;
        if blocked.is_empty() {
            let mut done = import::get(tx, SCHOOL, ImportId(id))?;
            done.state = State::Undone;
            import::update(tx, SCHOOL, State::Applied, &done)?;
        }
        Ok(blocked)
    })
    .unwrap()
}

fn facts(store: &Store) -> Records {
    store.read(crate::given::within(), |tx| records::load(tx, SCHOOL)).unwrap().records
}

fn entry(learner: i64, activity: i64, status: ParticipationStatus) -> Entry {
    Entry { learner: LearnerId(learner), activity: ActivityId(activity), status }
}

/// A change of every sort: added, changed, removed.
fn everything(tx: &mut Tx<'_>) -> Result<(), Error> {
    use ParticipationStatus::{Absent, Attended};
    learner::insert(tx, SCHOOL, LearnerId(50), &given::learner("NEW", "New", "Comer"))?;
    let mut renamed = learner::get(tx, SCHOOL, LearnerId(1))?;
    renamed.surname = "Renamed".into();
    renamed.form = None;
    learner::update(tx, SCHOOL, LearnerId(1), &renamed)?;
    learner::update(tx, SCHOOL, LearnerId(1), &renamed)?;
    learner_alias::insert(tx, SCHOOL, LearnerId(1), "upn", "Z-FORMER")?;
    learner::delete(tx, SCHOOL, LearnerId(4))?;
    year_record::set(tx, SCHOOL, LearnerId(50), AcademicYear::starting(2026), YearGroup::new(9))?;
    year_record::set(tx, SCHOOL, LearnerId(1), AcademicYear::starting(2026), YearGroup::new(10))?;
    year_record::delete(tx, SCHOOL, LearnerId(2), AcademicYear::starting(2026))?;
    activity::insert(tx, SCHOOL, ActivityId(60), &given::activity("NEW", "2026-12-01"))?;
    activity::update(tx, SCHOOL, ActivityId(2), &given::activity("ACT-2b", "2026-12-02"))?;
    let entries = [entry(50, 60, Attended), entry(1, 1, Absent), entry(2, 1, Attended), entry(2, 60, Attended)];
    participation::set_many(tx, SCHOOL, &entries)?;
    participation::delete(tx, SCHOOL, LearnerId(2), ActivityId(1))?;
    review::set(tx, SCHOOL, LearnerId(1), day("2027-01-10"), true)?;
    review::delete(tx, SCHOOL, LearnerId(2), day("2026-10-10"))?;
    let adaptation = adaptation::Adaptation {
        requirement: "bm6.1".into(),
        adapted: Adapted::Out,
        reason: "r".into(),
        person: "p".into(),
    };
    adaptation::set(tx, SCHOOL, LearnerId(1), &adaptation)?;
    // Added and removed again by the same import: as if it had never been.
    learner::insert(tx, SCHOOL, LearnerId(51), &given::learner("GONE", "Gone", "Again"))?;
    learner::delete(tx, SCHOOL, LearnerId(51))
}

fn before(store: &Store) -> Records {
    given::school(store, 4, 2);
    change(store, |tx| {
        for id in 1..=2 {
            year_record::set(tx, SCHOOL, LearnerId(id), AcademicYear::starting(2026), YearGroup::new(9))?;
        }
        participation::set_many(
            tx,
            SCHOOL,
            &[entry(1, 1, ParticipationStatus::Invited), entry(2, 1, ParticipationStatus::Invited)],
        )?;
        review::set(tx, SCHOOL, LearnerId(2), day("2026-10-10"), false)
    })
    .unwrap();
    facts(store)
}

pub(crate) fn an_import_goes_through_its_states(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        import::insert(tx, SCHOOL, &uploaded(1), b"a,b")?;
        import::insert(tx, SCHOOL, &uploaded(2), b"")
    })
    .unwrap();
    let mapped = Import {
        state: State::Mapped,
        mapping: Some("{}".into()),
        changed_at: at("2026-11-23T15:00:00Z"),
        base_revision: Some(Revision(4)),
        summary: Some("{\"new\":3}".into()),
        ..uploaded(1)
    };
    change(store, |tx| import::update(tx, SCHOOL, State::Uploaded, &mapped)).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| import::get(tx, SCHOOL, ImportId(1))).unwrap(), mapped);
    let late = change(store, |tx| import::update(tx, SCHOOL, State::Uploaded, &mapped));
    assert!(matches!(late, Err(Error::Moved)), "{late:?}");
    let latest = store.read(crate::given::within(), |tx| import::list(tx, SCHOOL, None, 1)).unwrap();
    assert_eq!(latest, [uploaded(2)]);
    assert_eq!(
        store.read(crate::given::within(), |tx| import::list(tx, SCHOOL, Some(ImportId(2)), 5)).unwrap(),
        [mapped]
    );
    assert_eq!(store.read(crate::given::within(), |tx| import::find(tx, OTHER, ImportId(1))).unwrap(), None);
}

pub(crate) fn progress_and_large_parts_are_kept(store: &Store) {
    given::institutions(store);
    let file = vec![7; 300_000];
    change(store, |tx| import::insert(tx, SCHOOL, &uploaded(1), &file)).unwrap();
    store
        .write(crate::given::within(), |tx| {
            import::set_plan(tx, SCHOOL, ImportId(1), Some(b"plan"), Some("[]"))?;
            import::set_progress(tx, SCHOOL, ImportId(1), 5, 9, at("2026-11-23T15:00:00Z"))
        })
        .unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| import::source(tx, SCHOOL, ImportId(1))).unwrap(), file);
    assert_eq!(store.read(crate::given::within(), |tx| import::plan(tx, SCHOOL, ImportId(1))).unwrap(), b"plan");
    assert_eq!(
        store.read(crate::given::within(), |tx| import::problems(tx, SCHOOL, ImportId(1))).unwrap().as_deref(),
        Some("[]")
    );
    let found = store.read(crate::given::within(), |tx| import::get(tx, SCHOOL, ImportId(1))).unwrap();
    assert_eq!((found.progress_done, found.progress_total), (5, 9));
    store.write(crate::given::within(), |tx| import::discard_source(tx, SCHOOL, ImportId(1))).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| import::source(tx, SCHOOL, ImportId(1))).unwrap(), b"");
    assert!(matches!(
        store.read(crate::given::within(), |tx| import::plan(tx, SCHOOL, ImportId(2))),
        Err(Error::NotFound("import"))
    ));
}

pub(crate) fn an_import_is_refused_when_the_records_moved(store: &Store) {
    given::school(store, 1, 1);
    let seen = Revision(1);
    change(store, |tx| learner::update(tx, SCHOOL, LearnerId(1), &given::learner("A001", "Ch", "Anged"))).unwrap();
    let late = change(store, |tx| import::track(tx, SCHOOL, ImportId(1), Some(seen)));
    assert!(matches!(late, Err(Error::Moved)), "{late:?}");
    assert_eq!(change(store, |tx| import::track(tx, SCHOOL, ImportId(1), Some(Revision(2)))).unwrap(), Revision(3));
}

pub(crate) fn an_import_is_undone_as_a_whole(store: &Store) {
    let before = before(store);
    applied(store, 1, everything);
    assert_ne!(facts(store), before);
    assert_eq!(undone(store, 1), []);
    assert_eq!(facts(store), before);
    assert_eq!(store.read(crate::given::within(), |tx| learner_alias::all(tx, SCHOOL)).unwrap(), []);
    let again = change(store, |tx| import::undo(tx, SCHOOL, ImportId(1)));
    assert!(matches!(again, Err(Error::Moved)), "{again:?}");
}

pub(crate) fn two_imports_are_undone_one_after_the_other(store: &Store) {
    let before = before(store);
    applied(store, 1, everything);
    let between = facts(store);
    applied(store, 2, |tx| {
        learner::update(tx, SCHOOL, LearnerId(50), &given::learner("NEW", "Newer", "Comer"))?;
        participation::set_many(
            tx,
            SCHOOL,
            &[entry(50, 60, ParticipationStatus::Absent), entry(1, 2, ParticipationStatus::Attended)],
        )?;
        Ok(())
    });
    let blocked = undone(store, 1);
    assert_eq!(
        blocked.iter().map(|b| (b.noun, b.record_id, b.other_id)).collect::<Vec<_>>(),
        [(Noun::Learner, 50, 0), (Noun::Participation, 50, 60),]
    );
    assert_eq!(undone(store, 2), []);
    assert_eq!(facts(store), between);
    assert_eq!(undone(store, 1), []);
    assert_eq!(facts(store), before);
}

pub(crate) fn an_import_that_later_records_build_on_is_not_undone(store: &Store) {
    before(store);
    applied(store, 1, everything);
    change(store, |tx| {
        // Of a learner whom the import brought, in an activity that it did not touch.
        participation::set_many(tx, SCHOOL, &[entry(50, 1, ParticipationStatus::Attended)])?;
        // Taken away by the import, and here again.
        year_record::set(tx, SCHOOL, LearnerId(2), AcademicYear::starting(2026), YearGroup::new(11))?;
        // Added by the import, and gone since.
        review::delete(tx, SCHOOL, LearnerId(1), day("2027-01-10"))
    })
    .unwrap();
    let after = facts(store);
    let blocked = undone(store, 1);
    let named: Vec<_> = blocked.iter().map(|b| (b.noun, b.record_id, b.other_id, b.word.as_str())).collect();
    assert_eq!(
        named,
        [(Noun::YearRecord, 2, 2026, ""), (Noun::Participation, 50, 1, ""), (Noun::Review, 1, 0, "2027-01-10"),]
    );
    assert_eq!(facts(store), after);
}

pub(crate) fn records_inserted_in_bulk_are_undone(store: &Store) {
    given::institutions(store);
    let empty = facts(store);
    let mut new = Records::new(given::institution("Ashdown Academy"));
    new.learners = (1..=3).map(|n| given::learner(&format!("A{n}"), "Bulk", "Test")).collect();
    new.activities = vec![given::activity("ACT", "2026-10-01")];
    new.year_records = (0..3)
        .map(|n| domain::YearRecord {
            learner: domain::LearnerIndex(n),
            academic_year: AcademicYear::starting(2026),
            year_group: YearGroup::new(9),
        })
        .collect();
    new.participations = vec![domain::Participation {
        learner: domain::LearnerIndex(1),
        activity: domain::ActivityIndex(0),
        status: ParticipationStatus::Attended,
    }];
    new.reviews = vec![domain::Review {
        learner: domain::LearnerIndex(2),
        date: day("2026-10-10"),
        preparing_for_adulthood: true,
    }];
    let ids = [LearnerId(11), LearnerId(12), LearnerId(13)];
    applied(store, 1, |tx| records::insert_all(tx, SCHOOL, &new, &ids, &[ActivityId(21)]));
    assert_eq!(facts(store), new);
    assert_eq!(undone(store, 1), []);
    assert_eq!(facts(store), empty);
}
