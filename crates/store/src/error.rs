use thiserror::Error as ThisError;

/// Why a read or a write did not happen. Whatever the variant, the transaction was rolled back and nothing was written.
///
/// Messages name tables and columns, never values: they may be logged.
#[derive(Debug, ThisError)]
pub enum Error {
    /// Another process or connection holds the database, or the rows, longer than we wait. Trying again later may work.
    #[error("the database is busy: another program holds it")]
    Busy,
    /// The database, its file or its folder cannot be written.
    #[error("the database can be read but not written")]
    ReadOnly,
    /// The disk (or the quota) is full.
    #[error("the disk that holds the database is full")]
    Full,
    /// The server does not answer, or the connection was lost.
    #[error("the database server cannot be reached")]
    Unreachable,
    /// A `get` for something that is not there (or not this institution's).
    #[error("no such {0}")]
    NotFound(&'static str),
    /// A key that must be unique exists already in this table.
    #[error("a record with this key exists already in {table}")]
    Duplicate {
        /// The table.
        table: String,
    },
    /// A record refers to one that is not there, or one that others refer to was to be removed.
    #[error("records of {table} depend on each other")]
    Depends {
        /// The table, where the engine names it.
        table: String,
    },
    /// Two writers met and this one lost. Trying again works.
    #[error("another change was made at the same moment")]
    Conflict,
    /// The records moved on since the revision that the caller worked from.
    #[error("the records have changed meanwhile")]
    Moved,
    /// A change was about to be committed without an audit event: a mistake in our program.
    #[error("a change was not noted in the audit trail")]
    Unaudited,
    /// A stored value is not what its column should hold.
    #[error("{table_or_statement}, column {column}: not {expected}")]
    Unreadable {
        /// Where it was read.
        table_or_statement: String,
        /// Position in the statement's result, from 0.
        column: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// Anything else the engine reports.
    #[error("database fault: {0}")]
    Fault(String),
}

/// Why a database could not be opened or brought up to date.
#[derive(Debug, ThisError)]
pub enum OpenError {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("a database is named sqlite:PATH or postgres://USER@HOST/DATABASE")]
    Address,
    /// The folder of the SQLite file does not exist.
    #[error("the folder {0} does not exist")]
    NoFolder(String),
    /// The file is not a SQLite database, or is damaged.
    #[error("{0} is not a Waymark database, or is damaged")]
    NotADatabase(String),
    /// Another program holds the database.
    #[error("the database is locked by another program")]
    Locked,
    /// The file or folder cannot be written by this user.
    #[error("the database cannot be written: check the permissions of its file and folder")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk that holds the database is full")]
    Full,
    /// Written by a newer release of the program.
    #[error("the database has schema {found}, newer than this program's {known}: install the newer release")]
    Newer {
        /// The schema's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The server does not answer at this address.
    #[error("the database server cannot be reached: {0}")]
    Unreachable(String),
    /// What the address says of TLS cannot be done, or its file of authorities cannot be read.
    #[error("its address asks for TLS in a way that cannot be done: {0}")]
    Tls(String),
    /// The server answers and refuses: wrong password, unknown database, or it insists on encryption.
    #[error("the database server refuses: {0}")]
    Refused(String),
    /// Anything else the engine reports.
    #[error("the database cannot be opened: {0}")]
    Fault(String),
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy | Error::Conflict => Self::Locked,
            Error::ReadOnly => Self::ReadOnly,
            Error::Full => Self::Full,
            Error::Unreachable => Self::Unreachable("the connection was lost".into()),
            other => Self::Fault(other.to_string()),
        }
    }
}
