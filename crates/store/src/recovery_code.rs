//! The codes that people keep on paper for the day when their app or passkey is gone. Only digests are kept; each works once.

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// Gives somebody new codes; the earlier ones are gone. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if a digest is given twice, [`Error::Depends`] for an unknown account.
pub fn replace(tx: &mut Tx<'_>, account: AccountId, digests: &[Vec<u8>]) -> Result<(), Error> {
    delete_of(tx, account)?;
    for digest in digests {
        tx.execute(
            "INSERT INTO recovery_code (account_id, code_digest, used_at) VALUES ($1, $2, NULL)",
            values![account, digest],
        )?;
    }
    Ok(())
}

/// Uses one up; false if there is no such code of theirs, or it was used, even at the same moment. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn spend(tx: &mut Tx<'_>, account: AccountId, digest: &[u8], now: Timestamp) -> Result<bool, Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_digest = $2 AND used_at IS NULL",
        values![account, digest, now],
    )?;
    Ok(changed == 1)
}

/// How many are left.
///
/// # Errors
/// If the database fails.
pub fn left(tx: &mut Tx<'_>, account: AccountId) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL", values![account])
}

/// Takes all of somebody's codes away. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute("DELETE FROM recovery_code WHERE account_id = $1", values![account])
}
