//! Learners. Forms, SEN and the like are as the last roster had them.

use domain::{AcademicYear, Date, InstitutionId, Learner, LearnerId, YearGroup, same_name};

use crate::{
    Error, Row, Tx, catalogue,
    import::{Noun, Touched},
    value::{Bind, Value, values},
};

const COLUMNS: &str = "learner_id, reference, upn, uln, forename, surname, date_of_birth, sex, form, sen, fsm, \
     looked_after, considering_he, subjects, joined_on, left_on, programme_starts_on, programme_ends_on";

pub(crate) fn read(row: &Row<'_>) -> Result<(LearnerId, Learner), Error> {
    let subjects: Option<String> = row.get(13)?;
    let subjects = match subjects {
        None => Vec::new(),
        Some(text) => serde_json::from_str(&text).map_err(|_| Error::Unreadable {
            table_or_statement: "learner".into(),
            column: 13,
            expected: "a list of subjects",
        })?,
    };
    let learner = Learner {
        reference: row.get(1)?,
        upn: row.get(2)?,
        uln: row.get(3)?,
        forename: row.get(4)?,
        surname: row.get(5)?,
        date_of_birth: row.get(6)?,
        sex: row.get(7)?,
        form: row.get(8)?,
        sen: row.get(9)?,
        fsm: row.get(10)?,
        looked_after: row.get(11)?,
        considering_he: row.get(12)?,
        subjects,
        joined: row.get(14)?,
        left: row.get(15)?,
        programme_starts: row.get(16)?,
        programme_ends: row.get(17)?,
    };
    Ok((row.get(0)?, learner))
}

/// By what lists are sorted and searched: surname, then forename, whatever their case.
pub(crate) fn sort_name(learner: &Learner) -> String {
    format!("{}, {}", same_name(&learner.surname), same_name(&learner.forename))
}

pub(crate) fn subjects_text(learner: &Learner) -> Option<String> {
    (!learner.subjects.is_empty()).then(|| serde_json::Value::from(learner.subjects.clone()).to_string())
}

pub(crate) fn columns<'v>(
    institution: &'v InstitutionId,
    id: &'v LearnerId,
    learner: &'v Learner,
    sort_name: &'v str,
    subjects: &'v Option<String>,
    revision: &'v domain::Revision,
) -> [Value<'v>; 21] {
    [
        institution.bind(),
        id.bind(),
        learner.reference.bind(),
        learner.upn.bind(),
        learner.uln.bind(),
        learner.forename.bind(),
        learner.surname.bind(),
        Value::Text(sort_name),
        learner.date_of_birth.bind(),
        learner.sex.bind(),
        learner.form.bind(),
        learner.sen.bind(),
        learner.fsm.bind(),
        learner.looked_after.bind(),
        learner.considering_he.bind(),
        subjects.bind(),
        learner.joined.bind(),
        learner.left.bind(),
        learner.programme_starts.bind(),
        learner.programme_ends.bind(),
        revision.bind(),
    ]
}

/// Adds a learner.
///
/// # Errors
/// [`Error::Duplicate`] if the institution has one with this reference.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId, learner: &Learner) -> Result<(), Error> {
    let revision = tx.touch(institution, Touched::new(Noun::Learner, id.0))?;
    tx.execute(
        &format!(
            "INSERT INTO learner ({}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
             $18, $19, $20, $21)",
            catalogue::LEARNER.column_list()
        ),
        &columns(&institution, &id, learner, &sort_name(learner), &subjects_text(learner), &revision),
    )?;
    Ok(())
}

/// Replaces what is known of a learner.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Duplicate`] if the reference is another learner's.
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId, learner: &Learner) -> Result<(), Error> {
    let revision = tx.touch(institution, Touched::new(Noun::Learner, id.0))?;
    let changed = tx.execute(
        "UPDATE learner SET reference = $3, upn = $4, uln = $5, forename = $6, surname = $7, sort_name = $8,
             date_of_birth = $9, sex = $10, form = $11, sen = $12, fsm = $13, looked_after = $14, considering_he = $15,
             subjects = $16, joined_on = $17, left_on = $18, programme_starts_on = $19, programme_ends_on = $20,
             revision = $21
         WHERE institution_id = $1 AND learner_id = $2",
        &columns(&institution, &id, learner, &sort_name(learner), &subjects_text(learner), &revision),
    )?;
    if changed == 0 { Err(Error::NotFound("learner")) } else { Ok(()) }
}

/// Removes a learner who has no other records.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Depends`] while year records, participations and the like exist.
pub fn delete(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<(), Error> {
    tx.touch(institution, Touched::new(Noun::Learner, id.0).removing())?;
    let deleted =
        tx.execute("DELETE FROM learner WHERE institution_id = $1 AND learner_id = $2", values![institution, id])?;
    if deleted == 0 { Err(Error::NotFound("learner")) } else { Ok(()) }
}

/// The learner.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<Option<Learner>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM learner WHERE institution_id = $1 AND learner_id = $2");
    Ok(tx.query_opt(&sql, values![institution, id], read)?.map(|(_, learner)| learner))
}

