//! Learning outcomes of the programme, and the activities that serve them.

use std::collections::BTreeMap;

use domain::{AcademicYear, ActivityId, Framework, InstitutionId, OutcomeId, OutcomeSort, OutcomeStage, YearGroup};

use crate::{Error, Row, Tx, value::values};

/// A learning outcome of one year group in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its id.
    pub id: OutcomeId,
    /// Of which year's programme.
    pub academic_year: AcademicYear,
    /// For whom.
    pub year_group: YearGroup,
    /// What it asks.
    pub sort: OutcomeSort,
    /// How far it is taken there.
    pub stage: OutcomeStage,
    /// The name under which it goes through the years; may be blank.
    pub thread: String,
    /// The outcome itself.
    pub statement: String,
    /// Its place in the list of its year group.
    pub position: i32,
    /// Where it stands in the frameworks, in their order.
    pub tags: Vec<(Framework, String)>,
}

const COLUMNS: &str = "outcome_id, academic_year, year_group, sort, stage, thread, statement, position";

fn read(row: &Row<'_>) -> Result<Outcome, Error> {
    Ok(Outcome {
        id: row.get(0)?,
        academic_year: row.get(1)?,
        year_group: row.get(2)?,
        sort: row.get(3)?,
        stage: row.get(4)?,
        thread: row.get(5)?,
        statement: row.get(6)?,
        position: row.get(7)?,
        tags: Vec::new(),
    })
}

/// Adds an outcome with its tags. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, outcome: &Outcome) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!("INSERT INTO outcome (institution_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        values![
            institution,
            outcome.id,
            outcome.academic_year,
            outcome.year_group,
            outcome.sort,
            outcome.stage,
            outcome.thread,
            outcome.statement,
            outcome.position
        ],
    )?;
    insert_tags(tx, institution, outcome)
}

/// Writes an outcome anew with its tags. Its year, year group and place stay. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, outcome: &Outcome) -> Result<(), Error> {
    tx.must_audit();
    let changed = tx.execute(
        "UPDATE outcome SET sort = $3, stage = $4, thread = $5, statement = $6
         WHERE institution_id = $1 AND outcome_id = $2",
        values![institution, outcome.id, outcome.sort, outcome.stage, outcome.thread, outcome.statement],
    )?;
    if changed == 0 {
        return Err(Error::NotFound("outcome"));
    }
    delete_tags(tx, institution, outcome.id)?;
    insert_tags(tx, institution, outcome)
}

fn insert_tags(tx: &mut Tx<'_>, institution: InstitutionId, outcome: &Outcome) -> Result<(), Error> {
    for (framework, tag) in &outcome.tags {
        tx.execute(
            "INSERT INTO outcome_tag (institution_id, outcome_id, framework, tag) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            values![institution, outcome.id, *framework, tag],
        )?;
    }
    Ok(())
}

fn delete_tags(tx: &mut Tx<'_>, institution: InstitutionId, id: OutcomeId) -> Result<(), Error> {
    tx.execute("DELETE FROM outcome_tag WHERE institution_id = $1 AND outcome_id = $2", values![institution, id])?;
    Ok(())
}

/// Takes an outcome away with its tags and with what served it. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: OutcomeId) -> Result<(), Error> {
    tx.must_audit();
    delete_tags(tx, institution, id)?;
    tx.execute("DELETE FROM activity_outcome WHERE institution_id = $1 AND outcome_id = $2", values![institution, id])?;
    let deleted =
        tx.execute("DELETE FROM outcome WHERE institution_id = $1 AND outcome_id = $2", values![institution, id])?;
    if deleted == 0 { Err(Error::NotFound("outcome")) } else { Ok(()) }
}

/// An outcome with its tags.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: OutcomeId) -> Result<Option<Outcome>, Error> {
    let found = tx.query_opt(
        &format!("SELECT {COLUMNS} FROM outcome WHERE institution_id = $1 AND outcome_id = $2"),
        values![institution, id],
        read,
    )?;
    let Some(mut outcome) = found else { return Ok(None) };
    outcome.tags = tx.query(
        "SELECT framework, tag FROM outcome_tag WHERE institution_id = $1 AND outcome_id = $2 ORDER BY framework, tag",
        values![institution, id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Some(outcome))
}

/// The outcomes of a year's programme with their tags, by year group and place.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Vec<Outcome>, Error> {
    let mut outcomes = tx.query(
        &format!(
            "SELECT {COLUMNS} FROM outcome WHERE institution_id = $1 AND academic_year = $2
             ORDER BY year_group, position, outcome_id"
        ),
        values![institution, year],
        read,
    )?;
    let tags: Vec<(OutcomeId, Framework, String)> = tx.query(
        "SELECT t.outcome_id, t.framework, t.tag FROM outcome_tag t
         JOIN outcome o ON o.institution_id = t.institution_id AND o.outcome_id = t.outcome_id
         WHERE t.institution_id = $1 AND o.academic_year = $2 ORDER BY t.framework, t.tag",
        values![institution, year],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let mut of: BTreeMap<OutcomeId, Vec<(Framework, String)>> = BTreeMap::new();
    for (outcome, framework, tag) in tags {
        of.entry(outcome).or_default().push((framework, tag));
    }
    for outcome in &mut outcomes {
        outcome.tags = of.remove(&outcome.id).unwrap_or_default();
    }
    Ok(outcomes)
}

/// Which activities serve the outcomes of a year's programme.
///
/// # Errors
/// If the database fails.
pub fn serving(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    year: AcademicYear,
) -> Result<Vec<(OutcomeId, ActivityId)>, Error> {
    tx.query(
        "SELECT s.outcome_id, s.activity_id FROM activity_outcome s
         JOIN outcome o ON o.institution_id = s.institution_id AND o.outcome_id = s.outcome_id
         WHERE s.institution_id = $1 AND o.academic_year = $2 ORDER BY s.outcome_id, s.activity_id",
        values![institution, year],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Notes that an activity serves an outcome. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] if either is not there.
pub fn serve(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    outcome: OutcomeId,
    activity: ActivityId,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO activity_outcome (institution_id, activity_id, outcome_id) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        values![institution, activity, outcome],
    )?;
    Ok(())
}
