//! Whoever reaches past the program into the database is found out: each way of tampering with the trail shows, and where.
//! Triggers refuse it first; these tests take the triggers away, as somebody with the file or the owner's password could.

use domain::{AccountId, InstitutionId, LearnerId};
use postgres::NoTls;
use store::{
    Store, Within,
    audit::{self, Break, Detail, Event, Head, INSTALLATION, Verdict},
};

const SCHOOL: InstitutionId = InstitutionId(1);
const EVENTS: i64 = 9;

/// A database whose installation has a trail of nine events, and a way around the program.
struct Place {
    store: Store,
    address: String,
    _folder: tempfile::TempDir,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::at(format!("sqlite:{}", folder.path().join("waymark.db").display()), folder)
    }

    fn postgres() -> Self {
        Self::at(testkit::postgres::fresh_database(), tempfile::tempdir().unwrap())
    }

    fn at(address: String, folder: tempfile::TempDir) -> Self {
        let store = Store::open(&address).unwrap();
        store.migrate().unwrap();
        for id in 1..=EVENTS {
            note(&store, SCHOOL, &event(id)).unwrap();
        }
        let place = Self { store, address, _folder: folder };
        assert!(place.verdict().is_whole());
        place
    }

    fn raw(&self, sql: &str) -> Result<(), String> {
        match self.address.strip_prefix("sqlite:") {
            Some(path) => rusqlite::Connection::open(path).unwrap().execute_batch(sql).map_err(|e| e.to_string()),
            None => {
                let mut client = postgres::Client::connect(&self.address, NoTls).unwrap();
                client.batch_execute(sql).map_err(|e| e.as_db_error().map_or(e.to_string(), |e| e.message().to_owned()))
            }
        }
    }

    /// The statement with the triggers gone.
    fn tamper(&self, sql: &str) {
        let triggers = [
            ("audit", "audit_is_not_altered"),
            ("audit", "audit_is_not_removed"),
            ("audit_detail", "audit_detail_is_only_erased"),
            ("audit_detail", "audit_detail_is_not_removed"),
            ("audit_chain", "audit_chain_only_grows"),
            ("audit_chain", "audit_chain_is_not_removed"),
        ];
        for (table, trigger) in triggers {
            let on = if self.address.starts_with("sqlite:") { String::new() } else { format!(" ON {table}") };
            self.raw(&format!("DROP TRIGGER IF EXISTS {trigger}{on}")).unwrap();
        }
        self.raw(sql).unwrap();
    }

    fn verdict(&self) -> Verdict {
        self.store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, None)).unwrap()
    }

    fn head(&self) -> Head {
        self.store.read(SCHOOL, |tx| audit::head(tx, SCHOOL)).unwrap().unwrap()
    }
}

fn event(id: i64) -> Event {
    let detail = |learner: i64| Detail {
        learner: Some(LearnerId(learner)),
        salt: [learner as u8; 16],
        text: format!("{{\"mark\": [null, \"attended {learner}\"]}}"),
    };
    Event {
        id,
        at: "2026-11-23T09:00:00Z".parse().unwrap(),
        account: Some(AccountId(7)),
        action: "register.marked".into(),
        subject_kind: "activity".into(),
        subject_id: Some(3),
        payload: "{\"marks\":2}".into(),
        reach: Some("tutor: 9A".into()),
        details: vec![detail(1), detail(2)],
    }
}

fn note(store: &Store, institution: InstitutionId, event: &Event) -> Result<(), store::Error> {
    store.write(institution, |tx| audit::record(tx, institution, event))
}

/// Each way, on both engines, each on a trail of its own.
fn found(sql: &str, breaks: &[Break]) {
    for place in [Place::sqlite(), Place::postgres()] {
        place.tamper(sql);
        assert_eq!(place.verdict().breaks, breaks, "{sql}");
    }
}

