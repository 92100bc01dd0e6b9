//! The identities of an account: linked by its owner, and unlinked again.

use domain::{AccountId, InstitutionId};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, Within, identity::Identity};

use super::{IdentityProvider, SignOnRefusal, SignedOn};
use crate::{
    Actor, App, Error, Refusal, Result,
    invitation::TakenUpBy,
    token::{digest, hex},
};

/// A way of signing in with an identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// What pages call it by; says nothing about the person.
    pub key: String,
    /// The provider's label; none if it is no longer among the settings, so that nobody can sign in by it.
    pub label: Option<String>,
    /// Since when.
    pub linked_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl App {
    /// The identity providers by which the actor may sign in.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] if the actor is nobody's account.
    pub fn linked_identities(&self, actor: &Actor) -> Result<Vec<LinkedIdentity>> {
        let account = actor.account().ok_or(Refusal::NotAllowed)?;
        let identities = self.store().read(Within::none(), |tx| store::identity::list(tx, account))?;
        let label = |identity: &Identity| self.provider_of(identity).map(|provider| provider.label.clone());
        let linked = |identity: &Identity| LinkedIdentity {
            key: key(identity),
            label: label(identity),
            linked_at: identity.linked_at,
            last_used_at: identity.last_used_at,
        };
        Ok(identities.iter().map(linked).collect())
    }

    /// Takes one of the actor's ways of signing in away.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is no such, [`Refusal::Conflict`] if it is the last way in, [`Refusal::ConfirmFirst`] unless
    /// they proved lately who they are.
    pub fn unlink_identity(&self, actor: &Actor, which: &str) -> Result<()> {
        let account = self.ask_fresh(actor)?;
        self.store().write(Within::none(), |tx| -> Result<()> {
            let identities = store::identity::list(tx, account)?;
            let identity = identities.iter().find(|identity| key(identity) == which).ok_or(Error::NOT_FOUND)?;
            let others = identities.iter().any(|other| other != identity && self.provider_of(other).is_some());
            let password = store::account::find(tx, account)?.is_some_and(|account| account.password_hash.is_some());
            if !others && !password && store::passkey::list(tx, account)?.is_empty() {
                return Err(Error::conflict(
                    "This is your only way of signing in, so it stays. Add another one first: a password, a passkey, or another organisation.",
                ));
            }
            store::identity::unlink(tx, account, &identity.issuer, &identity.subject)?;
            let payload = json!({"provider": self.provider_of(identity).map(|provider| &provider.name)});
            let event = self.event(actor, "identity.unlinked", ("account", Some(account.0)), payload);
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })
    }

    /// Links an identity to the account whose owner asked for it.
    pub(super) fn link(&self, provider: &IdentityProvider, subject: &str, account: AccountId) -> Result<SignedOn> {
        self.store().write(Within::none(), |tx| -> Result<_> {
            match store::identity::find(tx, &provider.issuer, subject)? {
                Some(found) if found.account == account => Ok(SignedOn::Linked),
                Some(_) => Ok(SignedOn::Refused(SignOnRefusal::Taken)),
                None => self.note_link(tx, provider, subject, account).map(|()| SignedOn::Linked),
            }
        })
    }

    /// Takes an invitation up for whoever has this identity: the account that it opens gets the role, or a new account does. Why not,
    /// if so.
    pub(super) fn take_up_by(
        &self,
        provider: &IdentityProvider,
        subject: &str,
        email: Option<String>,
        institution: InstitutionId,
        invitation: &str,
    ) -> Result<Option<SignOnRefusal>> {
        let known = self.store().read(Within::none(), |tx| -> Result<_> {
            let Some(identity) = store::identity::find(tx, &provider.issuer, subject)? else { return Ok(None) };
            Ok(store::account::find(tx, identity.account)?)
        })?;
        if let Some(account) = known {
            if account.closed_at.is_some() {
                return Ok(Some(SignOnRefusal::Closed));
            }
            self.take_up(institution, invitation, TakenUpBy::Account(account.id), |_, _| Ok(()))?;
            return Ok(None);
        }
        let offer = self.invitation(institution, invitation)?;
        if offer.email.is_none() && email.is_none() {
            return Ok(Some(SignOnRefusal::NoAddress));
        }
        // As whoever invites knows them; what the provider calls them may be a name for lists.
        let by = TakenUpBy::Proven { name: offer.name, email: email.unwrap_or_default() };
        let done =
            self.take_up(institution, invitation, by, |tx, account| self.note_link(tx, provider, subject, account));
        match done {
            Ok(_) => Ok(None),
            Err(Error::Problems(_)) => Ok(Some(SignOnRefusal::AddressTaken)),
            Err(error) => Err(error),
        }
    }

    fn note_link(&self, tx: &mut Tx<'_>, provider: &IdentityProvider, subject: &str, account: AccountId) -> Result<()> {
        let identity = Identity {
            issuer: provider.issuer.clone(),
            subject: subject.to_owned(),
            account,
            linked_at: self.context().now(),
            last_used_at: None,
        };
        let actor = Actor::person(account, String::new(), Vec::new());
        let payload = json!({"provider": provider.name});
        let event = self.event(&actor, "identity.linked", ("account", Some(account.0)), payload);
        store::identity::link(tx, &identity)?;
        Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
    }

    /// The provider by which an identity signs in, if it is still among the settings.
    fn provider_of(&self, identity: &Identity) -> Option<&IdentityProvider> {
        self.identity_providers().iter().find(|provider| provider.issuer == identity.issuer)
    }
}

fn key(identity: &Identity) -> String {
    hex(&digest(format!("{}\n{}", identity.issuer, identity.subject).as_bytes())[..8])
}
