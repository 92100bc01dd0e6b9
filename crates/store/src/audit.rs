//! Who did what, when: only ever added to.

use domain::{AccountId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// The institution that events of the installation itself are kept under.
pub const INSTALLATION: InstitutionId = InstitutionId(0);

/// Something that happened. It names records by id; personal data stays in the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its key, from the caller's context; later events have greater ones.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who; none for the program itself.
    pub account: Option<AccountId>,
    /// What was done, as `noun.verb`: `learner.change`, `import.apply`.
    pub action: String,
    /// Sort of the record it was done to: `learner`.
    pub subject_kind: String,
    /// The record, if it was one.
    pub subject_id: Option<i64>,
    /// More, as a JSON object: names of changed fields, counts. No personal data.
    pub payload: String,
    /// Why the actor's reach allowed it: the role, and over whom.
    pub reach: Option<String>,
}

/// Notes an event of the institution (or of [`INSTALLATION`]). Every change needs one in its transaction.
///
/// # Errors
/// If the database fails.
pub fn record(tx: &mut Tx<'_>, institution: InstitutionId, event: &Event) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO audit (institution_id, audit_id, at, account_id, action, subject_kind, subject_id, payload, reach)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            institution,
            event.id,
            event.at,
            event.account,
            event.action,
            event.subject_kind,
            event.subject_id,
            event.payload,
            event.reach
        ],
    )?;
    tx.audited();
    Ok(())
}

/// An event of the institution.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: i64) -> Result<Option<Event>, Error> {
    tx.query_opt(
        "SELECT audit_id, at, account_id, action, subject_kind, subject_id, payload, reach FROM audit
         WHERE institution_id = $1 AND audit_id = $2",
        values![institution, id],
        read,
    )
}

/// Events of the institution, latest first, older than the event `before` if given.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, before: Option<i64>, limit: u32) -> Result<Vec<Event>, Error> {
    tx.query(
        "SELECT audit_id, at, account_id, action, subject_kind, subject_id, payload, reach FROM audit
         WHERE institution_id = $1 AND audit_id < $2 ORDER BY audit_id DESC LIMIT $3",
        values![institution, before.unwrap_or(i64::MAX), i64::from(limit)],
        read,
    )
}

/// Events about one record, latest first, older than the event `before` if given.
///
/// # Errors
/// If the database fails.
pub fn list_of(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    subject_kind: &str,
    subject_id: i64,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Event>, Error> {
    tx.query(
        "SELECT audit_id, at, account_id, action, subject_kind, subject_id, payload, reach FROM audit
         WHERE institution_id = $1 AND subject_kind = $2 AND subject_id = $3 AND audit_id < $4
         ORDER BY audit_id DESC LIMIT $5",
        values![institution, subject_kind, subject_id, before.unwrap_or(i64::MAX), i64::from(limit)],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Event, Error> {
    Ok(Event {
        id: row.get(0)?,
        at: row.get(1)?,
        account: row.get(2)?,
        action: row.get(3)?,
        subject_kind: row.get(4)?,
        subject_id: row.get(5)?,
        payload: row.get(6)?,
        reach: row.get(7)?,
    })
}