#[test]
fn the_triggers_refuse_it_first() {
    let statements = [
        "UPDATE audit SET payload = '{}' WHERE audit_id = 4",
        "DELETE FROM audit WHERE audit_id = 4",
        "UPDATE audit_detail SET detail = 'other' WHERE audit_id = 4",
        "UPDATE audit_detail SET digest = salt, detail = NULL, salt = NULL, learner_id = NULL WHERE audit_id = 4",
        "DELETE FROM audit_detail WHERE audit_id = 4",
        "UPDATE audit_chain SET length = 3",
        "DELETE FROM audit_chain",
    ];
    for place in [Place::sqlite(), Place::postgres()] {
        for statement in statements {
            let refused = place.raw(statement).unwrap_err();
            assert!(refused.contains("the audit trail is append-only"), "{statement}: {refused}");
        }
        assert!(place.verdict().is_whole());
    }
}

#[test]
fn an_altered_event_is_found() {
    for column in [
        "payload = '{\"marks\":3}'",
        "account_id = 8",
        "account_id = NULL",
        "action = 'register.unmarked'",
        "subject_kind = 'activitx'",
        "subject_id = 4",
        "reach = NULL",
    ] {
        found(&format!("UPDATE audit SET {column} WHERE audit_id = 4"), &[Break::Altered { sequence: 4 }]);
    }
}

#[test]
fn a_change_of_when_is_found() {
    let (sqlite, postgres) = (Place::sqlite(), Place::postgres());
    sqlite.tamper("UPDATE audit SET at = at + 1 WHERE audit_id = 2");
    postgres.tamper("UPDATE audit SET at = at + interval '1 microsecond' WHERE audit_id = 2");
    for place in [sqlite, postgres] {
        assert_eq!(place.verdict().breaks, [Break::Altered { sequence: 2 }]);
    }
}

#[test]
fn a_removed_event_is_found_wherever_it_stood() {
    let without = |ids: &str| {
        format!("DELETE FROM audit WHERE audit_id IN ({ids}); DELETE FROM audit_detail WHERE audit_id IN ({ids})")
    };
    found(&without("1"), &[Break::Removed { from: 1, to: 1 }]);
    found(&without("4, 5"), &[Break::Removed { from: 4, to: 5 }]);
    found(&without("8, 9"), &[Break::Removed { from: 8, to: 9 }]);
    // Closing the gap does not help: what moved up no longer fits.
    let closed = format!("{}; UPDATE audit SET sequence = 4 WHERE sequence = 5", without("4"));
    found(&closed, &[Break::Altered { sequence: 4 }, Break::Removed { from: 5, to: 5 }]);
    // Nor does shortening the head.
    let shortened = format!("{}; UPDATE audit_chain SET length = 8", without("9"));
    found(&shortened, &[Break::Head]);
}

#[test]
fn an_inserted_event_is_found() {
    let insert = |sequence: &str| {
        format!(
            "INSERT INTO audit (institution_id, audit_id, at, action, subject_kind, payload, sequence, digest)
             SELECT institution_id, 99, at, action, subject_kind, payload, {sequence}, digest FROM audit WHERE audit_id = 9"
        )
    };
    found(&insert("NULL"), &[Break::Inserted { id: 99, sequence: None }]);
    found(&insert("10"), &[Break::Altered { sequence: 10 }, Break::Inserted { id: 99, sequence: Some(10) }]);
    let beside = format!("DROP INDEX audit_by_sequence; {}", insert("5"));
    found(&beside, &[Break::Inserted { id: 99, sequence: Some(5) }]);
}

#[test]
fn an_altered_detail_is_found_and_an_erased_one_is_not_one() {
    let altered = "UPDATE audit_detail SET detail = '{}' WHERE audit_id = 4 AND position = 1";
    found(altered, &[Break::DetailAltered { sequence: 4 }]);
    found(
        "UPDATE audit_detail SET learner_id = 9 WHERE audit_id = 6 AND position = 0",
        &[Break::DetailAltered { sequence: 6 }],
    );
    found("DELETE FROM audit_detail WHERE audit_id = 4 AND position = 1", &[Break::DetailMissing { sequence: 4 }]);
    found("DELETE FROM audit_detail WHERE audit_id = 4", &[Break::DetailMissing { sequence: 4 }]);
    for place in [Place::sqlite(), Place::postgres()] {
        place
            .raw("UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL WHERE learner_id = 2")
            .unwrap();
        let verdict = place.verdict();
        assert!(verdict.is_whole(), "{verdict:?}");
        assert_eq!((verdict.details, verdict.erased), (9, 9));
    }
}