/// The learner.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<Learner, Error> {
    find(tx, institution, id)?.ok_or(Error::NotFound("learner"))
}

/// The learner whom the institution's own systems name so.
///
/// # Errors
/// If the database fails.
pub fn find_by_reference(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    reference: &str,
) -> Result<Option<LearnerId>, Error> {
    tx.query_opt(
        "SELECT learner_id FROM learner WHERE institution_id = $1 AND reference = $2",
        values![institution, reference],
        |row| row.get(0),
    )
}

/// The learners with this UPN, now (see [`crate::learner_alias`] for former ones).
///
/// # Errors
/// If the database fails.
pub fn find_by_upn(tx: &mut Tx<'_>, institution: InstitutionId, upn: &str) -> Result<Vec<LearnerId>, Error> {
    tx.query(
        "SELECT learner_id FROM learner WHERE institution_id = $1 AND upn = $2 ORDER BY learner_id",
        values![institution, upn],
        |row| row.get(0),
    )
}

/// How many learners the institution has, those who left included.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM learner WHERE institution_id = $1", values![institution])
}

/// Every learner of the institution, by key.
///
/// # Errors
/// If the database fails.
pub fn all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(LearnerId, Learner)>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM learner WHERE institution_id = $1 ORDER BY learner_id");
    tx.query(&sql, values![institution], read)
}

/// Which learners a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those in this year group in this academic year.
    pub year_group: Option<(AcademicYear, YearGroup)>,
    /// Those of this form.
    pub form: Option<String>,
    /// Those whose name, reference or UPN contains this text, in any case.
    pub text: Option<String>,
    /// Those on roll on this day.
    pub on_roll: Option<Date>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The learner's key.
    pub id: LearnerId,
    /// The learner.
    pub learner: Learner,
    /// Pass it to get what follows.
    pub after: After,
}

/// Where a page of a list ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct After {
    /// Sort name of the last learner shown.
    pub name: String,
    /// Key of the last learner shown.
    pub id: i64,
}

/// Learners by surname, forename and key, following `after`.
///
/// # Errors
/// If the database fails.
pub fn list(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    filter: &Filter,
    after: Option<&After>,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let mut sql = format!("SELECT {COLUMNS}, sort_name FROM learner WHERE institution_id = $1");
    let mut values = vec![institution.bind()];
    let text = filter.text.as_deref().map(same_name).map(|text| like(&text));
    let limit = i64::from(limit);
    if let Some(after) = after {
        values.extend([after.name.bind(), after.id.bind()]);
        sql += " AND (sort_name, learner_id) > ($2, $3)";
    }
    if let Some(form) = &filter.form {
        values.push(form.bind());
        sql += &format!(" AND form = ${}", values.len());
    }
    if let Some(text) = &text {
        values.push(text.bind());
        let n = values.len();
        sql += &format!(
            " AND (sort_name LIKE ${n} ESCAPE '!' OR lower(reference) LIKE ${n} ESCAPE '!' OR lower(upn) LIKE ${n} ESCAPE '!')"
        );
    }
    if let Some(day) = &filter.on_roll {
        values.push(day.bind());
        let n = values.len();
        sql += &format!(" AND joined_on <= ${n} AND (left_on IS NULL OR left_on >= ${n})");
    }
    if let Some((year, year_group)) = &filter.year_group {
        values.extend([year.bind(), year_group.bind()]);
        let (y, g) = (values.len() - 1, values.len());
        // Counted from the nearest recorded year; of two equally near, from the earlier.
        sql += &format!(
            " AND (SELECT y.year_group + ${y} - y.academic_year FROM year_record y
                   WHERE y.institution_id = learner.institution_id AND y.learner_id = learner.learner_id
                   ORDER BY abs(y.academic_year - ${y}), y.academic_year LIMIT 1) = ${g}"
        );
    }
    values.push(limit.bind());
    sql += &format!(" ORDER BY sort_name, learner_id LIMIT ${}", values.len());
    tx.query(&sql, &values, |row| {
        let (id, learner) = read(row)?;
        Ok(Listed { id, learner, after: After { name: row.get(18)?, id: id.0 } })
    })
}

/// The forms of learners on roll on this day.
///
/// # Errors
/// If the database fails.
pub fn forms(tx: &mut Tx<'_>, institution: InstitutionId, on: Date) -> Result<Vec<String>, Error> {
    tx.query(
        "SELECT DISTINCT form FROM learner
         WHERE institution_id = $1 AND form IS NOT NULL AND joined_on <= $2 AND (left_on IS NULL OR left_on >= $2)
         ORDER BY form",
        values![institution, on],
        |row| row.get(0),
    )
}

/// A pattern that matches texts containing `text`.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
