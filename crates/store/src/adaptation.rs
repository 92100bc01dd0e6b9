//! Requirements that ask something else of one learner.

use domain::{Adapted, InstitutionId, LearnerId};

use crate::{
    Error, Tx,
    import::{Noun, Touched},
    value::values,
};

/// An adapted requirement of one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adaptation {
    /// The requirement's id in the rulebook.
    pub requirement: String,
    /// What applies instead.
    pub adapted: Adapted,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub person: String,
}

/// `None` stands for "does not apply".
pub(crate) fn asked(adapted: Adapted) -> Option<i64> {
    match adapted {
        Adapted::Out => None,
        Adapted::Count(count) => Some(i64::from(count)),
    }
}

pub(crate) fn adapted(asked: Option<u32>) -> Adapted {
    asked.map_or(Adapted::Out, Adapted::Count)
}

/// Records the adaptation, in place of one of the same requirement.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner.
pub fn set(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    adaptation: &Adaptation,
) -> Result<(), Error> {
    let touched = Touched::new(Noun::Adaptation, learner.0).word(adaptation.requirement.clone());
    let revision = tx.touch(institution, touched)?;
    tx.execute(
        "INSERT INTO adaptation (institution_id, learner_id, requirement, asked, reason, person, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (institution_id, learner_id, requirement)
         DO UPDATE SET asked = excluded.asked, reason = excluded.reason, person = excluded.person,
             revision = excluded.revision",
        values![
            institution,
            learner,
            adaptation.requirement,
            asked(adaptation.adapted),
            adaptation.reason,
            adaptation.person,
            revision
        ],
    )?;
    Ok(())
}

/// Removes the adaptation of this requirement, if there is one.
///
/// # Errors
/// If the database fails.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId, requirement: &str) -> Result<(), Error> {
    tx.touch(institution, Touched::new(Noun::Adaptation, learner.0).word(requirement.to_owned()).removing())?;
    tx.execute(
        "DELETE FROM adaptation WHERE institution_id = $1 AND learner_id = $2 AND requirement = $3",
        values![institution, learner, requirement],
    )?;
    Ok(())
}

/// A learner's adaptations, by requirement.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<Vec<Adaptation>, Error> {
    tx.query(
        "SELECT requirement, asked, reason, person FROM adaptation WHERE institution_id = $1 AND learner_id = $2
         ORDER BY requirement",
        values![institution, learner],
        |row| {
            Ok(Adaptation {
                requirement: row.get(0)?,
                adapted: adapted(row.get(1)?),
                reason: row.get(2)?,
                person: row.get(3)?,
            })
        },
    )
}
