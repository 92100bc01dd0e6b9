//! The data register names every column of the schema, once, with its purpose, basis and how long it is kept.

use std::collections::BTreeMap;

use store::catalogue::{DATA_REGISTER, TABLES};

#[test]
fn the_data_register_names_every_column_once() {
    let register: toml::Table = toml::from_str(DATA_REGISTER).expect("the register is TOML");
    let mut named: BTreeMap<(String, String), u32> = BTreeMap::new();
    for table in register["table"].as_array().expect("tables") {
        let name = table["name"].as_str().expect("a name");
        for group in table["group"].as_array().expect("groups of columns") {
            for what in ["purpose", "whose", "sort", "basis", "kept", "erasure"] {
                assert!(group[what].as_str().is_some_and(|word| !word.is_empty()), "{name}: {what} is blank");
            }
            for column in group["columns"].as_array().expect("columns") {
                let column = column.as_str().expect("a column");
                *named.entry((name.to_owned(), column.to_owned())).or_default() += 1;
            }
        }
    }
    let schema: BTreeMap<(String, String), u32> = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| ((table.name.to_owned(), column.name.to_owned()), 1)))
        .collect();
    assert_eq!(named, schema);
}
