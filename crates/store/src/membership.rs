//! Who may act at which institution, as what, and over whom.

use domain::{AccountId, InstitutionId, LearnerId};

use crate::{Error, Row, Tx, value::values};

/// That someone acts at an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Where.
    pub institution: InstitutionId,
    /// Who.
    pub account: AccountId,
    /// As what: a word that `app` knows.
    pub role: String,
    /// Over whom: a word that `app` knows.
    pub reach: String,
    /// The groups, if the reach is by groups: what they are groups of (`form`), and their names.
    pub groups: Vec<(String, String)>,
}

/// Gives someone a role at the institution, or another reach in one that they have. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution or account.
pub fn set(tx: &mut Tx<'_>, membership: &Membership) -> Result<(), Error> {
    tx.must_audit();
    let Membership { institution, account, role, reach, groups } = membership;
    tx.execute(
        "INSERT INTO membership (institution_id, account_id, role, reach) VALUES ($1, $2, $3, $4)
         ON CONFLICT (institution_id, account_id, role) DO UPDATE SET reach = excluded.reach",
        values![*institution, *account, role, reach],
    )?;
    delete_groups(tx, *institution, *account, role)?;
    for (sort, name) in groups {
        tx.execute(
            "INSERT INTO membership_group (institution_id, account_id, role, sort, name) VALUES ($1, $2, $3, $4, $5)",
            values![*institution, *account, role, sort, name],
        )?;
    }
    Ok(())
}

fn delete_groups(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId, role: &str) -> Result<(), Error> {
    tx.execute(
        "DELETE FROM membership_group WHERE institution_id = $1 AND account_id = $2 AND role = $3",
        values![institution, account, role],
    )?;
    Ok(())
}

/// Takes a role at the institution away from someone. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if they do not have it.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId, role: &str) -> Result<(), Error> {
    tx.must_audit();
    delete_groups(tx, institution, account, role)?;
    let deleted = tx.execute(
        "DELETE FROM membership WHERE institution_id = $1 AND account_id = $2 AND role = $3",
        values![institution, account, role],
    )?;
    if deleted == 0 { Err(Error::NotFound("membership")) } else { Ok(()) }
}

/// Someone's roles, by institution. The transaction works for the account.
///
/// # Errors
/// If the database fails.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Membership>, Error> {
    let mut memberships = tx.query(
        "SELECT institution_id, account_id, role, reach FROM membership WHERE account_id = $1
         ORDER BY institution_id, role",
        values![account],
        read,
    )?;
    let groups = tx.query(
        "SELECT institution_id, account_id, role, sort, name FROM membership_group WHERE account_id = $1
         ORDER BY institution_id, role, sort, name",
        values![account],
        read_group,
    )?;
    join(&mut memberships, groups);
    Ok(memberships)
}

/// Everyone with a role at the institution.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Membership>, Error> {
    let mut memberships = tx.query(
        "SELECT institution_id, account_id, role, reach FROM membership WHERE institution_id = $1
         ORDER BY account_id, role",
        values![institution],
        read,
    )?;
    let groups = tx.query(
        "SELECT institution_id, account_id, role, sort, name FROM membership_group WHERE institution_id = $1
         ORDER BY account_id, role, sort, name",
        values![institution],
        read_group,
    )?;
    join(&mut memberships, groups);
    Ok(memberships)
}

type Group = (InstitutionId, AccountId, String, (String, String));

fn read(row: &Row<'_>) -> Result<Membership, Error> {
    let (institution, account) = (row.get(0)?, row.get(1)?);
    Ok(Membership { institution, account, role: row.get(2)?, reach: row.get(3)?, groups: Vec::new() })
}

fn read_group(row: &Row<'_>) -> Result<Group, Error> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, (row.get(3)?, row.get(4)?)))
}

fn join(memberships: &mut [Membership], groups: Vec<Group>) {
    for (institution, account, role, group) in groups {
        let of = |m: &&mut Membership| m.institution == institution && m.account == account && m.role == role;
        if let Some(membership) = memberships.iter_mut().find(of) {
            membership.groups.push(group);
        }
    }
}

/// The learners in someone's own care at the institution.
///
/// # Errors
/// If the database fails.
pub fn caseload(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<Vec<LearnerId>, Error> {
    tx.query(
        "SELECT learner_id FROM caseload WHERE institution_id = $1 AND account_id = $2 ORDER BY learner_id",
        values![institution, account],
        |row| row.get(0),
    )
}

/// Puts a learner into someone's care; nothing happens if they are. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown learner or account.
pub fn add_to_caseload(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    account: AccountId,
    learner: LearnerId,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO caseload (institution_id, account_id, learner_id) VALUES ($1, $2, $3)
         ON CONFLICT (institution_id, account_id, learner_id) DO NOTHING",
        values![institution, account, learner],
    )?;
    Ok(())
}

/// Takes a learner out of someone's care; nothing happens if they were not. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn remove_from_caseload(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    account: AccountId,
    learner: LearnerId,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM caseload WHERE institution_id = $1 AND account_id = $2 AND learner_id = $3",
        values![institution, account, learner],
    )?;
    Ok(())
}
