//! Who is signed in. Only digests of the tokens are kept: a stolen database signs nobody in.

use domain::{AccountId, InstitutionId, SessionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Someone is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of the token that the browser holds.
    pub token_digest: Vec<u8>,
    /// What pages call it by.
    pub id: SessionId,
    /// Who.
    pub account: AccountId,
    /// What forms must bring along.
    pub csrf: String,
    /// How they signed in: a word that `app` knows.
    pub method: String,
    /// The browser and system, in words: "Firefox on Windows".
    pub device: String,
    /// Whether the second step of signing in is still to come. Until then it reaches nothing.
    pub awaits_second_step: bool,
    /// When they last proved who they are.
    pub confirmed_at: Timestamp,
    /// Since when.
    pub created_at: Timestamp,
    /// When they last asked for something.
    pub last_seen_at: Timestamp,
    /// Until when, at the latest.
    pub expires_at: Timestamp,
    /// As what they look at an institution, if not as themselves.
    pub viewing: Option<Viewing>,
}

/// Looking at an institution as somebody with another role would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewing {
    /// At which.
    pub institution: InstitutionId,
    /// As what: a word that `app` knows.
    pub role: String,
    /// Of which registration group, if the role is limited to some.
    pub group: Option<String>,
}

const COLUMNS: &str = "token_digest, session_id, account_id, csrf, method, device, awaits_second_step, confirmed_at,
    created_at, last_seen_at, expires_at, viewing_institution_id, viewing_role, viewing_group";

fn read(row: &Row<'_>) -> Result<Session, Error> {
    let (institution, role): (Option<InstitutionId>, Option<String>) = (row.get(11)?, row.get(12)?);
    let group = row.get(13)?;
    Ok(Session {
        token_digest: row.get(0)?,
        id: row.get(1)?,
        account: row.get(2)?,
        csrf: row.get(3)?,
        method: row.get(4)?,
        device: row.get(5)?,
        awaits_second_step: row.get(6)?,
        confirmed_at: row.get(7)?,
        created_at: row.get(8)?,
        last_seen_at: row.get(9)?,
        expires_at: row.get(10)?,
        viewing: institution.zip(role).map(|(institution, role)| Viewing { institution, role, group }),
    })
}

/// Signs someone in.
///
/// # Errors
/// [`Error::Depends`] for an unknown account.
pub fn insert(tx: &mut Tx<'_>, session: &Session) -> Result<(), Error> {
    let viewing = session.viewing.as_ref();
    tx.execute(
        &format!(
            "INSERT INTO session ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        values![
            session.token_digest,
            session.id,
            session.account,
            session.csrf,
            session.method,
            session.device,
            session.awaits_second_step,
            session.confirmed_at,
            session.created_at,
            session.last_seen_at,
            session.expires_at,
            viewing.map(|viewing| viewing.institution),
            viewing.map(|viewing| viewing.role.as_str()),
            viewing.and_then(|viewing| viewing.group.as_deref())
        ],
    )?;
    Ok(())
}

/// The session of this token, unless it has expired.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, token_digest: &[u8], now: Timestamp) -> Result<Option<Session>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM session WHERE token_digest = $1 AND expires_at > $2"),
        values![token_digest, now],
        read,
    )
}

/// Someone's sessions that have not expired, latest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<Session>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM session WHERE account_id = $1 AND expires_at > $2
             ORDER BY last_seen_at DESC, session_id DESC"
        ),
        values![account, now],
        read,
    )
}

/// Notes that the second step was taken, or that they proved again who they are.
///
/// # Errors
/// If the database fails.
pub fn confirm(tx: &mut Tx<'_>, token_digest: &[u8], method: &str, now: Timestamp) -> Result<(), Error> {
    tx.execute(
        "UPDATE session SET awaits_second_step = $2, method = $3, confirmed_at = $4 WHERE token_digest = $1",
        values![token_digest, false, method, now],
    )?;
    Ok(())
}

/// From here on they look at an institution as somebody else would, or as themselves again.
///
/// # Errors
/// If the database fails.
pub fn view_as(tx: &mut Tx<'_>, token_digest: &[u8], viewing: Option<&Viewing>) -> Result<(), Error> {
    tx.execute(
        "UPDATE session SET viewing_institution_id = $2, viewing_role = $3, viewing_group = $4 WHERE token_digest = $1",
        values![
            token_digest,
            viewing.map(|viewing| viewing.institution),
            viewing.map(|viewing| viewing.role.as_str()),
            viewing.and_then(|viewing| viewing.group.as_deref())
        ],
    )?;
    Ok(())
}

/// Notes that the session was used, and until when it now holds.
///
/// # Errors
/// If the database fails.
pub fn extend(
    tx: &mut Tx<'_>,
    token_digest: &[u8],
    last_seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE session SET last_seen_at = $2, expires_at = $3 WHERE token_digest = $1",
        values![token_digest, last_seen_at, expires_at],
    )?;
    Ok(())
}

/// Signs out.
///
/// # Errors
/// If the database fails.
pub fn delete(tx: &mut Tx<'_>, token_digest: &[u8]) -> Result<(), Error> {
    tx.execute("DELETE FROM session WHERE token_digest = $1", values![token_digest])?;
    Ok(())
}

/// Ends one of someone's sessions.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or has ended.
pub fn delete_one(tx: &mut Tx<'_>, account: AccountId, id: SessionId) -> Result<(), Error> {
    let deleted = tx.execute("DELETE FROM session WHERE account_id = $1 AND session_id = $2", values![account, id])?;
    if deleted == 0 { Err(Error::NotFound("session")) } else { Ok(()) }
}

/// Ends someone's sessions but this one; how many there were.
///
/// # Errors
/// If the database fails.
pub fn delete_others(tx: &mut Tx<'_>, account: AccountId, this: SessionId) -> Result<usize, Error> {
    tx.execute("DELETE FROM session WHERE account_id = $1 AND session_id <> $2", values![account, this])
}

/// Signs someone out everywhere.
///
/// # Errors
/// If the database fails.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, Error> {
    tx.execute("DELETE FROM session WHERE account_id = $1", values![account])
}

/// Removes what has expired.
///
/// # Errors
/// If the database fails.
pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, Error> {
    tx.execute("DELETE FROM session WHERE expires_at <= $1", values![now])
}
