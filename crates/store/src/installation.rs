//! The installation itself: whether it has been set up, and the code that lets the first person do so.

use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// The state of the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// Digest of the one-time code; none once it was used.
    pub setup_code_digest: Option<Vec<u8>>,
    /// When the database was first served.
    pub created_at: Timestamp,
    /// When it was set up.
    pub completed_at: Option<Timestamp>,
}

/// The state of the installation; none before it was first served.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<Installation>, Error> {
    tx.query_opt("SELECT setup_code_digest, created_at, completed_at FROM installation", values![], |row| {
        Ok(Installation { setup_code_digest: row.get(0)?, created_at: row.get(1)?, completed_at: row.get(2)? })
    })
}

/// Puts a one-time code in place of the one before. Whoever calls this holds the server's console.
///
/// # Errors
/// If the database fails.
pub fn offer_setup(tx: &mut Tx<'_>, code_digest: &[u8], now: Timestamp) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO installation (installation_id, setup_code_digest, created_at) VALUES (1, $1, $2)
         ON CONFLICT (installation_id) DO UPDATE SET setup_code_digest = excluded.setup_code_digest",
        values![code_digest, now],
    )?;
    Ok(())
}

/// Notes that the installation has been set up; the code no longer works. Needs an audit event.
///
/// # Errors
/// [`Error::Conflict`] if it was set up before (by someone else at the same moment).
pub fn complete_setup(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "INSERT INTO installation (installation_id, created_at, completed_at) VALUES (1, $1, $1)
         ON CONFLICT (installation_id) DO UPDATE SET setup_code_digest = NULL, completed_at = excluded.completed_at
         WHERE installation.completed_at IS NULL",
        values![now],
    )?;
    if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
}
