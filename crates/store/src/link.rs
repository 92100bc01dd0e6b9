//! Links that let somebody do one thing without an account. Only digests of their tokens are kept.

use domain::{AccountId, InstitutionId, LinkId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its key.
    pub id: LinkId,
    /// What it is for, by its word.
    pub purpose: String,
    /// Key of what it is about: an activity, a placement.
    pub subject: Option<i64>,
    /// What else limits it, such as a form.
    pub about: Option<String>,
    /// Digest of the token in its address.
    pub token_digest: Vec<u8>,
    /// For whom it was made, in the words of whoever made it.
    pub label: Option<String>,
    /// Who made it.
    pub account: Option<AccountId>,
    /// When.
    pub made_at: Timestamp,
    /// Until when it works; none is until it is closed.
    pub expires_at: Option<Timestamp>,
    /// When somebody closed it.
    pub closed_at: Option<Timestamp>,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// How often it was used.
    pub uses: i32,
}

const COLUMNS: &str = "link_id, purpose, subject_id, about, token_digest, label, account_id, made_at, expires_at, closed_at, \
     used_at, uses";

fn read(row: &Row<'_>) -> Result<Link, Error> {
    Ok(Link {
        id: row.get(0)?,
        purpose: row.get(1)?,
        subject: row.get(2)?,
        about: row.get(3)?,
        token_digest: row.get(4)?,
        label: row.get(5)?,
        account: row.get(6)?,
        made_at: row.get(7)?,
        expires_at: row.get(8)?,
        closed_at: row.get(9)?,
        used_at: row.get(10)?,
        uses: row.get(11)?,
    })
}

/// Adds a link. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, link: &Link) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO link (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        values![
            institution,
            link.id,
            link.purpose,
            link.subject,
            link.about.as_deref(),
            link.token_digest,
            link.label.as_deref(),
            link.account,
            link.made_at,
            link.expires_at,
            link.closed_at,
            link.used_at,
            link.uses
        ],
    )?;
    Ok(())
}

/// The link whose token has this digest, closed and expired ones too.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, token_digest: &[u8]) -> Result<Option<Link>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM link WHERE institution_id = $1 AND token_digest = $2");
    tx.query_opt(&sql, values![institution, token_digest], read)
}

/// The link with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: LinkId) -> Result<Link, Error> {
    let sql = format!("SELECT {COLUMNS} FROM link WHERE institution_id = $1 AND link_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("link"))
}

/// The links with a purpose, about one thing or about any, latest first.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    purpose: &str,
    subject: Option<i64>,
) -> Result<Vec<Link>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM link WHERE institution_id = $1 AND purpose = $2 AND ($3 OR subject_id = $4)
         ORDER BY link_id DESC"
    );
    tx.query(&sql, values![institution, purpose, subject.is_none(), subject], read)
}

/// Ends a link. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if it is not open.
pub fn close(tx: &mut Tx<'_>, institution: InstitutionId, id: LinkId, at: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    let closed = tx.execute(
        "UPDATE link SET closed_at = $3 WHERE institution_id = $1 AND link_id = $2 AND closed_at IS NULL",
        values![institution, id, at],
    )?;
    if closed == 0 { Err(Error::NotFound("link")) } else { Ok(()) }
}

/// Notes that a link was used.
///
/// # Errors
/// If the database fails.
pub fn note_use(tx: &mut Tx<'_>, institution: InstitutionId, id: LinkId, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        "UPDATE link SET used_at = $3, uses = uses + 1 WHERE institution_id = $1 AND link_id = $2",
        values![institution, id, at],
    )?;
    Ok(())
}
