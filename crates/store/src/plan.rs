//! How activities are to be held: what an activity's own row, by which the rules judge, need not know.

use domain::{
    AcademicYear, AccountId, ActivityId, ActivityState, Date, InstitutionId, OrganisationId, OutcomeId, YearGroup,
};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// The plan of one activity. Times are `HH:MM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its last day, if it has several.
    pub ends_on: Option<Date>,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// Who is in charge, in words.
    pub staff: Option<String>,
    /// Who is in charge, if they have an account.
    pub account: Option<AccountId>,
    /// What is adjusted for learners with special educational needs.
    pub adjustments: String,
    /// Of the risk assessment.
    pub risk_notes: String,
    /// Of visitors.
    pub visitor_notes: String,
    /// Anything else.
    pub notes: String,
    /// What it costs, in pence.
    pub cost_pence: Option<i64>,
    /// The first activity of the series that it belongs to.
    pub series: Option<ActivityId>,
    /// How many learners are expected, where they are not on the register.
    pub expects: Option<i32>,
    /// What asked of the institution as a whole it is evidence for, by requirement, separated by spaces.
    pub shows: String,
    /// Why it was cancelled.
    pub ended_because: Option<String>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

impl Plan {
    /// A plan that says nothing yet.
    pub fn blank(changed_at: Timestamp) -> Self {
        Self {
            ends_on: None,
            starts_at: None,
            ends_at: None,
            place: None,
            purpose: String::new(),
            staff: None,
            account: None,
            adjustments: String::new(),
            risk_notes: String::new(),
            visitor_notes: String::new(),
            notes: String::new(),
            cost_pence: None,
            series: None,
            expects: None,
            shows: String::new(),
            ended_because: None,
            changed_at,
        }
    }
}

/// One of several sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its day.
    pub held_on: Date,
    /// When it begins, `HH:MM`.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where, if not where the others are.
    pub place: Option<String>,
    /// How many it takes.
    pub capacity: Option<i32>,
}

/// A group that an activity is for, beside whole year groups: a sort (`form`, `subject`, `need`) and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// What sort of group.
    pub sort: String,
    /// Which.
    pub name: String,
}

/// An organisation that comes to an activity beside the one it is with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attending {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// As what it comes.
    pub role: String,
}

const COLUMNS: &str = "ends_on, starts_at, ends_at, place, purpose, staff, account_id, adjustments, risk_notes, visitor_notes, \
     notes, cost_pence, series_id, expects, shows, ended_because, changed_at";

fn read(row: &Row<'_>) -> Result<(ActivityId, Plan), Error> {
    Ok((
        row.get(0)?,
        Plan {
            ends_on: row.get(1)?,
            starts_at: row.get(2)?,
            ends_at: row.get(3)?,
            place: row.get(4)?,
            purpose: row.get(5)?,
            staff: row.get(6)?,
            account: row.get(7)?,
            adjustments: row.get(8)?,
            risk_notes: row.get(9)?,
            visitor_notes: row.get(10)?,
            notes: row.get(11)?,
            cost_pence: row.get(12)?,
            series: row.get(13)?,
            expects: row.get(14)?,
            shows: row.get(15)?,
            ended_because: row.get(16)?,
            changed_at: row.get(17)?,
        },
    ))
}

/// Sets the plan of an activity. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId, plan: &Plan) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO activity_plan (institution_id, activity_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
             ON CONFLICT (institution_id, activity_id) DO UPDATE SET ends_on = excluded.ends_on,
                 starts_at = excluded.starts_at, ends_at = excluded.ends_at, place = excluded.place,
                 purpose = excluded.purpose, staff = excluded.staff, account_id = excluded.account_id,
                 adjustments = excluded.adjustments, risk_notes = excluded.risk_notes,
                 visitor_notes = excluded.visitor_notes, notes = excluded.notes, cost_pence = excluded.cost_pence,
                 series_id = excluded.series_id, expects = excluded.expects, shows = excluded.shows,
                 ended_because = excluded.ended_because, changed_at = excluded.changed_at"
        ),
        values![
            institution,
            activity,
            plan.ends_on,
            plan.starts_at.as_deref(),
            plan.ends_at.as_deref(),
            plan.place.as_deref(),
            plan.purpose,
            plan.staff.as_deref(),
            plan.account,
            plan.adjustments,
            plan.risk_notes,
            plan.visitor_notes,
            plan.notes,
            plan.cost_pence,
            plan.series,
            plan.expects,
            plan.shows,
            plan.ended_because.as_deref(),
            plan.changed_at
        ],
    )?;
    Ok(())
}

