use std::{fmt, path::PathBuf, sync::Arc};

use crate::{Error, OpenError, Tx, Within, audit, engine::Engine, institution};

/// An open database. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

/// Which engine a store is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineName {
    /// A file of this machine.
    Sqlite,
    /// A server.
    Postgres,
}

impl Store {
    /// Opens `sqlite:PATH` (made if it does not exist) or `postgres://USER[:PASSWORD]@HOST/DATABASE`, without changing its
    /// schema; see [`Store::migrate`].
    ///
    /// # Errors
    /// Each with its cause: see [`OpenError`]. A database newer than the program is refused.
    pub fn open(address: &str) -> Result<Self, OpenError> {
        let engine = match address.split_once(':') {
            Some(("sqlite", path)) => Engine::open_sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))?,
            Some(("postgres" | "postgresql", _)) => Engine::open_postgres(address)?,
            _ => return Err(OpenError::Address),
        };
        let store = Self { engine: Arc::new(engine) };
        let (found, known) = (store.engine.schema_version()?, crate::engine::newest_schema());
        if found > known {
            return Err(OpenError::Newer { found, known });
        }
        Ok(store)
    }

    /// Brings the schema up to this program's; nothing happens if it is. Each migration is a transaction of its own.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn migrate(&self) -> Result<(), OpenError> {
        self.engine.migrate()?;
        self.seal()
    }

    /// Chains the events that were noted before there was a chain.
    fn seal(&self) -> Result<(), OpenError> {
        let mut institutions = self.read(Within::none(), institution::ids)?;
        institutions.push(audit::INSTALLATION);
        for institution in self.read(Within::each(institutions), audit::unsealed)? {
            self.write(Within::everything(), |tx| -> Result<_, Error> {
                // Another node may have come first.
                if audit::unsealed(tx)?.contains(&institution) { audit::seal(tx, institution) } else { Ok(0) }
            })?;
        }
        Ok(())
    }

    /// The schema's version: 0 for an empty database.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn schema_version(&self) -> Result<i64, OpenError> {
        self.engine.schema_version()
    }

    /// The engine behind it.
    pub fn engine_name(&self) -> EngineName {
        self.engine.name()
    }

    /// The file, on SQLite.
    pub fn path(&self) -> Option<&std::path::Path> {
        self.engine.path()
    }

    /// Reads from one consistent view of the database, as far as it is `within`.
    ///
    /// # Errors
    /// What `f` returns, or what kept the transaction from starting.
    pub fn read<T, E: From<Error>>(
        &self,
        within: impl Into<Within>,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine.read(&within.into(), f)
    }

    /// Makes a change `within` that happens as a whole: committed, and safe on disk, when this returns `Ok`.
    ///
    /// # Errors
    /// What `f` returns, [`Error::Unaudited`] if a change was not noted, or what kept it from committing; nothing was
    /// written then.
    pub fn write<T, E: From<Error>>(
        &self,
        within: impl Into<Within>,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine.write(&within.into(), f)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({:?})", self.engine.name())
    }
}
