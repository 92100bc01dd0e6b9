//! Erasing is proved table by table: every table that the register says is about learners (or staff) is filled, the person
//! erased, and every column of every table searched.

use std::collections::BTreeSet;

use app::{Actor, DataRegister, ErasureKind, Error, OnErasure, RegisterTable, Role, Whose, data_register};
use domain::{LearnerId, Records};
use store::{
    Store, Within, audit,
    catalogue::{ColumnKind, TABLES, Table},
    rows::{self, Datum},
};

use crate::harness::{School, World, on_both_engines, year_nine};

/// A word that stands nowhere else, put into every text about the learner.
const MARK: &str = "Zyxmark";
const FORENAME: &str = "Quillon";
const SURNAME: &str = "Example-Łącka";
const UPN: &str = "A999999900001";
const ULN: &str = "9999000011";
const REFERENCE: &str = "MIS-77001";

/// Three learners, of whom the first is known by everything there is.
fn records() -> Records {
    let mut records = year_nine(3);
    let one = &mut records.learners[0];
    one.reference = REFERENCE.to_owned();
    one.forename = FORENAME.to_owned();
    one.surname = SURNAME.to_owned();
    one.upn = Some(UPN.to_owned());
    one.uln = Some(ULN.to_owned());
    one.subjects = vec![format!("{MARK} studies")];
    one.sen = Some(domain::Sen::Ehcp);
    one.looked_after = Some(true);
    records
}

fn the_learner(school: &School<'_>) -> LearnerId {
    let list = school.app.learners(&school.leader, school.today(), &Default::default()).expect("a list");
    list.learners.iter().find(|row| row.reference == REFERENCE).expect("the learner").id
}

/// Writes into the database, as its owner, with an event that says nothing.
fn write(store: &Store, f: impl FnOnce(&mut store::Tx<'_>) -> Result<(), store::Error>) {
    store
        .write(Within::everything(), |tx| {
            f(tx)?;
            let event = audit::Event {
                // Ids of the application are far beyond the number of events.
                id: 1 + rows::count(tx, catalogued("audit"), &[])? as i64,
                at: "2026-11-23T09:00:00Z".parse().expect("an instant"),
                account: None,
                action: "test".to_owned(),
                subject_kind: "test".to_owned(),
                subject_id: None,
                payload: "{}".to_owned(),
                reach: None,
                details: Vec::new(),
            };
            audit::record(tx, audit::INSTALLATION, &event)
        })
        .expect("the rows are taken");
}

/// What stands in a column when a row about somebody is made up. `whose` is whether the column is about them.
fn made_up(table: &Table, column: &str, kind: ColumnKind, keys: &[(&str, i64)], theirs: bool) -> Datum {
    if let Some((_, key)) = keys.iter().find(|(name, _)| *name == column) {
        return Datum::Int(*key);
    }
    match (table.name, column) {
        ("import", "state") => return Datum::Text("planned".to_owned()),
        ("import", "kind") => return Datum::Text("learners".to_owned()),
        ("import", "file_name") => return Datum::Text(format!("{FORENAME}.csv")),
        ("import", "problems") => return Datum::Text(format!("[{{\"quoted\":\"{SURNAME}\"}}]")),
        ("import", "summary" | "mapping") => return Datum::Null,
        ("import", "applied_revision" | "base_revision") => return Datum::Null,
        ("import_change", "noun") => return Datum::Text("learner".to_owned()),
        ("membership" | "membership_group", "role") => return Datum::Text("viewer".to_owned()),
        ("membership", "reach") => return Datum::Text("groups".to_owned()),
        ("trust_membership" | "hub_membership", "role") => return Datum::Text("viewer".to_owned()),
        (_, "academic_year") => return Datum::Int(2020),
        (_, "organisation_id") => return Datum::Null,
        _ => {}
    }
    match kind {
        ColumnKind::Small | ColumnKind::Medium | ColumnKind::Int => Datum::Int(7),
        ColumnKind::Text if theirs => Datum::Text(format!("{MARK} {} {column}", table.name)),
        ColumnKind::Text => Datum::Text("{}".to_owned()),
        ColumnKind::Bytes if theirs => Datum::Bytes(format!("..{MARK} {}", table.name).into_bytes()),
        ColumnKind::Bytes => Datum::Bytes(table.name.as_bytes().to_vec()),
        ColumnKind::Bool => Datum::Bool(true),
        ColumnKind::Date => Datum::Date(jiff::civil::date(2026, 3, 1)),
        ColumnKind::Timestamp => Datum::Timestamp("2026-11-20T09:00:00Z".parse().expect("an instant")),
    }
}

fn catalogued(name: &str) -> &'static Table {
    store::catalogue::table(name).expect("a table")
}

