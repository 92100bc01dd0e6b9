//! People at organisations, alumni among them, and what was said to them.

use domain::{AccountId, ContactId, ContactNoteId, Date, InstitutionId, OrganisationId};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A person at an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Their key.
    pub id: ContactId,
    /// Where they work; an alumnus may be without.
    pub organisation: Option<OrganisationId>,
    /// Their name.
    pub name: String,
    /// What they are there.
    pub job: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Anything else.
    pub notes: String,
    /// Whether they were a learner here.
    pub is_alumnus: bool,
    /// In which year they left.
    pub left_in: Option<i64>,
    /// When they agreed to be asked; an alumnus is not asked without.
    pub consent_on: Option<Date>,
    /// To what they agreed.
    pub consent_about: Option<String>,
    /// Whether they asked not to be contacted.
    pub asked_not_to: bool,
    /// When somebody last spoke with them.
    pub last_contacted_on: Option<Date>,
    /// When it was last written.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "contact_id, organisation_id, name, job, email, phone, notes, is_alumnus, left_in, consent_on, \
     consent_about, asked_not_to, last_contacted_on, changed_at";

fn read(row: &Row<'_>) -> Result<Contact, Error> {
    Ok(Contact {
        id: row.get(0)?,
        organisation: row.get(1)?,
        name: row.get(2)?,
        job: row.get(3)?,
        email: row.get(4)?,
        phone: row.get(5)?,
        notes: row.get(6)?,
        is_alumnus: row.get(7)?,
        left_in: row.get(8)?,
        consent_on: row.get(9)?,
        consent_about: row.get(10)?,
        asked_not_to: row.get(11)?,
        last_contacted_on: row.get(12)?,
        changed_at: row.get(13)?,
    })
}

/// Adds a contact, or writes them anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown organisation.
pub fn put(tx: &mut Tx<'_>, institution: InstitutionId, one: &Contact) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO contact (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (institution_id, contact_id) DO UPDATE SET
                 organisation_id = excluded.organisation_id, name = excluded.name, job = excluded.job,
                 email = excluded.email, phone = excluded.phone, notes = excluded.notes,
                 is_alumnus = excluded.is_alumnus, left_in = excluded.left_in, consent_on = excluded.consent_on,
                 consent_about = excluded.consent_about, asked_not_to = excluded.asked_not_to,
                 last_contacted_on = excluded.last_contacted_on, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            one.id,
            one.organisation,
            one.name,
            one.job.as_deref(),
            one.email.as_deref(),
            one.phone.as_deref(),
            one.notes,
            one.is_alumnus,
            one.left_in,
            one.consent_on,
            one.consent_about.as_deref(),
            one.asked_not_to,
            one.last_contacted_on,
            one.changed_at
        ],
    )?;
    Ok(())
}

/// The contact with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: ContactId) -> Result<Contact, Error> {
    let sql = format!("SELECT {COLUMNS} FROM contact WHERE institution_id = $1 AND contact_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("contact"))
}

/// Every contact, by name.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Contact>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM contact WHERE institution_id = $1 ORDER BY name, contact_id");
    tx.query(&sql, values![institution], read)
}

/// Takes a contact away with what names them in notes. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: ContactId) -> Result<(), Error> {
    tx.must_audit();
    for statement in [
        "UPDATE contact_note SET contact_id = NULL WHERE institution_id = $1 AND contact_id = $2",
        "UPDATE activity_organisation SET contact_id = NULL WHERE institution_id = $1 AND contact_id = $2",
    ] {
        tx.execute(statement, values![institution, id])?;
    }
    let gone =
        tx.execute("DELETE FROM contact WHERE institution_id = $1 AND contact_id = $2", values![institution, id])?;
    if gone == 0 { Err(Error::NotFound("contact")) } else { Ok(()) }
}

/// What was said to an organisation, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactNote {
    /// Its key.
    pub id: ContactNoteId,
    /// Which organisation.
    pub organisation: OrganisationId,
    /// Whom of it.
    pub contact: Option<ContactId>,
    /// When.
    pub contacted_on: Date,
    /// How: by telephone, e-mail, in person.
    pub how: String,
    /// About what.
    pub note: String,
    /// Who of us.
    pub account: Option<AccountId>,
    /// When it was written.
    pub written_at: Timestamp,
}

const NOTE: &str = "contact_note_id, organisation_id, contact_id, contacted_on, how, note, account_id, written_at";

/// Adds a note. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown organisation.
pub fn insert_note(tx: &mut Tx<'_>, institution: InstitutionId, note: &ContactNote) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO contact_note (institution_id, {NOTE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        values![
            institution,
            note.id,
            note.organisation,
            note.contact,
            note.contacted_on,
            note.how,
            note.note,
            note.account,
            note.written_at
        ],
    )?;
    Ok(())
}

/// Every note, the latest first; of one organisation or of all.
///
/// # Errors
/// If the database fails.
pub fn notes(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    organisation: Option<OrganisationId>,
) -> Result<Vec<ContactNote>, Error> {
    let sql = format!(
        "SELECT {NOTE} FROM contact_note WHERE institution_id = $1 AND ($2 OR organisation_id = $3)
         ORDER BY contacted_on DESC, contact_note_id DESC"
    );
    tx.query(&sql, values![institution, organisation.is_none(), organisation], |row| {
        Ok(ContactNote {
            id: row.get(0)?,
            organisation: row.get(1)?,
            contact: row.get(2)?,
            contacted_on: row.get(3)?,
            how: row.get(4)?,
            note: row.get(5)?,
            account: row.get(6)?,
            written_at: row.get(7)?,
        })
    })
}

/// Gives a note to another organisation. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn move_note(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    note: ContactNoteId,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE contact_note SET organisation_id = $4
         WHERE institution_id = $1 AND contact_note_id = $2 AND organisation_id = $3",
        values![institution, note, from, to],
    )?;
    Ok(())
}

/// Takes a note away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete_note(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    organisation: OrganisationId,
    note: ContactNoteId,
) -> Result<(), Error> {
    tx.must_audit();
    let gone = tx.execute(
        "DELETE FROM contact_note WHERE institution_id = $1 AND organisation_id = $2 AND contact_note_id = $3",
        values![institution, organisation, note],
    )?;
    if gone == 0 { Err(Error::NotFound("contact_note")) } else { Ok(()) }
}
