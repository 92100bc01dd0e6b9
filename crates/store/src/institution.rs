//! Institutions with their subjects, first days, parameters and contacts.

use std::collections::BTreeMap;

use domain::{AcademicYear, Calendar, Date, Institution, InstitutionId, Revision, Subjects, TrustId, YearGroup};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx, catalogue,
    value::{Bind, Value, values},
};

/// A person to be named on pages and in documents, by role: `careers-leader`, `head`, `link-governor`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The role.
    pub role: String,
    /// The person's name.
    pub name: String,
    /// Their address for mail.
    pub email: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// What they are in the institution: “Assistant headteacher”.
    pub title: Option<String>,
    /// What qualifies a careers adviser: “Level 6 Diploma in Career Guidance and Development”.
    pub qualification: Option<String>,
    /// Who employs them, if not the institution.
    pub employer: Option<String>,
    /// The last day on which they hold the role, if it is known.
    pub ends_on: Option<Date>,
}

/// An institution in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its key.
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
    /// Its unique reference number.
    pub urn: Option<String>,
    /// Its trust.
    pub trust: Option<TrustId>,
}

/// Settings of Waymark's own that are kept beside the rulebook's parameters, and are no part of an institution's facts.
const SETTINGS: &str = "'second_step'";

const SUMMARY: &str = "institution_id, name, urn, trust_id";

fn read_summary(row: &Row<'_>) -> Result<Summary, Error> {
    Ok(Summary { id: row.get(0)?, name: row.get(1)?, urn: row.get(2)?, trust: row.get(3)? })
}

/// Adds an institution at revision 0, with its subjects, first days and parameters. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if its reference number is known already.
pub fn insert(
    tx: &mut Tx<'_>,
    id: InstitutionId,
    institution: &Institution,
    created_at: Timestamp,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO institution
             (institution_id, name, kind, urn, ukprn, lowest_year, highest_year, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
        values![
            id,
            institution.name,
            institution.kind,
            institution.urn,
            institution.ukprn,
            institution.lowest_year,
            institution.highest_year,
            created_at
        ],
    )?;
    insert_details(tx, id, institution)
}

/// Replaces what is known of an institution, with its subjects, first days and parameters.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] if its reference number is another's.
pub fn update(tx: &mut Tx<'_>, id: InstitutionId, institution: &Institution) -> Result<(), Error> {
    tx.advance(id)?;
    tx.execute(
        "UPDATE institution SET name = $2, kind = $3, urn = $4, ukprn = $5, lowest_year = $6, highest_year = $7
         WHERE institution_id = $1",
        values![
            id,
            institution.name,
            institution.kind,
            institution.urn,
            institution.ukprn,
            institution.lowest_year,
            institution.highest_year
        ],
    )?;
    tx.execute("DELETE FROM institution_subject WHERE institution_id = $1", values![id])?;
    tx.execute("DELETE FROM institution_first_day WHERE institution_id = $1", values![id])?;
    tx.execute(
        &format!("DELETE FROM institution_parameter WHERE institution_id = $1 AND name NOT IN ({SETTINGS})"),
        values![id],
    )?;
    insert_details(tx, id, institution)
}

fn insert_details(tx: &mut Tx<'_>, id: InstitutionId, institution: &Institution) -> Result<(), Error> {
    let key = Value::Int(id.0);
    let subjects = institution.subjects.iter().flat_map(|(year_group, subjects)| {
        // A year group with an empty list is kept as one row without a subject.
        let none = subjects.is_empty().then_some([key, year_group.bind(), Value::Int(0), Value::Null]);
        let some = subjects.iter().enumerate();
        none.into_iter().chain(some.map(move |(position, subject)| {
            [key, year_group.bind(), Value::Int(position as i64), Value::Text(subject)]
        }))
    });
    tx.insert_many(&catalogue::INSTITUTION_SUBJECT, subjects)?;
    let days = institution.calendar.first_days().iter().map(|(year, day)| [key, year.bind(), day.bind()]);
    tx.insert_many(&catalogue::INSTITUTION_FIRST_DAY, days)?;
    let parameters = institution.parameters.iter().map(|(name, setting)| [key, name.bind(), setting.bind()]);
    tx.insert_many(&catalogue::INSTITUTION_PARAMETER, parameters)?;
    Ok(())
}

