//! Moving everything: between engines, into a backup, and back.

use std::path::{Path, PathBuf};

use crate::{
    EngineName, Error, OpenError, Store, Tx, Within,
    catalogue::{TABLES, Table},
    engine::{backup_file, close_file, is_whole, typed},
    value::{Value, values},
};

/// Why a transfer, backup or restore did not happen. The target holds nothing of it then.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The target has rows already.
    #[error("the target is not empty: {0} has rows")]
    NotEmpty(String),
    /// The target file exists.
    #[error("{0} exists already")]
    Exists(String),
    /// What arrived is not what was sent.
    #[error("{0} did not arrive whole")]
    Differs(String),
    /// A database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A database failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// How far a transfer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The table being copied.
    pub table: &'static str,
    /// Rows (of a file copy: pages) copied so far.
    pub done: u64,
    /// Rows (pages) in all.
    pub total: u64,
}

/// Copies every table from one store to an empty one, from one consistent view, in one transaction of the target; then
/// compares counts and digests of what arrived with what was sent. The target's schema is brought up to date first.
///
/// # Errors
/// [`TransferError`]; the target is empty then.
pub fn transfer(from: &Store, to: &Store, progress: &mut dyn FnMut(Progress)) -> Result<u64, TransferError> {
    to.migrate()?;
    from.read(Within::everything(), |source| {
        let mut total = 0;
        for table in TABLES.iter() {
            total += count(source, table)?;
        }
        to.write(Within::everything(), |target| {
            for table in TABLES.iter() {
                if count(target, table)? > 0 {
                    return Err(TransferError::NotEmpty(table.name.into()));
                }
            }
            let mut done = 0;
            for table in TABLES.iter() {
                copy(source, target, table, &mut done, total, progress)?;
                if digest(source, table)? != digest(target, table)? {
                    return Err(TransferError::Differs(table.name.into()));
                }
            }
            Ok(done)
        })
    })
}

fn count(tx: &mut Tx<'_>, table: &Table) -> Result<u64, Error> {
    tx.scalar(&format!("SELECT count(*) FROM {}", table.name), values![])
}

fn copy(
    source: &mut Tx<'_>,
    target: &mut Tx<'_>,
    table: &'static Table,
    done: &mut u64,
    total: u64,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    let sql = format!("SELECT {} FROM {} ORDER BY {}", table.column_list(), table.name, table.key_list());
    progress(Progress { table: table.name, done: *done, total });
    target.insert_rows(table, &mut |put| {
        source.each(&sql, values![], |row| {
            let mut cells = Vec::with_capacity(table.columns.len());
            for (index, column) in table.columns.iter().enumerate() {
                cells.push(typed(row.cell(index)?, column.kind).map_err(|unreadable| Error::Unreadable {
                    table_or_statement: table.name.into(),
                    column: index,
                    expected: unreadable.0,
                })?);
            }
            put(&cells)?;
            *done += 1;
            if done.is_multiple_of(10_000) {
                progress(Progress { table: table.name, done: *done, total });
            }
            Ok(())
        })
    })?;
    Ok(())
}

/// A digest of a table's rows that does not depend on the engine: FNV-1a over typed cells in the order of the key. It guards
/// against mistakes, not against malice.
fn digest(tx: &mut Tx<'_>, table: &Table) -> Result<(u64, u64), Error> {
    let (mut rows, mut hash) = (0, 0xcbf2_9ce4_8422_2325_u64);
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let sql = format!("SELECT {} FROM {} ORDER BY {}", table.column_list(), table.name, table.key_list());
    tx.each(&sql, values![], |row| {
        rows += 1;
        for (index, column) in table.columns.iter().enumerate() {
            let value = typed(row.cell(index)?, column.kind).map_err(|unreadable| Error::Unreadable {
                table_or_statement: table.name.into(),
                column: index,
                expected: unreadable.0,
            })?;
            match value {
                Value::Null => add(&[0]),
                Value::Int(number) => add(&number.to_le_bytes()),
                Value::Text(text) | Value::Word(text) => add(text.as_bytes()),
                Value::Bytes(bytes) => add(bytes),
                Value::Bool(yes) => add(&[1 + u8::from(yes)]),
                Value::Date(date) => add(&domain::date::days_between(domain::Date::ZERO, date).to_le_bytes()),
                Value::Timestamp(at) => add(&at.as_microsecond().to_le_bytes()),
            }
            add(&[0xff]);
        }
        Ok(())
    })?;
    Ok((rows, hash))
}

/// Writes everything into one new SQLite file while others go on working. It can be opened as it is, or restored. The file
/// has its name only once it is whole.
///
/// # Errors
/// [`TransferError::Exists`] rather than overwriting; what was begun is removed on any error.
pub fn backup(from: &Store, to: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), TransferError> {
    if to.exists() {
        return Err(TransferError::Exists(to.display().to_string()));
    }
    let part = beside(to, ".part");
    remove(&part);
    let written = match (from.engine_name(), from.path()) {
        (EngineName::Sqlite, Some(path)) => backup_file(path, &part, &mut |done, total| {
            progress(Progress { table: "pages", done, total });
        })
        .map_err(TransferError::from),
        _ => Store::open(&format!("sqlite:{}", part.display())).map_err(TransferError::from).and_then(|target| {
            transfer(from, &target, progress)?;
            drop(target);
            Ok(close_file(&part)?)
        }),
    };
    let outcome = written.and_then(|()| {
        std::fs::rename(&part, to).map_err(|e| TransferError::Store(Error::Fault(format!("renaming the backup: {e}"))))
    });
    if outcome.is_err() {
        remove(&part);
    }
    outcome
}

/// Puts everything of a backup into an empty store, of either engine. A backup of an older schema is brought up to date on
/// the way; the backup itself stays as it is.
///
/// # Errors
/// [`OpenError::NotADatabase`] for a damaged backup, [`TransferError::NotEmpty`] rather than mixing; otherwise
/// [`TransferError`].
pub fn restore(backup: &Path, to: &Store, progress: &mut dyn FnMut(Progress)) -> Result<u64, TransferError> {
    let not_ours = || TransferError::from(OpenError::NotADatabase(backup.display().to_string()));
    if !backup.is_file() {
        return Err(not_ours());
    }
    // A copy, since bringing it up to date writes; where the data will be anyhow, since a backup may lie on a disk that
    // cannot be written.
    let copy = beside(to.path().unwrap_or(backup), ".restoring");
    remove(&copy);
    let outcome = backup_file(backup, &copy, &mut |_, _| {}).map_err(TransferError::from).and_then(|()| {
        if !is_whole(&copy) {
            return Err(not_ours());
        }
        let from = Store::open(&format!("sqlite:{}", copy.display()))?;
        if from.schema_version()? == 0 {
            return Err(not_ours());
        }
        from.migrate()?;
        transfer(&from, to, progress)
    });
    remove(&copy);
    match outcome {
        Err(TransferError::Store(Error::Fault(_))) if !is_whole(backup) => Err(not_ours()),
        outcome => outcome,
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a file that was only on the way, with SQLite's own beside it. One that cannot be removed is in nobody's way.
fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(beside(path, suffix));
    }
}
