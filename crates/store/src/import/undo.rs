//! Taking an applied import back, as a whole.

use domain::{ImportId, InstitutionId, Revision};
use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;

use super::Noun;
use crate::{
    Error, Row, Tx,
    catalogue::{ColumnKind, Table},
    engine::typed,
    participation,
    value::{Value, values},
};

/// Why an import cannot be undone: a record that was changed, or built on, since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// What sort of record.
    pub noun: Noun,
    /// The learner's (or activity's) key.
    pub record_id: i64,
    /// Of a year record the year, of a participation the activity's key; otherwise 0.
    pub other_id: i64,
    /// Of a review its day, of an adaptation its requirement, of a former identifier the identifier; otherwise empty.
    pub word: String,
}

/// How many records are named when an import cannot be undone.
const NAMED: i64 = 100;

/// Undoes what the import changed, if nothing later builds on it: every record it touched gets back what it was. Returns
/// the records that prevent it (the first hundred); then nothing was changed. The caller moves the import's state on.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Moved`] if the import is not applied.
pub fn undo(tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Vec<Blocked>, Error> {
    let import = super::get(tx, institution, id)?;
    let (super::State::Applied, Some(applied)) = (import.state, import.applied_revision) else {
        return Err(Error::Moved);
    };
    // Takes the place in the queue of writers before looking.
    tx.advance(institution)?;
    let blocked = blocked(tx, institution, id, applied)?;
    if blocked.is_empty() {
        remove_inserted(tx, institution, id)?;
        restore(tx, institution, id)?;
    }
    Ok(blocked)
}

fn blocked(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    import: ImportId,
    applied: Revision,
) -> Result<Vec<Blocked>, Error> {
    let mut found = Vec::new();
    for noun in Noun::ALL {
        let (record, other, word) = noun.key();
        let name = noun.word();
        // Touched, and since then changed or gone; or removed, and there again.
        let sql = format!(
            "SELECT c.record_id, c.other_id, c.word FROM import_change c
             LEFT JOIN {name} t ON t.institution_id = c.institution_id AND {record} = c.record_id
                 AND {other} = c.other_id AND {word} = c.word
             WHERE c.institution_id = $1 AND c.import_id = $2 AND c.noun = '{name}'
                 AND ((NOT c.removed AND (t.revision IS NULL OR t.revision <> $3)) OR (c.removed AND t.revision IS NOT NULL))
             ORDER BY c.record_id, c.other_id, c.word LIMIT $4"
        );
        list(tx, *noun, &sql, values![institution, import, applied, NAMED], &mut found)?;
        // Came later, and belongs to a learner or activity that the import brought.
        let parents: &[(Noun, &str)] = match noun {
            Noun::Learner | Noun::Activity => &[],
            Noun::Participation => &[(Noun::Learner, "t.learner_id"), (Noun::Activity, "t.activity_id")],
            _ => &[(Noun::Learner, "t.learner_id")],
        };
        for (parent, column) in parents {
            let sql = format!(
                "SELECT {record}, {other}, {word} FROM import_change c
                 JOIN {name} t ON t.institution_id = c.institution_id AND {column} = c.record_id
                 WHERE c.institution_id = $1 AND c.import_id = $2 AND c.noun = '{}' AND c.before IS NULL
                     AND t.revision <> $3
                 ORDER BY 1, 2, 3 LIMIT $4",
                parent.word()
            );
            list(tx, *noun, &sql, values![institution, import, applied, NAMED], &mut found)?;
        }
    }
    found.dedup();
    found.truncate(NAMED as usize);
    Ok(found)
}

fn list(tx: &mut Tx<'_>, noun: Noun, sql: &str, values: &[Value<'_>], into: &mut Vec<Blocked>) -> Result<(), Error> {
    tx.each(sql, values, |row| {
        into.push(Blocked { noun, record_id: row.get(0)?, other_id: row.get(1)?, word: row.get(2)? });
        Ok(())
    })
}

