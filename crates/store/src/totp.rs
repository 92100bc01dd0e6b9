//! The secrets that people's apps make six-digit codes from (RFC 6238).

use domain::AccountId;
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// What somebody's app and we both know.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    /// Whose.
    pub account: AccountId,
    /// The secret, 20 bytes. It cannot be a digest: the next code is worked out from it.
    pub secret: Vec<u8>,
    /// Since when.
    pub created_at: Timestamp,
    /// When a first code proved that the app has it; until then it asks nobody for anything.
    pub confirmed_at: Option<Timestamp>,
    /// The step of 30 seconds of the latest code that was accepted; only later ones are.
    pub last_step: i64,
}

impl std::fmt::Debug for Totp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Totp({}, confirmed at {:?})", self.account, self.confirmed_at)
    }
}

/// Keeps a secret that is still to be confirmed, in place of an earlier one. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn offer(tx: &mut Tx<'_>, account: AccountId, secret: &[u8], now: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO totp (account_id, secret, created_at, confirmed_at, last_step) VALUES ($1, $2, $3, NULL, 0)
         ON CONFLICT (account_id) DO UPDATE SET
             secret = excluded.secret, created_at = excluded.created_at, confirmed_at = NULL, last_step = 0",
        values![account, secret, now],
    )?;
    Ok(())
}

/// Somebody's secret, confirmed or not.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Totp>, Error> {
    tx.query_opt(
        "SELECT account_id, secret, created_at, confirmed_at, last_step FROM totp WHERE account_id = $1",
        values![account],
        |row| {
            Ok(Totp {
                account: row.get(0)?,
                secret: row.get(1)?,
                created_at: row.get(2)?,
                confirmed_at: row.get(3)?,
                last_step: row.get(4)?,
            })
        },
    )
}

/// From here on codes are asked for. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is no secret.
pub fn confirm(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute("UPDATE totp SET confirmed_at = $2 WHERE account_id = $1", values![account, now])?;
    if changed == 0 { Err(Error::NotFound("totp")) } else { Ok(()) }
}

/// Notes that the code of this step was accepted; false if that one or a later one was before, even at the same moment.
///
/// # Errors
/// If the database fails.
pub fn accept(tx: &mut Tx<'_>, account: AccountId, step: i64) -> Result<bool, Error> {
    let changed =
        tx.execute("UPDATE totp SET last_step = $2 WHERE account_id = $1 AND last_step < $2", values![account, step])?;
    Ok(changed == 1)
}

/// Forgets somebody's secret; false if there was none. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn delete(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, Error> {
    tx.must_audit();
    Ok(tx.execute("DELETE FROM totp WHERE account_id = $1", values![account])? == 1)
}