fn group<'r>(register: &'r DataRegister, table: &str, column: &str) -> &'r app::RegisterGroup {
    let table = register.tables.iter().find(|one| one.name == table).expect("a table of the register");
    table.groups.iter().find(|group| group.columns.iter().any(|one| one == column)).expect("a column of the register")
}

/// A row of the table about somebody: keys as given, a mark in every text and bytes about them that goes.
fn row_about(table: &RegisterTable, keys: &[(&str, i64)], of: &[Whose]) -> Vec<Datum> {
    let known = catalogued(&table.name);
    let columns = known.columns.iter().map(|column| {
        let group = group(data_register(), known.name, column.name);
        let theirs = of.contains(&group.whose) && group.erasure != OnErasure::Keep;
        made_up(known, column.name, column.kind, keys, theirs)
    });
    columns.collect()
}

/// Every column in which somebody can be recognised: by a word of theirs, in any case, or by their key.
fn found(store: &Store, words: &[&str], key: i64) -> BTreeSet<(String, String)> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let key_text = key.to_string();
    let names = |text: &str| {
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word)) || text.contains(&key_text)
    };
    let mut found = BTreeSet::new();
    store
        .read(Within::everything(), |tx| -> Result<(), store::Error> {
            for table in TABLES.iter() {
                for row in rows::list(tx, table, &[])? {
                    for (datum, column) in row.iter().zip(table.columns) {
                        let hit = match datum {
                            Datum::Int(number) => *number == key,
                            Datum::Text(text) => names(text),
                            Datum::Bytes(bytes) => names(&String::from_utf8_lossy(bytes)),
                            Datum::Null | Datum::Bool(_) | Datum::Date(_) | Datum::Timestamp(_) => false,
                        };
                        if hit {
                            found.insert((table.name.to_owned(), column.name.to_owned()));
                        }
                    }
                }
            }
            Ok(())
        })
        .expect("the tables can be read");
    found
}

fn count(store: &Store, table: &str) -> u64 {
    store.read(Within::everything(), |tx| rows::count(tx, catalogued(table), &[])).expect("a count")
}

/// Fills every table that the register says is about learners, and says which.
fn fill(world: &World, school: &School<'_>, learner: LearnerId) -> BTreeSet<String> {
    let mut filled = BTreeSet::new();
    let account = school.viewer.account().expect("a person").0;
    let activity =
        school.app.activities(&school.leader, school.today(), &Default::default()).expect("a list").activities[0].id;
    for table in &data_register().tables {
        let about_learners = table.groups.iter().any(|group| matches!(group.whose, Whose::Learner | Whose::Both));
        if !about_learners || ["learner", "participation", "audit"].contains(&&*table.name) {
            continue;
        }
        let keys = [
            ("institution_id", school.id.0),
            ("learner_id", learner.0),
            ("activity_id", activity.0),
            ("record_id", learner.0),
            ("account_id", account),
            ("invited_by", account),
            ("accepted_by", account),
        ];
        // What an import changed belongs to the import, which comes before it in the catalogue.
        write(&world.store, |tx| {
            rows::insert(tx, catalogued(&table.name), &row_about(table, &keys, &[Whose::Learner, Whose::Both]))
        });
        filled.insert(table.name.clone());
    }
    // The details of an event about several learners hold their keys among others'.
    let shared = [("institution_id", school.id.0), ("audit_id", 8), ("learner_id", 0)];
    let mut row =
        row_about(data_register().tables.iter().find(|t| t.name == "audit_detail").expect("it"), &shared, &[]);
    row[3] = Datum::Null;
    row[5] = Datum::Text(format!("{{\"marks\":[[\"12\",\"attended\"],[\"{learner}\",\"absent\"]]}}"));
    write(&world.store, |tx| rows::insert(tx, catalogued("audit_detail"), &row));
    filled
}

