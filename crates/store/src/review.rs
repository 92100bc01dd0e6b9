//! Annual reviews of education, health and care plans.

use domain::{Date, InstitutionId, LearnerId};

use crate::{
    Error, Tx,
    import::{Noun, Touched},
    value::values,
};

fn touched(learner: LearnerId, held_on: Date) -> Touched {
    Touched::new(Noun::Review, learner.0).word(held_on.to_string())
}

/// Records the review held on this day, in place of what was recorded for the day before.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner.
pub fn set(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    held_on: Date,
    preparing_for_adulthood: bool,
) -> Result<(), Error> {
    let revision = tx.touch(institution, touched(learner, held_on))?;
    tx.execute(
        "INSERT INTO review (institution_id, learner_id, held_on, preparing_for_adulthood, revision)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, learner_id, held_on)
         DO UPDATE SET preparing_for_adulthood = excluded.preparing_for_adulthood, revision = excluded.revision",
        values![institution, learner, held_on, preparing_for_adulthood, revision],
    )?;
    Ok(())
}

/// Removes the review of this day, if there is one.
///
/// # Errors
/// If the database fails.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId, held_on: Date) -> Result<(), Error> {
    tx.touch(institution, touched(learner, held_on).removing())?;
    tx.execute(
        "DELETE FROM review WHERE institution_id = $1 AND learner_id = $2 AND held_on = $3",
        values![institution, learner, held_on],
    )?;
    Ok(())
}

/// A learner's reviews, earliest first: the day, and whether it had its preparing-for-adulthood part.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<Vec<(Date, bool)>, Error> {
    tx.query(
        "SELECT held_on, preparing_for_adulthood FROM review WHERE institution_id = $1 AND learner_id = $2 ORDER BY held_on",
        values![institution, learner],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
