//! How an institution's files are read, once someone has said so: by the sort of file and its headers.

use domain::InstitutionId;
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// Keeps a mapping for files of this sort with these headers, in place of an earlier one. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn save(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    source_kind: &str,
    fingerprint: &str,
    mapping: &str,
    saved_at: Timestamp,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO mapping (institution_id, source_kind, fingerprint, mapping, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, source_kind, fingerprint)
         DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at",
        values![institution, source_kind, fingerprint, mapping, saved_at],
    )?;
    Ok(())
}

/// The mapping (JSON) for files of this sort with these headers.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    source_kind: &str,
    fingerprint: &str,
) -> Result<Option<String>, Error> {
    tx.query_opt(
        "SELECT mapping FROM mapping WHERE institution_id = $1 AND source_kind = $2 AND fingerprint = $3",
        values![institution, source_kind, fingerprint],
        |row| row.get(0),
    )
}

/// The mapping (JSON) last saved for files of this sort, whatever their headers.
///
/// # Errors
/// If the database fails.
pub fn find_latest(tx: &mut Tx<'_>, institution: InstitutionId, source_kind: &str) -> Result<Option<String>, Error> {
    tx.query_opt(
        "SELECT mapping FROM mapping WHERE institution_id = $1 AND source_kind = $2
         ORDER BY saved_at DESC, fingerprint LIMIT 1",
        values![institution, source_kind],
        |row| row.get(0),
    )
}
