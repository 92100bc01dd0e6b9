//! What an import changed, and what was there before.

use domain::{InstitutionId, Revision};

use super::undo;
use crate::{
    Error, Tx,
    catalogue::{self, Table},
    value::{Value, values, words},
};

/// A noun whose records an import can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    /// Learners.
    Learner,
    /// Former identifiers.
    LearnerAlias,
    /// Year groups by academic year.
    YearRecord,
    /// Activities.
    Activity,
    /// Participation.
    Participation,
    /// Annual reviews.
    Review,
    /// Adapted requirements.
    Adaptation,
}

words!(Noun);

impl std::str::FromStr for Noun {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|noun| noun.word() == text).ok_or(())
    }
}

impl Noun {
    /// Every noun, each after those that its records refer to.
    pub const ALL: &'static [Self] = &[
        Self::Learner,
        Self::LearnerAlias,
        Self::YearRecord,
        Self::Activity,
        Self::Participation,
        Self::Review,
        Self::Adaptation,
    ];

    /// Its word, which is its table's name.
    pub fn word(self) -> &'static str {
        self.table().name
    }

    pub(crate) fn table(self) -> &'static Table {
        match self {
            Self::Learner => &catalogue::LEARNER,
            Self::LearnerAlias => &catalogue::LEARNER_ALIAS,
            Self::YearRecord => &catalogue::YEAR_RECORD,
            Self::Activity => &catalogue::ACTIVITY,
            Self::Participation => &catalogue::PARTICIPATION,
            Self::Review => &catalogue::REVIEW,
            Self::Adaptation => &catalogue::ADAPTATION,
        }
    }

    /// What `record_id`, `other_id` and `word` of a change are in the noun's own table `t`.
    pub(crate) const fn key(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Learner => ("t.learner_id", "0", "''"),
            Self::LearnerAlias => ("t.learner_id", "0", "t.scheme || ' ' || t.identifier"),
            Self::YearRecord => ("t.learner_id", "t.academic_year", "''"),
            Self::Activity => ("t.activity_id", "0", "''"),
            Self::Participation => ("t.learner_id", "t.activity_id", "''"),
            Self::Review => ("t.learner_id", "0", "CAST(t.held_on AS TEXT)"),
            Self::Adaptation => ("t.learner_id", "0", "t.requirement"),
        }
    }
}

/// A record about to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Touched {
    noun: Noun,
    record: i64,
    other: i64,
    word: String,
    removed: bool,
}

impl Touched {
    pub(crate) fn new(noun: Noun, record: i64) -> Self {
        Self { noun, record, other: 0, word: String::new(), removed: false }
    }

    pub(crate) fn other(self, other: i64) -> Self {
        Self { other, ..self }
    }

    pub(crate) fn word(self, word: String) -> Self {
        Self { word, ..self }
    }

    pub(crate) fn removing(self) -> Self {
        Self { removed: true, ..self }
    }
}

impl Tx<'_> {
    /// Moves the revision on, and keeps what the record is before an import changes it. Every function that changes a fact
    /// calls it first.
    pub(crate) fn touch(&mut self, institution: InstitutionId, touched: Touched) -> Result<Revision, Error> {
        let revision = self.advance(institution)?;
        let Some(import) = self.tracked(institution) else { return Ok(revision) };
        let (record, other, word) = touched.noun.key();
        let table = touched.noun.table();
        let before = if touched.noun == Noun::Participation {
            "CAST(t.status AS TEXT) || ' ' || CAST(t.revision AS TEXT)".to_owned()
        } else {
            table.columns.iter().map(|column| format!("t.{}", column.name)).collect::<Vec<_>>().join(", ")
        };
        let mut sql = format!("SELECT {before} FROM {} t WHERE t.institution_id = $1 AND {record} = $2", table.name);
        let mut key = vec![Value::Int(institution.0), Value::Int(touched.record)];
        for (expression, value) in [(other, Value::Int(touched.other)), (word, Value::Text(&touched.word))] {
            if expression.starts_with("t.") || expression.starts_with("CAST") {
                key.push(value);
                sql += &format!(" AND {expression} = ${}", key.len());
            }
        }
        let before = self.query_opt(&sql, &key, |row| match touched.noun {
            Noun::Participation => row.get::<String>(0),
            _ => undo::image(table, row),
        })?;
        if before.is_none() && touched.removed {
            return Ok(revision);
        }
        self.execute(
            "INSERT INTO import_change (institution_id, import_id, noun, record_id, other_id, word, before, removed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (institution_id, import_id, noun, record_id, other_id, word)
             DO UPDATE SET removed = excluded.removed",
            values![
                institution,
                import,
                touched.noun,
                touched.record,
                touched.other,
                touched.word,
                before,
                touched.removed
            ],
        )?;
        Ok(revision)
    }
}

/// After rows were inserted in bulk: notes each row of this revision that the import has not noted yet as inserted by it.
pub(crate) fn track_inserted(tx: &mut Tx<'_>, institution: InstitutionId, revision: Revision) -> Result<(), Error> {
    let Some(import) = tx.tracked(institution) else { return Ok(()) };
    for noun in Noun::ALL {
        let (record, other, word) = noun.key();
        let name = noun.word();
        tx.execute(
            &format!(
                "INSERT INTO import_change (institution_id, import_id, noun, record_id, other_id, word, before, removed)
                 SELECT $1, $2, '{name}', {record}, {other}, {word}, NULL, false FROM {name} t
                 WHERE t.institution_id = $1 AND t.revision = $3
                 ON CONFLICT (institution_id, import_id, noun, record_id, other_id, word) DO NOTHING"
            ),
            values![institution, import, revision],
        )?;
    }
    Ok(())
}
