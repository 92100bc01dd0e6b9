//! Careers Hubs: groups of institutions of an area.

use domain::{HubId, InstitutionId};

use crate::{Error, Row, Tx, value::values};

/// Adds a hub. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn insert(tx: &mut Tx<'_>, id: HubId, name: &str) -> Result<(), Error> {
    tx.must_audit();
    tx.execute("INSERT INTO hub (hub_id, name) VALUES ($1, $2)", values![id, name])?;
    Ok(())
}

/// Every hub with its name, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<(HubId, String)>, Error> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    tx.query("SELECT hub_id, name FROM hub ORDER BY lower(name), hub_id", values![], read)
}

/// The institutions of a hub.
///
/// # Errors
/// If the database fails.
pub fn institutions(tx: &mut Tx<'_>, id: HubId) -> Result<Vec<InstitutionId>, Error> {
    tx.query("SELECT institution_id FROM institution WHERE hub_id = $1 ORDER BY institution_id", values![id], |row| {
        row.get(0)
    })
}

/// Puts an institution into a hub, or into none. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] for an unknown institution, [`Error::Depends`] for an unknown hub.
pub fn join(tx: &mut Tx<'_>, institution: InstitutionId, hub: Option<HubId>) -> Result<(), Error> {
    tx.must_audit();
    let changed =
        tx.execute("UPDATE institution SET hub_id = $2 WHERE institution_id = $1", values![institution, hub])?;
    if changed == 0 { Err(Error::NotFound("institution")) } else { Ok(()) }
}