#[test]
fn a_head_that_was_altered_or_removed_is_found() {
    found(
        "UPDATE audit_chain SET digest = (SELECT digest FROM audit WHERE institution_id = 1 AND sequence = 3)",
        &[Break::Head],
    );
    found("DELETE FROM audit_chain", &[Break::Head]);
}

#[test]
fn a_chain_written_anew_is_whole_and_only_a_head_kept_elsewhere_shows_it() {
    // What a chain by itself cannot show: somebody writes all of it anew, with the program's own code.
    for place in [Place::sqlite(), Place::postgres()] {
        let kept = place.head();
        place.tamper("DELETE FROM audit; DELETE FROM audit_detail; DELETE FROM audit_chain");
        for id in 1..=EVENTS {
            let other = Event { account: Some(AccountId(8)), ..event(id) };
            note(&place.store, SCHOOL, &other).unwrap();
        }
        assert!(place.verdict().is_whole());
        let verdict = place.store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, Some(kept))).unwrap();
        assert_eq!(verdict.breaks, [Break::NotAsKept { sequence: EVENTS }]);
    }
}

#[test]
fn events_from_before_the_chain_are_sealed_once() {
    for place in [Place::sqlite(), Place::postgres()] {
        // As an older release left them, for the installation, which always has a chain.
        let old = "INSERT INTO audit (institution_id, audit_id, at, action, subject_kind, payload)
                   SELECT 0, audit_id + 100, at, action, subject_kind, payload FROM audit WHERE institution_id = 1";
        place.raw(old).unwrap();
        place.store.migrate().unwrap();
        let verify = || place.store.read(INSTALLATION, |tx| audit::verify(tx, INSTALLATION, None)).unwrap();
        let verdict = verify();
        assert!(verdict.is_whole(), "{verdict:?}");
        assert_eq!((verdict.events, verdict.head.map(|head| head.length)), (9, Some(9)));
        note(&place.store, INSTALLATION, &event(200)).unwrap();
        assert!(verify().is_whole());
        // A row that somebody slips in later is not sealed: it is found.
        place
            .raw(
                "INSERT INTO audit (institution_id, audit_id, at, action, subject_kind, payload)
                 SELECT 0, 300, at, action, subject_kind, payload FROM audit WHERE audit_id = 1 AND institution_id = 1",
            )
            .unwrap();
        place.store.migrate().unwrap();
        assert_eq!(verify().breaks, [Break::Inserted { id: 300, sequence: None }]);
    }
}

#[test]
fn a_long_chain_is_walked_a_page_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("waymark.db").display())).unwrap();
    store.migrate().unwrap();
    // More than two pages of the walk, with an end that falls on a page's.
    store
        .write(SCHOOL, |tx| -> Result<(), store::Error> {
            (1..=4_000).try_for_each(|id| audit::record(tx, SCHOOL, &event(id)))
        })
        .unwrap();
    let verdict = store.read(SCHOOL, |tx| audit::verify(tx, SCHOOL, None)).unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.details), (4_000, 8_000));
    let mut lines = 0;
    let count = store.read(SCHOOL, |tx| {
        audit::each(tx, SCHOOL, &mut |line| -> Result<(), store::Error> {
            lines += 1;
            assert_eq!(line["sequence"], lines);
            Ok(())
        })
    });
    assert_eq!((count.unwrap(), lines), (4_000, 4_000));
    let elsewhere = store.read(Within::everything(), |tx| audit::verify(tx, INSTALLATION, None)).unwrap();
    assert_eq!(elsewhere, Verdict::default());
}
