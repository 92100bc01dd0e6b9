//! A program that is killed in the middle of its work loses nothing that it acknowledged, and leaves nothing half done.
//!
//! The test starts itself again as the program that works, kills it at some moment, and looks at what is there. A few times
//! by default; as often as `WAYMARK_CRASH_ROUNDS` says (200 in `cargo xtask crash`).

#![allow(clippy::print_stdout)]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use domain::{
    Activity, ActivityId, Calendar, Date, ImportId, Institution, InstitutionId, InstitutionType, Kind, Learner,
    LearnerId, Mode, ParticipationStatus, YearGroup,
};
use jiff::Timestamp;
use store::{
    Error, Store, Tx, activity, audit, import, institution, learner,
    participation::{self, Entry},
};

const SCHOOL: InstitutionId = InstitutionId(1);
const LEARNERS: i64 = 150;
/// Learners that each import brings.
const BROUGHT: i64 = 40;
const ADDRESS: &str = "WAYMARK_CRASH_ADDRESS";

fn noted<T>(store: &Store, id: i64, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
    let event = audit::Event {
        id,
        at: Timestamp::UNIX_EPOCH,
        account: None,
        action: "crash.test".into(),
        subject_kind: "school".into(),
        subject_id: None,
        payload: "{}".into(),
        reach: None,
        details: Vec::new(),
    };
    store.write(SCHOOL, |tx| {
        let value = f(tx)?;
        audit::record(tx, SCHOOL, &event)?;
        Ok(value)
    })
}

fn someone(id: i64) -> Learner {
    let day = Date::constant(2024, 9, 1);
    Learner {
        reference: format!("A{id}"),
        upn: None,
        uln: None,
        forename: "Crash".into(),
        surname: format!("Test{id}"),
        date_of_birth: day,
        sex: None,
        form: None,
        sen: None,
        fsm: None,
        looked_after: None,
        considering_he: None,
        subjects: Vec::new(),
        joined: day,
        left: None,
        programme_starts: None,
        programme_ends: None,
    }
}

fn begin(store: &Store) {
    store.migrate().unwrap();
    noted(store, 0, |tx| {
        let school = Institution {
            name: "Crash Academy".into(),
            kind: InstitutionType::Academy,
            urn: None,
            ukprn: None,
            lowest_year: YearGroup::new(7),
            highest_year: YearGroup::new(13),
            subjects: Default::default(),
            calendar: Calendar::default(),
            parameters: Default::default(),
        };
        institution::insert(tx, SCHOOL, &school, Timestamp::UNIX_EPOCH)?;
        for id in 1..=LEARNERS {
            learner::insert(tx, SCHOOL, LearnerId(id), &someone(id))?;
        }
        let visit = Activity {
            reference: "ACT".into(),
            title: "Visit".into(),
            date: Date::constant(2026, 10, 1),
            kind: Kind::Programme,
            provider_type: None,
            organisation: None,
            mode: Mode::InPerson,
            subject: None,
            hours: None,
            year_groups: Default::default(),
            checks: Default::default(),
            through: None,
            source: None,
            state: domain::ActivityState::Planned,
        };
        activity::insert(tx, SCHOOL, ActivityId(1), &visit)
    })
    .unwrap();
}

fn status(step: i64) -> ParticipationStatus {
    ParticipationStatus::ALL[(step % 4) as usize]
}

/// One step: the register of everybody is saved, and an import brings more learners. Odd steps undo the import of the step
/// before.
fn step(store: &Store, step: i64) -> Result<(), Error> {
    noted(store, step, |tx| {
        let register: Vec<Entry> = (1..=LEARNERS)
            .map(|id| Entry { learner: LearnerId(id), activity: ActivityId(1), status: status(step) })
            .collect();
        participation::set_many(tx, SCHOOL, &register)?;
        Ok(())
    })?;
    println!("saved {step}");
    Ok(())
}

