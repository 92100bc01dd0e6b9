//! Letters to be sent: kept with the change that they tell of, and sent by a thread that finds them here.

use domain::{InstitutionId, LetterId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its key.
    pub id: LetterId,
    /// The address that it goes to; empty once that was taken out.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// What it says; empty once it has gone.
    pub text: String,
    /// What it is about, by its word.
    pub about: String,
    /// Key of what it is about.
    pub about_id: Option<i64>,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it went.
    pub sent_at: Option<Timestamp>,
    /// When it is tried next; none once it has gone or was given up.
    pub try_at: Option<Timestamp>,
    /// How often it was tried.
    pub tries: i16,
    /// Why it did not go the last time.
    pub failed: Option<String>,
}

/// What became of a letter that was to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterTakenBack {
    /// Nobody had begun to send it, and it is gone from here.
    NeverTried,
    /// It was tried, so it may have gone; it is emptied, and not tried again.
    Stopped,
    /// It has gone.
    Gone,
}

impl Letter {
    /// Whether it is about this thing, or tells of a decision on it.
    pub fn is_about(&self, about: &str, id: i64) -> bool {
        self.about_id == Some(id) && (self.about == about || self.about == decision_on(about))
    }

    /// Whether it tells of a decision, and so no longer holds when that is taken back.
    pub fn tells_of_decision(&self) -> bool {
        self.about.ends_with(DECISION)
    }

    /// Whether sending it was begun at least once.
    pub const fn was_tried(&self) -> bool {
        self.tries > 0 || self.failed.is_some() || self.sent_at.is_some()
    }
}

/// Ends the word of what a letter is about, if it tells of a decision on it.
const DECISION: &str = "-decision";

/// The word of what a letter is about that tells of a decision on something.
fn decision_on(about: &str) -> String {
    format!("{about}{DECISION}")
}

const COLUMNS: &str = "letter_id, recipient, subject, text, about, about_id, made_at, sent_at, try_at, tries, failed";

fn read(row: &Row<'_>) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.get(0)?,
        recipient: row.get(1)?,
        subject: row.get(2)?,
        text: row.get(3)?,
        about: row.get(4)?,
        about_id: row.get(5)?,
        made_at: row.get(6)?,
        sent_at: row.get(7)?,
        try_at: row.get(8)?,
        tries: row.get(9)?,
        failed: row.get(10)?,
    })
}

/// Adds a letter, in the transaction of the change that it tells of: that change is what is noted.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, letter: &Letter) -> Result<(), Error> {
    tx.execute(
        &format!(
            "INSERT INTO letter (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        values![
            institution,
            letter.id,
            letter.recipient,
            letter.subject,
            letter.text,
            letter.about,
            letter.about_id,
            letter.made_at,
            letter.sent_at,
            letter.try_at,
            letter.tries,
            letter.failed.as_deref()
        ],
    )?;
    Ok(())
}

/// The letter with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: LetterId) -> Result<Letter, Error> {
    let sql = format!("SELECT {COLUMNS} FROM letter WHERE institution_id = $1 AND letter_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("letter"))
}

/// Letters about one thing, and about decisions on it, latest first.
///
/// # Errors
/// If the database fails.
pub fn about(tx: &mut Tx<'_>, institution: InstitutionId, about: &str, id: i64) -> Result<Vec<Letter>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM letter WHERE institution_id = $1 AND about IN ($2, $4) AND about_id = $3
         ORDER BY made_at DESC, letter_id DESC"
    );
    tx.query(&sql, values![institution, about, id, decision_on(about)], read)
}

/// Letters that are to be tried by now, with whose they are, longest waiting first; within the institutions that the
/// transaction works for.
///
/// # Errors
/// If the database fails.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, most: u32) -> Result<Vec<(InstitutionId, LetterId)>, Error> {
    tx.query(
        "SELECT institution_id, letter_id FROM letter WHERE try_at <= $1 ORDER BY try_at, letter_id LIMIT $2",
        values![now, i64::from(most)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Takes a letter to be tried now; none if somebody else has taken it. If nobody says how it went, it is tried again at `again`.
///
/// # Errors
/// If the database fails.
pub fn take(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: LetterId,
    (now, again): (Timestamp, Timestamp),
) -> Result<Option<Letter>, Error> {
    let taken = tx.execute(
        "UPDATE letter SET try_at = $4, tries = tries + 1
         WHERE institution_id = $1 AND letter_id = $2 AND try_at <= $3 AND sent_at IS NULL",
        values![institution, id, now, again],
    )?;
    if taken == 0 { Ok(None) } else { get(tx, institution, id).map(Some) }
}

/// Notes that a letter has gone, and empties it.
///
/// # Errors
/// If the database fails.
pub fn sent(tx: &mut Tx<'_>, institution: InstitutionId, id: LetterId, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        "UPDATE letter SET sent_at = $3, try_at = NULL, text = '', failed = NULL
         WHERE institution_id = $1 AND letter_id = $2",
        values![institution, id, at],
    )?;
    Ok(())
}

/// Notes why a letter did not go, and when it is tried again; never, if it was given up. One that was stopped meanwhile stays so.
///
/// # Errors
/// If the database fails.
pub fn failed(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: LetterId,
    why: &str,
    again: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE letter SET failed = $3, try_at = $4
         WHERE institution_id = $1 AND letter_id = $2 AND sent_at IS NULL AND text <> ''",
        values![institution, id, why, again],
    )?;
    Ok(())
}

/// Lets a letter that did not go be tried anew. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is none that waits or was given up.
pub fn again(tx: &mut Tx<'_>, institution: InstitutionId, id: LetterId, at: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    let moved = tx.execute(
        "UPDATE letter SET try_at = $3, tries = 0
         WHERE institution_id = $1 AND letter_id = $2 AND sent_at IS NULL AND text <> ''",
        values![institution, id, at],
    )?;
    if moved == 0 { Err(Error::NotFound("letter")) } else { Ok(()) }
}

/// Takes back a letter: one that nobody has begun to send is deleted, and one that waits for another try is stopped. What came of
/// it; a letter that is not there counts as never tried. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn take_back(tx: &mut Tx<'_>, institution: InstitutionId, id: LetterId) -> Result<LetterTakenBack, Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM letter
         WHERE institution_id = $1 AND letter_id = $2 AND sent_at IS NULL AND tries = 0 AND failed IS NULL",
        values![institution, id],
    )?;
    tx.execute(
        "UPDATE letter SET try_at = NULL, text = '' WHERE institution_id = $1 AND letter_id = $2 AND sent_at IS NULL",
        values![institution, id],
    )?;
    Ok(match get(tx, institution, id) {
        Ok(letter) if letter.sent_at.is_some() => LetterTakenBack::Gone,
        Ok(_) => LetterTakenBack::Stopped,
        Err(Error::NotFound(_)) => LetterTakenBack::NeverTried,
        Err(error) => return Err(error),
    })
}

/// Takes out to whom letters about one thing went, and what those say that have not gone. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn forget(tx: &mut Tx<'_>, institution: InstitutionId, about: &str, id: i64) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE letter SET recipient = '', text = '', try_at = NULL
         WHERE institution_id = $1 AND about IN ($2, $4) AND about_id = $3",
        values![institution, about, id, decision_on(about)],
    )?;
    Ok(())
}

/// Lets go of all letters about one thing. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn let_go(tx: &mut Tx<'_>, institution: InstitutionId, about: &str, id: i64) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM letter WHERE institution_id = $1 AND about IN ($2, $4) AND about_id = $3",
        values![institution, about, id, decision_on(about)],
    )?;
    Ok(())
}
