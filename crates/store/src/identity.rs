//! Who people are at identity providers: what signs them in, and nothing that they could choose themselves.

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// That somebody is known by a subject of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The issuer, as its tokens name it.
    pub issuer: String,
    /// The subject, as `app` makes it of a token's claims. Together with the issuer it is one person's.
    pub subject: String,
    /// Whose.
    pub account: AccountId,
    /// Since when.
    pub linked_at: Timestamp,
    /// When somebody last signed in by it.
    pub last_used_at: Option<Timestamp>,
}

const COLUMNS: &str = "issuer, subject, account_id, linked_at, last_used_at";

fn read(row: &Row<'_>) -> Result<Identity, Error> {
    Ok(Identity {
        issuer: row.get(0)?,
        subject: row.get(1)?,
        account: row.get(2)?,
        linked_at: row.get(3)?,
        last_used_at: row.get(4)?,
    })
}

/// Links an identity to an account. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if it is linked already, [`Error::Depends`] for an unknown account.
pub fn link(tx: &mut Tx<'_>, identity: &Identity) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO identity ({COLUMNS}) VALUES ($1, $2, $3, $4, $5)"),
        values![identity.issuer, identity.subject, identity.account, identity.linked_at, identity.last_used_at],
    )?;
    Ok(())
}

/// The identity with this issuer and subject, letter by letter.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<Identity>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM identity WHERE issuer = $1 AND subject = $2"),
        values![issuer, subject],
        read,
    )
}

/// Somebody's identities, in the order in which they were linked.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Identity>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM identity WHERE account_id = $1 ORDER BY linked_at, issuer, subject"),
        values![account],
        read,
    )
}

/// Notes that somebody signed in by it.
///
/// # Errors
/// If the database fails.
pub fn note_use(tx: &mut Tx<'_>, issuer: &str, subject: &str, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        "UPDATE identity SET last_used_at = $3 WHERE issuer = $1 AND subject = $2",
        values![issuer, subject, at],
    )?;
    Ok(())
}

/// Unlinks one of somebody's identities. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs.
pub fn unlink(tx: &mut Tx<'_>, account: AccountId, issuer: &str, subject: &str) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM identity WHERE account_id = $1 AND issuer = $2 AND subject = $3",
        values![account, issuer, subject],
    )?;
    if deleted == 0 { Err(Error::NotFound("identity")) } else { Ok(()) }
}