/// The plan of an activity, if it has one.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Option<Plan>, Error> {
    let sql =
        format!("SELECT activity_id, {COLUMNS} FROM activity_plan WHERE institution_id = $1 AND activity_id = $2");
    Ok(tx.query_opt(&sql, values![institution, activity], read)?.map(|(_, plan)| plan))
}

/// Every plan of the institution, by activity; those of activities taken away included.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, Plan)>, Error> {
    let sql =
        format!("SELECT activity_id, {COLUMNS} FROM activity_plan WHERE institution_id = $1 ORDER BY activity_id");
    tx.query(&sql, values![institution], read)
}

/// The activities of a series, by day; those taken away are left out.
///
/// # Errors
/// If the database fails.
pub fn of_series(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    first: ActivityId,
) -> Result<Vec<(ActivityId, Date, ActivityState)>, Error> {
    tx.query(
        "SELECT a.activity_id, a.held_on, a.state FROM activity_plan p
         JOIN activity a ON a.institution_id = p.institution_id AND a.activity_id = p.activity_id
         WHERE p.institution_id = $1 AND p.series_id = $2 AND a.state <> 'removed' ORDER BY a.held_on, a.activity_id",
        values![institution, first],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

fn forget(tx: &mut Tx<'_>, institution: InstitutionId, table: &str, activity: ActivityId) -> Result<(), Error> {
    tx.must_audit();
    let sql = format!("DELETE FROM {table} WHERE institution_id = $1 AND activity_id = $2");
    tx.execute(&sql, values![institution, activity])?;
    Ok(())
}

/// Sets the sessions of an activity, in the order given. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity.
pub fn set_sessions(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    sessions: &[Session],
) -> Result<(), Error> {
    forget(tx, institution, "activity_session", activity)?;
    for (position, session) in sessions.iter().enumerate() {
        tx.execute(
            "INSERT INTO activity_session
                 (institution_id, activity_id, position, held_on, starts_at, ends_at, place, capacity)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                institution,
                activity,
                position,
                session.held_on,
                session.starts_at.as_deref(),
                session.ends_at.as_deref(),
                session.place.as_deref(),
                session.capacity
            ],
        )?;
    }
    Ok(())
}

/// The sessions of an activity, in their order.
///
/// # Errors
/// If the database fails.
pub fn sessions(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Vec<Session>, Error> {
    tx.query(
        "SELECT held_on, starts_at, ends_at, place, capacity FROM activity_session
         WHERE institution_id = $1 AND activity_id = $2 ORDER BY position",
        values![institution, activity],
        |row| session(row, 0),
    )
}

/// The sessions of every activity, by activity and in their order.
///
/// # Errors
/// If the database fails.
pub fn all_sessions(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, Session)>, Error> {
    tx.query(
        "SELECT activity_id, held_on, starts_at, ends_at, place, capacity FROM activity_session
         WHERE institution_id = $1 ORDER BY activity_id, position",
        values![institution],
        |row| Ok((row.get(0)?, session(row, 1)?)),
    )
}

fn session(row: &Row<'_>, from: usize) -> Result<Session, Error> {
    Ok(Session {
        held_on: row.get(from)?,
        starts_at: row.get(from + 1)?,
        ends_at: row.get(from + 2)?,
        place: row.get(from + 3)?,
        capacity: row.get(from + 4)?,
    })
}

/// Sets the groups that an activity is for. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity; [`Error::Duplicate`] for a group named twice.
pub fn set_groups(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    groups: &[Group],
) -> Result<(), Error> {
    forget(tx, institution, "activity_group", activity)?;
    for group in groups {
        tx.execute(
            "INSERT INTO activity_group (institution_id, activity_id, sort, name) VALUES ($1, $2, $3, $4)",
            values![institution, activity, group.sort, group.name],
        )?;
    }
    Ok(())
}

/// The groups that an activity is for.
///
/// # Errors
/// If the database fails.
pub fn groups(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Vec<Group>, Error> {
    tx.query(
        "SELECT sort, name FROM activity_group WHERE institution_id = $1 AND activity_id = $2 ORDER BY sort, name",
        values![institution, activity],
        |row| Ok(Group { sort: row.get(0)?, name: row.get(1)? }),
    )
}

/// The groups of every activity, by activity.
///
/// # Errors
/// If the database fails.
pub fn all_groups(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, Group)>, Error> {
    tx.query(
        "SELECT activity_id, sort, name FROM activity_group WHERE institution_id = $1 ORDER BY activity_id, sort, name",
        values![institution],
        |row| Ok((row.get(0)?, Group { sort: row.get(1)?, name: row.get(2)? })),
    )
}

/// Sets the learning outcomes that an activity is to achieve. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity or outcome.
pub fn set_outcomes(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    outcomes: &[OutcomeId],
) -> Result<(), Error> {
    forget(tx, institution, "activity_outcome", activity)?;
    for outcome in outcomes {
        tx.execute(
            "INSERT INTO activity_outcome (institution_id, activity_id, outcome_id) VALUES ($1, $2, $3)",
            values![institution, activity, outcome],
        )?;
    }
    Ok(())
}

/// The learning outcomes that an activity is to achieve.
///
/// # Errors
/// If the database fails.
pub fn outcomes(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Vec<OutcomeId>, Error> {
    tx.query(
        "SELECT outcome_id FROM activity_outcome WHERE institution_id = $1 AND activity_id = $2 ORDER BY outcome_id",
        values![institution, activity],
        |row| row.get(0),
    )
}

/// Sets which organisations come to an activity beside the one it is with. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity or organisation.
pub fn set_attending(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    attending: &[(OrganisationId, String)],
) -> Result<(), Error> {
    forget(tx, institution, "activity_organisation", activity)?;
    for (organisation, role) in attending {
        tx.execute(
            "INSERT INTO activity_organisation (institution_id, activity_id, organisation_id, contact_id, role)
             VALUES ($1, $2, $3, NULL, $4)",
            values![institution, activity, organisation, role],
        )?;
    }
    Ok(())
}

/// The organisations that come to an activity beside the one it is with, by name.
///
/// # Errors
/// If the database fails.
pub fn attending(tx: &mut Tx<'_>, institution: InstitutionId, activity: ActivityId) -> Result<Vec<Attending>, Error> {
    tx.query(
        "SELECT a.organisation_id, o.name, a.role FROM activity_organisation a
         JOIN organisation o ON o.institution_id = a.institution_id AND o.organisation_id = a.organisation_id
         WHERE a.institution_id = $1 AND a.activity_id = $2 ORDER BY o.name_key, a.organisation_id",
        values![institution, activity],
        |row| Ok(Attending { organisation: row.get(0)?, name: row.get(1)?, role: row.get(2)? }),
    )
}

/// The learning outcomes of an academic year to choose from, by year group and in their order.
///
/// # Errors
/// If the database fails.
pub fn outcome_choices(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    year: AcademicYear,
) -> Result<Vec<(OutcomeId, YearGroup, String)>, Error> {
    tx.query(
        "SELECT outcome_id, year_group, statement FROM outcome
         WHERE institution_id = $1 AND academic_year = $2 ORDER BY year_group, position, outcome_id",
        values![institution, year],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// What the learning outcomes of an activity say.
///
/// # Errors
/// If the database fails.
pub fn outcome_statements(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
) -> Result<Vec<String>, Error> {
    tx.query(
        "SELECT o.statement FROM activity_outcome a
         JOIN outcome o ON o.institution_id = a.institution_id AND o.outcome_id = a.outcome_id
         WHERE a.institution_id = $1 AND a.activity_id = $2 ORDER BY o.year_group, o.position, o.outcome_id",
        values![institution, activity],
        |row| row.get(0),
    )
}

/// The names of the organisations that the institution keeps, by name.
///
/// # Errors
/// If the database fails.
pub fn organisation_names(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<String>, Error> {
    tx.query(
        "SELECT name FROM organisation WHERE institution_id = $1 AND merged_into IS NULL ORDER BY name_key",
        values![institution],
        |row| row.get(0),
    )
}

/// Keeps an organisation of which only the name is known. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn add_organisation(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: OrganisationId,
    name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO organisation
             (institution_id, organisation_id, name, name_key, sorts, offers, safeguarding, notes, changed_at)
         VALUES ($1, $2, $3, $4, '', '', '', '', $5)",
        values![institution, id, name, domain::same_name(name), now],
    )?;
    Ok(())
}
