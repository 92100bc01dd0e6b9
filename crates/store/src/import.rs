//! Imports of files: from the upload to the undo.
//!
//! States: `uploaded` → `mapped` → `planned` → `applied` → `undone`; `cancelled` from any before `applied`.
//! What was there before a change is kept by `import_change` rows, which the nouns write themselves once [`track`] was
//! called in the transaction.

mod change;
mod undo;

pub use change::Noun;
pub(crate) use change::{Touched, track_inserted};
pub use undo::{Blocked, undo};

use domain::{AccountId, ImportId, InstitutionId, Revision};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx,
    value::{values, words},
};

/// Declares the states with their words.
macro_rules! states {
    ($($(#[$meta:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// How far an import has come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum State { $($(#[$meta])* $variant),+ }

        impl State {
            /// The word that is stored.
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
        }

        impl std::str::FromStr for State {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

states! {
    /// The file is here.
    Uploaded = "uploaded",
    /// Its columns are known.
    Mapped = "mapped",
    /// What it would change is known.
    Planned = "planned",
    /// It was applied.
    Applied = "applied",
    /// It was applied and then undone.
    Undone = "undone",
    /// It was given up.
    Cancelled = "cancelled",
}

words!(State);

/// An import without its large parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its key.
    pub id: ImportId,
    /// How far it has come.
    pub state: State,
    /// Sort of file, as `exchange` names it.
    pub kind: String,
    /// What the file was called.
    pub file_name: String,
    /// Digest of the file.
    pub file_digest: Vec<u8>,
    /// Its size in bytes.
    pub file_size: u64,
    /// Who brought it.
    pub account: Option<AccountId>,
    /// When it was brought.
    pub created_at: Timestamp,
    /// When its state or progress last changed.
    pub changed_at: Timestamp,
    /// The institution's revision that the plan was made against.
    pub base_revision: Option<Revision>,
    /// The institution's revision that applying it made.
    pub applied_revision: Option<Revision>,
    /// Steps done of the current work.
    pub progress_done: u64,
    /// Steps of the current work; 0 when there is none.
    pub progress_total: u64,
    /// How columns are read (JSON).
    pub mapping: Option<String>,
    /// Counts of what the plan does (JSON).
    pub summary: Option<String>,
}

const COLUMNS: &str = "import_id, state, kind, file_name, file_digest, file_size, account_id, created_at, changed_at, \
     base_revision, applied_revision, progress_done, progress_total, mapping, summary";

fn read(row: &Row<'_>) -> Result<Import, Error> {
    Ok(Import {
        id: row.get(0)?,
        state: row.get(1)?,
        kind: row.get(2)?,
        file_name: row.get(3)?,
        file_digest: row.get(4)?,
        file_size: row.get(5)?,
        account: row.get(6)?,
        created_at: row.get(7)?,
        changed_at: row.get(8)?,
        base_revision: row.get(9)?,
        applied_revision: row.get(10)?,
        progress_done: row.get(11)?,
        progress_total: row.get(12)?,
        mapping: row.get(13)?,
        summary: row.get(14)?,
    })
}

/// Keeps a file that was brought. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, import: &Import, source: &[u8]) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO import (institution_id, import_id, state, kind, file_name, file_digest, file_size, account_id,
             created_at, changed_at, base_revision, applied_revision, progress_done, progress_total, mapping, summary, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        values![
            institution,
            import.id,
            import.state,
            import.kind,
            import.file_name,
            import.file_digest,
            import.file_size,
            import.account,
            import.created_at,
            import.changed_at,
            import.base_revision,
            import.applied_revision,
            import.progress_done,
            import.progress_total,
            import.mapping,
            import.summary,
            source
        ],
    )?;
    Ok(())
}

/// The import.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Option<Import>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM import WHERE institution_id = $1 AND import_id = $2");
    tx.query_opt(&sql, values![institution, id], read)
}

/// The import.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Import, Error> {
    find(tx, institution, id)?.ok_or(Error::NotFound("import"))
}

