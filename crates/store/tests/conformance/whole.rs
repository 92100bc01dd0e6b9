use domain::{
    AcademicYear, ActivityId, ActivityIndex, Adaptation, Adapted, Checks, Hours, InstitutionId, LearnerId,
    LearnerIndex, Participation, ParticipationStatus, Records, Review, YearGroup, YearGroups, YearRecord,
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use store::{
    Store, account, audit, gias, import, institution, learner, membership, records, session,
    transfer::{self, TransferError},
};

use crate::{
    backend,
    given::{self, OTHER, SCHOOL, change, now},
};

fn date() -> impl Strategy<Value = domain::Date> {
    (2000_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| domain::Date::constant(y, m, d))
}

fn text() -> impl Strategy<Value = String> {
    // Anything that can be stored: PostgreSQL keeps no NUL in text.
    "[^\u{0}]{0,12}"
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

prop_compose! {
    fn a_learner()(
        names in (text(), text()), ids in (option::of(text()), option::of(text())), dates in (date(), date()),
        maybe in (option::of(date()), option::of(date()), option::of(date())), words in (option::of(text()), option::of(text())),
        sen in option::of(any_of(domain::Sen::ALL)), flags in proptest::array::uniform3(option::of(any::<bool>())),
        subjects in vec(text(), 0..4),
    ) -> domain::Learner {
        domain::Learner {
            reference: String::new(), upn: ids.0, uln: ids.1, forename: names.0, surname: names.1, date_of_birth: dates.0,
            sex: words.0, form: words.1, sen, fsm: flags[0], looked_after: flags[1], considering_he: flags[2], subjects,
            joined: dates.1, left: maybe.0, programme_starts: maybe.1, programme_ends: maybe.2,
        }
    }
}

prop_compose! {
    fn an_activity()(
        title in text(), date in date(), kind in any_of(domain::Kind::ALL),
        provider_type in option::of(any_of(domain::ProviderType::ALL)), organisation in option::of(text()),
        mode in any_of(domain::Mode::ALL), subject in option::of(text()), hours in option::of(0_i64..1_000_000_000_000),
        year_groups in vec(0_i8..32, 0..5), checks in vec(any_of(domain::Check::ALL), 0..6),
        through in option::of(any_of(domain::Through::ALL)), source in option::of(any_of(domain::Source::ALL)),
        state in any_of(&[domain::ActivityState::Draft, domain::ActivityState::Planned, domain::ActivityState::Delivered]),
    ) -> domain::Activity {
        domain::Activity {
            reference: String::new(), title, date, kind, provider_type, organisation, mode, subject,
            hours: hours.and_then(Hours::from_billionths),
            year_groups: year_groups.into_iter().map(YearGroup::new).collect::<YearGroups>(),
            checks: checks.into_iter().collect::<Checks>(), through, source,
            state,
        }
    }
}

type Keyed = (
    std::collections::BTreeMap<(u32, i16), i8>,
    std::collections::BTreeMap<(u32, u32), ParticipationStatus>,
    std::collections::BTreeMap<(u32, domain::Date), bool>,
    std::collections::BTreeMap<(u32, String), (Option<u32>, String, String)>,
);

fn some_records() -> impl Strategy<Value = Records> {
    (vec(a_learner(), 1..8), vec(an_activity(), 1..8)).prop_flat_map(|(learners, activities)| {
        let (l, a) = (learners.len() as u32, activities.len() as u32);
        let keyed = (
            btree_map((0..l, 2015_i16..2030), 7_i8..=14, 0..12),
            btree_map((0..l, 0..a), any_of(ParticipationStatus::ALL), 0..20),
            btree_map((0..l, date()), any::<bool>(), 0..5),
            btree_map((0..l, text()), (option::of(any::<u32>()), text(), text()), 0..5),
        );
        keyed.prop_map(move |keyed| records_of(learners.clone(), activities.clone(), keyed))
    })
}

fn records_of(learners: Vec<domain::Learner>, activities: Vec<domain::Activity>, keyed: Keyed) -> Records {
    let mut records = Records::new(given::institution("Ashdown Academy"));
    (records.learners, records.activities) = (learners, activities);
    for (n, learner) in records.learners.iter_mut().enumerate() {
        learner.reference = format!("A{n}");
    }
    for (n, activity) in records.activities.iter_mut().enumerate() {
        activity.reference = format!("ACT-{n}");
    }
    let (years, participations, reviews, adaptations) = keyed;
    records.year_records = years
        .into_iter()
        .map(|((learner, year), group)| YearRecord {
            learner: LearnerIndex(learner),
            academic_year: AcademicYear::starting(year),
            year_group: YearGroup::new(group),
        })
        .collect();
    records.participations = participations
        .into_iter()
        .map(|((learner, activity), status)| Participation {
            learner: LearnerIndex(learner),
            activity: ActivityIndex(activity),
            status,
        })
        .collect();
    records.reviews = reviews
        .into_iter()
        .map(|((learner, date), preparing_for_adulthood)| Review {
            learner: LearnerIndex(learner),
            date,
            preparing_for_adulthood,
        })
        .collect();
    records.adaptations = adaptations
        .into_iter()
        .map(|((learner, requirement), (count, reason, person))| Adaptation {
            learner: LearnerIndex(learner),
            requirement,
            adapted: count.map_or(Adapted::Out, Adapted::Count),
            reason,
            person,
        })
        .collect();
    records
}

fn ids(records: &Records) -> (Vec<LearnerId>, Vec<ActivityId>) {
    let learners = (0..records.learners.len() as i64).map(|n| LearnerId(1000 + 7 * n)).collect();
    (learners, (0..records.activities.len() as i64).map(|n| ActivityId(5000 + 3 * n)).collect())
}

/// A new institution each time, since one holds a set of records once.
pub(crate) fn records_are_read_back_as_they_were_inserted(store: &Store) {
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let next = std::cell::Cell::new(100);
    let outcome = runner.run(&some_records(), |given| {
        let key = InstitutionId(next.replace(next.get() + 1));
        let (learners, activities) = ids(&given);
        let event = given::event(1);
        store
            .write(key, |tx| {
                institution::insert(tx, key, &given.institution, now())?;
                records::insert_all(tx, key, &given, &learners, &activities)?;
                audit::record(tx, key, &event)
            })
            .unwrap();
        let loaded = store.read(key, |tx| records::load(tx, key)).unwrap();
        prop_assert_eq!(&loaded.records, &given);
        prop_assert_eq!(loaded.revision, domain::Revision(1));
        prop_assert_eq!(loaded.learner(learners[0]), Some(LearnerIndex(0)));
        prop_assert_eq!((loaded.learner_ids, loaded.activity_ids), (learners, activities));
        Ok(())
    });
    outcome.unwrap();
}

/// One row at least in most tables.
fn a_full_store(store: &Store) -> Records {
    let mut runner = TestRunner::deterministic();
    let given = some_records().new_tree(&mut runner).unwrap().current();
    given::institutions(store);
    let (learners, activities) = ids(&given);
    change(store, |tx| {
        records::insert_all(tx, SCHOOL, &given, &learners, &activities)?;
        learner::insert(tx, OTHER, LearnerId(1), &given::learner("B1", "Else", "Where"))?;
        account::insert(tx, &given::account(1, "a@school.example"))?;
        membership::set(
            tx,
            &membership::Membership {
                institution: SCHOOL,
                account: domain::AccountId(1),
                role: "tutor".into(),
                reach: "groups".into(),
                groups: vec![("form".into(), "9A".into())],
            },
        )?;
        store::installation::complete_setup(tx, now())?;
        store::mapping::save(tx, SCHOOL, "roster", "abc", "{}", now())?;
        store::learner_alias::insert(tx, SCHOOL, learners[0], "upn", "Z-OLD")?;
        store::job::insert(tx, SCHOOL, domain::JobId(1), "x", "{}", now())?;
        gias::replace_establishments(
            tx,
            &[gias::Establishment {
                urn: "999001".into(),
                name: "Invented".into(),
                closed_on: Some(given::day("2020-02-29")),
                ..Default::default()
            }],
        )?;
        session::insert(
            tx,
            &session::Session {
                id: domain::SessionId(1),
                method: "password".into(),
                device: "Firefox on Linux".into(),
                awaits_second_step: false,
                confirmed_at: now(),
                viewing: None,
                token_digest: vec![0, 255, 10],
                account: domain::AccountId(1),
                csrf: "c".into(),
                created_at: now(),
                last_seen_at: now(),
                expires_at: now(),
            },
        )?;
        import::insert(
            tx,
            SCHOOL,
            &import::Import {
                id: domain::ImportId(1),
                state: import::State::Uploaded,
                kind: "roster".into(),
                file_name: "a.csv".into(),
                file_digest: vec![0; 32],
                file_size: 2,
                account: None,
                created_at: now(),
                changed_at: now(),
                base_revision: None,
                applied_revision: None,
                progress_done: 0,
                progress_total: 0,
                mapping: None,
                summary: None,
            },
            &[0, 1, 2, 255],
        )
    })
    .unwrap();
    given
}

fn same(one: &Store, other: &Store) {
    let load = |store: &Store, key| store.read(crate::given::within(), |tx| records::load(tx, key)).unwrap();
    for key in [SCHOOL, OTHER] {
        let (a, b) = (load(one, key), load(other, key));
        assert_eq!((a.records, a.revision, a.learner_ids), (b.records, b.revision, b.learner_ids));
    }
    let events = |store: &Store| store.read(crate::given::within(), |tx| audit::list(tx, SCHOOL, None, 100)).unwrap();
    assert_eq!(events(one), events(other));
    assert_eq!(
        one.read(crate::given::within(), account::list).unwrap(),
        other.read(crate::given::within(), account::list).unwrap()
    );
    let file = |store: &Store| {
        store.read(crate::given::within(), |tx| import::source(tx, SCHOOL, domain::ImportId(1))).unwrap()
    };
    assert_eq!(file(one), file(other));
    assert_eq!(
        one.read(crate::given::within(), |tx| gias::find(tx, "999001")).unwrap(),
        other.read(crate::given::within(), |tx| gias::find(tx, "999001")).unwrap()
    );
}

pub(crate) fn everything_goes_to_the_other_engine_and_back(store: &Store) {
    a_full_store(store);
    let there = backend::other(store);
    let mut seen = Vec::new();
    let copied = transfer::transfer(store, &there, &mut |progress| seen.push(progress.total)).unwrap();
    assert!(copied > 10 && seen.iter().all(|total| *total == copied));
    same(store, &there);
    let back = backend::other(&there);
    assert_eq!(transfer::transfer(&there, &back, &mut |_| {}).unwrap(), copied);
    same(store, &back);
}

pub(crate) fn a_backup_restores_everything(store: &Store) {
    a_full_store(store);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    transfer::backup(store, &file, &mut |_| {}).unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["backup.db"], "a backup is one file");
    assert!(matches!(transfer::backup(store, &file, &mut |_| {}), Err(TransferError::Exists(_))));
    // What came later is not in it.
    change(store, |tx| learner::insert(tx, OTHER, LearnerId(2), &given::learner("B2", "La", "Ter"))).unwrap();
    let target = backend::other(store);
    transfer::restore(&file, &target, &mut |_| {}).unwrap();
    assert_eq!(target.read(crate::given::within(), |tx| learner::count(tx, OTHER)).unwrap(), 1);
    let opened = Store::open(&format!("sqlite:{}", file.display())).unwrap();
    same(&opened, &target);
}

pub(crate) fn a_damaged_backup_is_refused(store: &Store) {
    a_full_store(store);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    transfer::backup(store, &file, &mut |_| {}).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let target = backend::other(store);
    let refused = |bytes: &[u8], what: &str| {
        std::fs::write(&file, bytes).unwrap();
        let outcome = transfer::restore(&file, &target, &mut |_| {});
        assert!(matches!(outcome, Err(TransferError::Open(store::OpenError::NotADatabase(_)))), "{what}: {outcome:?}");
        assert_eq!(target.read(crate::given::within(), account::count).unwrap(), 0, "{what}");
    };
    refused(&whole[..whole.len() / 2], "half of it");
    refused(b"learner,upn\n", "a text file");
    refused(b"", "an empty file");
    let mut torn = whole.clone();
    let middle = whole.len() / 2;
    torn[middle..middle + 8192].fill(0x5a);
    refused(&torn, "a torn page");
}

pub(crate) fn a_transfer_into_a_full_store_is_refused(store: &Store) {
    a_full_store(store);
    let there = backend::other(store);
    given::institutions(&there);
    let refused = transfer::transfer(store, &there, &mut |_| {});
    assert!(matches!(refused, Err(TransferError::NotEmpty(_))), "{refused:?}");
    assert_eq!(there.read(crate::given::within(), account::count).unwrap(), 0);
}
