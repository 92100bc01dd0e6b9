//! The careers programme of an academic year: what it is for, and who approved it.

use domain::{AcademicYear, AccountId, Date, InstitutionId, YearGroup};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// A programme without its outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Of which year.
    pub academic_year: AcademicYear,
    /// What it is to achieve.
    pub aims: String,
    /// What learners know, can do and are like when they leave.
    pub leavers: String,
    /// How it is delivered.
    pub delivery: String,
    /// How it is arranged for learners with special educational needs.
    pub send: String,
    /// How parents and carers take part.
    pub parents: String,
    /// A senior leader's approval.
    pub senior: Option<SeniorApproval>,
    /// The governors' approval.
    pub governors: Option<GovernorsApproval>,
    /// How often its text has been changed.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// That a senior leader approved the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeniorApproval {
    /// Who.
    pub leader: String,
    /// When.
    pub on: Date,
    /// Who recorded it.
    pub account: Option<AccountId>,
    /// The text that was approved.
    pub text: String,
}

/// That the governors approved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GovernorsApproval {
    /// When.
    pub on: Date,
    /// Where their minutes say so.
    pub minute: String,
    /// The text that was approved.
    pub text: String,
}

/// What the programme does in one year group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeYear {
    /// Which.
    pub year_group: YearGroup,
    /// What it is to achieve there.
    pub aims: String,
    /// How.
    pub delivery: String,
}

const COLUMNS: &str = "academic_year, aims, leavers, delivery, send, parents, senior_leader, senior_approved_on, \
     senior_account_id, senior_text, governors_approved_on, governors_minute, governors_text, revision, changed_at";

fn read(row: &Row<'_>) -> Result<Programme, Error> {
    let text = |column| Ok::<_, Error>(row.get::<Option<String>>(column)?.unwrap_or_default());
    let senior = match row.get::<Option<Date>>(7)? {
        Some(on) => Some(SeniorApproval { leader: text(6)?, on, account: row.get(8)?, text: text(9)? }),
        None => None,
    };
    let governors = match row.get::<Option<Date>>(10)? {
        Some(on) => Some(GovernorsApproval { on, minute: text(11)?, text: text(12)? }),
        None => None,
    };
    Ok(Programme {
        academic_year: row.get(0)?,
        aims: row.get(1)?,
        leavers: row.get(2)?,
        delivery: row.get(3)?,
        send: row.get(4)?,
        parents: row.get(5)?,
        senior,
        governors,
        revision: row.get(13)?,
        changed_at: row.get(14)?,
    })
}

/// The programme of a year.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Option<Programme>, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM programme WHERE institution_id = $1 AND academic_year = $2"),
        values![institution, year],
        read,
    )
}

/// The years that have a programme, the latest first.
///
/// # Errors
/// If the database fails.
pub fn years(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<AcademicYear>, Error> {
    tx.query(
        "SELECT academic_year FROM programme WHERE institution_id = $1 ORDER BY academic_year DESC",
        values![institution],
        |row| row.get(0),
    )
}

/// Keeps the programme of its year, in place of what was there. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, programme: &Programme) -> Result<(), Error> {
    tx.must_audit();
    let (senior, governors) = (programme.senior.as_ref(), programme.governors.as_ref());
    tx.execute(
        &format!(
            "INSERT INTO programme (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             ON CONFLICT (institution_id, academic_year) DO UPDATE SET aims = excluded.aims, leavers = excluded.leavers,
                 delivery = excluded.delivery, send = excluded.send, parents = excluded.parents,
                 senior_leader = excluded.senior_leader, senior_approved_on = excluded.senior_approved_on,
                 senior_account_id = excluded.senior_account_id, senior_text = excluded.senior_text,
                 governors_approved_on = excluded.governors_approved_on,
                 governors_minute = excluded.governors_minute, governors_text = excluded.governors_text,
                 revision = excluded.revision, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            programme.academic_year,
            programme.aims,
            programme.leavers,
            programme.delivery,
            programme.send,
            programme.parents,
            senior.map(|approval| approval.leader.as_str()),
            senior.map(|approval| approval.on),
            senior.and_then(|approval| approval.account),
            senior.map(|approval| approval.text.as_str()),
            governors.map(|approval| approval.on),
            governors.map(|approval| approval.minute.as_str()),
            governors.map(|approval| approval.text.as_str()),
            programme.revision,
            programme.changed_at
        ],
    )?;
    Ok(())
}

/// What the programme of a year does in each year group, the lowest first.
///
/// # Errors
/// If the database fails.
pub fn year_groups(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    year: AcademicYear,
) -> Result<Vec<ProgrammeYear>, Error> {
    tx.query(
        "SELECT year_group, aims, delivery FROM programme_year WHERE institution_id = $1 AND academic_year = $2
         ORDER BY year_group",
        values![institution, year],
        |row| Ok(ProgrammeYear { year_group: row.get(0)?, aims: row.get(1)?, delivery: row.get(2)? }),
    )
}

/// Keeps what the programme of a year does in one year group. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set_year_group(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    year: AcademicYear,
    group: &ProgrammeYear,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO programme_year (institution_id, academic_year, year_group, aims, delivery)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (institution_id, academic_year, year_group) DO UPDATE SET aims = excluded.aims,
             delivery = excluded.delivery",
        values![institution, year, group.year_group, group.aims, group.delivery],
    )?;
    Ok(())
}
