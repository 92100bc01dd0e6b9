//! Invitations to an institution that have not been taken up. Only digests of their links are kept.

use domain::{AccountId, InstitutionId, InvitationId, LearnerId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Somebody is invited to act at an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Where.
    pub institution: InstitutionId,
    /// What pages call it by.
    pub id: InvitationId,
    /// Digest of the token in the link.
    pub token_digest: Vec<u8>,
    /// Who is invited, as the inviter writes it.
    pub name: String,
    /// Their address, if it is known.
    pub email: Option<String>,
    /// As what: a word that `app` knows.
    pub role: String,
    /// Over whom: a word that `app` knows.
    pub reach: String,
    /// The groups, if the reach is by groups: what they are groups of (`form`), and their names.
    pub groups: Vec<(String, String)>,
    /// Which learner it is, if a learner is invited to their own record.
    pub learner: Option<LearnerId>,
    /// By whom; none if by the operator.
    pub invited_by: Option<AccountId>,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when its link works.
    pub expires_at: Timestamp,
    /// When it was taken up, withdrawn, or noted to have run out: then it is its `expires_at`.
    pub ended_at: Option<Timestamp>,
    /// Who took it up.
    pub accepted_by: Option<AccountId>,
}

const COLUMNS: &str = "institution_id, invitation_id, token_digest, name, email, role, reach, groups, learner_id,
    invited_by, created_at, expires_at, ended_at, accepted_by";

fn read(row: &Row<'_>) -> Result<Invitation, Error> {
    let groups: String = row.get(7)?;
    let groups = serde_json::from_str(&groups).map_err(|_| unreadable())?;
    Ok(Invitation {
        institution: row.get(0)?,
        id: row.get(1)?,
        token_digest: row.get(2)?,
        name: row.get(3)?,
        email: row.get(4)?,
        role: row.get(5)?,
        reach: row.get(6)?,
        groups,
        learner: row.get(8)?,
        invited_by: row.get(9)?,
        created_at: row.get(10)?,
        expires_at: row.get(11)?,
        ended_at: row.get(12)?,
        accepted_by: row.get(13)?,
    })
}

/// What the parser says might quote a group's name.
fn unreadable() -> Error {
    Error::Fault("the groups of an invitation are no list of pairs".to_owned())
}

/// Invites somebody. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, invitation: &Invitation) -> Result<(), Error> {
    tx.must_audit();
    let groups = serde_json::to_string(&invitation.groups).map_err(|_| unreadable())?;
    tx.execute(
        &format!(
            "INSERT INTO invitation ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        values![
            invitation.institution,
            invitation.id,
            invitation.token_digest,
            invitation.name,
            invitation.email,
            invitation.role,
            invitation.reach,
            groups,
            invitation.learner,
            invitation.invited_by,
            invitation.created_at,
            invitation.expires_at,
            invitation.ended_at,
            invitation.accepted_by
        ],
    )?;
    Ok(())
}

/// The invitation.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: InvitationId) -> Result<Option<Invitation>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM invitation WHERE institution_id = $1 AND invitation_id = $2"),
        values![institution, id],
        read,
    )
}

/// The invitation whose link has this token, ended or not.
///
/// # Errors
/// If the database fails.
pub fn find_by_token(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    token_digest: &[u8],
) -> Result<Option<Invitation>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM invitation WHERE institution_id = $1 AND token_digest = $2"),
        values![institution, token_digest],
        read,
    )
}

/// Those that nobody took up or withdrew, latest first; those that ran out included.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Invitation>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM invitation WHERE institution_id = $1 AND accepted_by IS NULL
             AND (ended_at IS NULL OR ended_at = expires_at) ORDER BY invitation_id DESC"
        ),
        values![institution],
        read,
    )
}

/// Gives the invitation another link that works until then; the one before works no more. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is none that could be taken up by another link.
pub fn renew(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: InvitationId,
    token_digest: &[u8],
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.must_audit();
    let renewed = tx.execute(
        "UPDATE invitation SET token_digest = $3, expires_at = $4, ended_at = NULL
         WHERE institution_id = $1 AND invitation_id = $2 AND accepted_by IS NULL",
        values![institution, id, token_digest, expires_at],
    )?;
    if renewed == 0 { Err(Error::NotFound("invitation")) } else { Ok(()) }
}

/// Ends the invitation: taken up by somebody, or not. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or it has ended.
pub fn end(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: InvitationId,
    ended_at: Timestamp,
    accepted_by: Option<AccountId>,
) -> Result<(), Error> {
    tx.must_audit();
    let ended = tx.execute(
        "UPDATE invitation SET ended_at = $3, accepted_by = $4
         WHERE institution_id = $1 AND invitation_id = $2 AND ended_at IS NULL",
        values![institution, id, ended_at, accepted_by],
    )?;
    if ended == 0 { Err(Error::NotFound("invitation")) } else { Ok(()) }
}

/// Opens a withdrawn invitation again: its link works as before. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is none, it was taken up, or has not ended.
pub fn reopen(tx: &mut Tx<'_>, institution: InstitutionId, id: InvitationId) -> Result<(), Error> {
    tx.must_audit();
    let opened = tx.execute(
        "UPDATE invitation SET ended_at = NULL
         WHERE institution_id = $1 AND invitation_id = $2 AND ended_at IS NOT NULL AND accepted_by IS NULL",
        values![institution, id],
    )?;
    if opened == 0 { Err(Error::NotFound("invitation")) } else { Ok(()) }
}