/// The institution's imports, latest first, older than the import `before` if given.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    before: Option<ImportId>,
    limit: u32,
) -> Result<Vec<Import>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM import WHERE institution_id = $1 AND import_id < $2 ORDER BY import_id DESC LIMIT $3"
        ),
        values![institution, before.map_or(i64::MAX, |id| id.0), i64::from(limit)],
        read,
    )
}

/// The file's bytes; empty once they were let go.
///
/// # Errors
/// [`Error::NotFound`].
pub fn source(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Vec<u8>, Error> {
    bytes(tx, "SELECT source FROM import WHERE institution_id = $1 AND import_id = $2", institution, id)
}

/// The plan as `app` wrote it; empty if there is none.
///
/// # Errors
/// [`Error::NotFound`].
pub fn plan(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Vec<u8>, Error> {
    bytes(tx, "SELECT plan FROM import WHERE institution_id = $1 AND import_id = $2", institution, id)
}

fn bytes(tx: &mut Tx<'_>, sql: &str, institution: InstitutionId, id: ImportId) -> Result<Vec<u8>, Error> {
    let found = tx.query_opt(sql, values![institution, id], |row| row.get::<Option<Vec<u8>>>(0))?;
    Ok(found.ok_or(Error::NotFound("import"))?.unwrap_or_default())
}

/// The problems found in the file (JSON), if any were kept.
///
/// # Errors
/// [`Error::NotFound`].
pub fn problems(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Option<String>, Error> {
    tx.query_opt(
        "SELECT problems FROM import WHERE institution_id = $1 AND import_id = $2",
        values![institution, id],
        |row| row.get(0),
    )?
    .ok_or(Error::NotFound("import"))
}

/// Replaces what is known of an import, from its state to its summary, all but its file, plan and problems. Its state must
/// still be `from`. Needs an audit event.
///
/// # Errors
/// [`Error::Moved`] if it is not in that state any more.
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, from: State, import: &Import) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE import SET state = $4, kind = $5, changed_at = $6, base_revision = $7, applied_revision = $8,
             progress_done = $9, progress_total = $10, mapping = $11, summary = $12
         WHERE institution_id = $1 AND import_id = $2 AND state = $3",
        values![
            institution,
            import.id,
            from,
            import.state,
            import.kind,
            import.changed_at,
            import.base_revision,
            import.applied_revision,
            import.progress_done,
            import.progress_total,
            import.mapping,
            import.summary
        ],
    )?;
    if changed == 0 { Err(Error::Moved) } else { Ok(()) }
}

/// Keeps the plan and the problems of an import, in place of earlier ones.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_plan(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ImportId,
    plan: Option<&[u8]>,
    problems: Option<&str>,
) -> Result<(), Error> {
    let changed = tx.execute(
        "UPDATE import SET plan = $3, problems = $4 WHERE institution_id = $1 AND import_id = $2",
        values![institution, id, plan, problems],
    )?;
    if changed == 0 { Err(Error::NotFound("import")) } else { Ok(()) }
}

/// Notes how far the current work has come. A transaction of its own, so that a page can show it.
///
/// # Errors
/// If the database fails.
pub fn set_progress(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ImportId,
    done: u64,
    total: u64,
    changed_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE import SET progress_done = $3, progress_total = $4, changed_at = $5
         WHERE institution_id = $1 AND import_id = $2",
        values![institution, id, done, total, changed_at],
    )?;
    Ok(())
}

/// Lets the file's bytes and the plan go, when they are no longer needed.
///
/// # Errors
/// If the database fails.
pub fn discard_source(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<(), Error> {
    tx.execute(
        "UPDATE import SET source = NULL, plan = NULL WHERE institution_id = $1 AND import_id = $2",
        values![institution, id],
    )?;
    Ok(())
}

/// From here to the end of the transaction, every change of the institution's facts is kept as this import's, so that it can
/// be undone. Refused when the facts have moved on since `base`. The revision that the import makes.
///
/// # Errors
/// [`Error::Moved`], [`Error::NotFound`].
pub fn track(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ImportId,
    base: Option<Revision>,
) -> Result<Revision, Error> {
    let revision = tx.advance(institution)?;
    if base.is_some_and(|base| base.0 + 1 != revision.0) {
        return Err(Error::Moved);
    }
    tx.track(institution, id);
    Ok(revision)
}
