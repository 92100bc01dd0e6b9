//! What was published, whole: every publication keeps its files, so that it can be shown as it was.

use domain::{AccountId, InstitutionId, PublicationId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A publication without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its key.
    pub id: PublicationId,
    /// What was published: the word of a sort of publication.
    pub what: String,
    /// When.
    pub made_at: Timestamp,
    /// When it was taken back or another came in its place.
    pub ended_at: Option<Timestamp>,
    /// What whoever published it says about it.
    pub note: String,
    /// What it rests on, as JSON, to be compared with the record.
    pub content: String,
    /// SHA-256 over its files.
    pub digest: Vec<u8>,
    /// Who published it.
    pub account: Option<AccountId>,
}

/// A file of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationFile {
    /// Where it is, relative to the publication: `files/policy.pdf`.
    pub path: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its content.
    pub digest: Vec<u8>,
    /// Its bytes.
    pub content: Vec<u8>,
}

const COLUMNS: &str = "publication_id, what, made_at, ended_at, note, content, digest, account_id";

fn read(row: &Row<'_>) -> Result<Publication, Error> {
    Ok(Publication {
        id: row.get(0)?,
        what: row.get(1)?,
        made_at: row.get(2)?,
        ended_at: row.get(3)?,
        note: row.get(4)?,
        content: row.get(5)?,
        digest: row.get(6)?,
        account: row.get(7)?,
    })
}

/// Keeps a publication with its files. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    publication: &Publication,
    files: &[PublicationFile],
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO publication (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        values![
            institution,
            publication.id,
            publication.what,
            publication.made_at,
            publication.ended_at,
            publication.note,
            publication.content,
            publication.digest,
            publication.account
        ],
    )?;
    for file in files {
        tx.execute(
            "INSERT INTO publication_file (institution_id, publication_id, path, media_type, digest, content)
             VALUES ($1, $2, $3, $4, $5, $6)",
            values![institution, publication.id, file.path, file.media_type, file.digest, file.content],
        )?;
    }
    Ok(())
}

/// The publications of a sort, the latest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, what: &str) -> Result<Vec<Publication>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM publication WHERE institution_id = $1 AND what = $2
             ORDER BY made_at DESC, publication_id DESC"
        ),
        values![institution, what],
        read,
    )
}

/// The latest publication of a sort, ended or not.
///
/// # Errors
/// If the database fails.
pub fn latest(tx: &mut Tx<'_>, institution: InstitutionId, what: &str) -> Result<Option<Publication>, Error> {
    tx.query_opt(
        &format!(
            "SELECT {COLUMNS} FROM publication WHERE institution_id = $1 AND what = $2
             ORDER BY made_at DESC, publication_id DESC LIMIT 1"
        ),
        values![institution, what],
        read,
    )
}

/// One publication.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: PublicationId) -> Result<Option<Publication>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM publication WHERE institution_id = $1 AND publication_id = $2"),
        values![institution, id],
        read,
    )
}

/// Every file of a publication, by path.
///
/// # Errors
/// If the database fails.
pub fn files(tx: &mut Tx<'_>, institution: InstitutionId, id: PublicationId) -> Result<Vec<PublicationFile>, Error> {
    tx.query(
        "SELECT path, media_type, digest, content FROM publication_file
         WHERE institution_id = $1 AND publication_id = $2 ORDER BY path",
        values![institution, id],
        |row| {
            Ok(PublicationFile {
                path: row.get(0)?,
                media_type: row.get(1)?,
                digest: row.get(2)?,
                content: row.get(3)?,
            })
        },
    )
}

/// Ends a publication at a moment, or lets it go on. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_ended(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: PublicationId,
    ended_at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE publication SET ended_at = $3 WHERE institution_id = $1 AND publication_id = $2",
        values![institution, id, ended_at],
    )?;
    if changed == 0 { Err(Error::NotFound("publication")) } else { Ok(()) }
}
