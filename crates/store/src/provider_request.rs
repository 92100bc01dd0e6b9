//! Requests of providers for access to learners, with how they came along and who visits.

use domain::{
    AccountId, ActivityId, Date, InstitutionId, OrganisationId, ProviderRequestId, ProviderRequestState, ProviderType,
    VisitorAssurance,
};
use jiff::Timestamp;

use crate::{
    Error, Row, Tx, catalogue,
    value::{Bind, values},
};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRequest {
    /// Its key.
    pub id: ProviderRequestId,
    /// The word by which both sides call it.
    pub reference: String,
    /// How far it has come.
    pub state: ProviderRequestState,
    /// Who asks, as they call themselves.
    pub organisation: String,
    /// Which type of provider they are.
    pub provider_type: Option<ProviderType>,
    /// The organisation here that they are.
    pub organisation_id: Option<OrganisationId>,
    /// Who asks for them.
    pub contact: String,
    /// Where letters go.
    pub email: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// What they offer.
    pub offers: String,
    /// The contents that they will cover, by words separated by blanks.
    pub covers: String,
    /// The year groups that they would like to meet, by numbers separated by blanks.
    pub year_groups: String,
    /// When they would like to come.
    pub wanted: String,
    /// How, by its word.
    pub format: Option<String>,
    /// How many come.
    pub visitors: Option<i32>,
    /// What their people need to get in and about.
    pub needs: String,
    /// Anything else.
    pub message: String,
    /// When it came.
    pub received_at: Timestamp,
    /// By when it is to be answered.
    pub due_on: Date,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// When it is looked at again, if it was put off.
    pub deferred_until: Option<Date>,
    /// On which published ground it was refused.
    pub ground: Option<String>,
    /// Why, in the institution's words.
    pub reason: Option<String>,
    /// The day of the visit.
    pub held_on: Option<Date>,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub room: Option<String>,
    /// Whom they meet, in words for a letter.
    pub cohort: Option<String>,
    /// Who receives them.
    pub host: Option<String>,
    /// The activity that it became.
    pub activity: Option<ActivityId>,
    /// How it went.
    pub evaluation: Option<String>,
    /// How useful it was, from 1 to 5.
    pub rating: Option<i16>,
    /// Who dealt with it last.
    pub account: Option<AccountId>,
    /// How often it was changed.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "provider_request_id, reference, state, organisation, provider_type, organisation_id, contact, email, phone, \
     offers, covers, year_groups, wanted, format, visitors, needs, message, received_at, due_on, decided_on, deferred_until, \
     ground, reason, held_on, starts_at, ends_at, room, cohort, host, activity_id, evaluation, rating, account_id, revision, \
     changed_at";

fn read(row: &Row<'_>) -> Result<ProviderRequest, Error> {
    Ok(ProviderRequest {
        id: row.get(0)?,
        reference: row.get(1)?,
        state: row.get(2)?,
        organisation: row.get(3)?,
        provider_type: row.get(4)?,
        organisation_id: row.get(5)?,
        contact: row.get(6)?,
        email: row.get(7)?,
        phone: row.get(8)?,
        offers: row.get(9)?,
        covers: row.get(10)?,
        year_groups: row.get(11)?,
        wanted: row.get(12)?,
        format: row.get(13)?,
        visitors: row.get(14)?,
        needs: row.get(15)?,
        message: row.get(16)?,
        received_at: row.get(17)?,
        due_on: row.get(18)?,
        decided_on: row.get(19)?,
        deferred_until: row.get(20)?,
        ground: row.get(21)?,
        reason: row.get(22)?,
        held_on: row.get(23)?,
        starts_at: row.get(24)?,
        ends_at: row.get(25)?,
        room: row.get(26)?,
        cohort: row.get(27)?,
        host: row.get(28)?,
        activity: row.get(29)?,
        evaluation: row.get(30)?,
        rating: row.get(31)?,
        account: row.get(32)?,
        revision: row.get(33)?,
        changed_at: row.get(34)?,
    })
}

/// Adds a request. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn insert(tx: &mut Tx<'_>, institution: InstitutionId, one: &ProviderRequest) -> Result<(), Error> {
    tx.must_audit();
    tx.insert_many(&catalogue::PROVIDER_REQUEST, std::iter::once(row(&institution, one)))?;
    Ok(())
}

