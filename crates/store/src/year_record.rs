//! In which year group a learner is recorded to be, by academic year.

use domain::{AcademicYear, InstitutionId, LearnerId, YearGroup};

use crate::{
    Error, Tx,
    import::{Noun, Touched},
    value::values,
};

fn touched(learner: LearnerId, year: AcademicYear) -> Touched {
    Touched::new(Noun::YearRecord, learner.0).other(i64::from(year.start()))
}

/// Records the learner's year group for the academic year, in place of what was recorded before.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner.
pub fn set(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    year: AcademicYear,
    year_group: YearGroup,
) -> Result<(), Error> {
    let revision = tx.touch(institution, touched(learner, year))?;
    tx.execute(
        "INSERT INTO year_record (institution_id, learner_id, academic_year, year_group, revision)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, learner_id, academic_year)
         DO UPDATE SET year_group = excluded.year_group, revision = excluded.revision",
        values![institution, learner, year, year_group, revision],
    )?;
    Ok(())
}

/// Removes what is recorded of the learner for the academic year, if anything is.
///
/// # Errors
/// If the database fails.
pub fn delete(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    year: AcademicYear,
) -> Result<(), Error> {
    tx.touch(institution, touched(learner, year).removing())?;
    tx.execute(
        "DELETE FROM year_record WHERE institution_id = $1 AND learner_id = $2 AND academic_year = $3",
        values![institution, learner, year],
    )?;
    Ok(())
}

/// What is recorded of one learner, earliest year first.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
) -> Result<Vec<(AcademicYear, YearGroup)>, Error> {
    tx.query(
        "SELECT academic_year, year_group FROM year_record WHERE institution_id = $1 AND learner_id = $2
         ORDER BY academic_year",
        values![institution, learner],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
