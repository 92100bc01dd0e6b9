//! What is held about one learner, for programs: `docs/formats/subject-access.md`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use store::rows::Datum;

use crate::{
    PrivateNotes, data_register,
    retention_period::Fate,
    subject_access::{Subject, sen_in_words},
};

/// The file. Days are `2027-02-28`, instants end in `Z`, keys are text.
pub(crate) fn json(subject: &Subject) -> Value {
    let learner = &subject.learner;
    let (rule, fate) = subject.fate;
    let erased_on = match fate {
        Fate::GoesOn(day) => Some(day.to_string()),
        Fate::Undated | Fate::Stays => None,
    };
    let took_part = subject.took_part.iter().map(|(activity, status)| {
        json!({
            "date": activity.date.to_string(), "kind": activity.kind.word(), "title": activity.title,
            "organisation": activity.organisation, "status": status.word(),
            "from-previous-school": activity.source.is_some(),
        })
    });
    let notes = subject.notes.iter().map(|note| {
        let private = match (&subject.private, &note.private_note) {
            (_, None) => Value::Null,
            (PrivateNotes::Include, Some(text)) => json!(text),
            (PrivateNotes::Withhold(reason), Some(_)) => json!({"withheld": reason}),
        };
        json!({"held-on": note.held_on.to_string(), "with": note.by, "agreed": note.agreed_actions, "private": private})
    });
    let readers = subject.readers.iter().map(|reader| {
        json!({
            "name": reader.name, "role": reader.role, "did": reader.did, "times": reader.times,
            "first-on": reader.first_on.to_string(), "last-on": reader.last_on.to_string(),
        })
    });
    json!({
        "format": "waymark-subject-access",
        "version": 1,
        "made-on": subject.made_on.to_string(),
        "institution": {"id": subject.institution.to_string(), "name": subject.institution_name},
        "learner": {
            "id": subject.id.to_string(), "forename": learner.forename, "surname": learner.surname,
            "date-of-birth": learner.date_of_birth.to_string(), "special-educational-needs": sen_in_words(learner.sen),
        },
        "activities": took_part.collect::<Vec<_>>(),
        "guidance": notes.collect::<Vec<_>>(),
        "read-by": readers.collect::<Vec<_>>(),
        "kept": {"rule": rule, "erased-on": erased_on},
        "records": records(subject),
    })
}

/// Every row of every table, with what each is for, so that nothing is left out that the sections above do not speak of.
fn records(subject: &Subject) -> Value {
    let mut tables = Map::new();
    for table in &data_register().tables {
        let Some(rows) = subject.records.get(&table.name) else { continue };
        let purposes: Map<String, Value> = table
            .groups
            .iter()
            .flat_map(|group| group.columns.iter().map(|column| (column.clone(), json!(group.purpose))))
            .collect();
        let rows: Vec<Value> = rows.iter().map(|row| self::row(subject, row)).collect();
        tables.insert(table.name.clone(), json!({"about": table.about, "purposes": purposes, "rows": rows}));
    }
    Value::Object(tables)
}

fn row(subject: &Subject, row: &BTreeMap<&'static str, Datum>) -> Value {
    let cells = row.iter().map(|(column, datum)| {
        let value = match (*column, &subject.private, datum) {
            ("private_note", PrivateNotes::Withhold(reason), Datum::Text(_)) => json!({"withheld": reason}),
            // Digests of secrets serve nobody, and are secret.
            (_, _, Datum::Null | Datum::Bytes(_)) => Value::Null,
            (column, _, Datum::Int(key)) if column.ends_with("_id") || column.ends_with("_by") => {
                json!(key.to_string())
            }
            (_, _, Datum::Int(number)) => json!(number),
            (_, _, Datum::Text(text)) => json!(text),
            (_, _, Datum::Bool(yes)) => json!(yes),
            (_, _, Datum::Date(day)) => json!(day.to_string()),
            (_, _, Datum::Timestamp(at)) => json!(at.to_string()),
        };
        ((*column).to_owned(), value)
    });
    Value::Object(cells.collect())
}
