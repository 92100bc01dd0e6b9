//! Places that can be offered: an adviser's day, a visit, an offer of a provider.

use domain::{ActivityId, Checks, Date, Hours, InstitutionId, Kind, Mode, ProviderType, SlotId, YearGroup, YearGroups};
use jiff::Timestamp;

use crate::{Error, Row, Tx, value::values};

/// Free places on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// What the activity would be called.
    pub title: String,
    /// What it would be.
    pub kind: Kind,
    /// Type of the provider.
    pub provider_type: Option<ProviderType>,
    /// Organisation.
    pub organisation: Option<String>,
    /// How it would be held.
    pub mode: Mode,
    /// Subject.
    pub subject: Option<String>,
    /// On which day.
    pub held_on: Date,
    /// At what time, as `09:30`.
    pub starts_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Hours that each learner would spend.
    pub hours: Option<Hours>,
    /// For how many learners.
    pub capacity: u32,
    /// For which year groups; empty: for anybody.
    pub year_groups: YearGroups,
    /// The boxes of the kind's checklist that will hold.
    pub checks: Checks,
    /// The activity that it became.
    pub activity: Option<ActivityId>,
    /// Whether it was taken away.
    pub is_removed: bool,
    /// When it was last written.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "slot_id, title, kind, provider_type, organisation, mode, subject, held_on, starts_at, place, hours, \
     capacity, year_groups, checks, activity_id, is_removed, changed_at";

fn read(row: &Row<'_>) -> Result<Slot, Error> {
    let unreadable = |column, expected| Error::Unreadable { table_or_statement: "slot".into(), column, expected };
    let year_groups: String = row.get(12)?;
    let checks: String = row.get(13)?;
    let capacity: i64 = row.get(11)?;
    Ok(Slot {
        id: row.get(0)?,
        title: row.get(1)?,
        kind: row.get(2)?,
        provider_type: row.get(3)?,
        organisation: row.get(4)?,
        mode: row.get(5)?,
        subject: row.get(6)?,
        held_on: row.get(7)?,
        starts_at: row.get(8)?,
        place: row.get(9)?,
        hours: row.get(10)?,
        capacity: u32::try_from(capacity).map_err(|_| unreadable(11, "a number of places"))?,
        year_groups: year_groups
            .split_ascii_whitespace()
            .map(|number| number.parse().map(YearGroup::new))
            .collect::<Result<_, _>>()
            .map_err(|_| unreadable(12, "year groups"))?,
        checks: checks
            .split_ascii_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| unreadable(13, "boxes of a checklist"))?,
        activity: row.get(14)?,
        is_removed: row.get(15)?,
        changed_at: row.get(16)?,
    })
}

/// Year groups and boxes as words.
fn lists(slot: &Slot) -> (String, String) {
    let year_groups: Vec<String> = slot.year_groups.iter().map(|year| year.number().to_string()).collect();
    let checks: Vec<&str> = slot.checks.iter().map(|check| check.word()).collect();
    (year_groups.join(" "), checks.join(" "))
}

/// Adds a slot. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, slot: &Slot) -> Result<(), Error> {
    tx.must_audit();
    let (year_groups, checks) = lists(slot);
    tx.execute(
        &format!(
            "INSERT INTO slot (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
        ),
        values![
            institution,
            slot.id,
            slot.title,
            slot.kind,
            slot.provider_type,
            slot.organisation.as_deref(),
            slot.mode,
            slot.subject.as_deref(),
            slot.held_on,
            slot.starts_at.as_deref(),
            slot.place.as_deref(),
            slot.hours,
            i64::from(slot.capacity),
            year_groups.as_str(),
            checks.as_str(),
            slot.activity,
            slot.is_removed,
            slot.changed_at
        ],
    )?;
    Ok(())
}

/// Writes a slot anew. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Depends`] for an unknown activity.
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, slot: &Slot) -> Result<(), Error> {
    tx.must_audit();
    let (year_groups, checks) = lists(slot);
    let changed = tx.execute(
        "UPDATE slot SET title = $3, kind = $4, provider_type = $5, organisation = $6, mode = $7, subject = $8,
             held_on = $9, starts_at = $10, place = $11, hours = $12, capacity = $13, year_groups = $14, checks = $15,
             activity_id = $16, is_removed = $17, changed_at = $18
         WHERE institution_id = $1 AND slot_id = $2",
        values![
            institution,
            slot.id,
            slot.title,
            slot.kind,
            slot.provider_type,
            slot.organisation.as_deref(),
            slot.mode,
            slot.subject.as_deref(),
            slot.held_on,
            slot.starts_at.as_deref(),
            slot.place.as_deref(),
            slot.hours,
            i64::from(slot.capacity),
            year_groups.as_str(),
            checks.as_str(),
            slot.activity,
            slot.is_removed,
            slot.changed_at
        ],
    )?;
    if changed == 0 { Err(Error::NotFound("slot")) } else { Ok(()) }
}

/// A slot, also one that was taken away.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: SlotId) -> Result<Slot, Error> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM slot WHERE institution_id = $1 AND slot_id = $2"),
        values![institution, id],
        read,
    )?
    .ok_or(Error::NotFound("slot"))
}

/// Every slot that was not taken away, by day, then key.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Slot>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM slot WHERE institution_id = $1 AND is_removed = false ORDER BY held_on, slot_id"
        ),
        values![institution],
        read,
    )
}
