//! Who did what, when: only ever added to, and chained, so that a change of it shows.

mod chain;
mod search;
mod verify;

use domain::{AccountId, ActivityId, InstitutionId, LearnerId};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx,
    value::{Value, values},
};

pub(crate) use self::chain::{append, seal, unsealed};
pub use self::{
    search::{Entry, Filter, latest_reads, people, search},
    verify::{Break, Head, Verdict, each, head, verify},
};

/// The institution that events of the installation itself are kept under.
pub const INSTALLATION: InstitutionId = InstitutionId(0);

/// Something that happened. It names records by id; what may name a person is in its details.
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
    /// What may name a person, in parts that can be erased one by one.
    pub details: Vec<Detail>,
}

impl Event {
    /// The same event with these details as well.
    #[must_use]
    pub fn with(mut self, details: impl IntoIterator<Item = Detail>) -> Self {
        self.details.extend(details);
        self
    }

    /// The same event, allowed because of this.
    #[must_use]
    pub fn because(mut self, reach: Option<String>) -> Self {
        self.reach = reach;
        self
    }
}

/// A part of an event that may name a person: values before and after, free text. The event's place in the chain holds only its
/// salted digest, so that it can be erased and the chain stays whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The learner whom it concerns, with whose record it is erased.
    pub learner: Option<LearnerId>,
    /// Random, from the caller's context: without it, guesses at erased text could be tried against the digest.
    pub salt: [u8; 16],
    /// What, as JSON.
    pub text: String,
}

/// Notes an event of the institution (or of [`INSTALLATION`]). Every change needs one in its transaction. It is written when the
/// transaction ends, so that events of several institutions always take their places in the same order and no two writers
/// wait for each other in a circle.
///
/// # Errors
/// [`Error::Fault`] if the transaction does not work for that institution.
pub fn record(tx: &mut Tx<'_>, institution: InstitutionId, event: &Event) -> Result<(), Error> {
    tx.note(institution, event.clone())
}

const COLUMNS: &str = "audit_id, at, account_id, action, subject_kind, subject_id, payload, reach";

/// An event of the institution, with its details as far as they were not erased.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: i64) -> Result<Option<Event>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE institution_id = $1 AND audit_id = $2");
    let Some(mut event) = tx.query_opt(&sql, values![institution, id], read)? else { return Ok(None) };
    event.details = details(tx, institution, id)?;
    Ok(Some(event))
}

/// Events of the institution without their details, latest first, older than the event `before` if given.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, before: Option<i64>, limit: u32) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM audit WHERE institution_id = $1 AND audit_id < $2 ORDER BY audit_id DESC LIMIT $3"
    );
    tx.query(&sql, values![institution, before.unwrap_or(i64::MAX), i64::from(limit)], read)
}

/// The details of an event that were not erased, in their order.
///
/// # Errors
/// If the database fails.
pub fn details(tx: &mut Tx<'_>, institution: InstitutionId, id: i64) -> Result<Vec<Detail>, Error> {
    tx.query(
        "SELECT learner_id, salt, detail FROM audit_detail
         WHERE institution_id = $1 AND audit_id = $2 AND detail IS NOT NULL ORDER BY position",
        values![institution, id],
        |row| Ok(Detail { learner: row.get(0)?, salt: salt(row, 1)?, text: row.get(2)? }),
    )
}

/// The event that last changed this learner's mark in the register of this activity, without its details.
///
/// # Errors
/// If the database fails.
pub fn latest_mark(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    learner: LearnerId,
) -> Result<Option<Event>, Error> {
    tx.query_opt(
        "SELECT a.audit_id, a.at, a.account_id, a.action, a.subject_kind, a.subject_id, a.payload, a.reach
         FROM audit_detail d JOIN audit a ON a.institution_id = d.institution_id AND a.audit_id = d.audit_id
         WHERE d.institution_id = $1 AND d.learner_id = $3 AND a.subject_kind = 'activity' AND a.subject_id = $2
             AND a.action IN ('register.marked', 'register.unmarked')
         ORDER BY a.audit_id DESC LIMIT 1",
        values![institution, activity, learner],
        read,
    )
}

/// Events of this activity's register, made after the event or record `after`, with their details, latest first.
///
/// # Errors
/// If the database fails.
pub fn register_marks(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    after: i64,
) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM audit WHERE institution_id = $1 AND subject_kind = 'activity' AND subject_id = $2
         AND audit_id > $3 AND action = 'register.marked' ORDER BY audit_id DESC"
    );
    let mut events = tx.query(&sql, values![institution, activity, after], read)?;
    let details: Vec<(i64, Detail)> = tx.query(
        "SELECT d.audit_id, d.learner_id, d.salt, d.detail
         FROM audit a JOIN audit_detail d ON d.institution_id = a.institution_id AND d.audit_id = a.audit_id
         WHERE a.institution_id = $1 AND a.subject_kind = 'activity' AND a.subject_id = $2 AND a.audit_id > $3
             AND a.action = 'register.marked' AND d.detail IS NOT NULL
         ORDER BY d.audit_id, d.position",
        values![institution, activity, after],
        |row| Ok((row.get(0)?, Detail { learner: row.get(1)?, salt: salt(row, 2)?, text: row.get(3)? })),
    )?;
    for (id, detail) in details {
        // Latest first, so that the keys go down.
        if let Ok(at) = events.binary_search_by(|event| id.cmp(&event.id)) {
            events[at].details.push(detail);
        }
    }
    Ok(events)
}

/// Erases one detail of an event; the event and its chain stay.
///
/// # Errors
/// If the database fails.
pub(crate) fn erase_detail(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    event: i64,
    position: i64,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL
         WHERE institution_id = $1 AND audit_id = $2 AND position = $3",
        values![institution, event, position],
    )?;
    Ok(())
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
        details: Vec::new(),
    })
}

fn salt(row: &Row<'_>, index: usize) -> Result<[u8; 16], Error> {
    let bytes: Vec<u8> = row.get(index)?;
    bytes.try_into().map_err(|_| Error::Unreadable {
        table_or_statement: "salt".into(),
        column: index,
        expected: "16 bytes",
    })
}

fn digest(row: &Row<'_>, index: usize) -> Result<[u8; 32], Error> {
    let bytes: Vec<u8> = row.get(index)?;
    bytes.try_into().map_err(|_| Error::Unreadable {
        table_or_statement: "digest".into(),
        column: index,
        expected: "32 bytes",
    })
}

/// `$3, $4, $5` for that many values from the third on.
fn marks(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

fn word(text: &str) -> Value<'_> {
    Value::Text(text)
}
