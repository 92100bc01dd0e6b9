//! Passkeys (WebAuthn): a device proves that it holds a private key, and that its owner unlocked it. That is two steps in one, so
//! a passkey signs in alone; after a password it is the second step.

use domain::{AccountId, PasskeyId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Within, ceremony::Ceremony};
use url::{Host, Url};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder,
};

use crate::{
    Actor, App, Error, Method, NewSession, Origin, RecoveryCodes, Result, Token, second_step::somebody,
    throttle::FAILURES_FROM_ONE_PLACE, token::digest,
};

/// How long a device and its owner may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// How many passkeys one person may have.
const MOST: usize = 20;
/// The longest name of a passkey.
const LONGEST_NAME: usize = 60;

const REGISTERING: &str = "passkey-registration";
const SIGNING_IN: &str = "passkey-sign-in";
const PROVING: &str = "passkey-proof";

/// What is said of a passkey that is not accepted, whatever the reason.
pub(crate) const REFUSED: &str = "The passkey was not accepted. Try again, or use another way.";

/// What is said to somebody who is asked for a passkey and has none.
pub(crate) const NO_PASSKEY: &str = "You have no passkey here. Use another way.";

/// The site that passkeys are made for: browsers hand them to no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    name: String,
    origin: Url,
}

impl RelyingParty {
    /// The site at the address that browsers use. `None` where browsers have no passkeys: an address that is a number, or one
    /// without https, but for this machine itself.
    pub fn of(public_address: &str) -> Option<Self> {
        let origin = Url::parse(public_address).ok()?;
        let Some(Host::Domain(name)) = origin.host() else { return None };
        let name = name.to_owned();
        (origin.scheme() == "https" || name == "localhost").then_some(Self { name, origin })
    }

    fn webauthn(&self) -> Result<Webauthn> {
        WebauthnBuilder::new(&self.name, &self.origin)
            .and_then(|builder| builder.rp_name("Waymark").build())
            .map_err(Error::fault)
    }
}

/// Something that a device is asked for.
#[derive(Clone)]
pub struct PasskeyAsked {
    /// To be sent back with the device's answer.
    pub ceremony: Token,
    /// What `navigator.credentials` is given, as WebAuthn writes it in JSON.
    pub options: Value,
}

/// What a device answered.
#[derive(Clone, Default)]
pub struct PasskeyAnswer {
    /// The ceremony's token.
    pub ceremony: String,
    /// The credential, as WebAuthn writes it in JSON.
    pub credential: String,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its key.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last proved who its owner is.
    pub last_used_at: Option<Timestamp>,
}

impl From<store::passkey::Passkey> for PasskeyRow {
    fn from(passkey: store::passkey::Passkey) -> Self {
        Self { id: passkey.id, name: passkey.name, created_at: passkey.created_at, last_used_at: passkey.last_used_at }
    }
}

/// A passkey that was accepted; its counter is still to be noted.
pub(crate) struct Accepted {
    pub(crate) account: AccountId,
    pub(crate) id: PasskeyId,
    pub(crate) credential: String,
}

impl App {
    /// Asks a device for a new passkey.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst); a conflict if the person has very many.
    pub fn begin_passkey(&self, actor: &Actor, party: &RelyingParty) -> Result<PasskeyAsked> {
        let id = self.ask_fresh(actor)?;
        let (account, known) = self
            .store()
            .read(Within::none(), |tx| -> Result<_> { Ok((somebody(tx, id)?, store::passkey::list(tx, id)?)) })?;
        if known.len() >= MOST {
            return Err(Error::conflict(format!("You have {MOST} passkeys. Remove one that you no longer use first.")));
        }
        let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
        let (asked, state) = party
            .webauthn()?
            .start_passkey_registration(handle(id), &account.email, &account.name, Some(known))
            .map_err(Error::fault)?;
        let mut options = serde_json::to_value(asked).map_err(Error::fault)?;
        // So that the device offers it without being told whose: signing in then needs no e-mail address.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("preferred");
        self.begin_ceremony(REGISTERING, Some(id), &state, options)
    }

