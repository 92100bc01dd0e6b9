//! Every table and column, in an order in which each table comes after those it refers to: what backup and transfer copy,
//! and what the schemas of both engines are compared with.

mod people;
mod programme;
mod published;
mod records;

use std::sync::LazyLock;

pub(crate) use {people::*, published::PROVIDER_REQUEST, records::*};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A whole number of 16 bits.
    Small,
    /// A whole number of 32 bits.
    Medium,
    /// A whole number of 64 bits.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant, to the microsecond.
    Timestamp,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be empty.
    pub optional: bool,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of its first columns are its primary key.
    pub key: usize,
    /// Its columns.
    pub columns: &'static [Column],
}

impl Table {
    /// Its columns' names, separated by commas.
    pub(crate) fn column_list(&self) -> String {
        self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// The names of its key's columns, separated by commas.
    pub(crate) fn key_list(&self) -> String {
        self.columns[..self.key].iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// Whether its rows belong to an institution.
    pub fn is_of_institution(&self) -> bool {
        self.columns[0].name == "institution_id"
    }
}

macro_rules! tables {
    ($($constant:ident $name:ident [$key:literal] { $($column:ident: $kind:ident $(| $null:ident)?),+ $(,)? })+) => {
        $(pub(crate) static $constant: Table = Table {
            name: stringify!($name),
            key: $key,
            columns: &[$(Column {
                name: stringify!($column),
                kind: $kind,
                optional: optional!($($null)?),
            }),+],
        };)+

        pub(super) static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

macro_rules! optional {
    () => {
        false
    };
    (Null) => {
        true
    };
}
use {optional, tables};

/// Every table.
pub static TABLES: LazyLock<Vec<&'static Table>> =
    LazyLock::new(|| [records::TABLES, programme::TABLES, published::TABLES, people::TABLES].concat());

/// What each column is for, whose it is, how long it is kept and what becomes of it when a person is erased (TOML; `app`
/// reads it). A test compares it with [`TABLES`].
pub const DATA_REGISTER: &str = include_str!("../data-register.toml");

/// The table with this name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}
