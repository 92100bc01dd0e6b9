//! What may be spent on careers in an academic year.

use domain::{AcademicYear, InstitutionId};

use crate::{Error, Tx, value::values};

/// Sets the budget of a year, in pence; none takes it away. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear, pence: Option<i64>) -> Result<(), Error> {
    tx.must_audit();
    match pence {
        None => tx.execute(
            "DELETE FROM budget WHERE institution_id = $1 AND academic_year = $2",
            values![institution, year],
        )?,
        Some(pence) => tx.execute(
            "INSERT INTO budget (institution_id, academic_year, pence) VALUES ($1, $2, $3)
             ON CONFLICT (institution_id, academic_year) DO UPDATE SET pence = excluded.pence",
            values![institution, year, pence],
        )?,
    };
    Ok(())
}

/// The budget of a year, in pence, if one was set.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Option<i64>, Error> {
    tx.query_opt(
        "SELECT pence FROM budget WHERE institution_id = $1 AND academic_year = $2",
        values![institution, year],
        |row| row.get(0),
    )
}
