//! Work placements, with their checks, their stages, and what was written about them.

use domain::{
    AcademicYear, AccountId, ActivityId, CheckStatus, Date, Hours, InstitutionId, LearnerId, Mode, OrganisationId,
    PlacementCheck, PlacementEntryId, PlacementId, PlacementStage,
};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its key.
    pub id: PlacementId,
    /// Whose.
    pub learner: LearnerId,
    /// In which year's season.
    pub year: AcademicYear,
    /// How far it has come.
    pub stage: PlacementStage,
    /// Where, if the organisation is known here.
    pub organisation: Option<OrganisationId>,
    /// Where, by name.
    pub employer: Option<String>,
    /// Who looks after the learner there.
    pub supervisor: Option<String>,
    /// Their e-mail address.
    pub supervisor_email: Option<String>,
    /// Their telephone.
    pub supervisor_phone: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// How long a day is.
    pub hours_a_day: Option<Hours>,
    /// How long it is altogether.
    pub hours: Option<Hours>,
    /// How it is held.
    pub mode: Mode,
    /// What the learner does.
    pub tasks: String,
    /// What the learner is not to do.
    pub not_allowed: String,
    /// How the learner gets there.
    pub travel: String,
    /// Medical and special educational needs.
    pub needs: String,
    /// Why it fell through.
    pub reason: Option<String>,
    /// The activity that counts it.
    pub activity: Option<ActivityId>,
    /// Who looks after it here.
    pub account: Option<AccountId>,
    /// How often it was changed.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "placement_id, learner_id, academic_year, stage, organisation_id, employer, supervisor, \
     supervisor_email, supervisor_phone, address, starts_on, ends_on, hours_a_day, hours, mode, tasks, not_allowed, travel, \
     needs, reason, activity_id, account_id, revision, changed_at";

fn read(row: &Row<'_>) -> Result<Placement, Error> {
    Ok(Placement {
        id: row.get(0)?,
        learner: row.get(1)?,
        year: row.get(2)?,
        stage: row.get(3)?,
        organisation: row.get(4)?,
        employer: row.get(5)?,
        supervisor: row.get(6)?,
        supervisor_email: row.get(7)?,
        supervisor_phone: row.get(8)?,
        address: row.get(9)?,
        starts_on: row.get(10)?,
        ends_on: row.get(11)?,
        hours_a_day: row.get(12)?,
        hours: row.get(13)?,
        mode: row.get(14)?,
        tasks: row.get(15)?,
        not_allowed: row.get(16)?,
        travel: row.get(17)?,
        needs: row.get(18)?,
        reason: row.get(19)?,
        activity: row.get(20)?,
        account: row.get(21)?,
        revision: row.get(22)?,
        changed_at: row.get(23)?,
    })
}

/// Adds a placement, or writes it anew. Its learner stays. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner, organisation or activity.
pub fn put(tx: &mut Tx<'_>, institution: InstitutionId, one: &Placement) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO placement (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                 $23, $24, $25)
             ON CONFLICT (institution_id, placement_id) DO UPDATE SET
                 academic_year = excluded.academic_year, stage = excluded.stage,
                 organisation_id = excluded.organisation_id, employer = excluded.employer,
                 supervisor = excluded.supervisor, supervisor_email = excluded.supervisor_email,
                 supervisor_phone = excluded.supervisor_phone, address = excluded.address,
                 starts_on = excluded.starts_on, ends_on = excluded.ends_on, hours_a_day = excluded.hours_a_day,
                 hours = excluded.hours, mode = excluded.mode, tasks = excluded.tasks,
                 not_allowed = excluded.not_allowed, travel = excluded.travel, needs = excluded.needs,
                 reason = excluded.reason, activity_id = excluded.activity_id, account_id = excluded.account_id,
                 revision = excluded.revision, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            one.id,
            one.learner,
            one.year,
            one.stage,
            one.organisation,
            one.employer.as_deref(),
            one.supervisor.as_deref(),
            one.supervisor_email.as_deref(),
            one.supervisor_phone.as_deref(),
            one.address.as_deref(),
            one.starts_on,
            one.ends_on,
            one.hours_a_day,
            one.hours,
            one.mode,
            one.tasks,
            one.not_allowed,
            one.travel,
            one.needs,
            one.reason.as_deref(),
            one.activity,
            one.account,
            one.revision,
            one.changed_at
        ],
    )?;
    Ok(())
}

/// The placement with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: PlacementId) -> Result<Placement, Error> {
    let sql = format!("SELECT {COLUMNS} FROM placement WHERE institution_id = $1 AND placement_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("placement"))
}

/// Every placement of a year's season, by key; of every year if none is named.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, year: Option<AcademicYear>) -> Result<Vec<Placement>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM placement WHERE institution_id = $1 AND ($2 OR academic_year = $3) ORDER BY placement_id"
    );
    tx.query(&sql, values![institution, year.is_none(), year], read)
}

/// What was found of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Of which placement.
    pub placement: PlacementId,
    /// Which check.
    pub check: PlacementCheck,
    /// Whose placement.
    pub learner: LearnerId,
    /// How far it has come.
    pub status: CheckStatus,
    /// When it was seen.
    pub seen_on: Option<Date>,
    /// Until when it holds.
    pub expires_on: Option<Date>,
    /// What was found.
    pub note: String,
    /// By whom.
    pub account: Option<AccountId>,
}

