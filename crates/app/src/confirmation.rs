//! "Confirm it is you": what changes how somebody proves who they are, or what others may do, needs a fresh proof. A session left
//! open on a desk is not enough.

use domain::AccountId;
use jiff::SignedDuration;
use serde_json::json;
use store::Within;

use crate::{
    Actor, App, Error, Origin, PasskeyAsked, Proof, Proofs, Refusal, RelyingParty, Result,
    passkey::NO_PASSKEY,
    second_step::{proofs, somebody},
    token::digest,
};

/// How long a proof counts as fresh.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

impl App {
    /// Passes if the person proved within the last 15 minutes who they are, by signing in or by [`App::confirm`]. The operator
    /// of the server has no account and cannot pass: who may act as the operator asks [`App::ask_fresh_or_operator`].
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`].
    pub fn ask_fresh(&self, actor: &Actor) -> Result<AccountId> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        let fresh = actor.confirmed_at().is_some_and(|at| self.context().now().duration_since(at) < FRESH);
        if fresh { Ok(account) } else { Err(Refusal::ConfirmFirst.into()) }
    }

    /// As [`App::ask_fresh`], for what the operator of the server may do as well.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`].
    pub fn ask_fresh_or_operator(&self, actor: &Actor) -> Result<()> {
        if actor.is_operator() { Ok(()) } else { self.ask_fresh(actor).map(|_| ()) }
    }

    /// What the person may be asked as proof. With a second step it is not the password, which somebody else may know.
    ///
    /// # Errors
    /// Not found for the operator.
    pub fn proofs(&self, actor: &Actor) -> Result<Proofs> {
        let id = actor.account().ok_or(Error::NOT_FOUND)?;
        self.store().read(Within::none(), |tx| {
            let account = somebody(tx, id)?;
            proofs(tx, &account)
        })
    }

    /// Asks a device for a passkey as proof.
    ///
    /// # Errors
    /// A conflict if the person has none.
    pub fn begin_confirmation_passkey(&self, actor: &Actor, party: &RelyingParty) -> Result<PasskeyAsked> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        self.ask_for_passkey(party, account)?.ok_or_else(|| Error::conflict(NO_PASSKEY))
    }

    /// Takes a proof of who is at this session.
    ///
    /// # Errors
    /// A problem at the proof's field; [`Refusal::TooMany`]; [`Refusal::NotAllowed`] for a password where a second step is set up.
    pub fn confirm(&self, actor: &Actor, token: &str, proof: Proof<'_>, origin: &Origin) -> Result<()> {
        let id = actor.account().ok_or(Error::NOT_FOUND)?;
        let (now, token) = (self.context().now(), digest(token.as_bytes()));
        let (account, session, taken) = self.store().read(Within::none(), |tx| -> Result<_> {
            let account = somebody(tx, id)?;
            let taken = proofs(tx, &account)?;
            Ok((account, store::session::find(tx, &token, now)?, taken))
        })?;
        let session = session.filter(|session| session.account == id).ok_or(Refusal::NotSignedIn)?;
        if matches!(proof, Proof::Password(_)) && !taken.password {
            return Err(Refusal::NotAllowed.into());
        }
        self.check_proof(actor, &account, proof, origin, "confirmation.refused", |tx| {
            let event = self.event(actor, "confirmed", ("account", Some(id.0)), json!({"kind": proof.field()}));
            store::session::confirm(tx, &token, &session.method, now)?;
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })?;
        Ok(())
    }
}
