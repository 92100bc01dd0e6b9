//! Organisations that the institution works with. Contacts and what was said to them are in [`crate::contact`].

use domain::{AccountId, ActivityId, ContactId, Date, InstitutionId, OrganisationId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// An employer, provider or other organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its key.
    pub id: OrganisationId,
    /// As the institution calls it; activities name it so.
    pub name: String,
    /// The name as names are compared.
    pub name_key: String,
    /// What it is, by words separated by blanks.
    pub sorts: String,
    /// Type of provider, by its word.
    pub provider_type: Option<String>,
    /// What it does.
    pub sector: Option<String>,
    /// How large it is, by its word.
    pub size: Option<String>,
    /// Where.
    pub address: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Website.
    pub website: Option<String>,
    /// What it offers, by words separated by blanks.
    pub offers: String,
    /// Who looks after it here.
    pub owner: Option<AccountId>,
    /// When somebody last spoke with it.
    pub last_contacted_on: Option<Date>,
    /// What to mind when its people visit.
    pub safeguarding: String,
    /// Anything else.
    pub notes: String,
    /// The organisation that it turned out to be.
    pub merged_into: Option<OrganisationId>,
    /// When it was last written.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "organisation_id, name, name_key, sorts, provider_type, sector, size, address, postcode, website, offers, \
     owner_account_id, last_contacted_on, safeguarding, notes, merged_into, changed_at";

fn read(row: &Row<'_>) -> Result<Organisation, Error> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        name_key: row.get(2)?,
        sorts: row.get(3)?,
        provider_type: row.get(4)?,
        sector: row.get(5)?,
        size: row.get(6)?,
        address: row.get(7)?,
        postcode: row.get(8)?,
        website: row.get(9)?,
        offers: row.get(10)?,
        owner: row.get(11)?,
        last_contacted_on: row.get(12)?,
        safeguarding: row.get(13)?,
        notes: row.get(14)?,
        merged_into: row.get(15)?,
        changed_at: row.get(16)?,
    })
}

/// Adds an organisation, or writes it anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn put(tx: &mut Tx<'_>, institution: InstitutionId, one: &Organisation) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO organisation (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             ON CONFLICT (institution_id, organisation_id) DO UPDATE SET
                 name = excluded.name, name_key = excluded.name_key, sorts = excluded.sorts,
                 provider_type = excluded.provider_type, sector = excluded.sector, size = excluded.size,
                 address = excluded.address, postcode = excluded.postcode, website = excluded.website,
                 offers = excluded.offers, owner_account_id = excluded.owner_account_id,
                 last_contacted_on = excluded.last_contacted_on, safeguarding = excluded.safeguarding,
                 notes = excluded.notes, merged_into = excluded.merged_into, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            one.id,
            one.name,
            one.name_key,
            one.sorts,
            one.provider_type.as_deref(),
            one.sector.as_deref(),
            one.size.as_deref(),
            one.address.as_deref(),
            one.postcode.as_deref(),
            one.website.as_deref(),
            one.offers,
            one.owner,
            one.last_contacted_on,
            one.safeguarding,
            one.notes,
            one.merged_into,
            one.changed_at
        ],
    )?;
    Ok(())
}

/// The organisation with this key, merged ones too.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: OrganisationId) -> Result<Organisation, Error> {
    let sql = format!("SELECT {COLUMNS} FROM organisation WHERE institution_id = $1 AND organisation_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("organisation"))
}

/// Every organisation that was not merged into another, by name.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Organisation>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM organisation WHERE institution_id = $1 AND merged_into IS NULL
         ORDER BY name_key, organisation_id"
    );
    tx.query(&sql, values![institution], read)
}

/// The organisation with this name, as names are compared.
///
/// # Errors
/// If the database fails.
pub fn find_by_name(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    name_key: &str,
) -> Result<Option<Organisation>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM organisation WHERE institution_id = $1 AND name_key = $2 AND merged_into IS NULL
         ORDER BY organisation_id"
    );
    Ok(tx.query(&sql, values![institution, name_key], read)?.into_iter().next())
}

/// An organisation's part in an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// In what.
    pub activity: ActivityId,
    /// Who.
    pub organisation: OrganisationId,
    /// Which of its people.
    pub contact: Option<ContactId>,
}

/// Every organisation's part in activities, by activity.
///
/// # Errors
/// If the database fails.
pub fn parts(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Part>, Error> {
    tx.query(
        "SELECT activity_id, organisation_id, contact_id FROM activity_organisation WHERE institution_id = $1
         ORDER BY activity_id, organisation_id",
        values![institution],
        |row| Ok(Part { activity: row.get(0)?, organisation: row.get(1)?, contact: row.get(2)? }),
    )
}

/// Gives an activity's part to another organisation; if that has one already, the part of the first stays where it is. Needs
/// an audit event. Whether anything was changed.
///
/// # Errors
/// If the database fails.
pub fn pass_on_part(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<bool, Error> {
    tx.must_audit();
    let moved = tx.execute(
        "UPDATE activity_organisation SET organisation_id = $4
         WHERE institution_id = $1 AND activity_id = $2 AND organisation_id = $3
         AND NOT EXISTS (SELECT 1 FROM activity_organisation other WHERE other.institution_id = $1
             AND other.activity_id = $2 AND other.organisation_id = $4)",
        values![institution, activity, from, to],
    )?;
    Ok(moved > 0)
}
