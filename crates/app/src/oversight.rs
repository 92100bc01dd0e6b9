//! Trusts and Careers Hubs: which institutions belong to them, and who looks over these.

use domain::{AccountId, HubId, InstitutionId, TrustId};
use serde_json::json;
use store::{Within, trust::Trust};

pub use store::oversight::Body;

use crate::{Actor, App, Refusal, Result, Role};

impl App {
    /// Makes a trust of these institutions, and a Careers Hub likewise with [`App::add_hub`].
    ///
    /// # Errors
    /// If the actor is not the operator, or an institution is not there.
    pub fn add_trust(&self, actor: &Actor, name: &str, institutions: &[InstitutionId]) -> Result<Body> {
        operator_only(actor)?;
        let id = TrustId(self.context().next_id());
        let event = self.event(actor, "trust.added", ("trust", Some(id.0)), json!({"institutions": institutions}));
        self.store().write(Within::each(institutions.iter().copied()), |tx| {
            store::trust::insert(tx, id, &Trust { name: name.to_owned(), group_uid: None })?;
            for institution in institutions {
                store::institution::set_trust(tx, *institution, Some(id))?;
            }
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(Body::Trust(id))
    }

    /// Makes a Careers Hub of these institutions.
    ///
    /// # Errors
    /// If the actor is not the operator, or an institution is not there.
    pub fn add_hub(&self, actor: &Actor, name: &str, institutions: &[InstitutionId]) -> Result<Body> {
        operator_only(actor)?;
        let id = HubId(self.context().next_id());
        let event = self.event(actor, "hub.added", ("hub", Some(id.0)), json!({"institutions": institutions}));
        self.store().write(Within::each(institutions.iter().copied()), |tx| {
            store::hub::insert(tx, id, name)?;
            for institution in institutions {
                store::hub::join(tx, *institution, Some(id))?;
            }
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(Body::Hub(id))
    }

    /// Lets somebody look over the institutions of a trust or a hub, or no longer.
    ///
    /// # Errors
    /// If the actor is not the operator, or nobody has this account.
    pub fn oversee(&self, actor: &Actor, body: Body, account: AccountId, oversees: bool) -> Result<()> {
        operator_only(actor)?;
        let (kind, id, role) = match body {
            Body::Trust(id) => ("trust", id.0, Role::TrustLead),
            Body::Hub(id) => ("hub", id.0, Role::HubCoordinator),
        };
        let what = if oversees { "role.granted" } else { "role.ended" };
        let event = self.event(actor, what, ("account", Some(account.0)), json!({"role": role.word(), kind: id}));
        self.store().write(Within::none(), |tx| {
            if oversees {
                store::oversight::set(tx, body, account, role.word())?;
            } else {
                store::oversight::delete(tx, body, account)?;
            }
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(())
    }
}

fn operator_only(actor: &Actor) -> Result<()> {
    if actor.is_operator() { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}
