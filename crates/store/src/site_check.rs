//! Checks of the institution's own website, and what each found.

use domain::{AccountId, InstitutionId, SiteCheckId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A check of a website, under way or over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCheck {
    /// Its key.
    pub id: SiteCheckId,
    /// The address that was entered; blank for files.
    pub address: String,
    /// How it stands: the word of a state.
    pub state: String,
    /// When it began.
    pub made_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What was found, as JSON.
    pub content: Option<String>,
    /// Who asked for it.
    pub account: Option<AccountId>,
}

const COLUMNS: &str = "site_check_id, address, state, made_at, finished_at, content, account_id";

fn read(row: &Row<'_>) -> Result<SiteCheck, Error> {
    Ok(SiteCheck {
        id: row.get(0)?,
        address: row.get(1)?,
        state: row.get(2)?,
        made_at: row.get(3)?,
        finished_at: row.get(4)?,
        content: row.get(5)?,
        account: row.get(6)?,
    })
}

/// Keeps a check that begins. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, check: &SiteCheck) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO site_check (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        values![
            institution,
            check.id,
            check.address,
            check.state,
            check.made_at,
            check.finished_at,
            check.content.as_deref(),
            check.account
        ],
    )?;
    Ok(())
}

/// The latest checks, at most so many, latest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, most: u32) -> Result<Vec<SiteCheck>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM site_check WHERE institution_id = $1
             ORDER BY made_at DESC, site_check_id DESC LIMIT {most}"
        ),
        values![institution],
        read,
    )
}

/// One check.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: SiteCheckId) -> Result<Option<SiteCheck>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM site_check WHERE institution_id = $1 AND site_check_id = $2"),
        values![institution, id],
        read,
    )
}

/// Notes how a check ended. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn finish(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: SiteCheckId,
    state: &str,
    at: Timestamp,
    content: Option<&str>,
) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE site_check SET state = $3, finished_at = $4, content = $5
         WHERE institution_id = $1 AND site_check_id = $2",
        values![institution, id, state, at, content],
    )?;
    if changed == 0 { Err(Error::NotFound("site_check")) } else { Ok(()) }
}
