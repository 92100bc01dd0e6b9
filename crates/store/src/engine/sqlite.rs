use std::{
    borrow::Cow,
    path::{Path, PathBuf},
    time::Duration,
};

use r2d2::{ManageConnection, Pool, PooledConnection};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql, Transaction, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use super::{Row, RowSource};
use crate::{
    Error, OpenError,
    catalogue::Table,
    value::{Cell, Value},
};

pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__spine", include_str!("../../migrations/sqlite/V1__spine.sql")),
    ("V2__people_and_access", include_str!("../../migrations/sqlite/V2__people_and_access.sql")),
    ("V3__programme", include_str!("../../migrations/sqlite/V3__programme.sql")),
    ("V4__policy", include_str!("../../migrations/sqlite/V4__policy.sql")),
];

/// How long a writer waits for another process before it says that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages and API calls that read at the same time; more wait their turn.
const READERS: u32 = 8;

#[derive(Debug)]
pub(crate) struct Sqlite {
    path: PathBuf,
    writer: Pool<Connections>,
    readers: Pool<Connections>,
}

/// Opens connections of one kind: SQLite allows one writer, and as many readers as like beside it.
#[derive(Debug)]
pub(crate) struct Connections {
    path: PathBuf,
    reads_only: bool,
}

impl ManageConnection for Connections {
    type Connection = Connection;
    type Error = rusqlite::Error;

    fn connect(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(128);
        // FULL: what was acknowledged survives a power cut, also in WAL mode.
        connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;")?;
        if self.reads_only {
            connection
                .execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA mmap_size = 268435456;")?;
        } else {
            connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384;")?;
        }
        Ok(connection)
    }

    fn is_valid(&self, _: &mut Connection) -> Result<(), rusqlite::Error> {
        Ok(())
    }

    fn has_broken(&self, _: &mut Connection) -> bool {
        false
    }
}

impl Sqlite {
    pub(super) fn open(path: PathBuf) -> Result<Self, OpenError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(OpenError::NoFolder(folder.display().to_string()));
        }
        let connections = |reads_only| Connections { path: path.clone(), reads_only };
        // One connection by hand first: a pool would try again until its patience ends, and hide the cause.
        let first = connections(false).connect().map_err(|e| open_error(e, &path))?;
        if first.is_readonly(rusqlite::MAIN_DB).map_err(|e| open_error(e, &path))? {
            return Err(OpenError::ReadOnly);
        }
        drop(first);
        let pool = |manager, size| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(0))
                .test_on_check_out(false)
                .idle_timeout(None)
                .max_lifetime(None)
                .connection_timeout(PATIENCE)
                .build(manager)
                .map_err(|e| OpenError::Fault(e.to_string()))
        };
        Ok(Self { writer: pool(connections(false), 1)?, readers: pool(connections(true), READERS)?, path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn writer(&self) -> Result<PooledConnection<Connections>, Error> {
        self.writer.get().map_err(|_| Error::Busy)
    }

    pub(super) fn reader(&self) -> Result<PooledConnection<Connections>, Error> {
        self.readers.get().map_err(|_| Error::Busy)
    }

    pub(super) fn schema_version(&self) -> Result<i64, OpenError> {
        let connection = self.reader()?;
        let known: bool = connection
            .query_row("SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'refinery_schema_history'", [], |row| {
                row.get(0)
            })
            .map_err(|e| open_error(e, &self.path))?;
        if !known {
            return Ok(0);
        }
        connection
            .query_row("SELECT coalesce(max(version), 0) FROM refinery_schema_history", [], |row| row.get(0))
            .map_err(|e| open_error(e, &self.path))
    }

    pub(super) fn migrate(&self) -> Result<(), OpenError> {
        if self.schema_version()? == MIGRATIONS.len() as i64 {
            return Ok(());
        }
        let mut connection = self.writer()?;
        let migrations = super::migrations(MIGRATIONS)?;
        match refinery::Runner::new(&migrations).set_abort_missing(false).run(&mut *connection) {
            Ok(_) => Ok(()),
            Err(e) => Err(OpenError::Fault(e.to_string())),
        }
    }
}

/// Copies the whole database into a new file while others go on reading and writing.
pub(crate) fn backup_file(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Error> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    source.busy_timeout(PATIENCE).map_err(error)?;
    let mut target = Connection::open(to).map_err(error)?;
    {
        let backup = rusqlite::backup::Backup::new(&source, &mut target).map_err(error)?;
        loop {
            let step = backup.step(2_000).map_err(error)?;
            let pages = backup.progress();
            progress((pages.pagecount - pages.remaining).max(0) as u64, pages.pagecount.max(0) as u64);
            match step {
                rusqlite::backup::StepResult::Done => break,
                rusqlite::backup::StepResult::More => {}
                // Someone is writing: let them finish.
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
    // A backup is one file: no journal beside it.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(error)?;
    target.close().map_err(|(_, e)| error(e))
}

/// Leaves one file, without a journal beside it; for a file that nobody has open.
pub(crate) fn close_file(path: &Path) -> Result<(), Error> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    connection.busy_timeout(PATIENCE).map_err(error)?;
    connection.pragma_update(None, "journal_mode", "DELETE").map_err(error)
}

/// Whether the file is a database whose pages fit together.
pub(crate) fn is_whole(path: &Path) -> bool {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)))
        .is_ok_and(|verdict| verdict == "ok")
}

