//! How long records are kept: the institution's own periods, what has outlived them, and what runs came to.

use domain::{AccountId, GuidanceNoteId, InstitutionId, LearnerId, ProviderRequestId, RetentionRunId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Tx,
    import::State,
    value::{Bind, Value, values},
};

/// The institution's own periods, in months, by rule.
///
/// # Errors
/// If the database fails.
pub fn periods(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<(String, i32)>, Error> {
    let sql = "SELECT rule, months FROM retention_period WHERE institution_id = $1 ORDER BY rule";
    tx.query(sql, values![institution], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Sets the institution's own period for a rule, or goes back to the default. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set_period(tx: &mut Tx<'_>, institution: InstitutionId, rule: &str, months: Option<i32>) -> Result<(), Error> {
    tx.must_audit();
    match months {
        Some(months) => tx.execute(
            "INSERT INTO retention_period (institution_id, rule, months) VALUES ($1, $2, $3)
             ON CONFLICT (institution_id, rule) DO UPDATE SET months = excluded.months",
            values![institution, rule, months],
        ),
        None => tx.execute(
            "DELETE FROM retention_period WHERE institution_id = $1 AND rule = $2",
            values![institution, rule],
        ),
    }?;
    Ok(())
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its key.
    pub id: RetentionRunId,
    /// The day it went by.
    pub as_of: Date,
    /// Who ran it; none for the program's command line.
    pub account: Option<AccountId>,
    /// When.
    pub ran_at: Timestamp,
    /// Counts by rule, as JSON.
    pub summary: String,
}

/// Notes a run. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn insert_run(tx: &mut Tx<'_>, institution: InstitutionId, run: &Run) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        "INSERT INTO retention_run (institution_id, retention_run_id, as_of, account_id, ran_at, summary)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![institution, run.id, run.as_of, run.account, run.ran_at, run.summary],
    )?;
    Ok(())
}

/// The runs of an institution, latest first.
///
/// # Errors
/// If the database fails.
pub fn runs(tx: &mut Tx<'_>, institution: InstitutionId, limit: u32) -> Result<Vec<Run>, Error> {
    tx.query(
        "SELECT retention_run_id, as_of, account_id, ran_at, summary FROM retention_run
         WHERE institution_id = $1 ORDER BY retention_run_id DESC LIMIT $2",
        values![institution, i64::from(limit)],
        |row| {
            Ok(Run {
                id: row.get(0)?,
                as_of: row.get(1)?,
                account: row.get(2)?,
                ran_at: row.get(3)?,
                summary: row.get(4)?,
            })
        },
    )
}

