//! Parts of an existing policy that was read in beside a draft, until each has a place or is set aside.

use domain::{InstitutionId, PolicyId};

use crate::{Error, Tx, value::values};

/// A part of an existing policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPassage {
    /// Where it stood among the others.
    pub position: i32,
    /// Its heading.
    pub heading: Option<String>,
    /// What it says, as Markdown.
    pub text: String,
    /// Key of the clause that it is suggested for, or that it went into.
    pub clause: Option<String>,
    /// What became of it.
    pub state: PassageState,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassageState {
    /// Nothing yet.
    Open,
    /// Its words went into a clause.
    Placed,
    /// It is not needed.
    Aside,
}

impl PassageState {
    /// The word that the database uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Placed => "placed",
            Self::Aside => "aside",
        }
    }

    fn of(word: &str) -> Self {
        [Self::Placed, Self::Aside].into_iter().find(|state| state.word() == word).unwrap_or(Self::Open)
    }
}

/// The parts that were read in beside a version, in their order.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, policy: PolicyId) -> Result<Vec<PolicyPassage>, Error> {
    tx.query(
        "SELECT position, heading, text, clause, state FROM policy_passage
         WHERE institution_id = $1 AND policy_id = $2 ORDER BY position",
        values![institution, policy],
        |row| {
            let state: String = row.get(4)?;
            Ok(PolicyPassage {
                position: row.get(0)?,
                heading: row.get(1)?,
                text: row.get(2)?,
                clause: row.get(3)?,
                state: PassageState::of(&state),
            })
        },
    )
}

/// Puts these parts in the place of those that were read in before. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown version.
pub fn replace(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    policy: PolicyId,
    passages: &[PolicyPassage],
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM policy_passage WHERE institution_id = $1 AND policy_id = $2",
        values![institution, policy],
    )?;
    for passage in passages {
        tx.execute(
            "INSERT INTO policy_passage (institution_id, policy_id, position, heading, text, clause, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                institution,
                policy,
                passage.position,
                passage.heading,
                passage.text,
                passage.clause,
                passage.state.word()
            ],
        )?;
    }
    Ok(())
}

/// Says what became of a part. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if there is no such part.
pub fn settle(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    policy: PolicyId,
    position: i32,
    (clause, state): (Option<&str>, PassageState),
) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE policy_passage SET clause = $4, state = $5 WHERE institution_id = $1 AND policy_id = $2 AND position = $3",
        values![institution, policy, position, clause, state.word()],
    )?;
    if changed == 0 { Err(Error::NotFound("policy passage")) } else { Ok(()) }
}
