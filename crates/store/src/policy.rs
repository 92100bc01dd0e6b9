//! Versions of the careers policy and of the provider access statement, what was chosen for each clause, and who changed what.

use std::str::FromStr;

use domain::{AccountId, Date, InstitutionId, PolicyId};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx,
    value::{values, words},
};

/// How far a version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyState {
    /// It is written.
    Draft,
    /// A senior leader has signed it; its text is kept whole from here on.
    Signed,
    /// Those who govern have approved it.
    Approved,
    /// It applies.
    Published,
    /// A later one applies.
    Superseded,
}

impl PolicyState {
    /// Every one, in their order.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Signed, Self::Approved, Self::Published, Self::Superseded];

    /// The word that the database uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Superseded => "superseded",
        }
    }

    /// Whether it is still on its way to being published.
    pub const fn is_in_work(self) -> bool {
        matches!(self, Self::Draft | Self::Signed | Self::Approved)
    }
}

impl FromStr for PolicyState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

words!(PolicyState);

/// A version, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its key.
    pub id: PolicyId,
    /// Which paper, by its word.
    pub paper: String,
    /// Id of the edition of the wording.
    pub edition: String,
    /// 1 for the first version of the paper.
    pub number: u32,
    /// How far it has come.
    pub state: PolicyState,
    /// When it is looked over next.
    pub review_on: Option<Date>,
    /// When it was begun.
    pub made_at: Timestamp,
    /// By whom.
    pub account: Option<AccountId>,
    /// The senior leader's signature.
    pub signature: Option<Signature>,
    /// The governors' approval.
    pub approval: Option<PolicyApproval>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When a later one took its place.
    pub superseded_at: Option<Timestamp>,
    /// How often it, or a clause of it, has been changed.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// That a senior leader signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: String,
    /// As what.
    pub post: String,
    /// The account with which it was recorded.
    pub account: Option<AccountId>,
}

/// That those who govern approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyApproval {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: String,
    /// Where their minutes say so.
    pub minute: String,
}

/// What was signed, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyContent {
    /// The composed paper and the facts in it, as JSON.
    pub content: String,
    /// What the check said when it was signed, as JSON.
    pub checks: String,
    /// SHA-256 of the content.
    pub digest: Vec<u8>,
}

/// What the institution did with a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyClause {
    /// Key of the clause.
    pub clause: String,
    /// Which choice, by its word.
    pub choice: String,
    /// Its own words.
    pub text: Option<String>,
    /// Our wording as it was then.
    pub beneath: Option<String>,
    /// Who.
    pub account: Option<AccountId>,
    /// When.
    pub changed_at: Timestamp,
}

/// That something in a draft was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChange {
    /// Counts the changes of the version.
    pub position: i32,
    /// Key of the clause, or a word for what is no clause.
    pub clause: String,
    /// What was chosen before, as JSON; none for our wording untouched.
    pub before: Option<String>,
    /// What was chosen then.
    pub after: Option<String>,
    /// Who.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

const COLUMNS: &str = "policy_id, paper, edition, number, state, review_on, made_at, account_id, signed_on, signed_by, \
     signed_post, signed_account_id, approved_on, approved_by, minute, published_at, superseded_at, revision, changed_at";

fn read(row: &Row<'_>) -> Result<Policy, Error> {
    let text = |column| Ok::<_, Error>(row.get::<Option<String>>(column)?.unwrap_or_default());
    let signature = match row.get::<Option<Date>>(8)? {
        Some(on) => Some(Signature { on, by: text(9)?, post: text(10)?, account: row.get(11)? }),
        None => None,
    };
    let approval = match row.get::<Option<Date>>(12)? {
        Some(on) => Some(PolicyApproval { on, by: text(13)?, minute: text(14)? }),
        None => None,
    };
    Ok(Policy {
        id: row.get(0)?,
        paper: row.get(1)?,
        edition: row.get(2)?,
        number: row.get(3)?,
        state: row.get(4)?,
        review_on: row.get(5)?,
        made_at: row.get(6)?,
        account: row.get(7)?,
        signature,
        approval,
        published_at: row.get(15)?,
        superseded_at: row.get(16)?,
        revision: row.get(17)?,
        changed_at: row.get(18)?,
    })
}

/// Every version of both papers, the latest of each first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Policy>, Error> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM policy WHERE institution_id = $1 ORDER BY paper, number DESC"),
        values![institution],
        read,
    )
}

/// A version.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId) -> Result<Policy, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM policy WHERE institution_id = $1 AND policy_id = $2"),
        values![institution, id],
        read,
    )?
    .ok_or(Error::NotFound("policy"))
}