    /// Keeps the passkey that a device made. Returns recovery codes for a person who has none yet.
    ///
    /// # Errors
    /// Problems at `name` and `passkey`; [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst).
    pub fn add_passkey(
        &self,
        actor: &Actor,
        party: &RelyingParty,
        answer: &PasskeyAnswer,
        name: &str,
    ) -> Result<Option<RecoveryCodes>> {
        let account = self.ask_fresh(actor)?;
        let name = match name.trim() {
            "" => "Passkey",
            name if name.chars().count() > LONGEST_NAME => {
                return Err(Error::problem("name", format!("Use at most {LONGEST_NAME} characters.")));
            }
            name => name,
        };
        let state: PasskeyRegistration =
            self.take_ceremony(REGISTERING, Some(account), &answer.ceremony)?.ok_or_else(refused)?;
        let credential: RegisterPublicKeyCredential =
            serde_json::from_str(&answer.credential).map_err(|_| refused())?;
        let made = party.webauthn()?.finish_passkey_registration(&credential, &state).map_err(|_| refused())?;
        let passkey = store::passkey::Passkey {
            account,
            id: PasskeyId(self.context().next_id()),
            credential_id: made.cred_id().clone(),
            name: name.to_owned(),
            credential: serde_json::to_string(&made).map_err(Error::fault)?,
            created_at: self.context().now(),
            last_used_at: None,
        };
        let event = self.event(actor, "passkey.added", ("passkey", Some(passkey.id.0)), json!({"account": account}));
        self.store().write(Within::none(), |tx| {
            store::passkey::insert(tx, &passkey).map_err(|error| match error {
                store::Error::Duplicate { .. } => Error::problem("passkey", "This passkey is in use already."),
                other => other.into(),
            })?;
            store::audit::record(tx, Self::INSTALLATION, &event)?;
            self.first_recovery_codes(tx, actor, account)
        })
    }

    /// Removes a passkey of the person's own. Recovery codes go with the last thing that they stand in for.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst); not found if it is not theirs.
    pub fn remove_passkey(&self, actor: &Actor, id: PasskeyId) -> Result<()> {
        let account = self.ask_fresh(actor)?;
        let event = self.event(actor, "passkey.removed", ("passkey", Some(id.0)), json!({"account": account}));
        self.store().write(Within::none(), |tx| {
            store::passkey::delete(tx, account, id)?;
            store::audit::record(tx, Self::INSTALLATION, &event)?;
            self.drop_idle_recovery_codes(tx, actor, account)
        })
    }

