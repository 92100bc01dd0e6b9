//! What staff learnt about careers: counts, no names.

use domain::{Date, Hours, InstitutionId, StaffTrainingId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Something that staff learnt about careers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffTraining {
    /// Its id.
    pub id: StaffTrainingId,
    /// When.
    pub held_on: Date,
    /// What it was about, in a few words.
    pub title: String,
    /// Who gave it, if somebody from outside.
    pub provider: Option<String>,
    /// For whom it was.
    pub audience: String,
    /// How many came.
    pub attended: u32,
    /// How long it took.
    pub hours: Option<Hours>,
    /// What was learnt.
    pub about: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "staff_training_id, held_on, title, provider, audience, attended, hours, about, changed_at";

fn read(row: &Row<'_>) -> Result<StaffTraining, Error> {
    Ok(StaffTraining {
        id: row.get(0)?,
        held_on: row.get(1)?,
        title: row.get(2)?,
        provider: row.get(3)?,
        audience: row.get(4)?,
        attended: row.get(5)?,
        hours: row.get(6)?,
        about: row.get(7)?,
        changed_at: row.get(8)?,
    })
}

/// Adds one. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, training: &StaffTraining) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO staff_training (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        values![
            institution,
            training.id,
            training.held_on,
            training.title,
            training.provider,
            training.audience,
            training.attended,
            training.hours,
            training.about,
            training.changed_at
        ],
    )?;
    Ok(())
}

/// Takes one away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: StaffTrainingId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM staff_training WHERE institution_id = $1 AND staff_training_id = $2",
        values![institution, id],
    )?;
    if deleted == 0 { Err(Error::NotFound("staff_training")) } else { Ok(()) }
}

/// One of them.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: StaffTrainingId) -> Result<Option<StaffTraining>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM staff_training WHERE institution_id = $1 AND staff_training_id = $2"),
        values![institution, id],
        read,
    )
}

/// Those from one day to another, the latest first.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    (first, last): (Date, Date),
) -> Result<Vec<StaffTraining>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM staff_training WHERE institution_id = $1 AND held_on >= $2 AND held_on <= $3
             ORDER BY held_on DESC, staff_training_id DESC"
        ),
        values![institution, first, last],
        read,
    )
}
