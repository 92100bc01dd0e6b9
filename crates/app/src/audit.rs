use domain::{InstitutionId, LearnerId};
use jiff::Timestamp;
use serde_json::json;
use store::audit::{Event, INSTALLATION};

use crate::{Action, Actor, App, Result};

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, for the next page.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// By whom: a name, or the operator.
    pub who: String,
    /// What was done, as a word of ours: `activity.changed`.
    pub action: String,
    /// To what.
    pub subject: String,
}

impl App {
    /// An event by this actor, now. `payload` holds references and numbers, never personal data.
    pub(crate) fn event(
        &self,
        actor: &Actor,
        action: &str,
        subject: (&str, Option<i64>),
        payload: serde_json::Value,
    ) -> Event {
        Event {
            id: self.context().next_id(),
            at: self.context().now(),
            account: actor.account(),
            action: action.to_owned(),
            subject_kind: subject.0.to_owned(),
            subject_id: subject.1,
            payload: payload.to_string(),
            reach: None,
        }
    }

    /// Notes that a learner's record was read, and why the actor's reach allowed it.
    pub(crate) fn note_read(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        learner: LearnerId,
        reach: Option<String>,
    ) -> Result<()> {
        let event = self.event(actor, "learner.read", ("learner", Some(learner.0)), json!({}));
        let event = Event { reach, ..event };
        Ok(self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?)
    }

    /// Notes that learners were listed in a file.
    pub(crate) fn note_export(&self, actor: &Actor, institution: InstitutionId, what: &str, rows: usize) -> Result<()> {
        let event = self.event(actor, "learners.exported", ("requirement", None), json!({"what": what, "rows": rows}));
        Ok(self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?)
    }

    /// The institution's audit trail, latest first, a page at a time.
    ///
    /// # Errors
    /// If the actor may not administer the institution.
    pub fn audit_trail(&self, actor: &Actor, institution: InstitutionId, before: Option<i64>) -> Result<Vec<AuditRow>> {
        actor.ask(Action::SeeAudit, institution)?;
        self.store().read(institution, |tx| {
            let events = store::audit::list(tx, institution, before, 100)?;
            let mut rows = Vec::with_capacity(events.len());
            for event in events {
                let who = match event.account {
                    Some(account) => store::account::find(tx, account)?.map_or(String::new(), |account| account.name),
                    None => Actor::operator().name().to_owned(),
                };
                rows.push(AuditRow {
                    id: event.id,
                    at: event.at,
                    who,
                    action: event.action,
                    subject: match event.subject_id {
                        Some(id) => format!("{} {id}", event.subject_kind),
                        None => event.subject_kind,
                    },
                });
            }
            Ok(rows)
        })
    }

    /// The trail that belongs to no institution: accounts, setting up, transfers.
    pub(crate) const INSTALLATION: InstitutionId = INSTALLATION;
}
