//! What people ask by the form of the public site.

use domain::{AccountId, InformationRequestId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// The word under which letters about questions are kept.
pub const LETTERS: &str = "information-request";

/// A question from the public, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InformationRequest {
    /// Its key.
    pub id: InformationRequestId,
    /// What people come back with: `7K2M-9XQ4`.
    pub reference: String,
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// As whom: a learner, a parent or carer, staff, an employer, somebody else.
    pub audience: String,
    /// What is asked.
    pub message: String,
    /// When.
    pub made_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// What was answered; none if it was answered elsewhere.
    pub answer: Option<String>,
    /// By whom.
    pub account: Option<AccountId>,
}

const COLUMNS: &str =
    "information_request_id, reference, name, email, audience, message, made_at, answered_at, answer, account_id";

fn read(row: &Row<'_>) -> Result<InformationRequest, Error> {
    Ok(InformationRequest {
        id: row.get(0)?,
        reference: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        audience: row.get(4)?,
        message: row.get(5)?,
        made_at: row.get(6)?,
        answered_at: row.get(7)?,
        answer: row.get(8)?,
        account: row.get(9)?,
    })
}

/// Keeps a question. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, asked: &InformationRequest) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO information_request (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        values![
            institution,
            asked.id,
            asked.reference,
            asked.name,
            asked.email,
            asked.audience,
            asked.message,
            asked.made_at,
            asked.answered_at,
            asked.answer.as_deref(),
            asked.account
        ],
    )?;
    Ok(())
}

/// Every question: those not answered first, then the latest.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<InformationRequest>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM information_request WHERE institution_id = $1
             ORDER BY CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END, made_at DESC, information_request_id DESC"
        ),
        values![institution],
        read,
    )
}

/// How many wait for an answer.
///
/// # Errors
/// If the database fails.
pub fn count_open(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    tx.scalar(
        "SELECT count(*) FROM information_request WHERE institution_id = $1 AND answered_at IS NULL",
        values![institution],
    )
}

/// One question.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: InformationRequestId,
) -> Result<Option<InformationRequest>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM information_request WHERE institution_id = $1 AND information_request_id = $2"),
        values![institution, id],
        read,
    )
}

/// Notes the answer, or that there is none after all. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_answer(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: InformationRequestId,
    answered_at: Option<Timestamp>,
    answer: Option<&str>,
    account: Option<AccountId>,
) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE information_request SET answered_at = $3, answer = $4, account_id = $5
         WHERE institution_id = $1 AND information_request_id = $2",
        values![institution, id, answered_at, answer, account],
    )?;
    if changed == 0 { Err(Error::NotFound("information_request")) } else { Ok(()) }
}

/// Takes a question away for good. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: InformationRequestId) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "DELETE FROM information_request WHERE institution_id = $1 AND information_request_id = $2",
        values![institution, id],
    )?;
    if changed == 0 { Err(Error::NotFound("information_request")) } else { Ok(()) }
}
