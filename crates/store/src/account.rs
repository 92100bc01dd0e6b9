//! People who can sign in.

use domain::AccountId;
use jiff::Timestamp;

use crate::{
    Error, Row, Tx,
    value::{Bind, values},
};

/// Someone who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their key.
    pub id: AccountId,
    /// Their address, as they write it.
    pub email: String,
    /// Their name.
    pub name: String,
    /// How their password is checked; none if they cannot sign in with one.
    pub password_hash: Option<String>,
    /// Whether they look after the installation itself.
    pub administrator: bool,
    /// Since when.
    pub created_at: Timestamp,
    /// When the account was closed.
    pub closed_at: Option<Timestamp>,
}

const COLUMNS: &str = "account_id, email, name, password_hash, administrator, created_at, closed_at";

fn read(row: &Row<'_>) -> Result<Account, Error> {
    Ok(Account {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
        administrator: row.get(4)?,
        created_at: row.get(5)?,
        closed_at: row.get(6)?,
    })
}

/// Two addresses are the same if these are.
fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Adds an account. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if there is one with this address, in any case.
pub fn insert(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO account (account_id, email, email_key, name, password_hash, administrator, created_at, closed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            account.id,
            account.email.trim(),
            key(&account.email),
            account.name,
            account.password_hash,
            account.administrator,
            account.created_at,
            account.closed_at
        ],
    )?;
    Ok(())
}

/// Replaces what is known of an account, all but when it was made. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] if the address is another's.
pub fn update(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE account SET email = $2, email_key = $3, name = $4, password_hash = $5, administrator = $6, closed_at = $7
         WHERE account_id = $1",
        values![
            account.id,
            account.email.trim(),
            key(&account.email),
            account.name,
            account.password_hash,
            account.administrator,
            account.closed_at
        ],
    )?;
    if changed == 0 { Err(Error::NotFound("account")) } else { Ok(()) }
}

/// The account.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, Error> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM account WHERE account_id = $1"), values![id], read)
}

/// The account with this address, in any case.
///
/// # Errors
/// If the database fails.
pub fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Account>, Error> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM account WHERE email_key = $1"), values![key(email)], read)
}

/// Every account, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Account>, Error> {
    tx.query(&format!("SELECT {COLUMNS} FROM account ORDER BY lower(name), account_id"), values![], read)
}

/// The names of these accounts, in one statement.
///
/// # Errors
/// If the database fails.
pub fn names(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<Vec<(AccountId, String)>, Error> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<_> = (1..=accounts.len()).map(|n| format!("${n}")).collect();
    let values: Vec<_> = accounts.iter().map(Bind::bind).collect();
    let sql = format!("SELECT account_id, name FROM account WHERE account_id IN ({})", marks.join(", "));
    tx.query(&sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many accounts there are, closed ones included.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM account", values![])
}