fn row<'v>(institution: &'v InstitutionId, one: &'v ProviderRequest) -> [crate::value::Value<'v>; 36] {
    [
        institution.bind(),
        one.id.bind(),
        one.reference.bind(),
        one.state.bind(),
        one.organisation.bind(),
        one.provider_type.bind(),
        one.organisation_id.bind(),
        one.contact.bind(),
        one.email.bind(),
        one.phone.bind(),
        one.offers.bind(),
        one.covers.bind(),
        one.year_groups.bind(),
        one.wanted.bind(),
        one.format.bind(),
        one.visitors.bind(),
        one.needs.bind(),
        one.message.bind(),
        one.received_at.bind(),
        one.due_on.bind(),
        one.decided_on.bind(),
        one.deferred_until.bind(),
        one.ground.bind(),
        one.reason.bind(),
        one.held_on.bind(),
        one.starts_at.bind(),
        one.ends_at.bind(),
        one.room.bind(),
        one.cohort.bind(),
        one.host.bind(),
        one.activity.bind(),
        one.evaluation.bind(),
        one.rating.bind(),
        one.account.bind(),
        one.revision.bind(),
        one.changed_at.bind(),
    ]
}

/// Writes a request anew, one revision on. Needs an audit event. Whether nobody else has written it since it was read.
///
/// # Errors
/// If the database fails.
pub fn update(tx: &mut Tx<'_>, institution: InstitutionId, one: &ProviderRequest) -> Result<bool, Error> {
    tx.must_audit();
    let written = tx.execute(
        "UPDATE provider_request SET state = $4, organisation = $5, provider_type = $6, organisation_id = $7, contact = $8,
             email = $9, phone = $10, offers = $11, covers = $12, year_groups = $13, wanted = $14, format = $15,
             visitors = $16, needs = $17, message = $18, due_on = $19, decided_on = $20, deferred_until = $21,
             ground = $22, reason = $23, held_on = $24, starts_at = $25, ends_at = $26, room = $27, cohort = $28,
             host = $29, activity_id = $30, evaluation = $31, rating = $32, account_id = $33, changed_at = $34,
             revision = revision + 1
         WHERE institution_id = $1 AND provider_request_id = $2 AND revision = $3",
        values![
            institution,
            one.id,
            one.revision,
            one.state,
            one.organisation,
            one.provider_type,
            one.organisation_id,
            one.contact,
            one.email,
            one.phone.as_deref(),
            one.offers,
            one.covers,
            one.year_groups,
            one.wanted,
            one.format.as_deref(),
            one.visitors,
            one.needs,
            one.message,
            one.due_on,
            one.decided_on,
            one.deferred_until,
            one.ground.as_deref(),
            one.reason.as_deref(),
            one.held_on,
            one.starts_at.as_deref(),
            one.ends_at.as_deref(),
            one.room.as_deref(),
            one.cohort.as_deref(),
            one.host.as_deref(),
            one.activity,
            one.evaluation.as_deref(),
            one.rating,
            one.account,
            one.changed_at
        ],
    )?;
    Ok(written > 0)
}

/// The request with this key.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<ProviderRequest, Error> {
    let sql = format!("SELECT {COLUMNS} FROM provider_request WHERE institution_id = $1 AND provider_request_id = $2");
    tx.query_opt(&sql, values![institution, id], read)?.ok_or(Error::NotFound("provider_request"))
}

/// Every request, latest first.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<ProviderRequest>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM provider_request WHERE institution_id = $1
         ORDER BY received_at DESC, provider_request_id DESC"
    );
    tx.query(&sql, values![institution], read)
}

/// States and days of requests that are not over: what the home page counts.
///
/// # Errors
/// If the database fails.
pub fn going(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
) -> Result<Vec<(ProviderRequestState, Date, Option<Date>)>, Error> {
    tx.query(
        "SELECT state, due_on, held_on FROM provider_request WHERE institution_id = $1
         AND state NOT IN ('refused', 'evaluated', 'withdrawn')",
        values![institution],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// A step of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state that it reached, or stayed in.
    pub state: ProviderRequestState,
    /// What was written with it.
    pub note: Option<String>,
    /// Whether the provider took it.
    pub by_provider: bool,
    /// Who else did.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

/// Adds a step after the others. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown request.
pub fn add_step(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId, step: &Step) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO provider_request_step
             (institution_id, provider_request_id, position, state, note, by_provider, account_id, at)
         SELECT $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7 FROM provider_request_step
         WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id, step.state, step.note.as_deref(), step.by_provider, step.account, step.at],
    )?;
    Ok(())
}

