//! Ways of signing in that have begun elsewhere and must come back once: at an identity provider, with a passkey. Only a digest of
//! the token is kept, and what comes back is taken away with it: nothing comes back twice.

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Something that has begun and must come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// Digest of the token by which it is found again.
    pub token_digest: Vec<u8>,
    /// Of which sort: a word that `app` knows. A token of one sort is none of another.
    pub kind: String,
    /// For whom, if that is known when it begins.
    pub account: Option<AccountId>,
    /// What must be known when it comes back, as JSON: a challenge, a verifier.
    pub payload: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when, at the latest.
    pub expires_at: Timestamp,
}

fn read(row: &Row<'_>) -> Result<Ceremony, Error> {
    Ok(Ceremony {
        token_digest: row.get(0)?,
        kind: row.get(1)?,
        account: row.get(2)?,
        payload: row.get(3)?,
        created_at: row.get(4)?,
        expires_at: row.get(5)?,
    })
}

/// Begins one.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn insert(tx: &mut Tx<'_>, ceremony: &Ceremony) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO ceremony (token_digest, kind, account_id, payload, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![
            ceremony.token_digest,
            ceremony.kind,
            ceremony.account,
            ceremony.payload,
            ceremony.created_at,
            ceremony.expires_at
        ],
    )?;
    Ok(())
}

/// The one of this token and kind, which is gone afterwards; none if there is none, or it has expired.
///
/// # Errors
/// If the database fails.
pub fn take(tx: &mut Tx<'_>, token_digest: &[u8], kind: &str, now: Timestamp) -> Result<Option<Ceremony>, Error> {
    let found = tx.query_opt(
        "DELETE FROM ceremony WHERE token_digest = $1 AND kind = $2
         RETURNING token_digest, kind, account_id, payload, created_at, expires_at",
        values![token_digest, kind],
        read,
    )?;
    Ok(found.filter(|ceremony| ceremony.expires_at > now))
}

/// Removes what has expired.
///
/// # Errors
/// If the database fails.
pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, Error> {
    tx.execute("DELETE FROM ceremony WHERE expires_at <= $1", values![now])
}