/// Statements are written with `$1`, which SQLite would take for a name; `?1` is its number.
fn numbered(sql: &str) -> Cow<'_, str> {
    if sql.contains('$') { Cow::Owned(sql.replace('$', "?")) } else { Cow::Borrowed(sql) }
}

pub(super) fn execute(tx: &Transaction<'_>, sql: &str, values: &[Value<'_>]) -> Result<usize, Error> {
    let mut statement = tx.prepare_cached(&numbered(sql)).map_err(error)?;
    statement.execute(params_from_iter(values)).map_err(error)
}

pub(super) fn each(
    tx: &Transaction<'_>,
    sql: &str,
    values: &[Value<'_>],
    f: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = tx.prepare_cached(&numbered(sql)).map_err(error)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(error)?;
    while let Some(row) = rows.next().map_err(error)? {
        f(&Row::Sqlite(row))?;
    }
    Ok(())
}

pub(super) fn insert_many(tx: &Transaction<'_>, table: &Table, source: RowSource<'_>) -> Result<u64, Error> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns.join(", "), marks.join(", "));
    let mut statement = tx.prepare_cached(&sql).map_err(error)?;
    let mut count = 0;
    source(&mut |values| {
        statement.execute(params_from_iter(values)).map_err(error)?;
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(number)),
            Value::Text(text) | Value::Word(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Bool(yes) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(yes))),
            Value::Date(date) => ToSqlOutput::Owned(rusqlite::types::Value::Text(date.to_string())),
            Value::Timestamp(at) => ToSqlOutput::Borrowed(ValueRef::Integer(at.as_microsecond())),
        })
    }
}

pub(super) fn cell<'a>(row: &'a rusqlite::Row<'a>, index: usize) -> Result<Cell<'a>, Error> {
    Ok(match row.get_ref(index).map_err(error)? {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(_) => Cell::Text("(a decimal number)"),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Cell::Bytes(bytes), Cell::Text),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    })
}

/// What SQLite reports, in our words. Its messages name tables and columns, never values.
pub(super) fn error(error: rusqlite::Error) -> Error {
    let rusqlite::Error::SqliteFailure(failure, message) = &error else { return Error::Fault(error.to_string()) };
    let table = || {
        let text = message.as_deref().unwrap_or_default();
        text.rsplit_once(": ").map_or(text, |(_, names)| names).split('.').next().unwrap_or_default().to_owned()
    };
    match (failure.code, failure.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::Busy,
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Error::ReadOnly,
        (ErrorCode::DiskFull, _) => Error::Full,
        (
            ErrorCode::ConstraintViolation,
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        ) => Error::Duplicate { table: table() },
        (ErrorCode::ConstraintViolation, rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => {
            Error::Depends { table: "the database".into() }
        }
        _ => Error::Fault(error.to_string()),
    }
}

fn open_error(error: rusqlite::Error, path: &Path) -> OpenError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => OpenError::NotADatabase(path.display().to_string()),
            ErrorCode::CannotOpen if path.is_dir() => OpenError::NotADatabase(path.display().to_string()),
            ErrorCode::CannotOpen => OpenError::ReadOnly,
            _ => self::error(error).into(),
        },
        _ => OpenError::Fault(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let connections = Connections { path: folder.path().join("waymark.db"), reads_only: false };
        let mut connection = connections.connect().unwrap();
        connection.execute_batch("CREATE TABLE t (b BLOB); PRAGMA max_page_count = 8").unwrap();
        let tx = connection.transaction().unwrap();
        let outcome = execute(&tx, "INSERT INTO t (b) VALUES ($1)", &[Value::Bytes(&[7; 100_000])]);
        assert!(matches!(outcome, Err(Error::Full)), "{outcome:?}");
    }

    #[test]
    fn values_are_bound_by_their_number_whatever_their_order() {
        let mut connection = Connection::open_in_memory().unwrap();
        let tx = connection.transaction().unwrap();
        let mut found = Vec::new();
        each(&tx, "SELECT $2, $1, $2", &[Value::Int(1), Value::Int(2)], &mut |row| {
            found.extend([row.get::<i64>(0)?, row.get(1)?, row.get(2)?]);
            Ok(())
        })
        .unwrap();
        assert_eq!(found, [2, 1, 2]);
    }
}
