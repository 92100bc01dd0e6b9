//! What a calendar shows: the activities of a span of days with what is planned of them, and the institution's own dates.

use domain::{
    AcademicYear, AccountId, Activity, ActivityId, CalendarDateId, Date, InstitutionId, LearnerId, YearGroup,
    YearGroups,
};
use jiff::{Timestamp, ToSpan};

use crate::{
    Error, Row, Tx, activity,
    value::{Bind, values},
};

/// An activity with what a calendar needs of its plan. Activities taken away are among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its key.
    pub id: ActivityId,
    /// The activity.
    pub activity: Activity,
    /// The one that leads it.
    pub part_of: Option<ActivityId>,
    /// The revision at which it was last changed.
    pub revision: i64,
    /// Its last day, if it lasts several.
    pub ends_on: Option<Date>,
    /// When it begins: `09:15`.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who is in charge.
    pub account: Option<AccountId>,
    /// When its plan was last changed.
    pub changed_at: Option<Timestamp>,
}

/// One of several sessions of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSession {
    /// Of which activity.
    pub activity: ActivityId,
    /// The how manieth, from 1.
    pub position: i32,
    /// Its day.
    pub held_on: Date,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where, if not where the activity is.
    pub place: Option<String>,
}

/// A date of the institution's own calendar, or a change to a national one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDate {
    /// Its key.
    pub id: CalendarDateId,
    /// Of which academic year.
    pub academic_year: AcademicYear,
    /// Which national date it stands in for.
    pub pack_key: Option<String>,
    /// A few words.
    pub title: String,
    /// The first day.
    pub starts_on: Date,
    /// The last day of something that lasts longer.
    pub ends_on: Option<Date>,
    /// The time of day by which, as people write it.
    pub time: Option<String>,
    /// What it is, by its word: `term`, `holiday`, `inset`, `own`, `deadline`, `national`.
    pub sort: String,
    /// The year groups concerned; empty: everybody.
    pub year_groups: YearGroups,
    /// Whether it is left out of the calendar.
    pub is_hidden: bool,
    /// What to know about it.
    pub about: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// How many days before a span an activity may have begun that still goes on in it.
const LONGEST: i32 = 92;

/// The activities whose days may touch a span of days, by day and key: also those that began up to three months before. The
/// year's rows are read and no others.
///
/// # Errors
/// If the database fails.
pub fn activities(tx: &mut Tx<'_>, institution: InstitutionId, from: Date, until: Date) -> Result<Vec<Planned>, Error> {
    let columns: Vec<_> = activity::COLUMNS.split(',').map(|column| format!("a.{}", column.trim())).collect();
    let sql = format!(
        "SELECT {}, a.part_of, a.revision, p.ends_on, p.starts_at, p.ends_at, p.place, p.account_id, p.changed_at
         FROM activity a
         LEFT JOIN activity_plan p ON p.institution_id = a.institution_id AND p.activity_id = a.activity_id
         WHERE a.institution_id = $1 AND a.held_on >= $2 AND a.held_on <= $3 ORDER BY a.held_on, a.activity_id",
        columns.join(", ")
    );
    let from = from.saturating_sub(LONGEST.days());
    tx.query(&sql, values![institution, from, until], |row| {
        let (id, activity) = activity::read(row)?;
        let next = columns.len();
        Ok(Planned {
            id,
            activity,
            part_of: row.get(next)?,
            revision: row.get(next + 1)?,
            ends_on: row.get(next + 2)?,
            starts_at: row.get(next + 3)?,
            ends_at: row.get(next + 4)?,
            place: row.get(next + 5)?,
            account: row.get(next + 6)?,
            changed_at: row.get(next + 7)?,
        })
    })
}

/// The sessions of the activities that [`activities`] reads for the same span, by activity and position.
///
/// # Errors
/// If the database fails.
pub fn sessions(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    from: Date,
    until: Date,
) -> Result<Vec<PlannedSession>, Error> {
    tx.query(
        "SELECT s.activity_id, s.position, s.held_on, s.starts_at, s.ends_at, s.place
         FROM activity a
         JOIN activity_session s ON s.institution_id = a.institution_id AND s.activity_id = a.activity_id
         WHERE a.institution_id = $1 AND a.held_on >= $2 AND a.held_on <= $3 ORDER BY s.activity_id, s.position",
        values![institution, from.saturating_sub(LONGEST.days()), until],
        |row| {
            Ok(PlannedSession {
                activity: row.get(0)?,
                position: row.get(1)?,
                held_on: row.get(2)?,
                starts_at: row.get(3)?,
                ends_at: row.get(4)?,
                place: row.get(5)?,
            })
        },
    )
}

