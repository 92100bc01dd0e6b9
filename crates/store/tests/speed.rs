//! How long one school takes: 1,200 learners, 1,400 activities, 172,000 participations, from a cold file. Printed rather than
//! asserted, since machines differ; run with `cargo test -p store --test speed -- --ignored --nocapture`.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use domain::{
    AcademicYear, ActivityId, ActivityIndex, Calendar, ImportId, Institution, InstitutionId, InstitutionType, Kind,
    LearnerId, LearnerIndex, Mode, Participation, ParticipationStatus, Records, YearGroup, YearRecord,
};
use store::{Store, Tx, audit, import, institution, participation, records};

const SCHOOL: InstitutionId = InstitutionId(1);

fn a_school() -> (Records, Vec<LearnerId>, Vec<ActivityId>) {
    let day = domain::Date::constant(2024, 9, 1);
    let mut records = Records::new(Institution {
        name: "Speed Academy".into(),
        kind: InstitutionType::Academy,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: Default::default(),
        calendar: Calendar::default(),
        parameters: Default::default(),
    });
    for n in 0..1_200_u32 {
        records.learners.push(domain::Learner {
            reference: format!("A{n:05}"),
            upn: Some(format!("Z99999{n:07}")),
            uln: None,
            forename: format!("Forename{n}"),
            surname: format!("Surname{n}"),
            date_of_birth: day,
            sex: Some("F".into()),
            form: Some("9A".into()),
            sen: None,
            fsm: Some(false),
            looked_after: None,
            considering_he: None,
            subjects: Vec::new(),
            joined: day,
            left: None,
            programme_starts: None,
            programme_ends: None,
        });
        for year in 2022..2027 {
            records.year_records.push(YearRecord {
                learner: LearnerIndex(n),
                academic_year: AcademicYear::starting(year),
                year_group: YearGroup::new(9),
            });
        }
    }
    for n in 0..1_400_u32 {
        records.activities.push(domain::Activity {
            reference: format!("ACT-{n}"),
            title: format!("Activity {n}"),
            date: day,
            kind: Kind::EmployerEncounter,
            provider_type: None,
            organisation: Some("Invented Ltd".into()),
            mode: Mode::InPerson,
            subject: None,
            hours: None,
            year_groups: Default::default(),
            checks: Kind::EmployerEncounter.meaningful(),
            through: None,
            source: None,
            state: domain::ActivityState::Planned,
        });
    }
    for n in 0..172_000_u32 {
        // 143.3 activities for each learner, spread by a step that shares no factor with 1,400.
        let (learner, turn) = (n % 1_200, n / 1_200);
        records.participations.push(Participation {
            learner: LearnerIndex(learner),
            activity: ActivityIndex((learner * 13 + turn * 9) % 1_400),
            status: ParticipationStatus::Attended,
        });
    }
    let learners = (0..1_200).map(|n| LearnerId(1_800_000_000_000_000 + n * 977)).collect();
    (records, learners, (0..1_400).map(|n| ActivityId(1_800_000_000_000_000 + n * 1_013)).collect())
}

fn noted<T>(store: &Store, id: i64, f: impl FnOnce(&mut Tx<'_>) -> Result<T, store::Error>) -> T {
    let event = audit::Event {
        id,
        at: jiff::Timestamp::UNIX_EPOCH,
        account: None,
        action: "speed.test".into(),
        subject_kind: "school".into(),
        subject_id: None,
        payload: "{}".into(),
        reach: None,
        details: Vec::new(),
    };
    store
        .write(store::Within::everything(), |tx| {
            let value = f(tx)?;
            audit::record(tx, SCHOOL, &event)?;
            Ok::<_, store::Error>(value)
        })
        .unwrap()
}

/// Processor time of this thread, in milliseconds; other programs do not disturb it as they disturb the clock on the wall.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn measure(address: &str) {
    let (given, learners, activities) = a_school();
    let store = Store::open(address).unwrap();
    store.migrate().unwrap();
    let clock = Instant::now();
    noted(&store, 1, |tx| {
        institution::insert(tx, SCHOOL, &given.institution, jiff::Timestamp::UNIX_EPOCH)?;
        records::insert_all(tx, SCHOOL, &given, &learners, &activities)
    });
    println!("  inserted in bulk      {:>7.1} ms", clock.elapsed().as_secs_f64() * 1e3);
    drop(store);
    for turn in 0..3 {
        let (clock, began) = (Instant::now(), busy());
        let store = Store::open(address).unwrap();
        let opened = clock.elapsed();
        let loaded = store.read(store::Within::everything(), |tx| records::load(tx, SCHOOL)).unwrap();
        assert_eq!(loaded.records.participations.len(), 172_000);
        println!(
            "  opened and loaded {turn}   {:>7.1} ms (processor {:.1}), of which opening {:.1}",
            clock.elapsed().as_secs_f64() * 1e3,
            busy() - began,
            opened.as_secs_f64() * 1e3
        );
    }
    let store = Store::open(address).unwrap();
    let entries: Vec<participation::Entry> = given.participations[..100_000]
        .iter()
        .map(|p| participation::Entry {
            learner: learners[p.learner.0 as usize],
            activity: activities[p.activity.0 as usize],
            status: ParticipationStatus::Absent,
        })
        .collect();
    let clock = Instant::now();
    noted(&store, 2, |tx| {
        let import = import::Import {
            id: ImportId(1),
            state: import::State::Uploaded,
            kind: "participation".into(),
            file_name: "a.csv".into(),
            file_digest: Vec::new(),
            file_size: 0,
            account: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
            base_revision: None,
            applied_revision: None,
            progress_done: 0,
            progress_total: 0,
            mapping: None,
            summary: None,
        };
        import::insert(tx, SCHOOL, &import, b"")?;
        let revision = import::track(tx, SCHOOL, import.id, None)?;
        participation::set_many(tx, SCHOOL, &entries)?;
        let done = import::Import { state: import::State::Applied, applied_revision: Some(revision), ..import };
        import::update(tx, SCHOOL, import::State::Uploaded, &done)
    });
    println!("  100,000 rows applied  {:>7.1} ms", clock.elapsed().as_secs_f64() * 1e3);
    let clock = Instant::now();
    assert_eq!(noted(&store, 3, |tx| import::undo(tx, SCHOOL, ImportId(1))), []);
    println!("  and undone            {:>7.1} ms", clock.elapsed().as_secs_f64() * 1e3);
}

