//! Who may act at which institution, and as what.

use domain::{AccountId, InstitutionId};

use crate::{Error, Tx, value::values};

/// That someone acts at an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Where.
    pub institution: InstitutionId,
    /// Who.
    pub account: AccountId,
    /// As what: a word that `app` knows.
    pub role: String,
}

/// Gives someone a role at the institution, in place of the one they had. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution or account.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId, role: &str) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO membership (institution_id, account_id, role) VALUES ($1, $2, $3)
         ON CONFLICT (institution_id, account_id) DO UPDATE SET role = excluded.role",
        values![institution, account, role],
    )?;
    Ok(())
}

/// Takes someone's role at the institution away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if they have none.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM membership WHERE institution_id = $1 AND account_id = $2",
        values![institution, account],
    )?;
    if deleted == 0 { Err(Error::NotFound("membership")) } else { Ok(()) }
}

/// Someone's roles, by institution.
///
/// # Errors
/// If the database fails.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Membership>, Error> {
    tx.query(
        "SELECT institution_id, account_id, role FROM membership WHERE account_id = $1 ORDER BY institution_id",
        values![account],
        |row| Ok(Membership { institution: row.get(0)?, account: row.get(1)?, role: row.get(2)? }),
    )
}

/// Everyone with a role at the institution.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Membership>, Error> {
    tx.query(
        "SELECT institution_id, account_id, role FROM membership WHERE institution_id = $1 ORDER BY account_id",
        values![institution],
        |row| Ok(Membership { institution: row.get(0)?, account: row.get(1)?, role: row.get(2)? }),
    )
}