/// The institution with its revision.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, id: InstitutionId) -> Result<Option<(Institution, Revision)>, Error> {
    let found = tx.query_opt(
        "SELECT name, kind, urn, ukprn, lowest_year, highest_year, revision FROM institution WHERE institution_id = $1",
        values![id],
        |row| {
            let institution = Institution {
                name: row.get(0)?,
                kind: row.get(1)?,
                urn: row.get(2)?,
                ukprn: row.get(3)?,
                lowest_year: row.get(4)?,
                highest_year: row.get(5)?,
                subjects: Subjects::new(),
                calendar: Calendar::default(),
                parameters: BTreeMap::new(),
            };
            Ok((institution, row.get(6)?))
        },
    )?;
    let Some((mut institution, revision)) = found else { return Ok(None) };
    let subjects = &mut institution.subjects;
    tx.each(
        "SELECT year_group, subject FROM institution_subject WHERE institution_id = $1 ORDER BY year_group, position",
        values![id],
        |row| {
            let list = subjects.entry(row.get::<YearGroup>(0)?).or_insert_with(Vec::new);
            list.extend(row.get::<Option<String>>(1)?);
            Ok(())
        },
    )?;
    let days = tx.query(
        "SELECT academic_year, first_day FROM institution_first_day WHERE institution_id = $1",
        values![id],
        |row| Ok((row.get::<AcademicYear>(0)?, row.get::<Date>(1)?)),
    )?;
    institution.calendar = Calendar::new(days.into_iter().collect());
    let parameters = tx.query(
        &format!(
            "SELECT name, setting FROM institution_parameter WHERE institution_id = $1 AND name NOT IN ({SETTINGS})"
        ),
        values![id],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    institution.parameters = parameters.into_iter().collect();
    Ok(Some((institution, revision)))
}

/// The institution with its revision.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, id: InstitutionId) -> Result<(Institution, Revision), Error> {
    find(tx, id)?.ok_or(Error::NotFound("institution"))
}

/// How often its facts have changed.
///
/// # Errors
/// [`Error::NotFound`].
pub fn revision(tx: &mut Tx<'_>, id: InstitutionId) -> Result<Revision, Error> {
    tx.query_opt("SELECT revision FROM institution WHERE institution_id = $1", values![id], |row| row.get(0))?
        .ok_or(Error::NotFound("institution"))
}

/// The institution with this unique reference number.
///
/// # Errors
/// If the database fails.
pub fn find_by_urn(tx: &mut Tx<'_>, urn: &str) -> Result<Option<InstitutionId>, Error> {
    tx.query_opt("SELECT institution_id FROM institution WHERE urn = $1", values![urn], |row| row.get(0))
}

/// The keys of every institution.
///
/// # Errors
/// If the database fails.
pub fn ids(tx: &mut Tx<'_>) -> Result<Vec<InstitutionId>, Error> {
    tx.query("SELECT institution_id FROM institution ORDER BY institution_id", values![], |row| row.get(0))
}

/// Every institution, by name.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Summary>, Error> {
    tx.query(
        &format!("SELECT {SUMMARY} FROM institution ORDER BY lower(name), institution_id"),
        values![],
        read_summary,
    )
}

/// Puts the institution into a trust, or into none. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Depends`] for an unknown trust.
pub fn set_trust(tx: &mut Tx<'_>, id: InstitutionId, trust: Option<TrustId>) -> Result<(), Error> {
    tx.advance(id)?;
    tx.execute("UPDATE institution SET trust_id = $2 WHERE institution_id = $1", values![id, trust])?;
    Ok(())
}

