//! Activities, planned ones included.

use domain::{
    Activity, ActivityId, ActivityState, Checks, Date, InstitutionId, Kind, Revision, YearGroup, YearGroups, same_name,
};

use crate::{
    Error, Row, Tx, catalogue,
    import::{Noun, Touched},
    learner::like,
    value::{Bind, Value, values},
};

pub(crate) const COLUMNS: &str = "activity_id, reference, title, held_on, kind, provider_type, organisation, mode, subject, hours, \
     year_groups, checks, through, source, state";

pub(crate) fn read(row: &Row<'_>) -> Result<(ActivityId, Activity), Error> {
    let unreadable = |column, expected| Error::Unreadable { table_or_statement: "activity".into(), column, expected };
    let year_groups: String = row.get(10)?;
    let year_groups = year_groups
        .split_ascii_whitespace()
        .map(|number| number.parse().map(YearGroup::new))
        .collect::<Result<YearGroups, _>>()
        .map_err(|_| unreadable(10, "year groups"))?;
    let checks: String = row.get(11)?;
    let checks = checks
        .split_ascii_whitespace()
        .map(str::parse)
        .collect::<Result<Checks, _>>()
        .map_err(|_| unreadable(11, "boxes of a checklist"))?;
    let activity = Activity {
        reference: row.get(1)?,
        title: row.get(2)?,
        date: row.get(3)?,
        kind: row.get(4)?,
        provider_type: row.get(5)?,
        organisation: row.get(6)?,
        mode: row.get(7)?,
        subject: row.get(8)?,
        hours: row.get(9)?,
        year_groups,
        checks,
        through: row.get(12)?,
        source: row.get(13)?,
        state: row.get(14)?,
    };
    Ok((row.get(0)?, activity))
}

/// Year groups and boxes are kept as words, so that a new member of a list never changes what is stored.
pub(crate) fn lists(activity: &Activity) -> (String, String) {
    let year_groups: Vec<String> = activity.year_groups.iter().map(|y| y.number().to_string()).collect();
    let checks: Vec<&str> = activity.checks.iter().map(|check| check.word()).collect();
    (year_groups.join(" "), checks.join(" "))
}

pub(crate) fn columns<'v>(
    institution: &'v InstitutionId,
    id: &'v ActivityId,
    activity: &'v Activity,
    lists: &'v (String, String),
    revision: &'v Revision,
) -> [Value<'v>; 18] {
    [
        institution.bind(),
        id.bind(),
        activity.reference.bind(),
        activity.title.bind(),
        activity.date.bind(),
        activity.kind.bind(),
        activity.provider_type.bind(),
        activity.organisation.bind(),
        activity.mode.bind(),
        activity.subject.bind(),
        activity.hours.bind(),
        lists.0.bind(),
        lists.1.bind(),
        activity.through.bind(),
        activity.source.bind(),
        revision.bind(),
        activity.state.bind(),
        // Which activity leads it is said by `set_part_of`.
        Value::Null,
    ]
}

/// Adds an activity.
///
/// # Errors
/// [`Error::Duplicate`] if the institution has one with this reference.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId, activity: &Activity) -> Result<(), Error> {
    let revision = tx.touch(institution, Touched::new(Noun::Activity, id.0))?;
    tx.execute(
        &format!(
            "INSERT INTO activity ({})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            catalogue::ACTIVITY.column_list()
        ),
        &columns(&institution, &id, activity, &lists(activity), &revision),
    )?;
    Ok(())
}

/// Replaces what is known of an activity.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] if the reference is another activity's.
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId, activity: &Activity) -> Result<(), Error> {
    let revision = tx.touch(institution, Touched::new(Noun::Activity, id.0))?;
    let changed = tx.execute(
        "UPDATE activity SET reference = $3, title = $4, held_on = $5, kind = $6, provider_type = $7, organisation = $8,
             mode = $9, subject = $10, hours = $11, year_groups = $12, checks = $13, through = $14, source = $15,
             revision = $16, state = $17
         WHERE institution_id = $1 AND activity_id = $2",
        &columns(&institution, &id, activity, &lists(activity), &revision)[..17],
    )?;
    if changed == 0 { Err(Error::NotFound("activity")) } else { Ok(()) }
}

/// Removes an activity that nobody has a record of taking part in.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Depends`] while participations exist.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<(), Error> {
    tx.touch(institution, Touched::new(Noun::Activity, id.0).removing())?;
    let deleted =
        tx.execute("DELETE FROM activity WHERE institution_id = $1 AND activity_id = $2", values![institution, id])?;
    if deleted == 0 { Err(Error::NotFound("activity")) } else { Ok(()) }
}

/// The activity, if there is one that was not taken away.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Option<Activity>, Error> {
    let found = find_any(tx, institution, id)?;
    Ok(found.filter(|activity| activity.state != ActivityState::Removed))
}

