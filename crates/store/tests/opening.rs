//! A database that cannot be opened says why.

use std::{io::Write, net::TcpListener};

use store::{Error, OpenError, Store};

fn address(folder: &tempfile::TempDir) -> String {
    format!("sqlite:{}/waymark.db", folder.path().display())
}

#[test]
fn an_address_of_another_sort_is_refused() {
    for address in ["", "waymark.db", "mysql://localhost/waymark", "postgres:"] {
        assert!(
            matches!(Store::open(address), Err(OpenError::Address | OpenError::Refused(_) | OpenError::Fault(_))),
            "{address}"
        );
    }
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Store::open(&format!("sqlite:{}/not/there/waymark.db", folder.path().display()));
    assert!(matches!(&outcome, Err(OpenError::NoFolder(name)) if name.ends_with("not/there")), "{outcome:?}");
}

#[test]
fn a_file_of_another_sort_is_not_a_database_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waymark.db");
    let text = "learner,upn\n".repeat(1000);
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    let outcome = Store::open(&address(&folder));
    assert!(matches!(outcome, Err(OpenError::NotADatabase(_))), "{outcome:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    let outcome = Store::open(&format!("sqlite:{}", folder.path().display()));
    assert!(matches!(outcome, Err(OpenError::NotADatabase(_))), "{outcome:?}");
}

#[test]
fn opening_changes_nothing_and_migrating_twice_is_the_same_as_once() {
    let folder = tempfile::tempdir().unwrap();
    for address in [address(&folder), testkit::postgres::fresh_database()] {
        let store = Store::open(&address).unwrap();
        assert_eq!(store.schema_version().unwrap(), 0);
        store.migrate().unwrap();
        store.migrate().unwrap();
        assert!(store.schema_version().unwrap() > 0);
        assert_eq!(store.read(store::Within::everything(), store::account::count).unwrap(), 0);
    }
}

#[test]
fn a_database_of_a_newer_release_is_refused() {
    const NEWER: &str = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
        VALUES (99, 'later', '2030-01-01T00:00:00Z', '1')";
    let folder = tempfile::tempdir().unwrap();
    let path = address(&folder);
    Store::open(&path).unwrap().migrate().unwrap();
    rusqlite::Connection::open(folder.path().join("waymark.db")).unwrap().execute(NEWER, []).unwrap();
    let outcome = Store::open(&path);
    assert!(matches!(outcome, Err(OpenError::Newer { found: 99, .. })), "{outcome:?}");

    let server = testkit::postgres::fresh_database();
    Store::open(&server).unwrap().migrate().unwrap();
    postgres::Client::connect(&server, postgres::NoTls).unwrap().execute(NEWER, &[]).unwrap();
    let outcome = Store::open(&server);
    assert!(matches!(outcome, Err(OpenError::Newer { found: 99, .. })), "{outcome:?}");
}

#[test]
fn two_nodes_that_start_together_migrate_once() {
    let server = testkit::postgres::fresh_database();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| Store::open(&server).unwrap().migrate().unwrap());
        }
    });
    Store::open(&server).unwrap().read(store::Within::everything(), store::account::count).unwrap();
}

#[test]
fn a_server_that_does_not_answer_is_unreachable() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let outcome = Store::open(&format!("postgres://waymark@127.0.0.1:{port}/waymark?connect_timeout=2"));
    assert!(matches!(outcome, Err(OpenError::Unreachable(_))), "{outcome:?}");
}

#[test]
fn a_server_without_the_database_refuses() {
    let server = testkit::postgres::fresh_database();
    let outcome = Store::open(&format!("{server}_not_there"));
    assert!(matches!(&outcome, Err(OpenError::Refused(why)) if why.contains("does not exist")), "{outcome:?}");
}

#[test]
fn a_file_that_may_not_be_written_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&address(&folder)).unwrap();
    store.migrate().unwrap();
    drop(store);
    // Whoever may write everything (root) cannot be kept from it by permissions; a path that nobody can make is as good.
    let outcome = Store::open("sqlite:/proc/waymark.db");
    assert!(matches!(outcome, Err(OpenError::ReadOnly)), "{outcome:?}");
}

#[test]
fn a_database_that_another_program_holds_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let other = rusqlite::Connection::open(folder.path().join("waymark.db")).unwrap();
    other.execute_batch("CREATE TABLE t (x); BEGIN EXCLUSIVE").unwrap();
    let outcome = Store::open(&address(&folder));
    assert!(matches!(outcome, Err(OpenError::Locked)), "{outcome:?}");
}

#[test]
fn a_writer_that_another_program_keeps_waiting_is_told_that_the_database_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&address(&folder)).unwrap();
    store.migrate().unwrap();
    let other = rusqlite::Connection::open(folder.path().join("waymark.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcome =
        store.write(store::Within::everything(), |tx| store::session::delete_expired(tx, jiff::Timestamp::UNIX_EPOCH));
    assert!(matches!(outcome, Err(Error::Busy)), "{outcome:?}");
    // Readers go on.
    assert_eq!(store.read(store::Within::everything(), store::account::count).unwrap(), 0);
}

#[test]
fn a_lost_connection_is_noticed_and_the_next_one_works() {
    let server = testkit::postgres::fresh_database();
    let store = Store::open(&server).unwrap();
    store.migrate().unwrap();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    postgres::Client::connect(&server, postgres::NoTls).unwrap().query(cut, &[]).unwrap();
    let outcomes: Vec<_> = (0..9).map(|_| store.read(store::Within::everything(), store::account::count)).collect();
    for failed in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(matches!(failed, Error::Unreachable), "{failed:?}");
    }
    assert!(outcomes.last().is_some_and(Result::is_ok), "{outcomes:?}");
}
