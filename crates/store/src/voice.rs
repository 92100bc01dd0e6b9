//! What learners, employers and providers thought of an activity or a placement.

use domain::{ActivityId, FeedbackId, InstitutionId, LearnerId, OrganisationId, PlacementId, ReflectionId};
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// What a learner thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// Its key.
    pub id: ReflectionId,
    /// Of what.
    pub activity: ActivityId,
    /// Who, if they said.
    pub learner: Option<LearnerId>,
    /// What they learnt.
    pub learnt: String,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// What they will do next.
    pub next_step: String,
    /// Ticked answers, by words separated by blanks.
    pub answers: String,
    /// Whether the easy-read form was used.
    pub is_easy_read: bool,
    /// When.
    pub written_at: Timestamp,
}

/// What an employer or provider thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// Its key.
    pub id: FeedbackId,
    /// Of which activity.
    pub activity: Option<ActivityId>,
    /// Of which placement.
    pub placement: Option<PlacementId>,
    /// Of whose placement.
    pub learner: Option<LearnerId>,
    /// By which organisation, if it is known here.
    pub organisation: Option<OrganisationId>,
    /// Who wrote it, as they call themselves.
    pub name: Option<String>,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// What went well.
    pub went_well: String,
    /// What could be better.
    pub better: String,
    /// Boxes that they confirm, by words separated by blanks.
    pub answers: String,
    /// Whether they would come again.
    pub would_return: Option<bool>,
    /// When.
    pub written_at: Timestamp,
}

/// Adds a reflection. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity or learner.
pub fn insert_reflection(tx: &mut Tx<'_>, institution: InstitutionId, one: &Reflection) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO reflection (institution_id, reflection_id, activity_id, learner_id, learnt, rating, next_step, answers,
             is_easy_read, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values![
            institution,
            one.id,
            one.activity,
            one.learner,
            one.learnt,
            one.rating,
            one.next_step,
            one.answers,
            one.is_easy_read,
            one.written_at
        ],
    )?;
    Ok(())
}

/// Takes a reflection away. Needs an audit event.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete_reflection(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    id: ReflectionId,
) -> Result<(), Error> {
    tx.must_audit();
    let gone = tx.execute(
        "DELETE FROM reflection WHERE institution_id = $1 AND activity_id = $2 AND reflection_id = $3",
        values![institution, activity, id],
    )?;
    if gone == 0 { Err(Error::NotFound("reflection")) } else { Ok(()) }
}

/// Reflections on an activity, the latest first.
///
/// # Errors
/// If the database fails.
pub fn reflections(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
) -> Result<Vec<Reflection>, Error> {
    tx.query(
        "SELECT reflection_id, activity_id, learner_id, learnt, rating, next_step, answers, is_easy_read, written_at
         FROM reflection WHERE institution_id = $1 AND activity_id = $2 ORDER BY reflection_id DESC",
        values![institution, activity],
        |row| {
            Ok(Reflection {
                id: row.get(0)?,
                activity: row.get(1)?,
                learner: row.get(2)?,
                learnt: row.get(3)?,
                rating: row.get(4)?,
                next_step: row.get(5)?,
                answers: row.get(6)?,
                is_easy_read: row.get(7)?,
                written_at: row.get(8)?,
            })
        },
    )
}

/// Adds feedback. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown activity or learner.
pub fn insert_feedback(tx: &mut Tx<'_>, institution: InstitutionId, one: &Feedback) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO feedback (institution_id, {FEEDBACK})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        values![
            institution,
            one.id,
            one.activity,
            one.placement,
            one.learner,
            one.organisation,
            one.name.as_deref(),
            one.rating,
            one.went_well,
            one.better,
            one.answers,
            one.would_return,
            one.written_at
        ],
    )?;
    Ok(())
}

const FEEDBACK: &str = "feedback_id, activity_id, placement_id, learner_id, organisation_id, name, rating, went_well, better, \
     answers, would_return, written_at";

/// Every feedback of the institution, the latest first.
///
/// # Errors
/// If the database fails.
pub fn feedback(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<Feedback>, Error> {
    let sql = format!("SELECT {FEEDBACK} FROM feedback WHERE institution_id = $1 ORDER BY feedback_id DESC");
    tx.query(&sql, values![institution], |row| {
        Ok(Feedback {
            id: row.get(0)?,
            activity: row.get(1)?,
            placement: row.get(2)?,
            learner: row.get(3)?,
            organisation: row.get(4)?,
            name: row.get(5)?,
            rating: row.get(6)?,
            went_well: row.get(7)?,
            better: row.get(8)?,
            answers: row.get(9)?,
            would_return: row.get(10)?,
            written_at: row.get(11)?,
        })
    })
}

/// Gives feedback to another organisation, after two turned out to be one. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn pass_on_feedback(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: FeedbackId,
    to: OrganisationId,
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "UPDATE feedback SET organisation_id = $3 WHERE institution_id = $1 AND feedback_id = $2",
        values![institution, id, to],
    )?;
    Ok(())
}
