//! Keys with which programs call the API. Of a key only the digest is kept.

use domain::{AccountId, ApiKeyId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A key of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What the institution calls it.
    pub name: String,
    /// SHA-256 of the key.
    pub digest: Vec<u8>,
    /// What it is good for: words that `app` knows.
    pub scopes: Vec<String>,
    /// Who answers for it; it can never do more than they.
    pub account: AccountId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last used, to some minutes.
    pub last_used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "api_key_id, name, key_digest, scopes, account_id, created_at, expires_at, last_used_at, revoked_at";

fn read(row: &Row<'_>) -> Result<ApiKey, Error> {
    let scopes: String = row.get(3)?;
    Ok(ApiKey {
        id: row.get(0)?,
        name: row.get(1)?,
        digest: row.get(2)?,
        scopes: domain::split_list(&scopes).map(str::to_owned).collect(),
        account: row.get(4)?,
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
        last_used_at: row.get(7)?,
        revoked_at: row.get(8)?,
    })
}

/// Adds a key. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution or account.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, key: &ApiKey) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO api_key (institution_id, api_key_id, name, key_digest, scopes, account_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            institution,
            key.id,
            key.name,
            key.digest,
            key.scopes.join(";"),
            key.account,
            key.created_at,
            key.expires_at
        ],
    )?;
    Ok(())
}

/// A key of the institution.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: ApiKeyId) -> Result<Option<ApiKey>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM api_key WHERE institution_id = $1 AND api_key_id = $2"),
        values![institution, id],
        read,
    )
}

/// Every key of the institution, those expired and taken back included, latest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<ApiKey>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM api_key WHERE institution_id = $1 ORDER BY api_key_id DESC"),
        values![institution],
        read,
    )
}

/// Notes that a key was used.
///
/// # Errors
/// If the database fails.
pub fn used(tx: &mut Tx<'_>, institution: InstitutionId, id: ApiKeyId, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        "UPDATE api_key SET last_used_at = $3 WHERE institution_id = $1 AND api_key_id = $2",
        values![institution, id, at],
    )?;
    Ok(())
}

/// Takes a key back; from then on it opens nothing. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or it was taken back before.
pub fn revoke(tx: &mut Tx<'_>, institution: InstitutionId, id: ApiKeyId, at: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE api_key SET revoked_at = $3 WHERE institution_id = $1 AND api_key_id = $2 AND revoked_at IS NULL",
        values![institution, id, at],
    )?;
    if changed == 0 { Err(Error::NotFound("api_key")) } else { Ok(()) }
}

/// Gives somebody's keys that have not been taken back to somebody else, who answers for them from then on. Needs an
/// audit event. Returns how many.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn pass_on(tx: &mut Tx<'_>, institution: InstitutionId, from: AccountId, to: AccountId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE api_key SET account_id = $3 WHERE institution_id = $1 AND account_id = $2 AND revoked_at IS NULL",
        values![institution, from, to],
    )
}

/// Gives one key to somebody, who answers for it from then on; nothing happens if it is gone. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn give(tx: &mut Tx<'_>, institution: InstitutionId, id: ApiKeyId, to: AccountId) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE api_key SET account_id = $3 WHERE institution_id = $1 AND api_key_id = $2",
        values![institution, id, to],
    )?;
    Ok(())
}
