//! What an institution says in its own words, by name: the word of a fact of the policy.

use domain::{AccountId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// One such text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionText {
    /// Its name.
    pub name: String,
    /// What it says, as Markdown.
    pub text: String,
    /// Who wrote it last.
    pub account: Option<AccountId>,
    /// When.
    pub changed_at: Timestamp,
}

/// Every text, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<InstitutionText>, Error> {
    tx.query(
        "SELECT name, text, account_id, changed_at FROM institution_text WHERE institution_id = $1 ORDER BY name",
        values![institution],
        |row| {
            Ok(InstitutionText { name: row.get(0)?, text: row.get(1)?, account: row.get(2)?, changed_at: row.get(3)? })
        },
    )
}

/// Writes a text, or writes it anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, text: &InstitutionText) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO institution_text (institution_id, name, text, account_id, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, name)
         DO UPDATE SET text = excluded.text, account_id = excluded.account_id, changed_at = excluded.changed_at",
        values![institution, text.name, text.text, text.account, text.changed_at],
    )?;
    Ok(())
}

/// Takes a text away; whether there was one. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn remove(tx: &mut Tx<'_>, institution: InstitutionId, name: &str) -> Result<bool, Error> {
    tx.must_audit();
    let gone =
        tx.execute("DELETE FROM institution_text WHERE institution_id = $1 AND name = $2", values![institution, name])?;
    Ok(gone > 0)
}