/// An activity that was taken away.
///
/// # Errors
/// If the database fails.
pub fn find_removed(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Option<Activity>, Error> {
    let found = find_any(tx, institution, id)?;
    Ok(found.filter(|activity| activity.state == ActivityState::Removed))
}

fn find_any(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Option<Activity>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM activity WHERE institution_id = $1 AND activity_id = $2");
    Ok(tx.query_opt(&sql, values![institution, id], read)?.map(|(_, activity)| activity))
}

/// The activity.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Activity, Error> {
    find(tx, institution, id)?.ok_or(Error::NotFound("activity"))
}

/// The activity that the institution names so.
///
/// # Errors
/// If the database fails.
pub fn find_by_reference(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    reference: &str,
) -> Result<Option<ActivityId>, Error> {
    tx.query_opt(
        "SELECT activity_id FROM activity WHERE institution_id = $1 AND reference = $2",
        values![institution, reference],
        |row| row.get(0),
    )
}

/// How many activities the institution has.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM activity WHERE institution_id = $1 AND state <> 'removed'", values![institution])
}

/// Says of which activity another one is a part, or that it is its own.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_part_of(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ActivityId,
    whole: Option<ActivityId>,
) -> Result<(), Error> {
    let revision = tx.touch(institution, Touched::new(Noun::Activity, id.0))?;
    let changed = tx.execute(
        "UPDATE activity SET part_of = $3, revision = $4 WHERE institution_id = $1 AND activity_id = $2",
        values![institution, id, whole, revision],
    )?;
    if changed == 0 { Err(Error::NotFound("activity")) } else { Ok(()) }
}

/// The activity of which this one is a part, if it is.
///
/// # Errors
/// If the database fails.
pub fn part_of(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Option<ActivityId>, Error> {
    let whole = tx.query_opt(
        "SELECT part_of FROM activity WHERE institution_id = $1 AND activity_id = $2",
        values![institution, id],
        |row| row.get(0),
    )?;
    Ok(whole.flatten())
}

/// The activity with everything that shares its register: the one that leads it first, then its other parts by key.
///
/// # Errors
/// If the database fails.
pub fn occasion(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<Vec<ActivityId>, Error> {
    let whole = part_of(tx, institution, id)?.unwrap_or(id);
    let parts = tx.query(
        "SELECT activity_id FROM activity
         WHERE institution_id = $1 AND part_of = $2 AND state <> 'removed' ORDER BY activity_id",
        values![institution, whole],
        |row| row.get(0),
    )?;
    Ok(std::iter::once(whole).chain(parts).collect())
}

/// Activities that are parts of another, each with the one that leads it, by key.
///
/// # Errors
/// If the database fails.
pub fn parts(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, ActivityId)>, Error> {
    tx.query(
        "SELECT activity_id, part_of FROM activity
         WHERE institution_id = $1 AND part_of IS NOT NULL AND state <> 'removed' ORDER BY activity_id",
        values![institution],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Every activity of the institution that was not taken away, by key.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, Activity)>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM activity WHERE institution_id = $1 AND state <> 'removed' ORDER BY activity_id");
    tx.query(&sql, values![institution], read)
}

/// Which activities a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of this kind.
    pub kind: Option<Kind>,
    /// Those on or after this day.
    pub from: Option<Date>,
    /// Those on or before this day.
    pub until: Option<Date>,
    /// Those whose title, organisation or reference contains this text, in any case of the letters A to Z.
    pub text: Option<String>,
}

/// Activities by day, latest first, then key; following the activity with the day and key of `after`.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    filter: &Filter,
    after: Option<(Date, ActivityId)>,
    limit: u32,
) -> Result<Vec<(ActivityId, Activity)>, Error> {
    let mut sql = format!("SELECT {COLUMNS} FROM activity WHERE institution_id = $1 AND state <> 'removed'");
    let mut values = vec![institution.bind()];
    let text = filter.text.as_deref().map(same_name).map(|text| like(&text));
    let limit = i64::from(limit);
    if let Some((day, id)) = &after {
        values.extend([day.bind(), id.bind()]);
        sql += " AND (held_on, activity_id) < ($2, $3)";
    }
    if let Some(kind) = &filter.kind {
        values.push(kind.bind());
        sql += &format!(" AND kind = ${}", values.len());
    }
    if let Some(from) = &filter.from {
        values.push(from.bind());
        sql += &format!(" AND held_on >= ${}", values.len());
    }
    if let Some(until) = &filter.until {
        values.push(until.bind());
        sql += &format!(" AND held_on <= ${}", values.len());
    }
    if let Some(text) = &text {
        values.push(text.bind());
        let n = values.len();
        sql += &format!(
            " AND (lower(title) LIKE ${n} ESCAPE '!' OR lower(organisation) LIKE ${n} ESCAPE '!'
                   OR lower(reference) LIKE ${n} ESCAPE '!')"
        );
    }
    values.push(limit.bind());
    sql += &format!(" ORDER BY held_on DESC, activity_id DESC LIMIT ${}", values.len());
    tx.query(&sql, &values, read)
}
