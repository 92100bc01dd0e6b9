//! Where the lessons of subjects link to careers, and who leads the subjects.

use domain::{AcademicYear, AccountId, ActivityId, CurriculumLinkId, InstitutionId, YearGroup, same_name};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A place where a subject links to careers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurriculumLink {
    /// Its id.
    pub id: CurriculumLinkId,
    /// In which year.
    pub academic_year: AcademicYear,
    /// For whom.
    pub year_group: YearGroup,
    /// In which subject, as people write it.
    pub subject: String,
    /// The term, 1 to 3.
    pub term: Option<i16>,
    /// The topic or unit.
    pub topic: String,
    /// How it links to careers.
    pub about: String,
    /// Who teaches it.
    pub teacher: Option<String>,
    /// Who wrote it down.
    pub account: Option<AccountId>,
    /// The activity with which it was recorded for learners.
    pub activity: Option<ActivityId>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// Who leads a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectLead {
    /// The subject, as people write it.
    pub subject: String,
    /// Who.
    pub name: String,
    /// Their account, if they have one.
    pub account: Option<AccountId>,
}

const COLUMNS: &str = "curriculum_link_id, academic_year, year_group, subject, subject_key, term, topic, about, teacher, \
     account_id, activity_id, changed_at";

fn read(row: &Row<'_>) -> Result<CurriculumLink, Error> {
    Ok(CurriculumLink {
        id: row.get(0)?,
        academic_year: row.get(1)?,
        year_group: row.get(2)?,
        subject: row.get(3)?,
        term: row.get(5)?,
        topic: row.get(6)?,
        about: row.get(7)?,
        teacher: row.get(8)?,
        account: row.get(9)?,
        activity: row.get(10)?,
        changed_at: row.get(11)?,
    })
}

/// Keeps a link, in place of what was there under its id. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] if its activity is not there.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, link: &CurriculumLink) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO curriculum_link (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (institution_id, curriculum_link_id) DO UPDATE SET term = excluded.term, topic = excluded.topic,
                 about = excluded.about, teacher = excluded.teacher, activity_id = excluded.activity_id,
                 changed_at = excluded.changed_at"
        ),
        values![
            institution,
            link.id,
            link.academic_year,
            link.year_group,
            link.subject,
            same_name(&link.subject),
            link.term,
            link.topic,
            link.about,
            link.teacher,
            link.account,
            link.activity,
            link.changed_at
        ],
    )?;
    Ok(())
}

/// Takes a link away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: CurriculumLinkId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM curriculum_link WHERE institution_id = $1 AND curriculum_link_id = $2",
        values![institution, id],
    )?;
    if deleted == 0 { Err(Error::NotFound("curriculum_link")) } else { Ok(()) }
}

/// A link.
///
/// # Errors
/// If the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: CurriculumLinkId,
) -> Result<Option<CurriculumLink>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM curriculum_link WHERE institution_id = $1 AND curriculum_link_id = $2"),
        values![institution, id],
        read,
    )
}

/// The links of a year, by subject, year group and term.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Vec<CurriculumLink>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM curriculum_link WHERE institution_id = $1 AND academic_year = $2
             ORDER BY subject_key, year_group, coalesce(term, 9), curriculum_link_id"
        ),
        values![institution, year],
        read,
    )
}

/// Who leads which subject, by subject.
///
/// # Errors
/// If the database fails.
pub fn leads(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<SubjectLead>, Error> {
    tx.query(
        "SELECT subject, name, account_id FROM subject_lead WHERE institution_id = $1 ORDER BY subject_key",
        values![institution],
        |row| Ok(SubjectLead { subject: row.get(0)?, name: row.get(1)?, account: row.get(2)? }),
    )
}

/// Keeps who leads a subject; a blank name takes it away. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set_lead(tx: &mut Tx<'_>, institution: InstitutionId, lead: &SubjectLead) -> Result<(), Error> {
    tx.must_audit();
    let key = same_name(&lead.subject);
    if lead.name.is_empty() {
        tx.execute(
            "DELETE FROM subject_lead WHERE institution_id = $1 AND subject_key = $2",
            values![institution, key],
        )?;
        return Ok(());
    }
    tx.execute(
        "INSERT INTO subject_lead (institution_id, subject_key, subject, name, account_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, subject_key) DO UPDATE SET name = excluded.name, account_id = excluded.account_id",
        values![institution, key, lead.subject, lead.name, lead.account],
    )?;
    Ok(())
}
