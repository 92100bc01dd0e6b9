//! Links by which somebody who forgot their password sets another. Only digests of the links are kept.

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Somebody may set another password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordReset {
    /// Digest of the token in the link.
    pub token_digest: Vec<u8>,
    /// Whose password.
    pub account: AccountId,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

fn read(row: &Row<'_>) -> Result<PasswordReset, Error> {
    Ok(PasswordReset {
        token_digest: row.get(0)?,
        account: row.get(1)?,
        created_at: row.get(2)?,
        expires_at: row.get(3)?,
    })
}

/// Lets somebody set another password. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn insert(tx: &mut Tx<'_>, reset: &PasswordReset) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO password_reset (token_digest, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        values![reset.token_digest, reset.account, reset.created_at, reset.expires_at],
    )?;
    Ok(())
}

/// The one whose link has this token, unless it has expired.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, token_digest: &[u8], now: Timestamp) -> Result<Option<PasswordReset>, Error> {
    tx.query_opt(
        "SELECT token_digest, account_id, created_at, expires_at FROM password_reset
         WHERE token_digest = $1 AND expires_at > $2",
        values![token_digest, now],
        read,
    )
}

/// Ends every link of the account. Of two who use one link at once, only one is told that there was any.
///
/// # Errors
/// If the database fails.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, Error> {
    tx.execute("DELETE FROM password_reset WHERE account_id = $1", values![account])
}

/// Removes what has expired.
///
/// # Errors
/// If the database fails.
pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, Error> {
    tx.execute("DELETE FROM password_reset WHERE expires_at <= $1", values![now])
}