fn bring(store: &Store, step: i64) -> Result<(), Error> {
    let id = ImportId(step);
    noted(store, step, |tx| {
        let import = import::Import {
            id,
            state: import::State::Uploaded,
            kind: "roster".into(),
            file_name: "a.csv".into(),
            file_digest: Vec::new(),
            file_size: 0,
            account: None,
            created_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            base_revision: None,
            applied_revision: None,
            progress_done: 0,
            progress_total: 0,
            mapping: None,
            summary: None,
        };
        import::insert(tx, SCHOOL, &import, b"")?;
        let revision = import::track(tx, SCHOOL, id, None)?;
        for n in 0..BROUGHT {
            let key = 10_000 + step * BROUGHT + n;
            learner::insert(tx, SCHOOL, LearnerId(key), &someone(key))?;
        }
        let done = import::Import { state: import::State::Applied, applied_revision: Some(revision), ..import };
        import::update(tx, SCHOOL, import::State::Uploaded, &done)
    })?;
    println!("saved {step}");
    Ok(())
}

/// The program that is killed. Steps go on from the last one that is there; every third is an import.
#[test]
#[ignore = "started by the other tests"]
fn works_until_killed() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let store = Store::open(&address).unwrap();
    for next in last_step(&store) + 1.. {
        if next % 3 == 0 { bring(&store, next) } else { step(&store, next) }.unwrap();
    }
}

fn last_step(store: &Store) -> i64 {
    store.read(SCHOOL, |tx| audit::list(tx, SCHOOL, None, 1)).unwrap()[0].id
}

/// Kills the program after about this long, and says which step it acknowledged last.
fn killed_after(address: &str, wait: Duration) -> Option<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "works_until_killed", "--ignored", "--nocapture", "--test-threads=1"])
        .env(ADDRESS, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let read = |line: std::io::Result<String>| line.ok()?.rsplit_once("saved ")?.1.parse::<i64>().ok();
    // Until it works, there is nothing to disturb.
    let mut last = lines.by_ref().find_map(read);
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    last = lines.filter_map(read).last().or(last);
    last
}

fn survives(address: &str) {
    let store = Store::open(address).unwrap();
    begin(&store);
    drop(store);
    let times: u64 = std::env::var("WAYMARK_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(6);
    let mut chance = 0x9e37_79b9_u64;
    for time in 0..times {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let acknowledged = killed_after(address, Duration::from_micros((chance >> 33) % 60_000));
        let store = Store::open(address).unwrap();
        let last = last_step(&store);
        let acknowledged = acknowledged.expect("the program worked until it was killed");
        assert!(
            (acknowledged..=acknowledged + 1).contains(&last),
            "time {time}: {acknowledged} acknowledged, {last} there"
        );
        let saved = if last % 3 == 0 { last - 1 } else { last };
        let register = store.read(SCHOOL, |tx| participation::register(tx, SCHOOL, ActivityId(1))).unwrap();
        assert_eq!(register.len() as i64, LEARNERS, "time {time}");
        assert!(register.iter().all(|(_, found)| *found == status(saved)), "time {time}: a register is half saved");
        let learners = store.read(SCHOOL, |tx| learner::count(tx, SCHOOL)).unwrap();
        assert_eq!(learners as i64, LEARNERS + last / 3 * BROUGHT, "time {time}: an import is half done");
        let imports = store.read(SCHOOL, |tx| import::list(tx, SCHOOL, None, 10_000)).unwrap();
        assert_eq!(imports.len() as i64, last / 3, "time {time}");
        assert!(imports.iter().all(|import| import.state == import::State::Applied), "time {time}");
    }
}

#[test]
fn a_killed_program_loses_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    survives(&format!("sqlite:{}/waymark.db", folder.path().display()));
}

#[test]
fn a_killed_program_loses_nothing_on_postgres() {
    survives(&testkit::postgres::fresh_database());
}