#[test]
#[ignore = "prints times; see the top of the file"]
fn one_school_from_a_cold_file() {
    let folder = tempfile::tempdir().unwrap();
    println!("SQLite");
    measure(&format!("sqlite:{}/waymark.db", folder.path().display()));
    println!("PostgreSQL");
    measure(&testkit::postgres::fresh_database());
}

/// Why connections keep their prepared statements (docs/decisions): one small query, prepared anew each time and once.
#[test]
#[ignore = "prints times; see the top of the file"]
fn a_statement_prepared_once_and_each_time() {
    const TIMES: i64 = 2_000;
    let mut client = postgres::Client::connect(&testkit::postgres::fresh_database(), postgres::NoTls).unwrap();
    client.batch_execute("CREATE TABLE t (k BIGINT PRIMARY KEY, v TEXT); INSERT INTO t SELECT n, 'x' FROM generate_series(0, 2000) n").unwrap();
    const SQL: &str = "SELECT v FROM t WHERE k = $1";
    let clock = Instant::now();
    for key in 0..TIMES {
        client.query_one(SQL, &[&key]).unwrap();
    }
    println!("  prepared each time    {:>7.1} µs a query", clock.elapsed().as_secs_f64() * 1e6 / TIMES as f64);
    let clock = Instant::now();
    let statement = client.prepare(SQL).unwrap();
    for key in 0..TIMES {
        client.query_one(&statement, &[&key]).unwrap();
    }
    println!("  prepared once         {:>7.1} µs a query", clock.elapsed().as_secs_f64() * 1e6 / TIMES as f64);
}

/// The same read as the tables' owner, whom no policy concerns, and as the application's role within one of two schools.
#[test]
#[ignore = "minutes of work, and numbers to read rather than to assert"]
fn what_row_level_security_costs() {
    const OTHER: InstitutionId = InstitutionId(2);
    let address = testkit::postgres::fresh_database();
    let (given, learners, activities) = a_school();
    let store = Store::open(&address).unwrap();
    store.migrate().unwrap();
    for (id, school) in [(1, SCHOOL), (2, OTHER)] {
        noted(&store, id, |tx| {
            institution::insert(tx, school, &given.institution, jiff::Timestamp::UNIX_EPOCH)?;
            records::insert_all(tx, school, &given, &learners, &activities)
        });
    }
    let (mut owner, mut role) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        for (within, times) in [(store::Within::everything(), &mut owner), (SCHOOL.into(), &mut role)] {
            let clock = Instant::now();
            let loaded = store.read(within, |tx| records::load(tx, SCHOOL)).unwrap();
            assert_eq!(loaded.records.participations.len(), 172_000);
            times.push(clock.elapsed().as_secs_f64() * 1e3);
        }
    }
    for (who, times) in [("owner", &mut owner), ("application", &mut role)] {
        times.sort_by(f64::total_cmp);
        println!("  {who:<12} least {:>7.1} ms, median {:>7.1} ms", times[0], times[times.len() / 2]);
    }
}

/// Noting, one transaction each and many in one, and walking the chain.
#[test]
#[ignore = "numbers to read rather than to assert"]
fn what_the_chain_costs() {
    let folder = tempfile::tempdir().unwrap();
    for address in
        [format!("sqlite:{}", folder.path().join("waymark.db").display()), testkit::postgres::fresh_database()]
    {
        let store = Store::open(&address).unwrap();
        store.migrate().unwrap();
        let clock = Instant::now();
        for id in 0..500 {
            noted(&store, id, |_| Ok(()));
        }
        let each = clock.elapsed().as_secs_f64() * 1e3 / 500.0;
        let event = |id| audit::Event {
            id,
            at: jiff::Timestamp::UNIX_EPOCH,
            account: None,
            action: "learner.read".into(),
            subject_kind: "learner".into(),
            subject_id: Some(id),
            payload: "{}".into(),
            reach: Some("tutor: 9A".into()),
            details: Vec::new(),
        };
        let clock = Instant::now();
        let outcome =
            store.write(SCHOOL, |tx| (1_000..101_000).try_for_each(|id| audit::record(tx, SCHOOL, &event(id))));
        outcome.unwrap();
        let many = clock.elapsed().as_secs_f64();
        let clock = Instant::now();
        let verdict = store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, None)).unwrap();
        assert!(verdict.is_whole() && verdict.events == 100_500);
        println!(
            "  {:?}: one event {each:.2} ms; 100,000 at once {many:.1} s; walked in {:.1} s",
            store.engine_name(),
            clock.elapsed().as_secs_f64()
        );
    }
}