/// Adds a version, or writes it anew; its text stays. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn put(tx: &mut Tx<'_>, institution: InstitutionId, one: &Policy) -> Result<(), Error> {
    tx.must_audit();
    let (signature, approval) = (one.signature.as_ref(), one.approval.as_ref());
    tx.execute(
        &format!(
            "INSERT INTO policy (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
             ON CONFLICT (institution_id, policy_id) DO UPDATE SET edition = excluded.edition, state = excluded.state,
                 review_on = excluded.review_on, signed_on = excluded.signed_on, signed_by = excluded.signed_by,
                 signed_post = excluded.signed_post, signed_account_id = excluded.signed_account_id,
                 approved_on = excluded.approved_on, approved_by = excluded.approved_by, minute = excluded.minute,
                 published_at = excluded.published_at, superseded_at = excluded.superseded_at,
                 revision = excluded.revision, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            one.id,
            one.paper,
            one.edition,
            one.number,
            one.state,
            one.review_on,
            one.made_at,
            one.account,
            signature.map(|signature| signature.on),
            signature.map(|signature| signature.by.as_str()),
            signature.map(|signature| signature.post.as_str()),
            signature.and_then(|signature| signature.account),
            approval.map(|approval| approval.on),
            approval.map(|approval| approval.by.as_str()),
            approval.map(|approval| approval.minute.as_str()),
            one.published_at,
            one.superseded_at,
            one.revision,
            one.changed_at
        ],
    )?;
    Ok(())
}

/// What was signed of a version; none while it is a draft.
///
/// # Errors
/// If the database fails.
pub fn content(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId) -> Result<Option<PolicyContent>, Error> {
    tx.query_opt(
        "SELECT content, checks, digest FROM policy
         WHERE institution_id = $1 AND policy_id = $2 AND content IS NOT NULL",
        values![institution, id],
        |row| {
            Ok(PolicyContent {
                content: row.get(0)?,
                checks: row.get::<Option<String>>(1)?.unwrap_or_default(),
                digest: row.get::<Option<Vec<u8>>>(2)?.unwrap_or_default(),
            })
        },
    )
}

/// Keeps what is signed of a version, or takes it away with the signature. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set_content(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: PolicyId,
    content: Option<&PolicyContent>,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE policy SET content = $3, checks = $4, digest = $5 WHERE institution_id = $1 AND policy_id = $2",
        values![
            institution,
            id,
            content.map(|content| content.content.as_str()),
            content.map(|content| content.checks.as_str()),
            content.map(|content| content.digest.as_slice())
        ],
    )?;
    Ok(())
}

/// What was chosen for clauses of a version, by their key.
///
/// # Errors
/// If the database fails.
pub fn clauses(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId) -> Result<Vec<PolicyClause>, Error> {
    tx.query(
        "SELECT clause, choice, text, beneath, account_id, changed_at FROM policy_clause
         WHERE institution_id = $1 AND policy_id = $2 ORDER BY clause",
        values![institution, id],
        |row| {
            Ok(PolicyClause {
                clause: row.get(0)?,
                choice: row.get(1)?,
                text: row.get(2)?,
                beneath: row.get(3)?,
                account: row.get(4)?,
                changed_at: row.get(5)?,
            })
        },
    )
}

/// Chooses for a clause, or anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown version.
pub fn set_clause(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: PolicyId,
    clause: &PolicyClause,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO policy_clause (institution_id, policy_id, clause, choice, text, beneath, account_id, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (institution_id, policy_id, clause) DO UPDATE SET choice = excluded.choice, text = excluded.text,
             beneath = excluded.beneath, account_id = excluded.account_id, changed_at = excluded.changed_at",
        values![
            institution,
            id,
            clause.clause,
            clause.choice,
            clause.text,
            clause.beneath,
            clause.account,
            clause.changed_at
        ],
    )?;
    Ok(())
}

/// Goes back to our wording of a clause. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn remove_clause(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId, clause: &str) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM policy_clause WHERE institution_id = $1 AND policy_id = $2 AND clause = $3",
        values![institution, id, clause],
    )?;
    Ok(())
}

/// Who changed what in a version, the latest first.
///
/// # Errors
/// If the database fails.
pub fn changes(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId) -> Result<Vec<PolicyChange>, Error> {
    tx.query(
        "SELECT position, clause, before, after, account_id, at FROM policy_change
         WHERE institution_id = $1 AND policy_id = $2 ORDER BY position DESC",
        values![institution, id],
        |row| {
            Ok(PolicyChange {
                position: row.get(0)?,
                clause: row.get(1)?,
                before: row.get(2)?,
                after: row.get(3)?,
                account: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// Notes a change after those before; its position is given, and returned. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown version.
pub fn note_change(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: PolicyId,
    change: &PolicyChange,
) -> Result<i32, Error> {
    tx.must_audit();
    let last: Option<Option<i32>> = tx.query_opt(
        "SELECT max(position) FROM policy_change WHERE institution_id = $1 AND policy_id = $2",
        values![institution, id],
        |row| row.get(0),
    )?;
    let position = last.flatten().map_or(0, |last| last + 1);
    tx.execute(
        "INSERT INTO policy_change (institution_id, policy_id, position, clause, before, after, account_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![institution, id, position, change.clause, change.before, change.after, change.account, change.at],
    )?;
    Ok(position)
}
