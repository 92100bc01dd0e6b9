//! On PostgreSQL the database itself keeps institutions apart: who signs in as no more than the application's role sees the rows
//! of the institutions that a transaction names, and no others, whatever its statements say.

use std::collections::BTreeSet;

use domain::{AccountId, InstitutionId};
use jiff::Timestamp;
use postgres::{Client, NoTls};
use store::{Store, Within, audit, catalogue::TABLES};

/// Tables with a row-level policy of their own sort: that an institution exists is public.
const PUBLIC: &str = "institution";

/// A database with every table of an institution filled for institutions 1 and 2, and a login role that is a member of the
/// application's role and nothing else.
struct Place {
    owner: Client,
    address: String,
}

impl Place {
    fn new(login: &str) -> Self {
        let address = testkit::postgres::fresh_database();
        Store::open(&address).unwrap().migrate().unwrap();
        let mut owner = Client::connect(&address, NoTls).unwrap();
        // Rows as they come, for every table: what refers to what is not the question here.
        owner.batch_execute("SET session_replication_role = replica").unwrap();
        for table in TABLES.iter().filter(|table| table.is_of_institution()) {
            for institution in [1, 2] {
                owner.batch_execute(&filled(&columns(&address, table.name), table.name, institution)).unwrap();
            }
        }
        owner.batch_execute("SET session_replication_role = DEFAULT").unwrap();
        owner.batch_execute(&format!("CREATE ROLE {login} LOGIN; GRANT waymark_app TO {login}")).unwrap();
        let address = address.replacen("waymark@", &format!("{login}@"), 1);
        Self { owner, address }
    }

    fn client(&self) -> Client {
        Client::connect(&self.address, NoTls).unwrap()
    }
}

/// The table's columns with their types.
fn columns(address: &str, table: &str) -> Vec<(String, String)> {
    let mut client = Client::connect(address, NoTls).unwrap();
    let sql = "SELECT column_name::text, data_type::text FROM information_schema.columns
               WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position";
    client.query(sql, &[&table]).unwrap().iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// A statement that puts one row for the institution into the table.
fn filled(columns: &[(String, String)], table: &str, institution: i64) -> String {
    let value = |(name, kind): &(String, String)| match (name.as_str(), kind.as_str()) {
        ("institution_id", _) => institution.to_string(),
        (_, "text") => format!("'of {institution}'"),
        (_, "bytea") => format!("'\\x0{institution}'"),
        (_, "boolean") => "true".to_owned(),
        (_, "date") => "'2026-11-23'".to_owned(),
        (_, "timestamp with time zone") => "'2026-11-23T09:00:00Z'".to_owned(),
        _ => institution.to_string(),
    };
    let names: Vec<_> = columns.iter().map(|(name, _)| name.clone()).collect();
    let values: Vec<_> = columns.iter().map(value).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().filter(|table| table.is_of_institution() && table.name != PUBLIC).map(|table| table.name)
}

fn seen(client: &mut Client, table: &str) -> Vec<i64> {
    let sql = format!("SELECT institution_id FROM {table} WHERE institution_id > 0 ORDER BY institution_id");
    client.query(&sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
}

#[test]
fn without_an_institution_nothing_of_any_is_seen() {
    let place = Place::new("waymark_none");
    let mut client = place.client();
    for table in tables() {
        assert!(seen(&mut client, table).is_empty(), "{table}");
    }
    // The same for somebody who takes the role on and sets it to nothing.
    client.batch_execute("SET ROLE waymark_app; SET waymark.institutions = ''; SET waymark.account = ''").unwrap();
    for table in tables() {
        assert!(seen(&mut client, table).is_empty(), "{table}");
    }
}

#[test]
fn with_one_institution_only_its_rows_are_seen_changed_or_added() {
    let place = Place::new("waymark_one");
    let mut client = place.client();
    client.batch_execute("SET waymark.institutions = '1'").unwrap();
    for table in tables() {
        assert_eq!(seen(&mut client, table), [1], "{table}");
        // What cannot be seen cannot be taken away either; where nobody may take anything away, asking is refused.
        let taken = client.execute(&format!("DELETE FROM {table} WHERE institution_id = 2"), &[]);
        assert!(taken.is_err() || taken.as_ref().is_ok_and(|rows| *rows == 0), "{table}: {taken:?}");
        let refused = client.batch_execute(&filled(&columns(&place.address, table), table, 2)).unwrap_err();
        assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "{table}: {refused}");
    }
    client.batch_execute("SET waymark.institutions = '1,2'").unwrap();
    for table in tables() {
        assert_eq!(seen(&mut client, table), [1, 2], "{table}");
    }
}

#[test]
fn the_names_of_institutions_are_public_and_their_rows_are_not_changed_from_outside() {
    let place = Place::new("waymark_names");
    let mut client = place.client();
    client.batch_execute("SET waymark.institutions = '1'").unwrap();
    assert_eq!(seen(&mut client, PUBLIC), [1, 2]);
    let changed = |client: &mut Client, id: i64| {
        client.execute("UPDATE institution SET name = 'other' WHERE institution_id = $1", &[&id]).unwrap()
    };
    assert_eq!((changed(&mut client, 2), changed(&mut client, 1)), (0, 1));
}

#[test]
fn every_table_of_an_institution_has_a_policy_and_belongs_to_somebody_else() {
    let mut place = Place::new("waymark_policies");
    let names = |client: &mut Client, sql: &str| -> BTreeSet<String> {
        client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
    };
    // Asked of the database, so that a table that somebody adds is not forgotten.
    let of_institution = names(
        &mut place.owner,
        "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attname = 'institution_id'",
    );
    assert!(of_institution.len() > 25, "{of_institution:?}");
    let guarded = names(
        &mut place.owner,
        "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
         AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)",
    );
    assert_eq!(of_institution.difference(&guarded).collect::<Vec<_>>(), Vec::<&String>::new());
    let owned = names(
        &mut place.owner,
        "SELECT relname::text FROM pg_class WHERE relowner = 'waymark_app'::regrole
         UNION SELECT proname::text FROM pg_proc WHERE proowner = 'waymark_app'::regrole",
    );
    assert_eq!(owned, BTreeSet::new());
    let above: bool = place
        .owner
        .query_one("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = 'waymark_app'", &[])
        .unwrap()
        .get(0);
    assert!(!above);
}

