//! People's passkeys: public keys, which are no secret, and what else is needed to check a signature.

use domain::{AccountId, PasskeyId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A passkey of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Whose.
    pub account: AccountId,
    /// Its key here.
    pub id: PasskeyId,
    /// What the device calls it by; unique everywhere.
    pub credential_id: Vec<u8>,
    /// What its owner calls it by.
    pub name: String,
    /// The public key with its counter, as JSON that `app` understands.
    pub credential: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When somebody last proved with it who they are.
    pub last_used_at: Option<Timestamp>,
}

const COLUMNS: &str = "account_id, passkey_id, credential_id, name, credential, created_at, last_used_at";

fn read(row: &Row<'_>) -> Result<Passkey, Error> {
    Ok(Passkey {
        account: row.get(0)?,
        id: row.get(1)?,
        credential_id: row.get(2)?,
        name: row.get(3)?,
        credential: row.get(4)?,
        created_at: row.get(5)?,
        last_used_at: row.get(6)?,
    })
}

/// Adds one. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if the credential is somebody's already, [`Error::Depends`] for an unknown account.
pub fn insert(tx: &mut Tx<'_>, passkey: &Passkey) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO passkey ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        values![
            passkey.account,
            passkey.id,
            passkey.credential_id,
            passkey.name,
            passkey.credential,
            passkey.created_at,
            passkey.last_used_at
        ],
    )?;
    Ok(())
}

/// Somebody's passkeys, oldest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Passkey>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM passkey WHERE account_id = $1 ORDER BY passkey_id"),
        values![account],
        read,
    )
}

/// How many passkeys somebody has.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>, account: AccountId) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM passkey WHERE account_id = $1", values![account])
}

/// The passkey that a device calls by this.
///
/// # Errors
/// If the database fails.
pub fn find_by_credential(tx: &mut Tx<'_>, credential_id: &[u8]) -> Result<Option<Passkey>, Error> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM passkey WHERE credential_id = $1"), values![credential_id], read)
}

/// Notes that it was used, and its counter as it is now.
///
/// # Errors
/// [`Error::NotFound`] if it was removed meanwhile.
pub fn note_use(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: PasskeyId,
    credential: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = tx.execute(
        "UPDATE passkey SET credential = $3, last_used_at = $4 WHERE account_id = $1 AND passkey_id = $2",
        values![account, id, credential, now],
    )?;
    if changed == 0 { Err(Error::NotFound("passkey")) } else { Ok(()) }
}

/// Removes one. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs.
pub fn delete(tx: &mut Tx<'_>, account: AccountId, id: PasskeyId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute("DELETE FROM passkey WHERE account_id = $1 AND passkey_id = $2", values![account, id])?;
    if deleted == 0 { Err(Error::NotFound("passkey")) } else { Ok(()) }
}

/// Removes all of somebody's; how many there were. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute("DELETE FROM passkey WHERE account_id = $1", values![account])
}
