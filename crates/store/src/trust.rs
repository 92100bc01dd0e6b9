//! Trusts: groups of institutions.

use domain::{InstitutionId, TrustId};

use crate::{Error, Row, Tx, value::values};

/// A trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// Its name.
    pub name: String,
    /// Its number in the national register of groups.
    pub group_uid: Option<String>,
}

/// Adds a trust. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if its register number is known already.
pub fn insert(tx: &mut Tx<'_>, id: TrustId, trust: &Trust) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO trust (trust_id, name, group_uid) VALUES ($1, $2, $3)",
        values![id, trust.name, trust.group_uid],
    )?;
    Ok(())
}

/// Changes a trust. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] if its register number is another's.
pub fn update(tx: &mut Tx<'_>, id: TrustId, trust: &Trust) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE trust SET name = $2, group_uid = $3 WHERE trust_id = $1",
        values![id, trust.name, trust.group_uid],
    )?;
    if changed == 0 { Err(Error::NotFound("trust")) } else { Ok(()) }
}

/// The trust.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, id: TrustId) -> Result<Option<Trust>, Error> {
    tx.query_opt("SELECT name, group_uid FROM trust WHERE trust_id = $1", values![id], |row| {
        Ok(Trust { name: row.get(0)?, group_uid: row.get(1)? })
    })
}

/// The trust with this number in the national register of groups.
///
/// # Errors
/// If the database fails.
pub fn find_by_group_uid(tx: &mut Tx<'_>, group_uid: &str) -> Result<Option<TrustId>, Error> {
    tx.query_opt("SELECT trust_id FROM trust WHERE group_uid = $1", values![group_uid], |row| row.get(0))
}

/// Every trust, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<(TrustId, Trust)>, Error> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, Trust { name: row.get(1)?, group_uid: row.get(2)? }));
    tx.query("SELECT trust_id, name, group_uid FROM trust ORDER BY lower(name), trust_id", values![], read)
}

/// The institutions of a trust.
///
/// # Errors
/// If the database fails.
pub fn institutions(tx: &mut Tx<'_>, id: TrustId) -> Result<Vec<InstitutionId>, Error> {
    tx.query("SELECT institution_id FROM institution WHERE trust_id = $1 ORDER BY institution_id", values![id], |row| {
        row.get(0)
    })
}