/// Its website and the people named for it.
///
/// # Errors
/// If the database fails.
pub fn contacts(tx: &mut Tx<'_>, id: InstitutionId) -> Result<(Option<String>, Vec<Contact>), Error> {
    let website =
        tx.query_opt("SELECT website FROM institution WHERE institution_id = $1", values![id], |row| row.get(0))?;
    let contacts = tx.query(
        "SELECT role, name, email, phone, title, qualification, employer, ends_on FROM institution_contact
         WHERE institution_id = $1 ORDER BY role",
        values![id],
        |row| {
            Ok(Contact {
                role: row.get(0)?,
                name: row.get(1)?,
                email: row.get(2)?,
                phone: row.get(3)?,
                title: row.get(4)?,
                qualification: row.get(5)?,
                employer: row.get(6)?,
                ends_on: row.get(7)?,
            })
        },
    )?;
    Ok((website.flatten(), contacts))
}

/// Replaces its website and the people named for it. They may decide institution-level requirements, so the revision moves.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] for a role given twice.
pub fn set_contacts(
    tx: &mut Tx<'_>,
    id: InstitutionId,
    website: Option<&str>,
    contacts: &[Contact],
) -> Result<(), Error> {
    tx.advance(id)?;
    tx.execute("UPDATE institution SET website = $2 WHERE institution_id = $1", values![id, website])?;
    tx.execute("DELETE FROM institution_contact WHERE institution_id = $1", values![id])?;
    let rows = contacts.iter().map(|c| {
        [
            id.bind(),
            c.role.bind(),
            c.name.bind(),
            c.email.bind(),
            c.phone.bind(),
            c.title.bind(),
            c.qualification.bind(),
            c.employer.bind(),
            c.ends_on.bind(),
        ]
    });
    tx.insert_many(&catalogue::INSTITUTION_CONTACT, rows)?;
    Ok(())
}

/// A setting of Waymark's own; none if it is as usual.
///
/// # Errors
/// If the database fails.
pub fn setting(tx: &mut Tx<'_>, id: InstitutionId, name: &str) -> Result<Option<String>, Error> {
    tx.query_opt(
        &format!(
            "SELECT setting FROM institution_parameter WHERE institution_id = $1 AND name = $2 AND name IN ({SETTINGS})"
        ),
        values![id, name],
        |row| row.get(0),
    )
}

/// Changes a setting of Waymark's own; none makes it as usual. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn set_setting(tx: &mut Tx<'_>, id: InstitutionId, name: &str, setting: Option<&str>) -> Result<(), Error> {
    tx.must_audit();
    tx.execute("DELETE FROM institution_parameter WHERE institution_id = $1 AND name = $2", values![id, name])?;
    if let Some(setting) = setting {
        tx.execute(
            "INSERT INTO institution_parameter (institution_id, name, setting) VALUES ($1, $2, $3)",
            values![id, name, setting],
        )?;
    }
    Ok(())
}

/// The word by which its public pages are found; none if it has none.
///
/// # Errors
/// If the database fails.
pub fn slug(tx: &mut Tx<'_>, id: InstitutionId) -> Result<Option<String>, Error> {
    let found =
        tx.query_opt("SELECT slug FROM institution WHERE institution_id = $1", values![id], |row| row.get(0))?;
    Ok(found.flatten())
}

/// Gives it another word, or none. Needs an audit event.
///
/// # Errors
/// [`Error::Duplicate`] if the word is another's.
pub fn set_slug(tx: &mut Tx<'_>, id: InstitutionId, slug: Option<&str>) -> Result<(), Error> {
    tx.must_audit();
    tx.execute("UPDATE institution SET slug = $2 WHERE institution_id = $1", values![id, slug])?;
    Ok(())
}

/// The institution that has this word.
///
/// # Errors
/// If the database fails.
pub fn find_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<InstitutionId>, Error> {
    tx.query_opt("SELECT institution_id FROM institution WHERE slug = $1", values![slug], |row| row.get(0))
}
