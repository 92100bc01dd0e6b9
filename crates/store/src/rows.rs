//! Rows of any table of the catalogue, just as they are: for showing somebody everything that is held of them, for letting
//! it go, and for proving that nothing is left.

use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Tx,
    catalogue::Table,
    engine::typed,
    value::{Bind, Value},
};

/// What one column of a row holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
}

impl Bind for Datum {
    fn bind(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Date(date) => Value::Date(*date),
            Self::Timestamp(at) => Value::Timestamp(*at),
        }
    }
}

/// Which rows: those where each of these columns is this number.
pub type Keys<'k> = &'k [(&'k str, i64)];

/// The rows, in the order of their key, each with a value for every column in the catalogue's order.
///
/// # Errors
/// If the table has no such column, or the database fails.
pub fn list(tx: &mut Tx<'_>, table: &Table, keys: Keys<'_>) -> Result<Vec<Vec<Datum>>, Error> {
    let (condition, values) = condition(table, keys, 0)?;
    let sql = format!("SELECT {} FROM {}{condition} ORDER BY {}", table.column_list(), table.name, table.key_list());
    tx.query(&sql, &values, |row| {
        let cells = table.columns.iter().enumerate().map(|(index, column)| {
            let value = typed(row.cell(index)?, column.kind).map_err(|unreadable| Error::Unreadable {
                table_or_statement: table.name.into(),
                column: index,
                expected: unreadable.0,
            })?;
            Ok(match value {
                Value::Null => Datum::Null,
                Value::Int(number) => Datum::Int(number),
                Value::Text(text) => Datum::Text(text.to_owned()),
                Value::Word(text) => Datum::Text(text.to_owned()),
                Value::Bytes(bytes) => Datum::Bytes(bytes.to_vec()),
                Value::Bool(yes) => Datum::Bool(yes),
                Value::Date(date) => Datum::Date(date),
                Value::Timestamp(at) => Datum::Timestamp(at),
            })
        });
        cells.collect()
    })
}

/// How many rows there are.
///
/// # Errors
/// As [`list`].
pub fn count(tx: &mut Tx<'_>, table: &Table, keys: Keys<'_>) -> Result<u64, Error> {
    let (condition, values) = condition(table, keys, 0)?;
    tx.scalar(&format!("SELECT count(*) FROM {}{condition}", table.name), &values)
}

/// Removes the rows; how many there were. Needs an audit event.
///
/// # Errors
/// As [`list`]; [`Error::Depends`] while rows of other tables belong to them.
pub fn delete(tx: &mut Tx<'_>, table: &Table, keys: Keys<'_>) -> Result<usize, Error> {
    let (condition, values) = condition(table, keys, 0)?;
    tx.must_audit();
    tx.execute(&format!("DELETE FROM {}{condition}", table.name), &values)
}

/// Adds a row with a value for every column in the catalogue's order. Needs an audit event.
///
/// # Errors
/// As its table's constraints say.
pub fn insert(tx: &mut Tx<'_>, table: &Table, row: &[Datum]) -> Result<(), Error> {
    let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
    let values: Vec<Value<'_>> = row.iter().map(Bind::bind).collect();
    tx.must_audit();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.column_list(), marks.join(", "));
    tx.execute(&sql, &values)?;
    Ok(())
}

/// Puts a value into one column of the rows; how many there were. Needs an audit event.
///
/// # Errors
/// As [`list`].
pub fn set(tx: &mut Tx<'_>, table: &Table, column: &str, value: &Datum, keys: Keys<'_>) -> Result<usize, Error> {
    let column = known(table, column)?;
    let (condition, mut values) = condition(table, keys, 1)?;
    values.insert(0, value.bind());
    tx.must_audit();
    tx.execute(&format!("UPDATE {} SET {column} = $1{condition}", table.name), &values)
}

fn condition<'k>(table: &Table, keys: Keys<'k>, before: usize) -> Result<(String, Vec<Value<'k>>), Error> {
    let mut parts = Vec::with_capacity(keys.len());
    for (index, (column, _)) in keys.iter().enumerate() {
        parts.push(format!("{} = ${}", known(table, column)?, before + index + 1));
    }
    let condition = if parts.is_empty() { String::new() } else { format!(" WHERE {}", parts.join(" AND ")) };
    Ok((condition, keys.iter().map(|(_, key)| Value::Int(*key)).collect()))
}

/// The column's name as the catalogue has it, so that no other text gets into a statement.
fn known(table: &Table, column: &str) -> Result<&'static str, Error> {
    let found = table.columns.iter().find(|known| known.name == column);
    found.map(|known| known.name).ok_or_else(|| Error::Fault(format!("{} has no column {column}", table.name)))
}
