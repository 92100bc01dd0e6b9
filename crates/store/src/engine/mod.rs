//! What differs between SQLite and PostgreSQL: opening, transactions, bulk insertion, how values and errors look.

mod postgres;
mod sqlite;
mod tls;

use std::path::{Path, PathBuf};

use crate::{
    EngineName, Error, OpenError, Tx, Within,
    catalogue::{ColumnKind, Table},
    value::{Cell, FromCell, Unreadable, Value},
};

pub(crate) use self::sqlite::{backup_file, close_file, is_whole};

/// The role as which PostgreSQL runs our transactions: it owns nothing, and sees only rows of the institutions named.
pub(crate) const APPLICATION_ROLE: &str = "waymark_app";

/// A source of rows: calls what it is given with each.
pub(crate) type RowSource<'s> =
    &'s mut dyn FnMut(&mut dyn FnMut(&[Value<'_>]) -> Result<(), Error>) -> Result<(), Error>;

#[derive(Debug)]
pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// The newest schema that this program knows.
pub(crate) fn newest_schema() -> i64 {
    [sqlite::MIGRATIONS, postgres::MIGRATIONS].map(|list| list.len() as i64)[0]
}

fn migrations(list: &[(&str, &str)]) -> Result<Vec<refinery::Migration>, OpenError> {
    list.iter()
        .map(|(name, sql)| refinery::Migration::unapplied(name, sql).map_err(|e| OpenError::Fault(e.to_string())))
        .collect()
}

impl Engine {
    pub(crate) fn open_sqlite(path: PathBuf) -> Result<Self, OpenError> {
        sqlite::Sqlite::open(path).map(Self::Sqlite)
    }

    pub(crate) fn open_postgres(address: &str) -> Result<Self, OpenError> {
        postgres::Postgres::open(address).map(Self::Postgres)
    }

    pub(crate) fn name(&self) -> EngineName {
        match self {
            Self::Sqlite(_) => EngineName::Sqlite,
            Self::Postgres(_) => EngineName::Postgres,
        }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(engine) => Some(engine.path()),
            Self::Postgres(_) => None,
        }
    }

    pub(crate) fn schema_version(&self) -> Result<i64, OpenError> {
        match self {
            Self::Sqlite(engine) => engine.schema_version(),
            Self::Postgres(engine) => engine.schema_version(),
        }
    }

    pub(crate) fn migrate(&self) -> Result<(), OpenError> {
        match self {
            Self::Sqlite(engine) => engine.migrate(),
            Self::Postgres(engine) => engine.migrate(),
        }
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        within: &Within,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite(engine) => {
                let mut connection = engine.reader()?;
                let tx = connection.transaction().map_err(sqlite::error)?;
                f(&mut Tx::new(EngineTx::Sqlite(tx), within))
            }
            Self::Postgres(engine) => {
                let mut connection = engine.connection()?;
                f(&mut Tx::new(EngineTx::Postgres(connection.read(within)?), within))
            }
        }
    }

    pub(crate) fn write<T, E: From<Error>>(
        &self,
        within: &Within,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite(engine) => {
                let mut connection = engine.writer()?;
                let tx = connection
                    .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                    .map_err(sqlite::error)?;
                commit(Tx::new(EngineTx::Sqlite(tx), within), f)
            }
            Self::Postgres(engine) => {
                let mut connection = engine.connection()?;
                commit(Tx::new(EngineTx::Postgres(connection.write(within)?), within), f)
            }
        }
    }
}

fn commit<T, E: From<Error>>(mut tx: Tx<'_>, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
    let value = f(&mut tx)?;
    tx.finish()?;
    Ok(value)
}

/// A transaction of one engine. Dropped without commit, it is rolled back.
pub(crate) enum EngineTx<'c> {
    Sqlite(rusqlite::Transaction<'c>),
    Postgres(postgres::PgTx<'c>),
}

impl EngineTx<'_> {
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<usize, Error> {
        match self {
            Self::Sqlite(tx) => sqlite::execute(tx, sql, values),
            Self::Postgres(tx) => tx.execute(sql, values),
        }
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.execute_batch(sql).map_err(sqlite::error),
            Self::Postgres(tx) => tx.batch(sql),
        }
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        f: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => sqlite::each(tx, sql, values, f),
            Self::Postgres(tx) => tx.each(sql, values, f),
        }
    }

    /// Narrows or widens what the transaction may see from here on.
    pub(crate) fn enter(&mut self, within: &Within) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(tx) => tx.enter(within),
        }
    }

    pub(crate) fn insert_many(&mut self, table: &Table, source: RowSource<'_>) -> Result<u64, Error> {
        match self {
            Self::Sqlite(tx) => sqlite::insert_many(tx, table, source),
            Self::Postgres(tx) => tx.insert_many(table, source),
        }
    }

    pub(crate) fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().map_err(sqlite::error),
            Self::Postgres(tx) => tx.commit(),
        }
    }
}

impl std::fmt::Debug for EngineTx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "a SQLite transaction",
            Self::Postgres(_) => "a PostgreSQL transaction",
        })
    }
}

/// A row of a result.
pub enum Row<'a> {
    #[doc(hidden)]
    Sqlite(&'a rusqlite::Row<'a>),
    #[doc(hidden)]
    Postgres(&'a ::postgres::Row),
}

impl<'a> Row<'a> {
    /// The cell at `index`, counted from 0.
    pub(crate) fn cell(&self, index: usize) -> Result<Cell<'a>, Error> {
        match self {
            Row::Sqlite(row) => sqlite::cell(row, index),
            Row::Postgres(row) => row.try_get(index).map_err(postgres::error),
        }
    }

    /// What the cell at `index` holds.
    pub(crate) fn get<T: FromCell>(&self, index: usize) -> Result<T, Error> {
        T::from_cell(self.cell(index)?).map_err(|unreadable| Error::Unreadable {
            table_or_statement: self.column_name(index),
            column: index,
            expected: unreadable.0,
        })
    }

    fn column_name(&self, index: usize) -> String {
        match self {
            Row::Sqlite(row) => row.as_ref().column_name(index).unwrap_or("?").to_owned(),
            Row::Postgres(row) => row.columns().get(index).map_or("?", |column| column.name()).to_owned(),
        }
    }
}

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row")
    }
}

/// A cell of either engine as the value that its column's kind says it is.
pub(crate) fn typed(cell: Cell<'_>, kind: ColumnKind) -> Result<Value<'_>, Unreadable> {
    Ok(match (cell, kind) {
        (Cell::Null, _) => Value::Null,
        (cell, ColumnKind::Bool) => Value::Bool(bool::from_cell(cell)?),
        (cell, ColumnKind::Date) => Value::Date(FromCell::from_cell(cell)?),
        (cell, ColumnKind::Timestamp) => Value::Timestamp(FromCell::from_cell(cell)?),
        (Cell::Int(number), ColumnKind::Small | ColumnKind::Medium | ColumnKind::Int) => Value::Int(number),
        (Cell::Text(text), ColumnKind::Text) => Value::Text(text),
        (Cell::Bytes(bytes), ColumnKind::Bytes) => Value::Bytes(bytes),
        _ => return Err(Unreadable("what its column should hold")),
    })
}
