//! Who took part in what: an activity's register.

use domain::{ActivityId, InstitutionId, LearnerId, ParticipationStatus, Revision};

use crate::{
    Error, Tx,
    catalogue::{Column, ColumnKind, Table},
    import::{Noun, Touched},
    value::{Bind, Cell, FromCell, Unreadable, Value, values},
};

/// Kept as small numbers, since there are many. A number is never given another meaning.
const CODES: [(ParticipationStatus, i64); 4] = [
    (ParticipationStatus::Attended, 1),
    (ParticipationStatus::Absent, 2),
    (ParticipationStatus::Invited, 3),
    (ParticipationStatus::Excused, 4),
];

impl Bind for ParticipationStatus {
    fn bind(&self) -> Value<'_> {
        Value::Int(CODES[*self as usize].1)
    }
}

impl FromCell for ParticipationStatus {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Unreadable> {
        match cell {
            Cell::Int(code @ 1..=4) => Ok(CODES[code as usize - 1].0),
            _ => Err(Unreadable("a status of participation")),
        }
    }
}

/// One line of a register, or of a file of registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub learner: LearnerId,
    /// In what.
    pub activity: ActivityId,
    /// How.
    pub status: ParticipationStatus,
}

/// A temporary table, beside the institution's own: entries on their way in.
pub(crate) static STAGED: Table = Table {
    name: "staged_participation",
    key: 2,
    columns: &[
        Column { name: "learner_id", kind: ColumnKind::Int, optional: false },
        Column { name: "activity_id", kind: ColumnKind::Int, optional: false },
        Column { name: "status", kind: ColumnKind::Small, optional: false },
        Column { name: "revision", kind: ColumnKind::Int, optional: false },
    ],
};

pub(crate) fn stage(tx: &mut Tx<'_>, entries: impl Iterator<Item = (Entry, Revision)>) -> Result<(), Error> {
    if !tx.stage() {
        tx.batch(
            "CREATE TEMPORARY TABLE IF NOT EXISTS staged_participation (learner_id BIGINT NOT NULL,
                 activity_id BIGINT NOT NULL, status SMALLINT NOT NULL, revision BIGINT NOT NULL)",
        )?;
    }
    tx.execute("DELETE FROM staged_participation", values![])?;
    let rows = entries.map(|(entry, revision)| {
        // Bound by value: the entry lives only as long as this call.
        [
            Value::Int(entry.learner.0),
            Value::Int(entry.activity.0),
            Value::Int(CODES[entry.status as usize].1),
            Value::Int(revision.0),
        ]
    });
    tx.insert_many(&STAGED, rows)?;
    Ok(())
}

pub(crate) fn merge_staged(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<usize, Error> {
    // `WHERE true` keeps SQLite from reading ON CONFLICT as part of the FROM clause.
    tx.execute(
        "INSERT INTO participation (institution_id, learner_id, activity_id, status, revision)
         SELECT $1, learner_id, activity_id, status, revision FROM staged_participation WHERE true
         ORDER BY learner_id, activity_id
         ON CONFLICT (institution_id, learner_id, activity_id)
         DO UPDATE SET status = excluded.status, revision = excluded.revision",
        values![institution],
    )
}

/// Records these entries, in place of what was recorded for the same learners and activities. Entries that say what is
/// recorded already change nothing. The number of entries that were new or changed.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner or activity. A pair named twice is a mistake of the caller; PostgreSQL
/// refuses it.
pub fn set_many(tx: &mut Tx<'_>, institution: InstitutionId, entries: &[Entry]) -> Result<usize, Error> {
    if entries.is_empty() {
        return Ok(0);
    }
    let revision = tx.advance(institution)?;
    stage(tx, entries.iter().map(|entry| (*entry, revision)))?;
    tx.execute(
        "DELETE FROM staged_participation WHERE EXISTS (
             SELECT 1 FROM participation p WHERE p.institution_id = $1
             AND p.learner_id = staged_participation.learner_id AND p.activity_id = staged_participation.activity_id
             AND p.status = staged_participation.status)",
        values![institution],
    )?;
    if let Some(import) = tx.tracked(institution) {
        tx.execute(
            "INSERT INTO import_change
                 (institution_id, import_id, noun, record_id, other_id, word, before, removed)
             SELECT $1, $2, 'participation', s.learner_id, s.activity_id, '',
                 CAST(p.status AS TEXT) || ' ' || CAST(p.revision AS TEXT), false
             FROM staged_participation s LEFT JOIN participation p
                 ON p.institution_id = $1 AND p.learner_id = s.learner_id AND p.activity_id = s.activity_id
             WHERE true
             ON CONFLICT (institution_id, import_id, noun, record_id, other_id, word)
             DO UPDATE SET removed = excluded.removed",
            values![institution, import],
        )?;
    }
    merge_staged(tx, institution)
}

/// Removes the record that this learner took part in this activity, if there is one.
///
/// # Errors
/// If the database fails.
pub fn delete(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    activity: ActivityId,
) -> Result<(), Error> {
    tx.touch(institution, Touched::new(Noun::Participation, learner.0).other(activity.0).removing())?;
    tx.execute(
        "DELETE FROM participation WHERE institution_id = $1 AND learner_id = $2 AND activity_id = $3",
        values![institution, learner, activity],
    )?;
    Ok(())
}

/// The register of an activity, by learner.
///
/// # Errors
/// If the database fails.
pub fn register(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
) -> Result<Vec<(LearnerId, ParticipationStatus)>, Error> {
    tx.query(
        "SELECT learner_id, status FROM participation WHERE institution_id = $1 AND activity_id = $2 ORDER BY learner_id",
        values![institution, activity],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What one learner took part in, by activity.
///
/// # Errors
/// If the database fails.
pub fn of_learner(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
) -> Result<Vec<(ActivityId, ParticipationStatus)>, Error> {
    tx.query(
        "SELECT activity_id, status FROM participation WHERE institution_id = $1 AND learner_id = $2 ORDER BY activity_id",
        values![institution, learner],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How many records of participation the institution has.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM participation WHERE institution_id = $1", values![institution])
}

/// The status that this number stands for.
pub(crate) fn status_of(code: i64) -> Option<ParticipationStatus> {
    ParticipationStatus::from_cell(Cell::Int(code)).ok()
}