/// Keeps what was found of a check. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown placement or learner.
pub fn put_check(tx: &mut Tx<'_>, institution: InstitutionId, one: &Check) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO placement_check
             (institution_id, placement_id, item, learner_id, status, seen_on, expires_on, note, account_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (institution_id, placement_id, item) DO UPDATE SET status = excluded.status,
             seen_on = excluded.seen_on, expires_on = excluded.expires_on, note = excluded.note,
             account_id = excluded.account_id",
        values![
            institution,
            one.placement,
            one.check,
            one.learner,
            one.status,
            one.seen_on,
            one.expires_on,
            one.note,
            one.account
        ],
    )?;
    Ok(())
}

/// What was found of checks, by placement; of one placement or of all.
///
/// # Errors
/// If the database fails.
pub fn checks(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    placement: Option<PlacementId>,
) -> Result<Vec<Check>, Error> {
    tx.query(
        "SELECT placement_id, item, learner_id, status, seen_on, expires_on, note, account_id FROM placement_check
         WHERE institution_id = $1 AND ($2 OR placement_id = $3) ORDER BY placement_id, item",
        values![institution, placement.is_none(), placement],
        |row| {
            Ok(Check {
                placement: row.get(0)?,
                check: row.get(1)?,
                learner: row.get(2)?,
                status: row.get(3)?,
                seen_on: row.get(4)?,
                expires_on: row.get(5)?,
                note: row.get(6)?,
                account: row.get(7)?,
            })
        },
    )
}

/// Something written about a placement: a day of its journal, a visit, a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub id: PlacementEntryId,
    /// Of which placement.
    pub placement: PlacementId,
    /// Whose.
    pub learner: LearnerId,
    /// What it is: `journal`, `visit`, `call`, `note`.
    pub sort: String,
    /// The day.
    pub held_on: Date,
    /// How long.
    pub hours: Option<Hours>,
    /// How it was held.
    pub how: Option<String>,
    /// By whom, if not by the account.
    pub by_whom: Option<String>,
    /// What was written.
    pub text: String,
    /// Who wrote it, with an account.
    pub account: Option<AccountId>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// Adds something written. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown placement or learner.
pub fn insert_entry(tx: &mut Tx<'_>, institution: InstitutionId, one: &Entry) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO placement_entry (institution_id, placement_entry_id, placement_id, learner_id, sort, held_on, hours, how,
             by_whom, text, account_id, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        values![
            institution,
            one.id,
            one.placement,
            one.learner,
            one.sort,
            one.held_on,
            one.hours,
            one.how.as_deref(),
            one.by_whom.as_deref(),
            one.text,
            one.account,
            one.written_at
        ],
    )?;
    Ok(())
}

/// Takes something written away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete_entry(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    placement: PlacementId,
    id: PlacementEntryId,
) -> Result<(), Error> {
    tx.must_audit();
    let gone = tx.execute(
        "DELETE FROM placement_entry WHERE institution_id = $1 AND placement_id = $2 AND placement_entry_id = $3",
        values![institution, placement, id],
    )?;
    if gone == 0 { Err(Error::NotFound("placement_entry")) } else { Ok(()) }
}

/// What was written about a placement, by day, the latest first.
///
/// # Errors
/// If the database fails.
pub fn entries(tx: &mut Tx<'_>, institution: InstitutionId, placement: PlacementId) -> Result<Vec<Entry>, Error> {
    tx.query(
        "SELECT placement_entry_id, placement_id, learner_id, sort, held_on, hours, how, by_whom, text, account_id, written_at
         FROM placement_entry WHERE institution_id = $1 AND placement_id = $2
         ORDER BY held_on DESC, placement_entry_id DESC",
        values![institution, placement],
        |row| {
            Ok(Entry {
                id: row.get(0)?,
                placement: row.get(1)?,
                learner: row.get(2)?,
                sort: row.get(3)?,
                held_on: row.get(4)?,
                hours: row.get(5)?,
                how: row.get(6)?,
                by_whom: row.get(7)?,
                text: row.get(8)?,
                account: row.get(9)?,
                written_at: row.get(10)?,
            })
        },
    )
}

/// A step that a placement took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Of which placement.
    pub placement: PlacementId,
    /// The how manieth, from nought.
    pub position: i64,
    /// Whose.
    pub learner: LearnerId,
    /// To where.
    pub stage: PlacementStage,
    /// Why.
    pub reason: Option<String>,
    /// By whom.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

/// Adds a step. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if there is one at this position.
pub fn insert_step(tx: &mut Tx<'_>, institution: InstitutionId, one: &Step) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO placement_stage (institution_id, placement_id, position, learner_id, stage, reason, account_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            institution,
            one.placement,
            one.position,
            one.learner,
            one.stage,
            one.reason.as_deref(),
            one.account,
            one.at
        ],
    )?;
    Ok(())
}

/// Takes a step away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete_step(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    placement: PlacementId,
    position: i64,
) -> Result<(), Error> {
    tx.must_audit();
    let gone = tx.execute(
        "DELETE FROM placement_stage WHERE institution_id = $1 AND placement_id = $2 AND position = $3",
        values![institution, placement, position],
    )?;
    if gone == 0 { Err(Error::NotFound("placement_stage")) } else { Ok(()) }
}

/// The steps of placements, by placement and position; of one or of all.
///
/// # Errors
/// If the database fails.
pub fn steps(tx: &mut Tx<'_>, institution: InstitutionId, placement: Option<PlacementId>) -> Result<Vec<Step>, Error> {
    tx.query(
        "SELECT placement_id, position, learner_id, stage, reason, account_id, at FROM placement_stage
         WHERE institution_id = $1 AND ($2 OR placement_id = $3) ORDER BY placement_id, position",
        values![institution, placement.is_none(), placement],
        |row| {
            Ok(Step {
                placement: row.get(0)?,
                position: row.get(1)?,
                learner: row.get(2)?,
                stage: row.get(3)?,
                reason: row.get(4)?,
                account: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}
