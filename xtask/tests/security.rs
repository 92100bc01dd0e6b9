//! `docs/security.md` names for each requirement the tests that show it: they exist, and each requirement stands there once.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const STATES: [&str; 5] = ["met", "partly", "not met", "does not apply", "operator"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// The names of every function in every source file.
fn functions() -> BTreeSet<String> {
    let mut folders: Vec<PathBuf> = ["crates", "e2e", "xtask"].iter().map(|name| root().join(name)).collect();
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if entry.is_dir() && !matches!(name, "node_modules" | "target") {
                folders.push(entry);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&entry).expect("a source file");
                let found = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
                names.extend(found.map(|name| name.trim().to_owned()));
            }
        }
    }
    names
}

/// The cells of the rows that begin with a requirement's number.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("the page");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    text.lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .map(cells)
        .collect()
}

fn number(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or_else(|_| panic!("{text} is no requirement's number"))).collect()
}

#[test]
fn every_requirement_of_level_two_stands_there_once_and_in_order() {
    let rows = rows();
    let numbers: Vec<_> = rows.iter().map(|row| number(&row[0])).collect();
    for pair in numbers.windows(2) {
        assert!(pair[0] < pair[1], "{:?} before {:?}", pair[0], pair[1]);
    }
    // ASVS 5.0.0 has 253 requirements of levels 1 and 2.
    assert_eq!(numbers.len(), 253);
    for row in &rows {
        assert_eq!(row.len(), 5, "{row:?}");
        assert!(STATES.contains(&row[2].as_str()), "{row:?}");
        assert!(row[2] != "met" || row[3].len() + row[4].len() > 0, "{row:?} does not say how");
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let functions = functions();
    let missing: Vec<String> = rows()
        .iter()
        .flat_map(|row| {
            row[4].split('`').skip(1).step_by(2).map(|name| format!("{} {name}", row[0])).collect::<Vec<_>>()
        })
        .filter(|named| !functions.contains(named.split(' ').nth(1).unwrap_or_default()))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