/// The groups that the activities of a span are for, each by what it is and its name, by activity.
///
/// # Errors
/// If the database fails.
pub fn groups(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    from: Date,
    until: Date,
) -> Result<Vec<(ActivityId, String, String)>, Error> {
    tx.query(
        "SELECT g.activity_id, g.sort, g.name
         FROM activity a
         JOIN activity_group g ON g.institution_id = a.institution_id AND g.activity_id = a.activity_id
         WHERE a.institution_id = $1 AND a.held_on >= $2 AND a.held_on <= $3 ORDER BY g.activity_id, g.sort, g.name",
        values![institution, from.saturating_sub(LONGEST.days()), until],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// For activities of a span that are for no whole year group: who is in their registers. By activity.
///
/// # Errors
/// If the database fails.
pub fn selected(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    from: Date,
    until: Date,
) -> Result<Vec<(ActivityId, LearnerId)>, Error> {
    tx.query(
        "SELECT a.activity_id, p.learner_id
         FROM activity a
         JOIN participation p ON p.institution_id = a.institution_id AND p.activity_id = a.activity_id
         WHERE a.institution_id = $1 AND a.held_on >= $2 AND a.held_on <= $3 AND a.year_groups = ''
         ORDER BY a.activity_id",
        values![institution, from.saturating_sub(LONGEST.days()), until],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The year group in which each learner is in an academic year, by learner.
///
/// # Errors
/// If the database fails.
pub fn year_groups(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    year: AcademicYear,
) -> Result<Vec<(LearnerId, YearGroup)>, Error> {
    tx.query(
        "SELECT learner_id, year_group FROM year_record WHERE institution_id = $1 AND academic_year = $2
         ORDER BY learner_id",
        values![institution, year],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// When each activity was last noted to be changed, by activity. Who took part is no change of it.
///
/// # Errors
/// If the database fails.
pub fn last_changes(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(ActivityId, Timestamp)>, Error> {
    tx.query(
        "SELECT subject_id, max(at) FROM audit
         WHERE institution_id = $1 AND subject_kind = 'activity' AND subject_id IS NOT NULL
             AND action LIKE 'activity.%'
         GROUP BY subject_id ORDER BY subject_id",
        values![institution],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The activities that were deleted while they were drafts, by key.
///
/// # Errors
/// If the database fails.
pub fn deleted_drafts(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<ActivityId>, Error> {
    tx.query(
        "SELECT DISTINCT subject_id FROM audit
         WHERE institution_id = $1 AND subject_kind = 'activity' AND subject_id IS NOT NULL
             AND action = 'activity.deleted' AND payload LIKE '%\"state\":\"draft\"%'
         ORDER BY subject_id",
        values![institution],
        |row| row.get(0),
    )
}

const COLUMNS: &str = "calendar_date_id, academic_year, pack_key, title, starts_on, ends_on, time, sort, year_groups, \
     is_hidden, about, changed_at";

fn read(row: &Row<'_>) -> Result<CalendarDate, Error> {
    let unreadable =
        || Error::Unreadable { table_or_statement: "calendar_date".into(), column: 8, expected: "year groups" };
    let year_groups: String = row.get(8)?;
    let year_groups = year_groups
        .split_ascii_whitespace()
        .map(|number| number.parse().map(YearGroup::new))
        .collect::<Result<YearGroups, _>>()
        .map_err(|_| unreadable())?;
    Ok(CalendarDate {
        id: row.get(0)?,
        academic_year: row.get(1)?,
        pack_key: row.get(2)?,
        title: row.get(3)?,
        starts_on: row.get(4)?,
        ends_on: row.get(5)?,
        time: row.get(6)?,
        sort: row.get(7)?,
        year_groups,
        is_hidden: row.get(9)?,
        about: row.get(10)?,
        changed_at: row.get(11)?,
    })
}

/// Adds a date, or writes it anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn put(tx: &mut Tx<'_>, institution: InstitutionId, date: &CalendarDate) -> Result<(), Error> {
    tx.must_audit();
    let year_groups: Vec<_> = date.year_groups.iter().map(|year| year.number().to_string()).collect();
    let year_groups = year_groups.join(" ");
    tx.execute(
        &format!(
            "INSERT INTO calendar_date (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (institution_id, calendar_date_id) DO UPDATE SET
                 academic_year = excluded.academic_year, pack_key = excluded.pack_key, title = excluded.title,
                 starts_on = excluded.starts_on, ends_on = excluded.ends_on, time = excluded.time,
                 sort = excluded.sort, year_groups = excluded.year_groups, is_hidden = excluded.is_hidden,
                 about = excluded.about, changed_at = excluded.changed_at"
        ),
        &[
            institution.bind(),
            date.id.bind(),
            date.academic_year.bind(),
            date.pack_key.bind(),
            date.title.bind(),
            date.starts_on.bind(),
            date.ends_on.bind(),
            date.time.bind(),
            date.sort.bind(),
            year_groups.bind(),
            date.is_hidden.bind(),
            date.about.bind(),
            date.changed_at.bind(),
        ],
    )?;
    Ok(())
}

/// Takes a date away for good. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: CalendarDateId) -> Result<(), Error> {
    tx.must_audit();
    let deleted = tx.execute(
        "DELETE FROM calendar_date WHERE institution_id = $1 AND calendar_date_id = $2",
        values![institution, id],
    )?;
    if deleted == 0 { Err(Error::NotFound("calendar_date")) } else { Ok(()) }
}

/// The date with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: CalendarDateId) -> Result<CalendarDate, Error> {
    let sql = format!("SELECT {COLUMNS} FROM calendar_date WHERE institution_id = $1 AND calendar_date_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("calendar_date"))
}

/// The dates of an academic year by day, hidden ones among them.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Vec<CalendarDate>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar_date WHERE institution_id = $1 AND academic_year = $2
         ORDER BY starts_on, calendar_date_id"
    );
    tx.query(&sql, values![institution, year], read)
}
