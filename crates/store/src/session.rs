//! Who is signed in. Only digests of the tokens are kept: a stolen database signs nobody in.

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// Someone is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of the token that the browser holds.
    pub token_digest: Vec<u8>,
    /// Who.
    pub account: AccountId,
    /// What forms must bring along.
    pub csrf: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When they last asked for something.
    pub last_seen_at: Timestamp,
    /// Until when, at the latest.
    pub expires_at: Timestamp,
}

/// Signs someone in.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn insert(tx: &mut Tx<'_>, session: &Session) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO session (token_digest, account_id, csrf, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![
            session.token_digest,
            session.account,
            session.csrf,
            session.created_at,
            session.last_seen_at,
            session.expires_at
        ],
    )?;
    Ok(())
}

/// The session of this token, unless it has expired.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, token_digest: &[u8], now: Timestamp) -> Result<Option<Session>, Error> {
    tx.query_opt(
        "SELECT token_digest, account_id, csrf, created_at, last_seen_at, expires_at FROM session
         WHERE token_digest = $1 AND expires_at > $2",
        values![token_digest, now],
        |row| {
            Ok(Session {
                token_digest: row.get(0)?,
                account: row.get(1)?,
                csrf: row.get(2)?,
                created_at: row.get(3)?,
                last_seen_at: row.get(4)?,
                expires_at: row.get(5)?,
            })
        },
    )
}

/// Notes that the session was used, and until when it now holds.
///
/// # Errors
/// If the database fails.
pub fn extend(
    tx: &mut Tx<'_>,
    token_digest: &[u8],
    last_seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE session SET last_seen_at = $2, expires_at = $3 WHERE token_digest = $1",
        values![token_digest, last_seen_at, expires_at],
    )?;
    Ok(())
}

/// Signs out.
///
/// # Errors
/// If the database fails.
pub fn delete(tx: &mut Tx<'_>, token_digest: &[u8]) -> Result<(), Error> {
    tx.execute("DELETE FROM session WHERE token_digest = $1", values![token_digest])?;
    Ok(())
}

/// Signs someone out everywhere.
///
/// # Errors
/// If the database fails.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, Error> {
    tx.execute("DELETE FROM session WHERE account_id = $1", values![account])
}

/// Removes what has expired.
///
/// # Errors
/// If the database fails.
pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, Error> {
    tx.execute("DELETE FROM session WHERE expires_at <= $1", values![now])
}
