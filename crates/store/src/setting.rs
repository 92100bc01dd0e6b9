//! What an institution decided for itself, by name.

use domain::InstitutionId;

use crate::{Error, Tx, value::values};

/// The setting with this name.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, name: &str) -> Result<Option<String>, Error> {
    tx.query_opt(
        "SELECT setting FROM setting WHERE institution_id = $1 AND name = $2",
        values![institution, name],
        |row| row.get(0),
    )
}

/// Sets it. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, name: &str, setting: &str) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO setting (institution_id, name, setting) VALUES ($1, $2, $3)
         ON CONFLICT (institution_id, name) DO UPDATE SET setting = excluded.setting",
        values![institution, name, setting],
    )?;
    Ok(())
}
