//! Former identifiers of learners: a UPN or reference that a later file may still use.

use domain::{InstitutionId, LearnerId};

use crate::{
    Error, Tx,
    import::{Noun, Touched},
    value::values,
};

/// Notes a former identifier of the learner. `scheme` is one word: `upn`, `uln`, `reference`.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner.
pub fn insert(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    scheme: &str,
    identifier: &str,
) -> Result<(), Error> {
    let touched = Touched::new(Noun::LearnerAlias, learner.0).word(format!("{scheme} {identifier}"));
    let revision = tx.touch(institution, touched)?;
    tx.execute(
        "INSERT INTO learner_alias (institution_id, learner_id, scheme, identifier, revision)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, learner_id, scheme, identifier) DO UPDATE SET revision = excluded.revision",
        values![institution, learner, scheme, identifier, revision],
    )?;
    Ok(())
}

/// The learners who formerly had this identifier.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    scheme: &str,
    identifier: &str,
) -> Result<Vec<LearnerId>, Error> {
    tx.query(
        "SELECT learner_id FROM learner_alias WHERE institution_id = $1 AND scheme = $2 AND identifier = $3
         ORDER BY learner_id",
        values![institution, scheme, identifier],
        |row| row.get(0),
    )
}

/// A former identifier of a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Whose.
    pub learner: LearnerId,
    /// Of which sort.
    pub scheme: String,
    /// The identifier.
    pub identifier: String,
}

/// Every former identifier of the institution's learners, by learner.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Alias>, Error> {
    tx.query(
        "SELECT learner_id, scheme, identifier FROM learner_alias WHERE institution_id = $1
         ORDER BY learner_id, scheme, identifier",
        values![institution],
        |row| Ok(Alias { learner: row.get(0)?, scheme: row.get(1)?, identifier: row.get(2)? }),
    )
}
