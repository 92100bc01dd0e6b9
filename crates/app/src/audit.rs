//! Who did what, and who looked at whom.

mod change;
mod list;
mod proof;
mod sentence;

use domain::{InstitutionId, LearnerId};
use serde_json::json;
use store::audit::{Detail, Event, INSTALLATION};

pub(crate) use self::change::{Change, changes};
pub use self::{
    list::{AuditEntry, AuditFilter, AuditKind, AuditPage, FieldChange},
    proof::AuditChain,
};
use crate::{Actor, App, Result};

/// What reading a learner's record is called.
pub(crate) const READ: &str = "learner.read";
/// What taking learners away in a file is called.
pub(crate) const EXPORTED: &str = "learners.exported";

impl App {
    /// An event by this actor, now. `payload` holds references and numbers, never personal data: what may name a person goes
    /// into a [`Detail`].
    pub(crate) fn event(
        &self,
        actor: &Actor,
        action: &str,
        subject: (&str, Option<i64>),
        mut payload: serde_json::Value,
    ) -> Event {
        // What a program did is told apart from what its person did themselves.
        if let (Some(key), Some(fields)) = (actor.key(), payload.as_object_mut()) {
            fields.insert("key".to_owned(), key.to_string().into());
        }
        Event {
            id: self.context().next_id(),
            at: self.context().now(),
            account: actor.account(),
            action: action.to_owned(),
            subject_kind: subject.0.to_owned(),
            subject_id: subject.1,
            payload: payload.to_string(),
            reach: None,
            details: Vec::new(),
        }
    }

    /// What may name a person: fields before and after. It is erased with the learner whom it concerns.
    pub(crate) fn detail(&self, learner: Option<LearnerId>, change: &Change) -> Detail {
        Detail { learner, salt: self.context().random_bytes(), text: change.text() }
    }

    /// Notes that a learner's record was read, and why the actor's reach allowed it.
    pub(crate) fn note_read(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        learner: LearnerId,
        reach: Option<String>,
    ) -> Result<()> {
        let event = self.event(actor, READ, ("learner", Some(learner.0)), json!({})).because(reach);
        Ok(self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?)
    }

    /// Notes that a list with names was shown: of what, and how many. Who was on it follows from the records.
    pub(crate) fn note_list(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        what: &str,
        rows: usize,
        reach: Option<&str>,
    ) -> Result<()> {
        let event = self
            .event(actor, "learners.listed", ("list", None), json!({"what": what, "rows": rows}))
            .because(reach.map(str::to_owned));
        Ok(self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?)
    }

    /// Notes that learners left in a file: each with a detail of their own, so that who saw a learner can be answered, and a
    /// learner's part be erased.
    pub(crate) fn note_export(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        what: &str,
        learners: impl IntoIterator<Item = LearnerId>,
        reach: Option<&str>,
    ) -> Result<()> {
        let details: Vec<_> =
            learners.into_iter().map(|learner| self.detail(Some(learner), &Change::default())).collect();
        let event = self
            .event(actor, EXPORTED, ("list", None), json!({"what": what, "rows": details.len()}))
            .because(reach.map(str::to_owned))
            .with(details);
        Ok(self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?)
    }

    /// The trail that belongs to no institution: accounts, setting up, transfers.
    pub(crate) const INSTALLATION: InstitutionId = INSTALLATION;
}
