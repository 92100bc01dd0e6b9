//! Long work: claimed by one node at a time for as long as it holds its lease, with progress that a page can show.

use domain::{InstitutionId, JobId};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx,
    value::{values, words},
};

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Waiting, or being worked on while its lease holds.
    Open,
    /// Finished.
    Done,
    /// Given up; the outcome says why.
    Failed,
}

impl State {
    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

impl std::str::FromStr for State {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Open, Self::Done, Self::Failed].into_iter().find(|state| state.word() == text).ok_or(())
    }
}

words!(State);

/// A piece of long work. Its institution is 0 for work on the installation itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Whose.
    pub institution: InstitutionId,
    /// Its key.
    pub id: JobId,
    /// What sort of work: a word that `app` knows.
    pub kind: String,
    /// How far it has come.
    pub state: State,
    /// What to do (JSON).
    pub payload: String,
    /// What came of it (JSON).
    pub outcome: Option<String>,
    /// Steps done.
    pub progress_done: u64,
    /// Steps in all; 0 while unknown.
    pub progress_total: u64,
    /// How often it was begun.
    pub attempts: i32,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
}

const COLUMNS: &str = "institution_id, job_id, kind, state, payload, outcome, progress_done, progress_total, attempts, \
     created_at, finished_at";

fn read(row: &Row<'_>) -> Result<Job, Error> {
    Ok(Job {
        institution: row.get(0)?,
        id: row.get(1)?,
        kind: row.get(2)?,
        state: row.get(3)?,
        payload: row.get(4)?,
        outcome: row.get(5)?,
        progress_done: row.get(6)?,
        progress_total: row.get(7)?,
        attempts: row.get(8)?,
        created_at: row.get(9)?,
        finished_at: row.get(10)?,
    })
}

/// Asks for a piece of work.
///
/// # Errors
/// [`Error::Duplicate`] if the key is taken.
pub fn insert(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: JobId,
    kind: &str,
    payload: &str,
    created_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO job (institution_id, job_id, kind, state, payload, progress_done, progress_total, attempts, created_at)
         VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)",
        values![institution, id, kind, State::Open, payload, created_at],
    )?;
    Ok(())
}

/// The job.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: JobId) -> Result<Option<Job>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM job WHERE institution_id = $1 AND job_id = $2");
    tx.query_opt(&sql, values![institution, id], read)
}

/// Gives the oldest open job that nobody holds to this node, until `leased_until`.
///
/// # Errors
/// If the database fails.
pub fn claim(tx: &mut Tx<'_>, node: &str, now: Timestamp, leased_until: Timestamp) -> Result<Option<Job>, Error> {
    // The condition stands twice: whoever comes second sees the first one's lease and changes nothing.
    tx.query_opt(
        &format!(
            "UPDATE job SET node = $1, leased_until = $3, attempts = attempts + 1
             WHERE state = 'open' AND (leased_until IS NULL OR leased_until <= $2) AND (institution_id, job_id) IN (
                 SELECT institution_id, job_id FROM job
                 WHERE state = 'open' AND (leased_until IS NULL OR leased_until <= $2)
                 ORDER BY job_id LIMIT 1)
             RETURNING {COLUMNS}"
        ),
        values![node, now, leased_until],
        read,
    )
}

/// Notes how far the work has come and holds it on, until `leased_until`. `false` if the node no longer holds it: it must
/// stop.
///
/// # Errors
/// If the database fails.
pub fn advance(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: JobId,
    node: &str,
    done: u64,
    total: u64,
    leased_until: Timestamp,
) -> Result<bool, Error> {
    let changed = tx.execute(
        "UPDATE job SET progress_done = $4, progress_total = $5, leased_until = $6
         WHERE institution_id = $1 AND job_id = $2 AND node = $3 AND state = 'open'",
        values![institution, id, node, done, total, leased_until],
    )?;
    Ok(changed > 0)
}

/// Ends the job. `false` if the node no longer holds it.
///
/// # Errors
/// If the database fails.
pub fn finish(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: JobId,
    node: &str,
    state: State,
    outcome: &str,
    finished_at: Timestamp,
) -> Result<bool, Error> {
    let changed = tx.execute(
        "UPDATE job SET state = $4, outcome = $5, finished_at = $6, leased_until = NULL
         WHERE institution_id = $1 AND job_id = $2 AND node = $3 AND state = 'open'",
        values![institution, id, node, state, outcome, finished_at],
    )?;
    Ok(changed > 0)
}
