//! The schemas of the two engines, and the catalogue, say the same.

use std::collections::{BTreeMap, BTreeSet};

use store::{
    Store,
    catalogue::{ColumnKind, TABLES},
};

/// What a schema comes to: by table its columns in order, and its keys.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    columns: BTreeMap<String, Vec<(String, String, bool)>>,
    keys: BTreeSet<(String, String)>,
}

fn of_sqlite() -> Schema {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waymark.db");
    Store::open(&format!("sqlite:{}", path.display())).unwrap().migrate().unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let list = |sql: &str, value: &str| -> Vec<(String, String, i64)> {
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([value], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let tables = list(
        "SELECT name, '', 0 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'refinery%' AND name <> ?1",
        "",
    );
    let mut schema = Schema::default();
    for (table, ..) in tables {
        let columns = list("SELECT name, type, \"notnull\" FROM pragma_table_info(?1) ORDER BY cid", &table);
        let columns = columns.into_iter().map(|(name, kind, not_null)| {
            let word = match kind.as_str() {
                "INTEGER" => "number",
                "TEXT" => "text",
                "BLOB" => "bytes",
                "BOOLEAN" => "bool",
                "DATE" => "date",
                "TIMESTAMP" => "timestamp",
                other => panic!("{table}.{name} is {other}"),
            };
            (name, word.to_owned(), not_null == 0)
        });
        schema.columns.insert(table.clone(), columns.collect());
        let key = list("SELECT name, '', pk FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", &table);
        let names = |rows: Vec<(String, String, i64)>| rows.into_iter().map(|row| row.0).collect::<Vec<_>>().join(", ");
        schema.keys.insert((table.clone(), format!("PRIMARY KEY ({})", names(key))));
        for (index, origin, _) in list("SELECT name, origin, 0 FROM pragma_index_list(?1)", &table) {
            let columns = names(list("SELECT name, '', 0 FROM pragma_index_info(?1) ORDER BY seqno", &index));
            match origin.as_str() {
                "u" => schema.keys.insert((table.clone(), format!("UNIQUE ({columns})"))),
                "c" => schema.keys.insert((table.clone(), format!("INDEX {index} ({columns})"))),
                _ => false,
            };
        }
        let foreign = "SELECT \"table\", group_concat(\"from\", ', '), id FROM pragma_foreign_key_list(?1) GROUP BY id";
        for (parent, columns, _) in list(foreign, &table) {
            schema.keys.insert((table.clone(), format!("FOREIGN KEY ({columns}) REFERENCES {parent}({columns})")));
        }
    }
    schema
}

fn of_postgres() -> Schema {
    let address = testkit::postgres::fresh_database();
    Store::open(&address).unwrap().migrate().unwrap();
    let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
    let mut schema = Schema::default();
    let columns = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'refinery%'
        ORDER BY table_name, ordinal_position";
    for row in client.query(columns, &[]).unwrap() {
        let (table, name, kind, nullable): (String, String, String, String) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        let word = match kind.as_str() {
            "smallint" | "integer" | "bigint" => "number",
            "text" => "text",
            "bytea" => "bytes",
            "boolean" => "bool",
            "date" => "date",
            "timestamp with time zone" => "timestamp",
            other => panic!("{table}.{name} is {other}"),
        };
        schema.columns.entry(table).or_default().push((name, word.to_owned(), nullable == "YES"));
    }
    let keys = "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype IN ('p', 'u', 'f') AND connamespace = 'public'::regnamespace
        AND conrelid::regclass::text NOT LIKE 'refinery%'";
    for row in client.query(keys, &[]).unwrap() {
        // Words that the server knows come quoted.
        schema.keys.insert((row.get(0), row.get::<_, String>(1).replace('"', "")));
    }
    let indexes = "SELECT t.relname::text, i.relname::text,
            (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY k (attnum, n)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum)
        FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
        WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE 'refinery%'
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'))";
    for row in client.query(indexes, &[]).unwrap() {
        let (index, columns): (String, String) = (row.get(1), row.get(2));
        schema.keys.insert((row.get(0), format!("INDEX {index} ({columns})")));
    }
    schema
}

fn word(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Small | ColumnKind::Medium | ColumnKind::Int => "number",
        ColumnKind::Text => "text",
        ColumnKind::Bytes => "bytes",
        ColumnKind::Bool => "bool",
        ColumnKind::Date => "date",
        ColumnKind::Timestamp => "timestamp",
    }
}

#[test]
fn both_engines_have_the_same_tables_columns_and_keys() {
    let (sqlite, postgres) = (of_sqlite(), of_postgres());
    assert_eq!(sqlite.columns, postgres.columns);
    assert_eq!(sqlite.keys, postgres.keys);
}

#[test]
fn the_catalogue_names_every_column_and_key() {
    let schema = of_postgres();
    assert_eq!(TABLES.len(), schema.columns.len());
    for table in TABLES.iter() {
        let columns: Vec<(String, String, bool)> = table
            .columns
            .iter()
            .map(|column| (column.name.to_owned(), word(column.kind).to_owned(), column.optional))
            .collect();
        assert_eq!(schema.columns.get(table.name), Some(&columns), "{}", table.name);
        let key: Vec<&str> = table.columns[..table.key].iter().map(|column| column.name).collect();
        let key = (table.name.to_owned(), format!("PRIMARY KEY ({})", key.join(", ")));
        assert!(schema.keys.contains(&key), "{key:?}");
    }
}

#[test]
fn an_institutions_rows_share_the_first_column_of_every_key() {
    let schema = of_sqlite();
    for (table, key) in &schema.keys {
        let of_institution = schema.columns[table].iter().any(|(name, ..)| name == "institution_id");
        // The institution itself is named by the other keys; a lookup by account or by state crosses institutions.
        let exempt = table == "institution" && !key.starts_with("PRIMARY")
            || key.starts_with("INDEX") && ["membership", "job", "api_key"].contains(&table.as_str())
            || key.contains("REFERENCES account");
        if of_institution && !exempt {
            assert!(key.contains("(institution_id"), "{table}: {key}");
        }
    }
}
