//! Responsibilities in the careers programme, where an institution changed, hid, did or added them.

use domain::{AccountId, Date, DutyId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A responsibility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// The standard one in whose place it stands.
    pub pack_key: Option<String>,
    /// Whose it is, by the word of a post.
    pub post: String,
    /// Of a careers leader's: the field.
    pub field: Option<String>,
    /// What is done.
    pub title: String,
    /// Who does it, by name.
    pub owner: Option<String>,
    /// Who wrote it last.
    pub account: Option<AccountId>,
    /// What shows that it was done.
    pub evidence: String,
    /// When it was last done.
    pub last_done: Option<Date>,
    /// How often, in months.
    pub every_months: Option<i16>,
    /// By when it is due again.
    pub next_due: Option<Date>,
    /// Its place among those of its post.
    pub position: i32,
    /// Whether it is left out.
    pub is_hidden: bool,
    /// When it was last written.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "duty_id, pack_key, post, field, title, owner, account_id, evidence, last_done, every_months, next_due, \
     position, is_hidden, changed_at";

fn read(row: &Row<'_>) -> Result<Duty, Error> {
    Ok(Duty {
        id: row.get(0)?,
        pack_key: row.get(1)?,
        post: row.get(2)?,
        field: row.get(3)?,
        title: row.get(4)?,
        owner: row.get(5)?,
        account: row.get(6)?,
        evidence: row.get(7)?,
        last_done: row.get(8)?,
        every_months: row.get(9)?,
        next_due: row.get(10)?,
        position: row.get(11)?,
        is_hidden: row.get(12)?,
        changed_at: row.get(13)?,
    })
}

/// Keeps a responsibility, in place of what was there under its id. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, duty: &Duty) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO duty (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (institution_id, duty_id) DO UPDATE SET post = excluded.post, field = excluded.field,
                 title = excluded.title, owner = excluded.owner, account_id = excluded.account_id,
                 evidence = excluded.evidence, last_done = excluded.last_done, every_months = excluded.every_months,
                 next_due = excluded.next_due, is_hidden = excluded.is_hidden, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            duty.id,
            duty.pack_key,
            duty.post,
            duty.field,
            duty.title,
            duty.owner,
            duty.account,
            duty.evidence,
            duty.last_done,
            duty.every_months,
            duty.next_due,
            duty.position,
            duty.is_hidden,
            duty.changed_at
        ],
    )?;
    Ok(())
}

/// Every responsibility that is kept, in the order of their places.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Duty>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM duty WHERE institution_id = $1 ORDER BY position, duty_id"),
        values![institution],
        read,
    )
}
