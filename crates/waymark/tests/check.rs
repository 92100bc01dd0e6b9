//! `waymark check` from outside: what it prints, what it complains about, and how it ends.
//!
//! The folder `hollin-bank`, on 15 January 2027 (academic year 2026/27), read by hand:
//!
//! - On roll: A1 and A2 (year 9), A3 (year 11), A4 (year 13), A6 (year 10); A5 left in July 2026.
//! - `pal.first` asks A1 and A2. They were in year 8 in 2025/26, so the window is 1 September 2025 to 28 February 2027. A1 was
//!   at P1 and P2, with different providers: met on the day of P2. A2 was at P1 only and is invited to P3, on 3 February 2027,
//!   with another provider: due, planned.
//! - Year 9 as a whole was offered P1 (in March 2026, when it was year 8) and P2: met on the day of P2.
//! - `pal.second` asks A3 and A6, who have nothing: due. A3's window closes on 28 February 2027; A6, in year 10, has until
//!   28 February 2028. Neither cohort was offered anything.
//! - `bm8.1` asks A1, A2, A3 and A6 (years 7 to 11): A3 met the adviser on 5 November 2025.
//! - `wex.ks4`: A3 did 30 of 25 hours on 15 June 2026, in year 10; A6 none.
//! - `ehcp.pfa` asks A6, whose review of 14 October 2026 had the part: met.
//! - `bm7.2` asks A4, who is considering higher education.
//!
//! On 1 March 2027 A2 and A3 have missed theirs, and year 11 was not offered what it must be.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waymark")).arg("check").arg(folder).args(arguments).output().unwrap()
}

fn json(folder: &Path, as_of: &str) -> Value {
    let output = check(folder, &["--as-of", as_of, "--format", "json"]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn requirement<'r>(report: &'r Value, id: &str) -> &'r Value {
    report["requirements"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap()
}

fn finding<'r>(report: &'r Value, learner: &str, id: &str) -> &'r Value {
    let learner = report["learners"].as_array().unwrap().iter().find(|l| l["learner"] == learner).unwrap();
    &learner["requirements"][id]
}

#[test]
fn the_findings_are_those_derived_by_hand() {
    let report = json(&fixture("hollin-bank"), "2027-01-15");
    assert_eq!(report["framework"], "england-schools-2025");
    assert_eq!(
        report["institution"],
        serde_json::json!({"name": "Hollin Bank Academy", "type": "academy", "on_roll": 5})
    );
    let first = requirement(&report, "pal.first");
    assert_eq!(
        (&first["in_scope"], &first["met"], &first["due"], &first["missed"]),
        (&2.into(), &1.into(), &1.into(), &0.into())
    );
    assert_eq!(first["percent"], 50.0);
    assert_eq!(
        first["by_sen"],
        serde_json::json!({"N": {"met": 1, "due": 0, "missed": 0}, "K": {"met": 0, "due": 1, "missed": 0}})
    );
    assert_eq!(first["offered"], serde_json::json!({"9": {"status": "met", "occasions": 2, "on": "2026-11-12"}}));
    let second = requirement(&report, "pal.second");
    assert_eq!(
        second["offered"],
        serde_json::json!({"10": {"status": "due", "occasions": 0}, "11": {"status": "due", "occasions": 0}})
    );
    assert_eq!(
        finding(&report, "A1", "pal.first"),
        &serde_json::json!({"status": "met", "on": "2026-11-12", "evidence": ["P1", "P2"]})
    );
    let due = finding(&report, "A2", "pal.first");
    assert_eq!(
        (&due["status"], &due["deadline"], &due["forecast"]),
        (&"due".into(), &"2027-02-28".into(), &"planned".into())
    );
    let due = finding(&report, "A6", "pal.second");
    assert_eq!(
        (&due["status"], &due["deadline"], &due["forecast"]),
        (&"due".into(), &"2028-02-28".into(), &"unplanned".into())
    );
    assert_eq!(
        finding(&report, "A3", "bm8.1"),
        &serde_json::json!({"status": "met", "on": "2025-11-05", "evidence": ["G1"]})
    );
    assert_eq!(requirement(&report, "bm8.1")["percent"], 25.0);
    assert_eq!(requirement(&report, "wex.ks4")["percent"], 50.0);
    assert_eq!(requirement(&report, "ehcp.pfa")["percent"], 100.0);
    assert_eq!(requirement(&report, "bm7.2")["in_scope"], 1);
    assert_eq!(
        finding(&report, "A1", "pal.second"),
        &serde_json::json!({"status": "not-applicable", "reason": "out-of-scope"})
    );
    let listed: Vec<&str> =
        report["learners"].as_array().unwrap().iter().map(|l| l["learner"].as_str().unwrap()).collect();
    assert_eq!(listed, ["A1", "A2", "A3", "A4", "A6"]);
}