/// The steps of a request, first to last.
///
/// # Errors
/// If the database fails.
pub fn steps(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<Vec<Step>, Error> {
    tx.query(
        "SELECT state, note, by_provider, account_id, at FROM provider_request_step
         WHERE institution_id = $1 AND provider_request_id = $2 ORDER BY position",
        values![institution, id],
        |row| {
            Ok(Step {
                state: row.get(0)?,
                note: row.get(1)?,
                by_provider: row.get(2)?,
                account: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

/// Somebody who visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Their name.
    pub name: String,
    /// What they are.
    pub post: Option<String>,
    /// Whether somebody looked at their identity.
    pub id_seen: bool,
    /// What is known of their employer's checks.
    pub checks: Option<VisitorAssurance>,
    /// Since when that is known.
    pub checks_on: Option<Date>,
    /// Who is with them.
    pub supervised_by: Option<String>,
    /// Who looked at what they bring.
    pub content_seen_by: Option<String>,
    /// When they came.
    pub arrived_at: Option<String>,
    /// When they left.
    pub left_at: Option<String>,
}

/// Writes who visits anew. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown request.
pub fn set_visitors(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: ProviderRequestId,
    visitors: &[Visitor],
) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "DELETE FROM provider_request_visitor WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id],
    )?;
    for (position, one) in (1_i32..).zip(visitors) {
        tx.execute(
            "INSERT INTO provider_request_visitor (institution_id, provider_request_id, position, name, post, id_seen,
                 checks, checks_on, supervised_by, content_seen_by, arrived_at, left_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            values![
                institution,
                id,
                position,
                one.name,
                one.post.as_deref(),
                one.id_seen,
                one.checks,
                one.checks_on,
                one.supervised_by.as_deref(),
                one.content_seen_by.as_deref(),
                one.arrived_at.as_deref(),
                one.left_at.as_deref()
            ],
        )?;
    }
    Ok(())
}

/// Who visits.
///
/// # Errors
/// If the database fails.
pub fn visitors(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<Vec<Visitor>, Error> {
    tx.query(
        "SELECT name, post, id_seen, checks, checks_on, supervised_by, content_seen_by, arrived_at, left_at
         FROM provider_request_visitor WHERE institution_id = $1 AND provider_request_id = $2 ORDER BY position",
        values![institution, id],
        |row| {
            Ok(Visitor {
                name: row.get(0)?,
                post: row.get(1)?,
                id_seen: row.get(2)?,
                checks: row.get(3)?,
                checks_on: row.get(4)?,
                supervised_by: row.get(5)?,
                content_seen_by: row.get(6)?,
                arrived_at: row.get(7)?,
                left_at: row.get(8)?,
            })
        },
    )
}

/// Stands where the name of somebody who visited was taken out.
pub const TAKEN_OUT: &str = "Name taken out";

/// Takes out of a request what names people of the provider: who asked, what was written to and by them, and who visited. How the
/// visitors were checked stays. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn forget(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<(), Error> {
    empty(tx, institution, id)?;
    tx.execute(
        "UPDATE provider_request_visitor SET name = $3, post = NULL
         WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id, TAKEN_OUT],
    )?;
    Ok(())
}

/// Takes out who asked, and what was written.
fn empty(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<(), Error> {
    tx.must_audit();
    // What visitors need to get in was copied into the plan of the visit.
    tx.execute(
        "UPDATE activity_plan SET visitor_notes = '' WHERE institution_id = $1 AND activity_id =
             (SELECT activity_id FROM provider_request WHERE institution_id = $1 AND provider_request_id = $2)
         AND visitor_notes = (SELECT needs FROM provider_request WHERE institution_id = $1 AND provider_request_id = $2)",
        values![institution, id],
    )?;
    tx.execute(
        "UPDATE provider_request SET contact = '', email = '', phone = NULL, needs = '', message = '',
             revision = revision + 1
         WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id],
    )?;
    tx.execute(
        "UPDATE provider_request_step SET note = NULL WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id],
    )?;
    crate::letter::forget(tx, institution, LETTERS, id.0)
}

/// What letters about requests say that they are about.
pub const LETTERS: &str = "provider-request";
/// What those letters say that tell of a decision.
pub const DECISION_LETTERS: &str = "provider-request-decision";

/// Lets go of a request that is over: all of it, or, while visitors stand in its log, all but who came, when and what came of it.
/// Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn let_go(tx: &mut Tx<'_>, institution: InstitutionId, id: ProviderRequestId) -> Result<(), Error> {
    empty(tx, institution, id)?;
    let has_visitors = !visitors(tx, institution, id)?.is_empty();
    crate::letter::let_go(tx, institution, LETTERS, id.0)?;
    tx.execute(
        "DELETE FROM link WHERE institution_id = $1 AND purpose = $2 AND subject_id = $3",
        values![institution, LETTERS, id],
    )?;
    tx.execute(
        "DELETE FROM provider_request_step WHERE institution_id = $1 AND provider_request_id = $2",
        values![institution, id],
    )?;
    let sql = if has_visitors {
        "UPDATE provider_request SET offers = '', covers = '', wanted = '', needs = '', reason = NULL, evaluation = NULL,
             host = NULL, account_id = NULL
         WHERE institution_id = $1 AND provider_request_id = $2"
    } else {
        "DELETE FROM provider_request WHERE institution_id = $1 AND provider_request_id = $2"
    };
    tx.execute(sql, values![institution, id])?;
    Ok(())
}
