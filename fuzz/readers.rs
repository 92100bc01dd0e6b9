//! One function per reader: it is given any bytes and must come to an answer whose problems can be told. Used by the fuzz
//! targets here and, on stable, by the tests of `exchange`.

#![allow(dead_code, reason = "each target uses one of these")]

use exchange::{
    archive::{Entry, Limits},
    ctf, docx, folder, gias, html,
    mapping::{self, Subject},
    mis, oneroster,
    passage::{Passage, PassageKind},
    pdf, plan,
    problem::Problem,
    roster::Roster,
    sheet,
};
use jiff::civil::date;

/// Separated values.
pub(crate) fn sheet(bytes: &[u8]) {
    match sheet::read("list.csv", bytes) {
        Ok(sheet) => {
            told(&sheet.notes);
            let mut line = 0;
            for row in &sheet.rows {
                assert!(row.line > line, "rows come in order");
                line = row.line;
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            told(&problems);
        }
    }
}

/// A workbook.
pub(crate) fn workbook(bytes: &[u8]) {
    sheet(bytes);
}

/// Learners through whatever mapping is detected, and the plan of taking them.
pub(crate) fn mis(bytes: &[u8]) {
    let Ok(sheet) = sheet::read("list.csv", bytes) else { return };
    let _ = mapping::preview(&sheet, Subject::Learners, 10);
    match mapping::detect(&sheet, Subject::Learners) {
        Ok(mapping) => roster(&mis::roster(&sheet, &mapping).roster),
        Err(problem) => told(&[problem]),
    }
}

/// Activities and participation through whatever mapping is detected, and the plans of taking them.
pub(crate) fn records(bytes: &[u8]) {
    let Ok(sheet) = sheet::read("list.csv", bytes) else { return };
    let records = small_school();
    if let Ok(mapping) = mapping::detect(&sheet, Subject::Activities) {
        let read = mis::activities(&sheet, &mapping);
        told(&read.problems);
        let _ = plan::activities(&records, &read.rows).counts();
    }
    if let Ok(mapping) = mapping::detect(&sheet, Subject::Participation) {
        let read = mis::participation(&sheet, &mapping);
        told(&read.problems);
        let (plan, problems) = plan::participation(&records, &read.rows, "list.csv");
        told(&problems);
        let _ = plan.counts();
    }
}

/// One learner and one activity.
fn small_school() -> domain::Records {
    let files = [
        ("institution.toml", "name = \"Fernhollow\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 13\n"),
        (
            "learners.csv",
            "learner,forename,surname,date-of-birth,year-group,joined\nL1,Ada,Marsh,2013-10-02,9,2024-09-03\n",
        ),
        ("activities.csv", "activity,title,date,kind\nA1,Careers fair,2026-10-01,programme\n"),
        ("participation.csv", "activity,learner\nA1,L1\n"),
    ];
    let options = folder::Options { as_of: date(2027, 1, 15), known: folder::Known::default(), good_rows_alone: false };
    folder::read(files, &options).records.expect("a sound folder")
}

/// A folder, as several files in one: see [`files`].
pub(crate) fn folder(bytes: &[u8]) {
    for good_rows_alone in [false, true] {
        let known = folder::Known::default();
        let options = folder::Options { as_of: date(2027, 1, 15), known, good_rows_alone };
        let files = files(bytes).into_iter().map(|file| (file.name, file.bytes));
        let reading = folder::read(files, &options);
        told(&reading.problems);
        told(&reading.findings);
        told(&reading.notes);
        if let Some(records) = reading.records {
            for participation in &records.participations {
                assert!((participation.learner.0 as usize) < records.learners.len());
                assert!((participation.activity.0 as usize) < records.activities.len());
            }
        }
    }
}

/// A OneRoster folder, as several files in one: see [`files`].
pub(crate) fn oneroster(bytes: &[u8]) {
    let files = files(bytes);
    for institution in [None, Some("org-a".to_owned())] {
        let options = oneroster::Options { institution, ..oneroster::Options::default() };
        roster(&oneroster::read_files(&files, &options).roster);
    }
}

/// A OneRoster zip.
pub(crate) fn oneroster_zip(bytes: &[u8]) {
    roster(&oneroster::read_zip(bytes, "roster.zip", &oneroster::Options::default()).roster);
}

/// A transfer file.
pub(crate) fn ctf(bytes: &[u8]) {
    roster(&ctf::read(bytes, "transfer.xml"));
}

/// A Word document.
pub(crate) fn docx(bytes: &[u8]) {
    if let Err(refused) = docx::read(bytes, &Limits::DOCUMENT) {
        assert!(!refused.message().is_empty());
    }
}

/// A page of a website.
pub(crate) fn html(bytes: &[u8]) {
    let small = html::Limits { nodes: 60, depth: 10, attributes: 4, ..html::Limits::default() };
    for limits in [html::Limits::default(), small] {
        if let Ok(read) = html::read(bytes, &limits) {
            passages(&read);
        }
    }
}

/// A PDF file.
pub(crate) fn pdf(bytes: &[u8]) {
    // Few figures, or the fuzzer spends its time on those that draw themselves.
    let figures = pdf::Limits { figures: 2_000, ..pdf::Limits::default() };
    for limits in [figures, pdf::Limits { pages: 1, letters: 20, ..figures }] {
        if let Ok(read) = pdf::read(bytes, &limits) {
            assert!(!read.is_empty());
            passages(&read);
        }
    }
}

/// Passages say something, with white space as in a sentence.
fn passages(read: &[Passage]) {
    for passage in read {
        assert!(!passage.text.is_empty() || matches!(passage.kind, PassageKind::Link { .. }));
        assert!(!passage.text.contains("  ") && passage.text.trim() == passage.text);
        if let PassageKind::Heading(level) = passage.kind {
            assert!((1..=6).contains(&level));
        }
    }
}

/// The three downloads of the register of institutions.
pub(crate) fn gias(bytes: &[u8]) {
    let (list, problems) = gias::list_establishments(bytes, "register.csv");
    told(&problems);
    for establishment in &list {
        let _ = (establishment.laestab(), establishment.years());
    }
    let (links, problems) = gias::links(bytes, "links.csv");
    told(&problems);
    let lineage = gias::Lineage::new(&links);
    for link in links.iter().take(50) {
        assert!(!lineage.present(&link.urn).is_empty());
    }
    told(&gias::groups(bytes, "groups.csv").1);
}

/// Several files in one: each begins with a line `>>> ` and its name.
fn files(bytes: &[u8]) -> Vec<Entry> {
    let mut files: Vec<Entry> = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if let Some(name) = line.strip_prefix(b">>> ") {
            files.push(Entry { name: String::from_utf8_lossy(name).trim().to_owned(), bytes: Vec::new() });
        } else if let Some(file) = files.last_mut() {
            file.bytes.extend_from_slice(line);
        }
    }
    files
}

/// Whatever was read can be told, stored and planned.
fn roster(roster: &Roster) {
    told(&roster.problems);
    let stored = serde_json::to_string(roster).expect("a roster can be stored");
    let again: Roster = serde_json::from_str(&stored).expect("and read back");
    assert_eq!(&again, roster);
    let options = plan::Options {
        as_of: date(2027, 1, 15),
        academic_year: "2026/27".parse().expect("a year"),
        calendar: Default::default(),
        years: ("7".parse().expect("a year group"), "13".parse().expect("a year group")),
        leavers_threshold: None,
    };
    let _ = plan::plan(&[], roster, &options).counts();
}

fn told(problems: &[Problem]) {
    for problem in problems {
        assert!(!problem.message().is_empty());
        let _ = (problem.remedy(), problem.place.to_string());
    }
}
