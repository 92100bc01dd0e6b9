//! Letting go of a person where rows do not simply belong to them: files brought in, what imports replaced, the audit trail's
//! details. Rows that do belong to them are a matter of [`crate::rows`].

use domain::{AccountId, ActivityId, ContactId, ImportId, InstitutionId, LearnerId};
use jiff::Timestamp;

use crate::{
    Error, Tx, audit,
    import::State,
    value::{Value, values},
};

/// States of an import in which its file waits to be applied.
const WAITING: &str = "state IN ('uploaded', 'mapped', 'planned')";

/// The columns of a learner's key in what imports replaced.
const CHANGED: &str = "institution_id = $1 AND record_id = $2 AND noun <> 'activity'";

/// What an import keeps that may name a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportText {
    /// The import.
    pub id: ImportId,
    /// What its file was called.
    pub file_name: String,
    /// What was wrong with rows of the file, as JSON.
    pub problems: Option<String>,
}

/// The imports whose records of this learner are kept so that they can be undone, and how many changes there are.
///
/// # Errors
/// If the database fails.
pub fn changes(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<Vec<(ImportId, u64)>, Error> {
    let sql = format!("SELECT import_id, count(*) FROM import_change WHERE {CHANGED} GROUP BY import_id ORDER BY 1");
    tx.query(&sql, values![institution, learner], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Removes what imports replaced of this learner; how many changes there were. An import can still be undone for all others.
///
/// # Errors
/// If the database fails.
pub fn delete_changes(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute(&format!("DELETE FROM import_change WHERE {CHANGED}"), values![institution, learner])
}

/// How many files wait to be applied.
///
/// # Errors
/// If the database fails.
pub fn waiting_imports(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    tx.scalar(&format!("SELECT count(*) FROM import WHERE institution_id = $1 AND {WAITING}"), values![institution])
}

/// Gives up every file that waits to be applied, with what was read from it. How many there were.
///
/// # Errors
/// If the database fails.
pub fn give_up_waiting(tx: &mut Tx<'_>, institution: InstitutionId, at: Timestamp) -> Result<usize, Error> {
    tx.must_audit();
    let sql = format!(
        "UPDATE import SET state = $2, changed_at = $3, source = NULL, plan = NULL, problems = NULL
         WHERE institution_id = $1 AND {WAITING}"
    );
    tx.execute(&sql, values![institution, State::Cancelled, at])
}

/// Calls `f` with the texts of every import that may name a learner.
///
/// # Errors
/// If the database fails.
pub fn import_texts(tx: &mut Tx<'_>, institution: InstitutionId, mut f: impl FnMut(ImportText)) -> Result<(), Error> {
    let sql = "SELECT import_id, file_name, problems FROM import WHERE institution_id = $1 ORDER BY import_id";
    tx.each(sql, values![institution], |row| {
        f(ImportText { id: row.get(0)?, file_name: row.get(1)?, problems: row.get(2)? });
        Ok(())
    })
}

/// Replaces the name of an import's file, and lets go of what was wrong with its rows and of what is left of the file.
///
/// # Errors
/// If the database fails.
pub fn blank_import(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    import: ImportId,
    file_name: &str,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE import SET file_name = $3, problems = NULL, source = NULL, plan = NULL
         WHERE institution_id = $1 AND import_id = $2",
        values![institution, import, file_name],
    )?;
    Ok(())
}

/// Erases the details about this learner, and those that hold their key among others'; how many there were. The events stay, and
/// so does the chain: an event holds no more of its details than a salted digest.
///
/// # Errors
/// If the database fails.
pub fn erase_details(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<usize, Error> {
    tx.must_audit();
    let holding = held_details(tx, institution, learner)?;
    for (event, position) in &holding {
        audit::erase_detail(tx, institution, *event, *position)?;
    }
    Ok(holding.len())
}

/// How many details [`erase_details`] would erase.
///
/// # Errors
/// If the database fails.
pub fn count_details(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<u64, Error> {
    Ok(held_details(tx, institution, learner)?.len() as u64)
}

/// The details that name the learner: by event and position.
fn held_details(tx: &mut Tx<'_>, institution: InstitutionId, learner: LearnerId) -> Result<Vec<(i64, i64)>, Error> {
    let key = learner.to_string();
    let found = tx.query(
        "SELECT audit_id, position, learner_id, detail FROM audit_detail
         WHERE institution_id = $1 AND detail IS NOT NULL AND (learner_id = $2 OR detail LIKE $3)",
        values![institution, learner, format!("%{key}%")],
        |row| {
            let of: Option<i64> = row.get(2)?;
            let holds = of == Some(learner.0) || names(&row.get::<String>(3)?, &key);
            Ok(holds.then_some((row.get(0)?, row.get(1)?)))
        },
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// Whether the text holds this number and not merely a longer one that has it inside.
fn names(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(text[..at].chars().next_back()) && !digit(text[at + number.len()..].chars().next())
    })
}

/// Where people type what they like about something other than a learner: what it is, its table, whether an activity is named
/// in it, its columns, and which rows. Answers that belong to a learner go with the learner and are left out.
const TYPED: [(&str, &str, bool, &[&str], &str); 14] = [
    (
        "the plan",
        "activity_plan",
        true,
        &["place", "purpose", "staff", "adjustments", "risk_notes", "visitor_notes", "notes", "ended_because"],
        "true",
    ),
    ("the name of a file", "activity_file", true, &["name"], "true"),
    ("a template", "activity_template", false, &["name", "content"], "true"),
    ("a nameless reflection", "reflection", true, &["learnt", "next_step", "answers"], "learner_id IS NULL"),
    ("feedback", "feedback", true, &["name", "went_well", "better", "answers"], "learner_id IS NULL"),
    ("a note about an organisation", "organisation", false, &["offers", "safeguarding", "notes"], "true"),
    ("a note about somebody at an organisation", "contact", false, &["notes"], "true"),
    ("a note of when an organisation was contacted", "contact_note", false, &["note"], "true"),
    ("a date of the calendar", "calendar_date", false, &["title", "about"], "true"),
    ("the name of a link", "link", false, &["about", "label"], "true"),
    ("the programme", "programme", false, &["aims", "leavers", "delivery", "send", "parents"], "true"),
    ("the programme of a year group", "programme_year", false, &["aims", "delivery"], "true"),
    ("an outcome of the programme", "outcome", false, &["statement"], "true"),
    ("a point of the roadmap", "roadmap_point", false, &["title", "about", "does"], "true"),
];

/// Hands over every text that somebody typed about something other than a learner: what it is of, the activity if it is of one,
/// and the text.
///
/// # Errors
/// If the database fails.
pub fn typed_texts(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    mut take: impl FnMut(&'static str, Option<ActivityId>, &str),
) -> Result<(), Error> {
    for (what, table, is_of_activity, columns, rows) in TYPED {
        let activity = if is_of_activity { "activity_id" } else { "institution_id" };
        let sql =
            format!("SELECT {activity}, {} FROM {table} WHERE institution_id = $1 AND {rows}", columns.join(", "));
        tx.query(&sql, values![institution], |row| {
            let activity: Option<i64> = row.get(0)?;
            let activity = activity.filter(|_| is_of_activity).map(ActivityId);
            for index in 1..=columns.len() {
                if let Some(text) = row.get::<Option<String>>(index)? {
                    take(what, activity, &text);
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Erases the details of events about an account; how many there were.
///
/// # Errors
/// If the database fails.
pub fn erase_account_details(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL
         WHERE institution_id = $1 AND detail IS NOT NULL AND audit_id IN (
             SELECT audit_id FROM audit WHERE institution_id = $1 AND subject_kind = 'account' AND subject_id = $2)",
        values![institution, account],
    )
}

/// Erases the details of events about somebody at an organisation; how many there were.
///
/// # Errors
/// If the database fails.
pub fn erase_contact_details(tx: &mut Tx<'_>, institution: InstitutionId, contact: ContactId) -> Result<usize, Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL
         WHERE institution_id = $1 AND detail IS NOT NULL AND audit_id IN (
             SELECT audit_id FROM audit WHERE institution_id = $1 AND subject_kind = 'contact' AND subject_id = $2)",
        values![institution, contact],
    )
}

/// Moves what a learner took part in, and in which year groups, to another learner of the institution.
///
/// # Errors
/// If the database fails.
pub fn move_participation(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    from: LearnerId,
    to: LearnerId,
) -> Result<(), Error> {
    let revision = tx.advance(institution)?;
    for table in ["year_record", "participation"] {
        tx.execute(
            &format!("UPDATE {table} SET learner_id = $3, revision = $4 WHERE institution_id = $1 AND learner_id = $2"),
            values![institution, from, to, revision],
        )?;
    }
    Ok(())
}

/// The institutions where an account has a role.
///
/// # Errors
/// If the database fails.
pub fn institutions_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<InstitutionId>, Error> {
    let sql = "SELECT DISTINCT institution_id FROM membership WHERE account_id = $1 ORDER BY institution_id";
    tx.query(sql, values![account], |row| row.get(0))
}

/// Empties an account: whoever had it cannot sign in, and its key leads to nobody. The rows that belong to it are removed
/// beforehand.
///
/// # Errors
/// [`Error::NotFound`].
pub fn empty_account(tx: &mut Tx<'_>, account: AccountId, name: &str, at: Timestamp) -> Result<(), Error> {
    tx.must_audit();
    // No address has a space in it, so nobody can ever sign in, be invited or be found by this one.
    let email = format!("erased {account}");
    let changed = tx.execute(
        "UPDATE account SET email = $2, email_key = $2, name = $3, password_hash = NULL, administrator = $5,
             closed_at = coalesce(closed_at, $4) WHERE account_id = $1",
        &[Value::Int(account.0), Value::Text(&email), Value::Text(name), Value::Timestamp(at), Value::Bool(false)],
    )?;
    if changed == 0 { Err(Error::NotFound("account")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_key_inside_a_longer_number_is_another_one() {
        assert!(names("[12,345]", "345") && names("345", "345") && names("x1345 345", "345"));
        assert!(!names("[1345]", "345") && !names("3456", "345") && !names("", "345"));
    }
}
