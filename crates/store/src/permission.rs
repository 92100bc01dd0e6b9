//! Where an institution's grid of roles and actions differs from the usual one.

use domain::InstitutionId;

use crate::{Error, Tx, value::values};

/// A tick that was set or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// The role: a word that `app` knows.
    pub role: String,
    /// The action: a word that `app` knows.
    pub action: String,
    /// Set or taken away.
    pub allowed: bool,
}

/// The institution's own ticks.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Permission>, Error> {
    tx.query(
        "SELECT role, action, allowed FROM role_permission WHERE institution_id = $1 ORDER BY role, action",
        values![institution],
        |row| Ok(Permission { role: row.get(0)?, action: row.get(1)?, allowed: row.get(2)? }),
    )
}

/// Sets the institution's own ticks, in place of those there were. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn replace(tx: &mut Tx<'_>, institution: InstitutionId, permissions: &[Permission]) -> Result<(), Error> {
    tx.must_audit();
    tx.execute("DELETE FROM role_permission WHERE institution_id = $1", values![institution])?;
    for Permission { role, action, allowed } in permissions {
        tx.execute(
            "INSERT INTO role_permission (institution_id, role, action, allowed) VALUES ($1, $2, $3, $4)",
            values![institution, role, action, *allowed],
        )?;
    }
    Ok(())
}