/// Learners with an annual review on record.
///
/// # Errors
/// If the database fails.
pub fn reviewed_learners(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<LearnerId>, Error> {
    let sql = "SELECT DISTINCT learner_id FROM review WHERE institution_id = $1 ORDER BY learner_id";
    tx.query(sql, values![institution], |row| row.get(0))
}

/// Notes of guidance meetings with learners who have left: whose, which, when held, and the last day on roll.
///
/// # Errors
/// If the database fails.
pub fn notes_of_leavers(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
) -> Result<Vec<(LearnerId, GuidanceNoteId, Date, Date)>, Error> {
    tx.query(
        "SELECT n.learner_id, n.guidance_note_id, n.held_on, l.left_on FROM guidance_note n
         JOIN learner l ON l.institution_id = n.institution_id AND l.learner_id = n.learner_id
         WHERE n.institution_id = $1 AND l.left_on IS NOT NULL ORDER BY n.learner_id, n.guidance_note_id",
        values![institution],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// What goes once it is older than an instant (or a day), whoever it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ageing {
    /// Files that were never applied.
    WaitingFile,
    /// What imports replaced, and what was wrong with their rows.
    ImportUndo,
    /// Details of the audit trail.
    AuditDetail,
    /// Confirmations that a later one replaced.
    Attestation,
    /// Invitations that are over.
    Invitation,
    /// Keys for programs that are over.
    ApiKey,
    /// Finished jobs.
    Job,
    /// Requests of providers that are over.
    ProviderRequest,
    /// Visitors of providers.
    Visitor,
}

impl Ageing {
    /// Each of them.
    pub const ALL: [Self; 9] = [
        Self::WaitingFile,
        Self::ImportUndo,
        Self::AuditDetail,
        Self::Attestation,
        Self::Invitation,
        Self::ApiKey,
        Self::Job,
        Self::ProviderRequest,
        Self::Visitor,
    ];

    /// The rule of the data register that says how long.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::WaitingFile => "import-waiting",
            Self::ImportUndo => "import-undo",
            Self::AuditDetail => "audit-detail",
            Self::Attestation => "attestation",
            Self::Invitation => "invitation",
            Self::ApiKey => "api-key",
            Self::Job => "job",
            Self::ProviderRequest => "provider-request",
            Self::Visitor => "visitor-log",
        }
    }

    /// Since when a row counts as old, and which rows are meant, `$1` being the institution.
    const fn rows(self) -> (&'static str, &'static str) {
        match self {
            Self::WaitingFile => (
                "changed_at",
                "FROM import WHERE institution_id = $1 AND state NOT IN ('applied', 'undone')
                 AND (source IS NOT NULL OR plan IS NOT NULL OR problems IS NOT NULL)",
            ),
            Self::ImportUndo => (
                "changed_at",
                "FROM import WHERE institution_id = $1 AND state IN ('applied', 'undone')
                 AND (source IS NOT NULL OR plan IS NOT NULL OR problems IS NOT NULL OR EXISTS (
                     SELECT 1 FROM import_change c
                     WHERE c.institution_id = import.institution_id AND c.import_id = import.import_id))",
            ),
            Self::AuditDetail => (
                "audit.at",
                "FROM audit_detail JOIN audit ON audit.institution_id = audit_detail.institution_id
                     AND audit.audit_id = audit_detail.audit_id
                 WHERE audit_detail.institution_id = $1 AND audit_detail.detail IS NOT NULL",
            ),
            Self::Attestation => (
                "attested_on",
                "FROM attestation WHERE institution_id = $1 AND EXISTS (
                     SELECT 1 FROM attestation later WHERE later.institution_id = attestation.institution_id
                     AND later.requirement = attestation.requirement AND later.attested_on > attestation.attested_on)",
            ),
            Self::Invitation => ("coalesce(ended_at, expires_at)", "FROM invitation WHERE institution_id = $1"),
            Self::ApiKey => ("coalesce(revoked_at, expires_at)", "FROM api_key WHERE institution_id = $1"),
            Self::Job => ("finished_at", "FROM job WHERE institution_id = $1 AND finished_at IS NOT NULL"),
            // What is emptied already waits only for its visitors to go.
            Self::ProviderRequest => (
                "coalesce(held_on, decided_on)",
                "FROM provider_request WHERE institution_id = $1
                 AND state IN ('refused', 'withdrawn', 'delivered', 'evaluated')
                 AND (email <> '' OR offers <> '' OR NOT EXISTS (
                     SELECT 1 FROM provider_request_visitor v WHERE v.institution_id = provider_request.institution_id
                     AND v.provider_request_id = provider_request.provider_request_id))",
            ),
            Self::Visitor => (
                "coalesce(r.held_on, r.decided_on)",
                "FROM provider_request_visitor v JOIN provider_request r ON r.institution_id = v.institution_id
                     AND r.provider_request_id = v.provider_request_id
                 WHERE v.institution_id = $1 AND r.state IN ('refused', 'withdrawn', 'delivered', 'evaluated')",
            ),
        }
    }

    fn limit<'v>(self, before: &'v Timestamp, day: &'v Date) -> Value<'v> {
        match self {
            Self::Attestation | Self::ProviderRequest | Self::Visitor => day.bind(),
            _ => before.bind(),
        }
    }
}