fn remove_inserted(tx: &mut Tx<'_>, institution: InstitutionId, import: ImportId) -> Result<(), Error> {
    // How an activity was to be held goes with it. Nobody changed it since: that would have moved the activity on.
    for table in ["activity_plan", "activity_session", "activity_group"] {
        tx.execute(
            &format!(
                "DELETE FROM {table} AS t WHERE t.institution_id = $1 AND EXISTS (
                     SELECT 1 FROM import_change c WHERE c.institution_id = $1 AND c.import_id = $2
                     AND c.noun = 'activity' AND c.record_id = t.activity_id AND c.before IS NULL)"
            ),
            values![institution, import],
        )?;
    }
    for noun in Noun::ALL.iter().rev() {
        let (record, other, word) = noun.key();
        let name = noun.word();
        tx.execute(
            &format!(
                "DELETE FROM {name} AS t WHERE t.institution_id = $1 AND EXISTS (
                     SELECT 1 FROM import_change c WHERE c.institution_id = $1 AND c.import_id = $2
                     AND c.noun = '{name}' AND c.record_id = {record} AND c.other_id = {other} AND c.word = {word}
                     AND c.before IS NULL)"
            ),
            values![institution, import],
        )?;
    }
    Ok(())
}

/// Rows get back what they were, their revision included: so an earlier import can be undone next.
fn restore(tx: &mut Tx<'_>, institution: InstitutionId, import: ImportId) -> Result<(), Error> {
    const BEFORE: &str = "SELECT record_id, other_id, before FROM import_change
        WHERE institution_id = $1 AND import_id = $2 AND noun = $3 AND before IS NOT NULL";
    for noun in Noun::ALL {
        let rows = tx.query(BEFORE, values![institution, import, *noun], |row| {
            Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?))
        })?;
        if rows.is_empty() {
            continue;
        }
        if *noun == Noun::Participation {
            restore_participations(tx, institution, &rows)?;
            continue;
        }
        let table = noun.table();
        let sql = upsert(table);
        for (_, _, before) in &rows {
            let image: Vec<Json> = serde_json::from_str(before).map_err(|_| unreadable())?;
            let values = values_of(table, &image)?;
            tx.execute(&sql, &values)?;
        }
    }
    Ok(())
}

fn restore_participations(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    rows: &[(i64, i64, String)],
) -> Result<(), Error> {
    let mut entries = Vec::with_capacity(rows.len());
    for (learner, activity, before) in rows {
        let (status, revision) = before.split_once(' ').ok_or_else(unreadable)?;
        let status = status.parse().ok().and_then(participation::status_of).ok_or_else(unreadable)?;
        let entry = participation::Entry {
            learner: domain::LearnerId(*learner),
            activity: domain::ActivityId(*activity),
            status,
        };
        entries.push((entry, Revision(revision.parse().map_err(|_| unreadable())?)));
    }
    participation::stage(tx, entries.into_iter())?;
    participation::merge_staged(tx, institution).map(|_| ())
}

fn upsert(table: &Table) -> String {
    let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
    let sets: Vec<String> =
        table.columns[table.key..].iter().map(|column| format!("{0} = excluded.{0}", column.name)).collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}",
        table.name,
        table.column_list(),
        marks.join(", "),
        table.key_list(),
        sets.join(", ")
    )
}

fn unreadable() -> Error {
    Error::Unreadable { table_or_statement: "import_change".into(), column: 2, expected: "what a record was before" }
}

/// A row of the table as a JSON list, in the catalogue's order of columns.
pub(super) fn image(table: &Table, row: &Row<'_>) -> Result<String, Error> {
    let mut cells = Vec::with_capacity(table.columns.len());
    for (index, column) in table.columns.iter().enumerate() {
        cells.push(match typed(row.cell(index)?, column.kind).map_err(|_| unreadable())? {
            Value::Null => Json::Null,
            Value::Int(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::Word(text) => text.into(),
            Value::Bool(yes) => yes.into(),
            Value::Date(date) => date.to_string().into(),
            Value::Timestamp(at) => at.as_microsecond().into(),
            Value::Bytes(_) => return Err(unreadable()),
        });
    }
    Ok(Json::from(cells).to_string())
}

fn values_of<'j>(table: &Table, image: &'j [Json]) -> Result<Vec<Value<'j>>, Error> {
    if image.len() != table.columns.len() {
        return Err(unreadable());
    }
    let cell = |(json, kind): (&'j Json, ColumnKind)| {
        Some(match (json, kind) {
            (Json::Null, _) => Value::Null,
            (Json::Bool(yes), _) => Value::Bool(*yes),
            (Json::String(text), ColumnKind::Date) => Value::Date(text.parse::<Date>().ok()?),
            (Json::String(text), _) => Value::Text(text),
            (json, ColumnKind::Timestamp) => Value::Timestamp(Timestamp::from_microsecond(json.as_i64()?).ok()?),
            (json, _) => Value::Int(json.as_i64()?),
        })
    };
    let kinds = table.columns.iter().map(|column| column.kind);
    image.iter().zip(kinds).map(cell).collect::<Option<Vec<_>>>().ok_or_else(unreadable)
}
