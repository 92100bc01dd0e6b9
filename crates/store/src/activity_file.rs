//! Files that belong to activities: a flyer, a risk assessment, a programme of the day.

use domain::{AccountId, ActivityFileId, ActivityId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFile {
    /// Its key.
    pub id: ActivityFileId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// How many bytes it has.
    pub size: i64,
    /// SHA-256 of its content.
    pub digest: Vec<u8>,
    /// Who added it.
    pub account: Option<AccountId>,
    /// When.
    pub added_at: Timestamp,
    /// When it was taken away, until which it can be put back.
    pub removed_at: Option<Timestamp>,
}

const COLUMNS: &str = "activity_file_id, name, media_type, size, digest, account_id, added_at, removed_at";

fn read(row: &Row<'_>) -> Result<ActivityFile, Error> {
    Ok(ActivityFile {
        id: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        size: row.get(3)?,
        digest: row.get(4)?,
        account: row.get(5)?,
        added_at: row.get(6)?,
        removed_at: row.get(7)?,
    })
}

/// Adds a file with its content. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity.
pub fn insert(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    file: &ActivityFile,
    content: &[u8],
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO activity_file (institution_id, activity_id, {COLUMNS}, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        values![
            institution,
            activity,
            file.id,
            file.name,
            file.media_type,
            file.size,
            file.digest,
            file.account,
            file.added_at,
            file.removed_at,
            content
        ],
    )?;
    Ok(())
}

/// The files of an activity that were not taken away, oldest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Vec<ActivityFile>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_file
         WHERE institution_id = $1 AND activity_id = $2 AND removed_at IS NULL ORDER BY activity_file_id"
    );
    tx.query(&sql, values![institution, activity], read)
}

/// How many files of an activity are kept, those taken away included.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM activity_file WHERE institution_id = $1 AND activity_id = $2";
    let count = tx.query_opt(sql, values![institution, activity], |row| row.get::<i64>(0))?;
    Ok(count.unwrap_or_default().max(0).unsigned_abs())
}

/// Lets go of the files that were taken away before a moment, with their content. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn purge(tx: &mut Tx<'_>, institution: InstitutionId, before: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM activity_file WHERE institution_id = $1 AND removed_at IS NOT NULL AND removed_at < $2",
        values![institution, before],
    )?;
    Ok(())
}

/// A file of an activity, one taken away included.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    id: ActivityFileId,
) -> Result<Option<ActivityFile>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_file WHERE institution_id = $1 AND activity_id = $2 AND activity_file_id = $3"
    );
    tx.query_opt(&sql, values![institution, activity, id], read)
}

/// What is in a file.
///
/// # Errors
/// [`Error::NotFound`] for an unknown file or one taken away.
pub fn content(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    id: ActivityFileId,
) -> Result<Vec<u8>, Error> {
    tx.query_opt(
        "SELECT content FROM activity_file
         WHERE institution_id = $1 AND activity_id = $2 AND activity_file_id = $3 AND removed_at IS NULL",
        values![institution, activity, id],
        |row| row.get(0),
    )?
    .ok_or(Error::NotFound("activity_file"))
}

/// Takes a file away, or puts it back. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_removed(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    id: ActivityFileId,
    removed_at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE activity_file SET removed_at = $4
         WHERE institution_id = $1 AND activity_id = $2 AND activity_file_id = $3",
        values![institution, activity, id, removed_at],
    )?;
    if changed == 0 { Err(Error::NotFound("activity_file")) } else { Ok(()) }
}