    /// Asks a device for any passkey of this site, of whomever: nothing is said of who is known here.
    ///
    /// # Errors
    /// [`Refusal::TooMany`](crate::Refusal::TooMany) for a place that asks too often.
    pub fn begin_passkey_sign_in(&self, party: &RelyingParty, origin: &Origin) -> Result<PasskeyAsked> {
        let key = format!("passkeys asked {}", origin.address);
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &key, self.context().now())?;
        let (asked, state) = party.webauthn()?.start_discoverable_authentication().map_err(Error::fault)?;
        let options = serde_json::to_value(asked).map_err(Error::fault)?;
        self.begin_ceremony(SIGNING_IN, None, &state, options)
    }

    /// Signs in with a passkey alone.
    ///
    /// # Errors
    /// One and the same problem at `passkey`, whatever is wrong; [`Refusal::TooMany`](crate::Refusal::TooMany) after too many tries from one place.
    pub fn sign_in_with_passkey(
        &self,
        party: &RelyingParty,
        answer: &PasskeyAnswer,
        origin: &Origin,
    ) -> Result<NewSession> {
        let place = format!("sign-ins {}", origin.address);
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &place, self.context().now())?;
        let Some(accepted) = self.discovered(party, answer)? else {
            let event =
                self.event(&Actor::operator(), "sign-in.refused", ("session", None), json!({"method": "passkey"}));
            self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &event))?;
            return Err(refused());
        };
        self.store().write(Within::none(), |tx| self.note_passkey(tx, &accepted))?;
        self.0.throttle.take_back(&place);
        self.begin_session(accepted.account, Method::Passkey, origin, false)
    }

    /// Asks a device for one of this person's passkeys; `None` if there are none.
    pub(crate) fn ask_for_passkey(&self, party: &RelyingParty, account: AccountId) -> Result<Option<PasskeyAsked>> {
        let known = self.store().read(Within::none(), |tx| store::passkey::list(tx, account))?;
        let known: std::result::Result<Vec<Passkey>, _> =
            known.iter().map(|passkey| serde_json::from_str(&passkey.credential)).collect();
        let known = known.map_err(Error::fault)?;
        if known.is_empty() {
            return Ok(None);
        }
        let (asked, state) = party.webauthn()?.start_passkey_authentication(&known).map_err(Error::fault)?;
        let options = serde_json::to_value(asked).map_err(Error::fault)?;
        self.begin_ceremony(PROVING, Some(account), &state, options).map(Some)
    }

    /// The passkey with which this person answered [`App::ask_for_passkey`]; `None` if it is not accepted.
    pub(crate) fn proven(
        &self,
        party: &RelyingParty,
        account: AccountId,
        answer: &PasskeyAnswer,
    ) -> Result<Option<Accepted>> {
        let state: Option<PasskeyAuthentication> = self.take_ceremony(PROVING, Some(account), &answer.ceremony)?;
        let Some((state, credential)) = state.zip(serde_json::from_str::<PublicKeyCredential>(&answer.credential).ok())
        else {
            return Ok(None);
        };
        let Ok(result) = party.webauthn()?.finish_passkey_authentication(&credential, &state) else { return Ok(None) };
        self.accepted(result, account)
    }

    /// The passkey with which somebody answered [`App::begin_passkey_sign_in`]; `None` if it is not accepted.
    fn discovered(&self, party: &RelyingParty, answer: &PasskeyAnswer) -> Result<Option<Accepted>> {
        let state: Option<DiscoverableAuthentication> = self.take_ceremony(SIGNING_IN, None, &answer.ceremony)?;
        let Some((state, credential)) = state.zip(serde_json::from_str::<PublicKeyCredential>(&answer.credential).ok())
        else {
            return Ok(None);
        };
        let webauthn = party.webauthn()?;
        let Ok((owner, id)) = webauthn.identify_discoverable_authentication(&credential) else { return Ok(None) };
        let found = self.store().read(Within::none(), |tx| store::passkey::find_by_credential(tx, id))?;
        let Some(found) = found.filter(|found| handle(found.account) == owner) else { return Ok(None) };
        let known: Passkey = serde_json::from_str(&found.credential).map_err(Error::fault)?;
        match webauthn.finish_discoverable_authentication_v2(&credential, state, &known) {
            Ok(result) => self.accepted(result, found.account),
            Err(_) => Ok(None),
        }
    }

    /// The passkey of a result, with its counter as it is now; none of a closed account.
    fn accepted(&self, result: AuthenticationResult, account: AccountId) -> Result<Option<Accepted>> {
        let (found, holder) = self.store().read(Within::none(), |tx| -> Result<_> {
            Ok((store::passkey::find_by_credential(tx, result.cred_id())?, store::account::find(tx, account)?))
        })?;
        let is_open = holder.is_some_and(|holder| holder.closed_at.is_none());
        let Some(found) = found.filter(|found| is_open && found.account == account && result.user_verified()) else {
            return Ok(None);
        };
        let mut passkey: Passkey = serde_json::from_str(&found.credential).map_err(Error::fault)?;
        passkey.update_credential(&result);
        let credential = serde_json::to_string(&passkey).map_err(Error::fault)?;
        Ok(Some(Accepted { account, id: found.id, credential }))
    }

    /// Notes that a passkey was used.
    pub(crate) fn note_passkey(&self, tx: &mut store::Tx<'_>, accepted: &Accepted) -> Result<()> {
        let now = self.context().now();
        Ok(store::passkey::note_use(tx, accepted.account, accepted.id, &accepted.credential, now)?)
    }

    fn begin_ceremony(
        &self,
        kind: &str,
        account: Option<AccountId>,
        state: &impl serde::Serialize,
        options: Value,
    ) -> Result<PasskeyAsked> {
        let now = self.context().now();
        let token = Token::new(self.context());
        let ceremony = Ceremony {
            token_digest: digest(token.reveal().as_bytes()),
            kind: kind.to_owned(),
            account,
            payload: serde_json::to_string(state).map_err(Error::fault)?,
            created_at: now,
            expires_at: now + PATIENCE,
        };
        self.store().write(Within::none(), |tx| {
            store::ceremony::delete_expired(tx, now)?;
            store::ceremony::insert(tx, &ceremony)
        })?;
        Ok(PasskeyAsked { ceremony: token, options })
    }

    /// What was kept when it began; it is gone afterwards, whatever comes of it.
    fn take_ceremony<T: serde::de::DeserializeOwned>(
        &self,
        kind: &str,
        account: Option<AccountId>,
        token: &str,
    ) -> Result<Option<T>> {
        let (now, token) = (self.context().now(), digest(token.as_bytes()));
        let taken = self.store().write(Within::none(), |tx| store::ceremony::take(tx, &token, kind, now))?;
        let taken = taken.filter(|ceremony| ceremony.account == account);
        taken.map(|ceremony| serde_json::from_str(&ceremony.payload).map_err(Error::fault)).transpose()
    }
}

/// What devices know a person by: a number that says nothing about them.
fn handle(account: AccountId) -> Uuid {
    Uuid::from_u128(u128::from(account.0.unsigned_abs()))
}

fn refused() -> Error {
    Error::problem("passkey", REFUSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_a_name_with_https_or_for_this_machine() {
        for address in
            ["https://careers.school.example", "https://careers.school.example:8443/", "http://localhost:8080"]
        {
            assert!(RelyingParty::of(address).is_some_and(|party| party.webauthn().is_ok()), "{address}");
        }
        for address in ["http://careers.school.example", "https://192.0.2.7", "https://[::1]:8443", "localhost", ""] {
            assert_eq!(RelyingParty::of(address), None, "{address}");
        }
    }
}
