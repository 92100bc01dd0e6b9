//! Notes of guidance meetings: what was agreed, and what the adviser keeps to themselves.

use domain::{AccountId, Date, GuidanceNoteId, InstitutionId, LearnerId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A note of one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceNote {
    /// Its id.
    pub id: GuidanceNoteId,
    /// Of whom.
    pub learner: LearnerId,
    /// The day of the meeting.
    pub held_on: Date,
    /// What was agreed, for the learner and those who work with them.
    pub agreed_actions: String,
    /// What is for the adviser alone.
    pub private_note: Option<String>,
    /// Who wrote it.
    pub account: Option<AccountId>,
    /// When it was last written.
    pub written_at: Timestamp,
}

const COLUMNS: &str = "guidance_note_id, learner_id, held_on, agreed_actions, private_note, account_id, written_at";

fn read(row: &Row<'_>) -> Result<GuidanceNote, Error> {
    Ok(GuidanceNote {
        id: row.get(0)?,
        learner: row.get(1)?,
        held_on: row.get(2)?,
        agreed_actions: row.get(3)?,
        private_note: row.get(4)?,
        account: row.get(5)?,
        written_at: row.get(6)?,
    })
}

/// Adds a note. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, note: &GuidanceNote) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO guidance_note (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        values![
            institution,
            note.id,
            note.learner,
            note.held_on,
            note.agreed_actions,
            note.private_note.as_deref(),
            note.account,
            note.written_at
        ],
    )?;
    Ok(())
}

/// Writes a note anew. Its learner and its author stay. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, note: &GuidanceNote) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE guidance_note SET held_on = $4, agreed_actions = $5, private_note = $6, written_at = $7
         WHERE institution_id = $1 AND learner_id = $2 AND guidance_note_id = $3",
        values![
            institution,
            note.learner,
            note.id,
            note.held_on,
            note.agreed_actions,
            note.private_note.as_deref(),
            note.written_at
        ],
    )?;
    if changed == 0 { Err(Error::NotFound("guidance_note")) } else { Ok(()) }
}

/// A note of this learner.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    id: GuidanceNoteId,
) -> Result<Option<GuidanceNote>, Error> {
    tx.query_opt(
        &format!(
            "SELECT {COLUMNS} FROM guidance_note
             WHERE institution_id = $1 AND learner_id = $2 AND guidance_note_id = $3"
        ),
        values![institution, learner, id],
        read,
    )
}

/// Every note of a learner, the latest meeting first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<Vec<GuidanceNote>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM guidance_note WHERE institution_id = $1 AND learner_id = $2
             ORDER BY held_on DESC, guidance_note_id DESC"
        ),
        values![institution, learner],
        read,
    )
}

/// How many notes somebody wrote at the institution.
///
/// # Errors
/// If the database fails.
pub fn count_by(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<u64, Error> {
    tx.scalar(
        "SELECT count(*) FROM guidance_note WHERE institution_id = $1 AND account_id = $2",
        values![institution, account],
    )
}