const WORDS: [&str; 6] = [MARK, FORENAME, SURNAME, UPN, ULN, REFERENCE];

on_both_engines! {
    fn nothing_of_an_erased_learner_is_left_but_what_the_register_says(world: &World) {
        let school = world.school(&records());
        let learner = the_learner(&school);
        school.app.learner(&school.leader, school.today(), learner).expect("the page, so that a read is noted");
        let filled = fill(world, &school, learner);
        let before = found(&world.store, &WORDS, learner.0);
        let tables: BTreeSet<_> = before.iter().map(|(table, _)| table.clone()).collect();
        for table in filled.iter().chain(["learner", "participation", "audit"].map(str::to_owned).iter()) {
            assert!(tables.contains(table), "{table} was filled");
        }
        let (others, activities) = (count(&world.store, "participation"), count(&world.store, "activity"));

        let page = school.app.erasure(&school.leader, school.today(), learner).expect("a page");
        assert_eq!(page.waiting_files, 1);
        let about: Vec<&str> = page.held.iter().map(|(about, _)| about.as_str()).collect();
        assert!(about.contains(&"notes of guidance meetings") && about.contains(&"annual reviews"), "{about:?}");
        let reason = "The family asked for it and no duty to keep it remains";
        school
            .app
            .erase_learner(&school.leader, school.id, learner, ErasureKind::Everything, reason, page.revision)
            .expect("erased");

        let left = found(&world.store, &WORDS, learner.0);
        for (table, column) in &left {
            assert_eq!(group(data_register(), table, column).erasure, OnErasure::Keep, "{table}.{column}");
        }
        assert_eq!(left, [("audit".to_owned(), "subject_id".to_owned())].into());
        let verdict = world.store.read(school.id, |tx| audit::verify(tx, school.id, None)).expect("the trail");
        assert!(verdict.is_whole() && verdict.events > 3, "the chain is whole: {verdict:?}");
        // The two others keep what they took part in, and the activity is still there.
        assert_eq!((count(&world.store, "participation"), count(&world.store, "activity")), (others - 1, activities));
        let list = school.app.learners(&school.leader, school.today(), &Default::default()).expect("a list");
        assert_eq!(list.matching, 2);
        let gone = school.app.learner(&school.leader, school.today(), learner);
        assert!(matches!(gone, Err(Error::Refusal(app::Refusal::NotFound))));
    }

    fn where_a_name_was_typed_into_something_else_is_told_before_an_erasure(world: &World) {
        let school = world.school(&records());
        let learner = the_learner(&school);
        let page = school.app.erasure(&school.leader, school.today(), learner).expect("a page");
        assert_eq!(page.mentions, Vec::<String>::new());
        let template = app::PlanForm { notes: format!("Ask {} first", page.name), ..Default::default() };
        let visit = app::ActivityForm {
            title: "A visit".into(),
            date: "2026-12-01".into(),
            kind: "employer-encounter".into(),
            mode: "in-person".into(),
            reference: "VISIT-1".into(),
            ..Default::default()
        };
        school.app.plan_activity(&school.leader, school.id, &visit, &template).expect("a plan");
        let page = school.app.erasure(&school.leader, school.today(), learner).expect("a page");
        assert_eq!(page.mentions, ["the plan (activity VISIT-1)"]);
    }

    fn of_an_anonymised_learner_stays_what_took_place(world: &World) {
        let school = world.school(&records());
        let learner = the_learner(&school);
        fill(world, &school, learner);
        let (participations, activities) = (count(&world.store, "participation"), count(&world.store, "activity"));
        let page = school.app.erasure(&school.leader, school.today(), learner).expect("a page");
        school
            .app
            .erase_learner(&school.leader, school.id, learner, ErasureKind::Anonymise, "They left long ago", page.revision)
            .expect("anonymised");
        let left = found(&world.store, &WORDS, learner.0);
        assert_eq!(left, [("audit".to_owned(), "subject_id".to_owned())].into(), "no way back, by name or by key");
        assert_eq!((count(&world.store, "participation"), count(&world.store, "activity")), (participations, activities));
        let list = school.app.learners(&school.leader, school.today(), &Default::default()).expect("a list");
        assert_eq!(list.matching, 2, "nobody whom one cannot name is on roll");
    }

    fn an_erasure_needs_a_reason_that_names_nobody_and_what_was_looked_at(world: &World) {
        let school = world.school(&records());
        let learner = the_learner(&school);
        let revision = school.app.erasure(&school.leader, school.today(), learner).expect("a page").revision;
        let erase = |who: &Actor, reason: &str, revision| {
            school.app.erase_learner(who, school.id, learner, ErasureKind::Everything, reason, revision)
        };
        for reason in ["", "  ", "asked by the mother of quillon", "pupil MIS-77001 left"] {
            assert!(matches!(erase(&school.leader, reason, revision), Err(Error::Problems(_))), "{reason:?}");
        }
        assert!(matches!(erase(&school.leader, "asked", revision - 1), Err(Error::Refusal(app::Refusal::Conflict(_)))));
        for role in [Role::CareersLeader, Role::CareersAdviser, Role::Viewer, Role::Governor] {
            let somebody = world.person(school.id, &format!("Some {}", role.word()), role);
            assert!(erase(&somebody, "asked", revision).is_err(), "{role:?}");
            assert!(school.app.erasure(&somebody, school.today(), learner).is_err(), "{role:?}");
        }
        assert!(!found(&world.store, &[FORENAME], learner.0).is_empty(), "nothing was erased");
    }

    fn an_erased_account_leads_to_nobody(world: &World) {
        let school = world.school(&year_nine(1));
        let list = school.app.learners(&school.leader, school.today(), &Default::default()).expect("a list");
        let learner = list.learners[0].id;
        let person = world.person(school.id, "Zyxmark Vale", Role::Tutor);
        let account = person.account().expect("a person");
        for table in data_register().tables.iter().filter(|table| table.account.is_some()) {
            if ["account", "membership", "trust_membership", "hub_membership", "caseload"].contains(&&*table.name) {
                continue;
            }
            let keys = [
                ("institution_id", school.id.0),
                ("account_id", account.0),
                ("accepted_by", account.0),
                ("learner_id", learner.0),
            ];
            let mut row = row_about(table, &keys, &[Whose::Staff, Whose::Both]);
            if table.name == "membership_group" {
                row[2] = Datum::Text("tutor".to_owned());
            }
            write(&world.store, |tx| rows::insert(tx, catalogued(&table.name), &row));
        }
        let email = format!("zyxmark.vale-{}@school.example", school.id);
        let words = [MARK, email.as_str()];
        let erase = |who: &Actor, reason: &str| school.app.erase_account(who, school.id, account, reason);
        assert!(erase(&school.viewer, "left").is_err());
        assert!(matches!(erase(&person, "left"), Err(Error::Refusal(_))));
        assert!(matches!(erase(&school.leader, "Zyxmark Vale left"), Err(Error::Problems(_))));
        erase(&school.leader, "Left, and asked for it").expect("erased");
        assert_eq!(found(&world.store, &words, i64::MIN), BTreeSet::new(), "neither name nor address");
        for (table, column) in found(&world.store, &words, account.0) {
            // Addresses are unique, so the emptied one has the key in it.
            if table == "account" && column.starts_with("email") {
                continue;
            }
            assert_eq!(group(data_register(), &table, &column).erasure, OnErasure::Keep, "{table}.{column}");
        }
        let own = school.leader.account().expect("a person");
        let refused = school.app.erase_account(&school.leader, school.id, own, "left");
        assert!(matches!(refused, Err(Error::Refusal(app::Refusal::Conflict(_)))));
    }
}