#[test]
fn the_trail_is_not_altered_by_the_application_nor_by_the_owner() {
    let mut place = Place::new("waymark_trail");
    let mut client = place.client();
    client.batch_execute("SET waymark.institutions = '1'").unwrap();
    let statements = [
        "UPDATE audit SET payload = '{}'",
        "UPDATE audit SET digest = NULL",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DELETE FROM audit_detail",
        "UPDATE audit_detail SET detail = 'other'",
        "UPDATE audit_detail SET digest = '\\x00', detail = NULL, salt = NULL, learner_id = NULL",
        "DELETE FROM audit_chain",
        "UPDATE audit_chain SET length = length - 1",
        "DROP TRIGGER audit_is_not_altered ON audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "ALTER TABLE audit DISABLE ROW LEVEL SECURITY",
    ];
    for statement in statements {
        assert!(client.batch_execute(statement).is_err(), "{statement}");
    }
    // The owner is stopped by the triggers, as long as they do not take these away on purpose.
    for statement in &statements[..9] {
        let refused = place.owner.batch_execute(statement).unwrap_err();
        let said = refused.as_db_error().map(|error| error.message().to_owned());
        assert_eq!(said.as_deref(), Some("the audit trail is append-only"), "{statement}");
    }
    // Erasing is what remains.
    let erased = "UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL";
    assert_eq!(client.execute(erased, &[]).unwrap(), 1);
}

#[test]
fn transactions_run_as_the_applications_role_within_what_they_were_opened_for() {
    let place = Place::new("waymark_app_login");
    // The program itself works with no more than that role, and so sees no other institution's rows either.
    let store = Store::open(&place.address).unwrap();
    store.migrate().unwrap();
    let events =
        |within: Within, of: i64| store.read(within, |tx| audit::list(tx, InstitutionId(of), None, 9)).unwrap().len();
    assert_eq!(events(InstitutionId(1).into(), 1), 1);
    assert_eq!(events(InstitutionId(1).into(), 2), 0);
    assert_eq!(events(Within::none(), 1), 0);
    assert_eq!(events(AccountId(1).into(), 1), 0);
    assert_eq!(events(Within::each([InstitutionId(1), InstitutionId(2)]), 2), 1);
    // And as the owner: the transaction gives up what the owner could do.
    let store = Store::open(&place.address.replacen("waymark_app_login@", "waymark@", 1)).unwrap();
    let read = store.read(InstitutionId(1), |tx| audit::list(tx, InstitutionId(2), None, 9)).unwrap();
    assert_eq!(read, []);
    let whole = store.read(Within::everything(), |tx| audit::list(tx, InstitutionId(2), None, 9)).unwrap();
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].at, "2026-11-23T09:00:00Z".parse::<Timestamp>().unwrap());
}
