//! Looking things up in the trail.

use domain::{AccountId, InstitutionId, LearnerId};
use jiff::Timestamp;

use super::{Detail, word};
use crate::{
    Error, Row, Tx,
    value::{Bind, Value},
};

/// Which events are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those by this person.
    pub account: Option<AccountId>,
    /// Those about this learner, or with a detail that concerns them.
    pub learner: Option<LearnerId>,
    /// Those whose action begins with one of these; all if there is none.
    pub actions: Vec<&'static str>,
    /// Those at this instant or later.
    pub from: Option<Timestamp>,
    /// Those before this instant.
    pub until: Option<Timestamp>,
}

/// An event as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub id: i64,
    /// Its number in the institution's chain.
    pub sequence: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// Who; none for the program and for the server's operator.
    pub account: Option<AccountId>,
    /// That person's name, if the account is still there.
    pub name: Option<String>,
    /// What was done.
    pub action: String,
    /// Sort of the record it was done to.
    pub subject_kind: String,
    /// The record.
    pub subject_id: Option<i64>,
    /// More, as a JSON object.
    pub payload: String,
    /// Why the actor's reach allowed it.
    pub reach: Option<String>,
    /// Its first details, as far as they were not erased.
    pub details: Vec<Detail>,
    /// How many details it has, erased ones included.
    pub detail_count: u64,
    /// How many of them were erased.
    pub erased: u64,
}

/// An event's details beyond these are counted, not read.
const DETAILS_SHOWN: i64 = 50;

/// Events of the institution that the filter admits, latest first, older than the event `before` if given; with people's
/// names and details in two statements, however many there are.
///
/// # Errors
/// If the database fails.
pub fn search(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    filter: &Filter,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Entry>, Error> {
    let mut sql = "SELECT e.audit_id, e.sequence, e.at, e.account_id, p.name, e.action, e.subject_kind, e.subject_id, \
                   e.payload, e.reach, e.detail_digest IS NOT NULL FROM audit e \
                   LEFT JOIN account p ON p.account_id = e.account_id \
                   WHERE e.institution_id = $1 AND e.audit_id < $2"
        .to_owned();
    let (before, limit) = (before.unwrap_or(i64::MAX), i64::from(limit));
    let mut values = vec![institution.bind(), before.bind()];
    if let Some(account) = &filter.account {
        values.push(account.bind());
        sql += &format!(" AND e.account_id = ${}", values.len());
    }
    if let Some(learner) = &filter.learner {
        values.push(learner.bind());
        let n = values.len();
        sql += &format!(
            " AND e.audit_id IN (
                SELECT audit_id FROM audit WHERE institution_id = $1 AND subject_kind = 'learner' AND subject_id = ${n}
                UNION SELECT audit_id FROM audit_detail WHERE institution_id = $1 AND learner_id = ${n})"
        );
    }
    if !filter.actions.is_empty() {
        let first = values.len() + 1;
        values.extend(filter.actions.iter().map(|action| word(action)));
        let each: Vec<_> =
            (first..=values.len()).map(|n| format!("substr(e.action, 1, length(${n})) = ${n}")).collect();
        sql += &format!(" AND ({})", each.join(" OR "));
    }
    if let Some(from) = &filter.from {
        values.push(from.bind());
        sql += &format!(" AND e.at >= ${}", values.len());
    }
    if let Some(until) = &filter.until {
        values.push(until.bind());
        sql += &format!(" AND e.at < ${}", values.len());
    }
    values.push(limit.bind());
    sql += &format!(" ORDER BY e.audit_id DESC LIMIT ${}", values.len());
    let mut entries = tx.query(&sql, &values, read)?;
    add_details(tx, institution, &mut entries)?;
    Ok(entries)
}

/// The latest reads of a learner's record, by whomsoever.
///
/// # Errors
/// If the database fails.
pub fn latest_reads(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    learner: LearnerId,
    actions: &[&'static str],
    limit: u32,
) -> Result<Vec<Entry>, Error> {
    let filter = Filter { learner: Some(learner), actions: actions.to_vec(), ..Filter::default() };
    search(tx, institution, &filter, None, limit)
}

/// The people of the institution, by name: whom a trail can be narrowed to.
///
/// # Errors
/// If the database fails.
pub fn people(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(AccountId, String)>, Error> {
    tx.query(
        "SELECT p.account_id, p.name FROM account p WHERE p.account_id IN
            (SELECT account_id FROM membership WHERE institution_id = $1)
         ORDER BY lower(p.name), p.account_id",
        &[institution.bind()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn read(row: &Row<'_>) -> Result<Entry, Error> {
    let has_details: bool = row.get(10)?;
    Ok(Entry {
        id: row.get(0)?,
        sequence: row.get(1)?,
        at: row.get(2)?,
        account: row.get(3)?,
        name: row.get(4)?,
        action: row.get(5)?,
        subject_kind: row.get(6)?,
        subject_id: row.get(7)?,
        payload: row.get(8)?,
        reach: row.get(9)?,
        details: Vec::new(),
        detail_count: u64::from(has_details),
        erased: 0,
    })
}

fn add_details(tx: &mut Tx<'_>, institution: InstitutionId, entries: &mut [Entry]) -> Result<(), Error> {
    let with: Vec<i64> = entries.iter().filter(|entry| entry.detail_count > 0).map(|entry| entry.id).collect();
    if with.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value<'_>> = vec![institution.bind(), Value::Int(DETAILS_SHOWN)];
    values.extend(with.iter().map(|id| Value::Int(*id)));
    let marks = super::marks(3, with.len());
    let counts = format!(
        "SELECT audit_id, count(*), count(*) - count(detail) FROM audit_detail
         WHERE institution_id = $1 AND $2 > 0 AND audit_id IN ({marks}) GROUP BY audit_id"
    );
    let counted = tx.query(&counts, &values, |row| Ok((row.get::<i64>(0)?, row.get(1)?, row.get(2)?)))?;
    let first = format!(
        "SELECT audit_id, learner_id, salt, detail FROM audit_detail
         WHERE institution_id = $1 AND position < $2 AND detail IS NOT NULL AND audit_id IN ({marks})
         ORDER BY audit_id, position"
    );
    let shown = tx.query(&first, &values, |row| {
        Ok((row.get::<i64>(0)?, Detail { learner: row.get(1)?, salt: super::salt(row, 2)?, text: row.get(3)? }))
    })?;
    for entry in entries.iter_mut() {
        if let Some((_, count, erased)) = counted.iter().find(|(id, ..)| *id == entry.id) {
            (entry.detail_count, entry.erased) = (*count, *erased);
        }
        entry.details.extend(shown.iter().filter(|(id, _)| *id == entry.id).map(|(_, detail)| detail.clone()));
    }
    Ok(())
}
