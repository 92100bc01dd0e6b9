//! What became of those who missed an activity, where somebody said so by hand.

use domain::{AccountId, ActivityId, InstitutionId, LearnerId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A missed activity that nobody has to make up for any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUp {
    /// What was missed.
    pub activity: ActivityId,
    /// By whom.
    pub learner: LearnerId,
    /// The activity that made up for it; none if it is not needed.
    pub closed_by: Option<ActivityId>,
    /// Why it is not needed, or what there is to add.
    pub reason: String,
    /// When that was said.
    pub closed_at: Timestamp,
    /// By whom.
    pub account: Option<AccountId>,
}

const COLUMNS: &str = "activity_id, learner_id, closed_by, reason, closed_at, account_id";

fn read(row: &Row<'_>) -> Result<CatchUp, Error> {
    Ok(CatchUp {
        activity: row.get(0)?,
        learner: row.get(1)?,
        closed_by: row.get(2)?,
        reason: row.get(3)?,
        closed_at: row.get(4)?,
        account: row.get(5)?,
    })
}

/// Says that somebody need not catch up, in place of what was said before. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity or learner.
pub fn close(tx: &mut Tx<'_>, institution: InstitutionId, closed: &CatchUp) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO catch_up (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (institution_id, activity_id, learner_id) DO UPDATE SET closed_by = excluded.closed_by,
                 reason = excluded.reason, closed_at = excluded.closed_at, account_id = excluded.account_id"
        ),
        values![
            institution,
            closed.activity,
            closed.learner,
            closed.closed_by,
            closed.reason,
            closed.closed_at,
            closed.account
        ],
    )?;
    Ok(())
}

/// Takes back that somebody need not catch up. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn reopen(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    learner: LearnerId,
) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM catch_up WHERE institution_id = $1 AND activity_id = $2 AND learner_id = $3",
        values![institution, activity, learner],
    )?;
    if deleted == 0 { Err(Error::NotFound("catch_up")) } else { Ok(()) }
}

/// Everything said by hand, by activity, then learner.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<CatchUp>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM catch_up WHERE institution_id = $1 ORDER BY activity_id, learner_id"),
        values![institution],
        read,
    )
}
