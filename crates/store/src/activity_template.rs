//! Templates: activities to begin from again.

use domain::{ActivityTemplateId, InstitutionId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityTemplate {
    /// Its key.
    pub id: ActivityTemplateId,
    /// What it is called.
    pub name: String,
    /// The fields of the form, as the application writes them.
    pub content: String,
    /// When it was last saved.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "activity_template_id, name, content, changed_at";

fn read(row: &Row<'_>) -> Result<ActivityTemplate, Error> {
    Ok(ActivityTemplate { id: row.get(0)?, name: row.get(1)?, content: row.get(2)?, changed_at: row.get(3)? })
}

/// Adds a template. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, template: &ActivityTemplate) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO activity_template (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5)"),
        values![institution, template.id, template.name, template.content, template.changed_at],
    )?;
    Ok(())
}

/// Removes a template. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityTemplateId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM activity_template WHERE institution_id = $1 AND activity_template_id = $2",
        values![institution, id],
    )?;
    if deleted == 0 { Err(Error::NotFound("activity_template")) } else { Ok(()) }
}

/// A template.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ActivityTemplateId,
) -> Result<Option<ActivityTemplate>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM activity_template WHERE institution_id = $1 AND activity_template_id = $2");
    tx.query_opt(&sql, values![institution, id], read)
}

/// Every template, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<ActivityTemplate>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_template WHERE institution_id = $1 ORDER BY lower(name), activity_template_id"
    );
    tx.query(&sql, values![institution], read)
}