/// How many rows of this sort are as old as the instant `before` (confirmations: the day), and the oldest, as a day in `zone`.
///
/// # Errors
/// If the database fails.
pub fn count_old(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    ageing: Ageing,
    (before, day): (Timestamp, Date),
    zone: &jiff::tz::TimeZone,
) -> Result<(u64, Option<Date>), Error> {
    let (at, rows) = ageing.rows();
    let sql = format!("SELECT count(*), min({at}) {rows} AND {at} <= $2");
    let found = tx.query_opt(&sql, &[institution.bind(), ageing.limit(&before, &day)], |row| {
        let oldest = match ageing {
            Ageing::Attestation | Ageing::ProviderRequest | Ageing::Visitor => row.get::<Option<Date>>(1)?,
            _ => row.get::<Option<Timestamp>>(1)?.map(|at| zone.to_datetime(at).date()),
        };
        Ok((row.get::<u64>(0)?, oldest))
    })?;
    Ok(found.unwrap_or_default())
}

/// Lets go of them; how many there were. Of an import, only what names people goes, and it cannot be undone any more.
/// Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn let_go_of_old(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    ageing: Ageing,
    (before, day): (Timestamp, Date),
) -> Result<u64, Error> {
    tx.must_audit();
    let (at, rows) = ageing.rows();
    let limit = ageing.limit(&before, &day);
    let old = format!("{rows} AND {at} <= $2");
    let table = match ageing {
        Ageing::WaitingFile | Ageing::ImportUndo => return let_go_of_imports(tx, institution, ageing, limit, &old),
        Ageing::AuditDetail => {
            let sql = format!(
                "UPDATE audit_detail SET learner_id = NULL, salt = NULL, detail = NULL
                 WHERE institution_id = $1 AND detail IS NOT NULL AND audit_id IN (SELECT audit_detail.audit_id {old})"
            );
            return Ok(tx.execute(&sql, &[institution.bind(), limit])? as u64);
        }
        Ageing::ProviderRequest | Ageing::Visitor => {
            let column = if ageing == Ageing::Visitor { "r.provider_request_id" } else { "provider_request_id" };
            let sql = format!("SELECT {column} {old}");
            let ids: Vec<ProviderRequestId> = tx.query(&sql, &[institution.bind(), limit], |row| row.get(0))?;
            for id in &ids {
                match ageing {
                    Ageing::Visitor => crate::provider_request::set_visitors(tx, institution, *id, &[])?,
                    _ => crate::provider_request::let_go(tx, institution, *id)?,
                }
            }
            return Ok(ids.len() as u64);
        }
        // Counted before anything goes: afterwards no later one would be missing.
        Ageing::Attestation => "attestation",
        Ageing::Invitation => "invitation",
        Ageing::ApiKey => "api_key",
        Ageing::Job => "job",
    };
    let condition = old.split_once("WHERE").map_or("", |(_, condition)| condition);
    let sql = format!("DELETE FROM {table} WHERE{condition}");
    Ok(tx.execute(&sql, &[institution.bind(), limit])? as u64)
}

fn let_go_of_imports(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    ageing: Ageing,
    limit: Value<'_>,
    old: &str,
) -> Result<u64, Error> {
    let sql = format!("SELECT import_id {old}");
    let imports: Vec<i64> = tx.query(&sql, &[institution.bind(), limit], |row| row.get(0))?;
    for import in &imports {
        // An import that was applied says by its revision that it can be undone.
        tx.execute(
            "UPDATE import SET source = NULL, plan = NULL, problems = NULL, applied_revision = NULL
             WHERE institution_id = $1 AND import_id = $2",
            values![institution, *import],
        )?;
        if ageing == Ageing::WaitingFile {
            tx.execute(
                "UPDATE import SET state = $3 WHERE institution_id = $1 AND import_id = $2",
                values![institution, *import, State::Cancelled],
            )?;
        } else {
            tx.execute(
                "DELETE FROM import_change WHERE institution_id = $1 AND import_id = $2",
                values![institution, *import],
            )?;
        }
    }
    Ok(imports.len() as u64)
}

/// Removes sessions, half-finished sign-ins and password resets that have expired; how many there were. They belong to no
/// institution.
///
/// # Errors
/// If the database fails.
pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, Error> {
    let mut gone = 0;
    for table in ["session", "ceremony", "password_reset"] {
        gone += tx.execute(&format!("DELETE FROM {table} WHERE expires_at <= $1"), values![now])?;
    }
    Ok(gone as u64)
}
