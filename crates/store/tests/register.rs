//! The data register names every column of the schema, once, with its purpose and how long it is kept.

use std::collections::BTreeMap;

use store::catalogue::TABLES;

#[test]
fn the_data_register_names_every_column_once() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/data-register.md");
    let page = std::fs::read_to_string(path).expect("docs/data-register.md is part of the repository");
    let mut named: BTreeMap<(String, String), u32> = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [table, columns, personal, purpose, kept] = cells[..] else {
            panic!("five cells, not {}: {line}", cells.len())
        };
        for (word, what) in [(personal, "personal"), (purpose, "purpose"), (kept, "kept")] {
            assert!(!word.is_empty(), "{table}: {what} is blank");
        }
        for column in columns.split_whitespace() {
            *named.entry((table.to_owned(), column.trim_matches('`').to_owned())).or_default() += 1;
        }
    }
    let schema: BTreeMap<(String, String), u32> = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| ((table.name.to_owned(), column.name.to_owned()), 1)))
        .collect();
    assert_eq!(named, schema);
}