#[test]
fn the_exit_status_says_whether_a_statutory_duty_is_missed() {
    let folder = fixture("hollin-bank");
    assert_eq!(check(&folder, &["--as-of", "28/02/2027"]).status.code(), Some(0));
    assert_eq!(check(&folder, &["--as-of", "2027-03-01"]).status.code(), Some(1));
    let report = json(&folder, "2027-03-01");
    assert_eq!(requirement(&report, "pal.first")["missed"], 1);
    assert_eq!(requirement(&report, "pal.second")["offered"]["11"]["status"], "missed");
}

#[test]
fn the_text_says_how_things_stand_and_who_has_missed_what() {
    let text = String::from_utf8(check(&fixture("hollin-bank"), &["--as-of", "2027-03-01"]).stdout).unwrap();
    for part in [
        "Hollin Bank Academy (academy or free school), as of 1 March 2027",
        "5 learners on roll. A statutory duty is missed: see below.",
        "pal.first is missed by 1 learner:\n    A2  Barnaby Wrenfield, 9X",
        "offered to year 9 as a whole: met on 12 November 2026",
        "pal.third is missed by the institution: it was not offered to year 13 as a whole.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn the_csv_has_a_row_for_each_learner_and_requirement() {
    let output = check(&fixture("hollin-bank"), &["--as-of", "2027-01-15", "--format", "csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let report = json(&fixture("hollin-bank"), "2027-01-15");
    let requirements = report["requirements"].as_array().unwrap().len();
    assert_eq!(text.lines().count(), 1 + 5 * requirements);
    assert!(text.starts_with(
        "learner,year-group,requirement,status,on,evidence,partly-met,deadline,missing,forecast,reason\n"
    ));
    assert!(text.contains("\nA1,9,pal.first,met,2026-11-12,P1;P2,,,,,\n"), "{text}");
    assert!(text.contains("\nA1,9,pal.second,not-applicable,,,,,,,out-of-scope\n"), "{text}");
}

#[test]
fn every_problem_of_every_file_is_told_at_once_and_nothing_is_evaluated() {
    let output = check(&fixture("bad-rows"), &["--as-of", "2027-01-15"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let complaints = String::from_utf8(output.stderr).unwrap();
    for place in [
        "learners.csv, line 3, date-of-birth: “30/02/2013”",
        "learners.csv, line 4, learner: “B1”",
        "learners.csv, line 5, left: “2024-08-31”",
        "activities.csv, line 3, date: ",
        "activities.csv, line 4, kind: “party”",
        "participation.csv, line 3, activity: “C9”",
        "participation.csv, line 4, learner: “B9”",
    ] {
        assert!(complaints.contains(place), "{place}\n{complaints}");
    }
    assert!(complaints.contains("7 problems. Nothing was evaluated."), "{complaints}");
}

#[test]
fn good_rows_are_evaluated_alone_when_asked_for() {
    let output = check(&fixture("bad-rows"), &["--as-of", "2027-01-15", "--format", "json", "--good-rows"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    // B2 has no birthday that exists, B4 left before joining; of the two called B1 the first stays.
    assert_eq!(report["institution"]["on_roll"], 1);
}

#[test]
fn what_is_no_day_and_what_is_no_folder_is_said() {
    let folder = fixture("hollin-bank");
    let output = check(&folder, &["--as-of", "2027-02-30"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write a day that exists"));
    let output = check(&folder.join("nowhere"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere"));
    let output = check(&folder.join("learners.csv"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is a file, not a folder"));
}

#[test]
fn what_a_spreadsheet_would_run_is_no_formula_in_the_findings_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["institution.toml", "activities.csv", "participation.csv"] {
        std::fs::copy(fixture("hollin-bank").join(file), folder.path().join(file)).unwrap();
    }
    let learners = std::fs::read_to_string(fixture("hollin-bank").join("learners.csv")).unwrap();
    std::fs::write(folder.path().join("participation.csv"), "activity,learner\n").unwrap();
    std::fs::write(folder.path().join("learners.csv"), learners.replace("\nA1,", "\n=2+5,").replace("\nA2,", "\n@A2,"))
        .unwrap();
    let output = check(folder.path(), &["--as-of", "2027-01-15", "--format", "csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\n'=2+5,") && text.contains("\n'@A2,"), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains("\n=") && !text.contains("\n@"), "{text}");
}
