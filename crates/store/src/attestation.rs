//! Institution-level requirements that a person confirms, with evidence. Earlier confirmations are kept, so that a past date
//! gives the past answer.

use domain::{AccountId, Date, InstitutionId};

use crate::{Error, Tx, value::values};

/// That an institution-level requirement was met on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// The requirement's id in the rulebook.
    pub requirement: String,
    /// On which day it was confirmed.
    pub attested_on: Date,
    /// What shows it: words, or where to find it.
    pub evidence: String,
    /// Who answers for it.
    pub owner: String,
    /// Who recorded it.
    pub account: Option<AccountId>,
}

/// Records a confirmation, in place of one of the same requirement and day.
///
/// # Errors
/// [`Error::NotFound`] for an unknown institution.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, attestation: &Attestation) -> Result<(), Error> {
    tx.advance(institution)?;
    tx.execute(
        "INSERT INTO attestation (institution_id, requirement, attested_on, evidence, owner, account_id)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (institution_id, requirement, attested_on)
         DO UPDATE SET evidence = excluded.evidence, owner = excluded.owner, account_id = excluded.account_id",
        values![
            institution,
            attestation.requirement,
            attestation.attested_on,
            attestation.evidence,
            attestation.owner,
            attestation.account
        ],
    )?;
    Ok(())
}

/// Takes a confirmation back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, requirement: &str, attested_on: Date) -> Result<(), Error> {
    tx.advance(institution)?;
    let deleted = tx.execute(
        "DELETE FROM attestation WHERE institution_id = $1 AND requirement = $2 AND attested_on = $3",
        values![institution, requirement, attested_on],
    )?;
    if deleted == 0 { Err(Error::NotFound("attestation")) } else { Ok(()) }
}

/// Every confirmation of the institution, by requirement, then day.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Attestation>, Error> {
    tx.query(
        "SELECT requirement, attested_on, evidence, owner, account_id FROM attestation WHERE institution_id = $1
         ORDER BY requirement, attested_on",
        values![institution],
        |row| {
            Ok(Attestation {
                requirement: row.get(0)?,
                attested_on: row.get(1)?,
                evidence: row.get(2)?,
                owner: row.get(3)?,
                account: row.get(4)?,
            })
        },
    )
}
