//! Commands that work on a database, from outside: what was in a folder is in the database, in a backup, in another engine,
//! and out again, with the same findings.

mod program;

use program::{Program, fixture};

const DAY: &str = "2027-01-15";

fn hollin_bank() -> String {
    fixture("hollin-bank").to_string_lossy().into_owned()
}

#[test]
fn a_folder_comes_out_of_the_database_with_the_findings_it_went_in_with() {
    let program = Program::new();
    let said = program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    assert!(said.contains("Hollin Bank Academy: 6 learners new"), "{said}");
    program.done(&["export", "out"]);
    assert_eq!(program.findings(&program.path("out"), DAY), program.findings(&fixture("hollin-bank"), DAY));
}

#[test]
fn the_same_folder_twice_changes_nothing() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    // Without a URN the institution must be named, or a second one of the same name would be made.
    let said = program.done(&["import", &hollin_bank(), "--as-of", DAY, "--institution", "hollin bank academy"]);
    assert!(said.contains("nothing new"), "{said}");
}

#[test]
fn a_folder_with_bad_rows_is_refused_as_a_whole() {
    let program = Program::new();
    let folder = fixture("bad-rows").to_string_lossy().into_owned();
    let ended = program.run(&["import", &folder, "--as-of", DAY]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("7 problems to mend. Nothing was imported."), "{}", ended.complained);
    assert_eq!(program.run(&["export", "out"]).code, Some(3), "there is no institution to export");
    program.done(&["import", &folder, "--as-of", DAY, "--good-rows"]);
}

#[test]
fn an_export_never_writes_into_a_folder_that_holds_something() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    program.done(&["export", "out"]);
    let ended = program.run(&["export", "out"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.complained.contains("holds something already"), "{}", ended.complained);
}

#[test]
fn a_backup_is_restored_with_the_same_findings_and_only_into_an_empty_database() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    program.done(&["backup", "whole.backup"]);
    assert!(!program.path("whole.backup.partial").exists());
    assert_eq!(program.run(&["backup", "whole.backup"]).code, Some(3), "a backup is never overwritten");
    program.done(&["restore", "whole.backup", "--database", "other.sqlite"]);
    program.done(&["export", "out", "--database", "other.sqlite"]);
    assert_eq!(program.findings(&program.path("out"), DAY), program.findings(&fixture("hollin-bank"), DAY));
    assert_eq!(program.run(&["restore", "whole.backup", "--database", "other.sqlite"]).code, Some(3));
}

#[test]
fn everything_moves_to_postgresql_and_back_with_the_same_findings() {
    let program = Program::new();
    let server = testkit::postgres::fresh_database();
    program.done(&["import", &hollin_bank(), "--as-of", DAY, "--database", "first.sqlite"]);
    program.done(&["transfer", "--from", "first.sqlite", "--to", &server]);
    program.done(&["export", "there", "--database", &server]);
    program.done(&["backup", "server.backup", "--database", &server]);
    program.done(&["transfer", "--from", &server, "--to", "last.sqlite"]);
    program.done(&["export", "back", "--database", "last.sqlite"]);
    program.done(&["restore", "server.backup", "--database", "restored.sqlite"]);
    program.done(&["export", "restored", "--database", "restored.sqlite"]);
    let before = program.findings(&fixture("hollin-bank"), DAY);
    for folder in ["there", "back", "restored"] {
        assert_eq!(program.findings(&program.path(folder), DAY), before, "{folder}");
    }
    assert_eq!(program.run(&["transfer", "--from", "first.sqlite", "--to", "last.sqlite"]).code, Some(3));
    assert_eq!(program.run(&["transfer", "--from", "nowhere.sqlite", "--to", "new.sqlite"]).code, Some(2));
}

#[test]
fn a_database_that_cannot_be_used_has_its_own_exit_code() {
    let program = Program::new();
    std::fs::write(program.path("text.sqlite"), "This is a letter, and no database at all. ".repeat(50)).unwrap();
    let ended = program.run(&["export", "out", "--database", "text.sqlite"]);
    assert_eq!(ended.code, Some(4), "{}", ended.complained);
    let ended = program.run(&["doctor", "--database", "postgres://waymark:hidden-word@127.0.0.1:1/waymark"]);
    assert_eq!(ended.code, Some(4));
    assert!(
        !format!("{}{}", ended.said, ended.complained).contains("hidden-word"),
        "{}{}",
        ended.said,
        ended.complained
    );
}

#[test]
fn a_person_is_added_with_a_password_from_standard_input() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    let add = ["person", "add", "adviser@example.org", "--name", "An Adviser"];
    let ended = program.run_with_input(&add, "short\n");
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("at least 12 characters"), "{}", ended.complained);
    assert_eq!(program.run_with_input(&add, "lantern otter kettle\n").code, Some(0));
    let change = ["person", "password", "adviser@example.org"];
    assert_eq!(program.run_with_input(&change, "kettle lantern otter\n").code, Some(0));
    assert_eq!(
        program.run_with_input(&["person", "password", "nobody@example.org"], "kettle lantern otter\n").code,
        Some(2)
    );
}

#[test]
fn whoever_runs_the_server_takes_a_lost_second_step_away() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    let add = ["person", "add", "adviser@example.org", "--name", "An Adviser"];
    assert_eq!(program.run_with_input(&add, "lantern otter kettle\n").code, Some(0));
    let said = program.done(&["person", "reset-second-step", "adviser@example.org"]);
    assert!(said.contains("no second step any more"), "{said}");
    let unknown = program.run(&["person", "reset-second-step", "nobody@example.org"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.complained.contains("Nobody has this e-mail address"), "{}", unknown.complained);
}

/// Three learners as a management information system writes them; the middle row has a day that does not exist.
const ROSTER: &str = "\
Adno,Legal Forename,Legal Surname,DOB,Year,Reg,Date of Admission
101,Sorrel,Thistlewick,14/10/2012,9,9X,01/09/2024
102,Linnet,Bramblecote,30/02/2013,9,9X,01/09/2024
103,Corin,Fennimore,15/09/2012,9,9X,01/09/2024
";

#[test]
fn a_roster_waits_for_review_unless_it_is_applied_at_once() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    std::fs::write(program.path("roster.csv"), ROSTER.replace("30/02/2013", "28/02/2013")).unwrap();
    let said = program.done(&["import", "roster.csv"]);
    assert!(said.contains("roster.csv: 3 new, 0 changed") && said.contains("It waits for review: http://"), "{said}");
    let said = program.done(&["import", "roster.csv", "--apply"]);
    assert!(said.contains("Applied: import"), "{said}");
    let said = program.done(&["import", "roster.csv", "--apply"]);
    assert!(said.contains("0 new, 0 changed, 3 the same"), "the same file twice changes nothing: {said}");
}

#[test]
fn a_roster_with_a_bad_row_is_applied_only_without_it_and_only_when_asked_for() {
    let program = Program::new();
    program.done(&["import", &hollin_bank(), "--as-of", DAY]);
    std::fs::write(program.path("roster.csv"), ROSTER).unwrap();
    let ended = program.run(&["import", "roster.csv", "--apply"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("roster.csv, line 3, DOB: “30/02/2013”"), "{}", ended.complained);
    assert!(ended.complained.contains("Nothing was applied."), "{}", ended.complained);
    let said = program.done(&["import", "roster.csv", "--apply", "--good-rows"]);
    assert!(said.contains("2 new") && said.contains("Applied: import"), "{said}");
}
