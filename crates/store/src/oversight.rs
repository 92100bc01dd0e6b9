//! Who looks over the institutions of a trust or a hub.

use domain::{AccountId, HubId, InstitutionId, TrustId};

use crate::{Error, Tx, value::values};

/// What is looked over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// The institutions of a trust.
    Trust(TrustId),
    /// The institutions of a Careers Hub.
    Hub(HubId),
}

/// A role over each institution of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oversight {
    /// Over which institution.
    pub institution: InstitutionId,
    /// Through which body.
    pub body: Body,
    /// As what: a word that `app` knows.
    pub role: String,
}

/// Gives someone a role over a body, in place of the one they had. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown body or account.
pub fn set(tx: &mut Tx<'_>, body: Body, account: AccountId, role: &str) -> Result<(), Error> {
    tx.must_audit();
    match body {
        Body::Trust(trust) => tx.execute(
            "INSERT INTO trust_membership (trust_id, account_id, role) VALUES ($1, $2, $3)
             ON CONFLICT (trust_id, account_id) DO UPDATE SET role = excluded.role",
            values![trust, account, role],
        )?,
        Body::Hub(hub) => tx.execute(
            "INSERT INTO hub_membership (hub_id, account_id, role) VALUES ($1, $2, $3)
             ON CONFLICT (hub_id, account_id) DO UPDATE SET role = excluded.role",
            values![hub, account, role],
        )?,
    };
    Ok(())
}

/// Takes someone's role over a body away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`] if they have none.
pub fn delete(tx: &mut Tx<'_>, body: Body, account: AccountId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = match body {
        Body::Trust(trust) => {
            tx.execute("DELETE FROM trust_membership WHERE trust_id = $1 AND account_id = $2", values![trust, account])?
        }
        Body::Hub(hub) => {
            tx.execute("DELETE FROM hub_membership WHERE hub_id = $1 AND account_id = $2", values![hub, account])?
        }
    };
    if deleted == 0 { Err(Error::NotFound("oversight")) } else { Ok(()) }
}

/// Everyone with a role over a body, and which.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, body: Body) -> Result<Vec<(AccountId, String)>, Error> {
    let (sql, id) = match body {
        Body::Trust(trust) => {
            ("SELECT account_id, role FROM trust_membership WHERE trust_id = $1 ORDER BY account_id", trust.0)
        }
        Body::Hub(hub) => ("SELECT account_id, role FROM hub_membership WHERE hub_id = $1 ORDER BY account_id", hub.0),
    };
    tx.query(sql, values![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The institutions that someone reaches through trusts and hubs, by institution.
///
/// # Errors
/// If the database fails.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Oversight>, Error> {
    let mut all = tx.query(
        "SELECT i.institution_id, m.trust_id, m.role FROM trust_membership m
         JOIN institution i ON i.trust_id = m.trust_id WHERE m.account_id = $1",
        values![account],
        |row| Ok(Oversight { institution: row.get(0)?, body: Body::Trust(row.get(1)?), role: row.get(2)? }),
    )?;
    all.extend(tx.query(
        "SELECT i.institution_id, m.hub_id, m.role FROM hub_membership m
         JOIN institution i ON i.hub_id = m.hub_id WHERE m.account_id = $1",
        values![account],
        |row| Ok(Oversight { institution: row.get(0)?, body: Body::Hub(row.get(1)?), role: row.get(2)? }),
    )?);
    all.sort_by_key(|oversight| (oversight.institution, oversight.body));
    Ok(all)
}
