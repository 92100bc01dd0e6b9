//! Whether the trail is what was noted.

use domain::InstitutionId;
use serde_json::json;
use store::{
    Within,
    audit::{Head, Verdict},
};

use crate::{Action, Actor, App, Error, Refusal, Result};

/// A chain, by the name of its institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// Whose; [`store::audit::INSTALLATION`] for accounts, signing in and the installation itself.
    pub institution: InstitutionId,
    /// The institution's name.
    pub name: String,
}

impl App {
    /// Every chain; the installation's own first.
    ///
    /// # Errors
    /// To anybody but the server's operator.
    pub fn audit_chains(&self, actor: &Actor) -> Result<Vec<AuditChain>> {
        if !actor.is_operator() {
            return Err(Refusal::NotAllowed.into());
        }
        let institutions = self.store().read(Within::none(), store::institution::list)?;
        let own = AuditChain { institution: Self::INSTALLATION, name: "The installation itself".to_owned() };
        let others = institutions.into_iter().map(|one| AuditChain { institution: one.id, name: one.name });
        Ok(std::iter::once(own).chain(others).collect())
    }

    /// Walks a chain from its first event to its head, and compares it with a head that was kept elsewhere.
    ///
    /// # Errors
    /// If the actor may not see the trail.
    pub fn verify_audit(&self, actor: &Actor, institution: InstitutionId, kept: Option<Head>) -> Result<Verdict> {
        self.ask_for_chain(actor, institution)?;
        Ok(self.store().read(institution, |tx| store::audit::verify(tx, institution, kept))?)
    }

    /// The end of a chain, for keeping elsewhere; none if nothing was noted yet.
    ///
    /// # Errors
    /// If the actor may not see the trail.
    pub fn audit_head(&self, actor: &Actor, institution: InstitutionId) -> Result<Option<Head>> {
        self.ask_for_chain(actor, institution)?;
        Ok(self.store().read(institution, |tx| store::audit::head(tx, institution))?)
    }

    /// Hands out a chain as lines of JSON, oldest first, with everything that its digests are made from; returns how many. That
    /// it was taken away is itself noted first, so that the last line says so.
    ///
    /// # Errors
    /// If the actor may not see the trail, or `line` fails.
    pub fn export_chain(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        line: &mut dyn FnMut(&str) -> std::io::Result<()>,
    ) -> Result<u64> {
        self.ask_for_chain(actor, institution)?;
        let event = self.event(actor, "audit.exported", ("audit", None), json!({"whole": true}));
        self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?;
        self.store().read(institution, |tx| {
            store::audit::each(tx, institution, &mut |entry| line(&entry.to_string()).map_err(Error::fault))
        })
    }

    fn ask_for_chain(&self, actor: &Actor, institution: InstitutionId) -> Result<()> {
        if institution == Self::INSTALLATION && !actor.is_operator() {
            return Err(Error::NOT_FOUND);
        }
        actor.ask_for_all(Action::SeeAudit, institution)
    }
}
