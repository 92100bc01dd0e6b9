//! The second step of signing in: a code from an app, a passkey, or a recovery code; and what people see of their own.

use domain::{AccountId, InstitutionId};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, Within};

use crate::{
    Action, Actor, App, Error, Method, NewSession, Origin, PasskeyAnswer, PasskeyAsked, PasskeyRow, Refusal,
    RelyingParty, Result, passkey, passkey::NO_PASSKEY, password, recovery_code::has_second_step,
    throttle::FAILURES_FROM_ONE_PLACE, token::digest, totp,
};

/// Wrong codes for one account, wherever they come from, within the throttle's span. Whoever gets here knows the password, so
/// that nobody else can use them up; a passkey and the recovery codes still work then.
const WRONG_CODES: usize = 30;
/// What an institution's setting is called, and what it is when its people need a second step.
const SETTING: (&str, &str) = ("second_step", "required");

/// What somebody can prove with who they are.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// The password.
    Password(&'a str),
    /// A code from the app.
    Code(&'a str),
    /// A recovery code.
    RecoveryCode(&'a str),
    /// A passkey.
    Passkey(&'a RelyingParty, &'a PasskeyAnswer),
}

impl Proof<'_> {
    /// The field of the form that it comes in.
    pub(crate) const fn field(&self) -> &'static str {
        match self {
            Self::Password(_) => "password",
            Self::Code(_) => "code",
            Self::RecoveryCode(_) => "recovery_code",
            Self::Passkey(..) => "passkey",
        }
    }
}

/// What may be asked of somebody as proof.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proofs {
    /// The password; of those who have a second step, one of the others is asked instead.
    pub password: bool,
    /// A code from the app.
    pub code: bool,
    /// A passkey.
    pub passkey: bool,
    /// A recovery code.
    pub recovery_code: bool,
}

/// A sign-in that waits for its second step.
#[derive(Debug, Clone)]
pub struct SecondStep {
    /// What each form must send back.
    pub csrf: String,
    /// What is taken.
    pub proofs: Proofs,
}

/// The second step was taken.
#[derive(Debug, Clone)]
pub struct SecondStepTaken {
    /// The session, with a token of its own: the one of the first step is gone.
    pub session: NewSession,
    /// How many recovery codes are left, if one was used.
    pub recovery_codes_left: Option<u64>,
}

/// What somebody sees of the ways in which they prove who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Security {
    /// Since when an app's codes are asked for.
    pub code_since: Option<Timestamp>,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
    /// Whether there is a password.
    pub has_password: bool,
    /// The institutions that ask for a second step while there is none.
    pub wanted_by: Vec<String>,
}

impl App {
    /// What a sign-in still waits for.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] if this token waits for nothing.
    pub fn second_step(&self, token: &str) -> Result<SecondStep> {
        let (session, account) = self.pending(token)?;
        let proofs = self.store().read(Within::none(), |tx| proofs(tx, &account))?;
        Ok(SecondStep { csrf: session.csrf, proofs: Proofs { password: false, ..proofs } })
    }

    /// Asks a device for a passkey as the second step.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] if this token waits for nothing; a conflict if the person has no passkey.
    pub fn begin_second_step_passkey(&self, token: &str, party: &RelyingParty) -> Result<PasskeyAsked> {
        let (_, account) = self.pending(token)?;
        self.ask_for_passkey(party, account.id)?.ok_or_else(|| Error::conflict(NO_PASSKEY))
    }

    /// Takes the second step. The token of the first one is gone afterwards, so that whoever knew it has nothing.
    ///
    /// # Errors
    /// A problem at `code`, `recovery_code` or `passkey`; [`Refusal::TooMany`]; [`Refusal::NotSignedIn`] if this token waits for
    /// nothing.
    pub fn take_second_step(&self, token: &str, proof: Proof<'_>, origin: &Origin) -> Result<SecondStepTaken> {
        let (session, account) = self.pending(token)?;
        let method = match proof {
            Proof::Password(_) => return Err(Refusal::NotAllowed.into()),
            Proof::Code(_) => Method::PasswordAndCode,
            Proof::RecoveryCode(_) => Method::PasswordAndRecoveryCode,
            Proof::Passkey(..) => Method::PasswordAndPasskey,
        };
        let actor = Actor::person(account.id, account.name.clone(), Vec::new());
        let taken = self.check_proof(&actor, &account, proof, origin, "second-step.refused", |tx| {
            // Of two that come at once, one ends the first step and goes on.
            store::session::delete_one(tx, account.id, session.id).map_err(|_| Refusal::NotSignedIn)?;
            let event = self.event(&actor, "second-step.taken", ("account", Some(account.id.0)), json!({}));
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })?;
        Ok(SecondStepTaken {
            session: self.begin_session(account.id, method, origin, false)?,
            recovery_codes_left: taken,
        })
    }

    /// Whether somebody is asked for more than a password.
    pub(crate) fn awaits_second_step(&self, account: AccountId) -> Result<bool> {
        self.store().read(Within::none(), |tx| has_second_step(tx, account))
    }

    /// What the person sees of the ways in which they prove who they are.
    ///
    /// # Errors
    /// Not found for the operator, who has no account.
    pub fn security(&self, actor: &Actor) -> Result<Security> {
        let id = actor.account().ok_or(Error::NOT_FOUND)?;
        self.store().read(Within::none(), |tx| {
            let account = somebody(tx, id)?;
            let totp = store::totp::find(tx, id)?;
            let mut wanted_by = Vec::new();
            for institution in actor.without_second_step() {
                let (institution, _) = store::institution::get(tx, *institution)?;
                wanted_by.push(institution.name);
            }
            Ok(Security {
                code_since: totp.and_then(|totp| totp.confirmed_at),
                passkeys: store::passkey::list(tx, id)?.into_iter().map(PasskeyRow::from).collect(),
                recovery_codes_left: store::recovery_code::left(tx, id)?,
                has_password: account.password_hash.is_some(),
                wanted_by,
            })
        })
    }

    /// Takes every second step of somebody away who has lost them all, and ends their sessions: for the operator, who has made sure
    /// who asks.
    ///
    /// # Errors
    /// If the actor is not the operator, or nobody has this address.
    pub fn reset_second_step(&self, actor: &Actor, email: &str) -> Result<()> {
        if !actor.is_operator() {
            return Err(Refusal::NotAllowed.into());
        }
        let found = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email.trim()))?;
        let account = found.ok_or_else(|| Error::problem("email", "Nobody has this e-mail address."))?.id;
        self.store().write(Within::none(), |tx| {
            let code = store::totp::delete(tx, account)?;
            let passkeys = store::passkey::delete_of(tx, account)?;
            let recovery_codes = store::recovery_code::delete_of(tx, account)?;
            store::session::delete_of(tx, account)?;
            let payload = json!({"code": code, "passkeys": passkeys, "recovery_codes": recovery_codes});
            let event = self.event(actor, "second-step.reset", ("account", Some(account.0)), payload);
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })
    }

    /// Says whether an institution's people need a second step. Whoever has none is led to set one up before anything else of the
    /// institution, at once.
    ///
    /// # Errors
    /// If the actor may not administer the institution.
    pub fn require_second_step(&self, actor: &Actor, institution: InstitutionId, required: bool) -> Result<()> {
        actor.ask_for_all(Action::Administer, institution)?;
        let what = if required { "second-step.required" } else { "second-step.left-open" };
        let event = self.event(actor, what, ("institution", Some(institution.0)), json!({}));
        let setting = required.then_some(SETTING.1);
        self.store().write(institution, |tx| {
            store::institution::set_setting(tx, institution, SETTING.0, setting)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Whether an institution's people need a second step.
    pub(crate) fn requires_second_step(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<bool> {
        Ok(store::institution::setting(tx, institution, SETTING.0)?.as_deref() == Some(SETTING.1))
    }

    /// Those of these institutions that ask for a second step which this person does not have. The transaction works for them
    /// afterwards. Whoever comes by an identity provider took their second step there.
    pub(crate) fn wanting_second_step(
        &self,
        tx: &mut Tx<'_>,
        account: AccountId,
        method: Option<Method>,
        institutions: impl Iterator<Item = InstitutionId>,
    ) -> Result<Vec<InstitutionId>> {
        if method == Some(Method::SingleSignOn) || has_second_step(tx, account)? {
            return Ok(Vec::new());
        }
        let mut institutions: Vec<_> = institutions.collect();
        institutions.sort_unstable();
        institutions.dedup();
        tx.enter(Within::each(institutions.iter().copied()))?;
        let mut wanting = Vec::new();
        for institution in institutions {
            if Self::requires_second_step(tx, institution)? {
                wanting.push(institution);
            }
        }
        Ok(wanting)
    }

    /// Checks a proof, uses it up, and does `then` in the same transaction. Returns how many recovery codes are left, if it was one.
    /// A refusal is noted as `refused`.
    pub(crate) fn check_proof(
        &self,
        actor: &Actor,
        account: &store::account::Account,
        proof: Proof<'_>,
        origin: &Origin,
        refused: &str,
        then: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<Option<u64>> {
        let (id, now, field) = (account.id, self.context().now(), proof.field());
        // By place and account together, so that a session left open elsewhere locks nobody out; a device's signature cannot be
        // guessed.
        let from = format!("{field} {id} {}", origin.address);
        let anywhere = format!("{field} {id}");
        self.0.throttle.try_once(&from, now)?;
        let most = if field == "recovery_code" { FAILURES_FROM_ONE_PLACE } else { WRONG_CODES };
        self.0.throttle.try_one_of(most, &anywhere, now)?;
        match self.use_up(actor, account, proof, then) {
            Ok(left) => {
                self.0.throttle.forgive(&from);
                self.0.throttle.take_back(&anywhere);
                Ok(left)
            }
            Err(Error::Problems(problems)) => {
                let event = self.event(actor, refused, ("account", Some(id.0)), json!({"kind": field}));
                self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &event))?;
                Err(Error::Problems(problems))
            }
            Err(other) => Err(other),
        }
    }

    /// A proof that is wrong is a problem, and nothing of the transaction stays.
    fn use_up(
        &self,
        actor: &Actor,
        account: &store::account::Account,
        proof: Proof<'_>,
        then: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<Option<u64>> {
        let id = account.id;
        let wrong = || Error::problem(proof.field(), wrong(proof.field()));
        // What takes time is done before anybody else has to wait for the transaction.
        let accepted = match proof {
            Proof::Password(password) => {
                let right = password::verify(password, account.password_hash.as_deref(), self.0.password_cost);
                if !right {
                    return Err(wrong());
                }
                None
            }
            Proof::Passkey(party, answer) => Some(self.proven(party, id, answer)?.ok_or_else(wrong)?),
            Proof::Code(_) | Proof::RecoveryCode(_) => None,
        };
        self.store().write(Within::none(), |tx| {
            let mut left = None;
            match proof {
                Proof::Password(_) => {}
                Proof::Passkey(..) => {
                    if let Some(accepted) = &accepted {
                        self.note_passkey(tx, accepted)?;
                    }
                }
                Proof::Code(code) => {
                    if !self.accepts_code(tx, id, code)? {
                        return Err(wrong());
                    }
                }
                Proof::RecoveryCode(code) => {
                    left = Some(self.spend_recovery_code(tx, actor, id, code)?.ok_or_else(wrong)?);
                }
            }
            then(tx)?;
            Ok(left)
        })
    }

    /// The sign-in that waits, and whose it is.
    fn pending(&self, token: &str) -> Result<(store::session::Session, store::account::Account)> {
        let (now, token) = (self.context().now(), digest(token.as_bytes()));
        let found = self.store().read(Within::none(), |tx| -> Result<_> {
            let session = store::session::find(tx, &token, now)?.filter(|session| session.awaits_second_step);
            let Some(session) = session else { return Ok(None) };
            let account = store::account::find(tx, session.account)?;
            Ok(account.filter(|account| account.closed_at.is_none()).map(|account| (session, account)))
        })?;
        Ok(found.ok_or(Refusal::NotSignedIn)?)
    }
}

/// What may be asked of this person.
pub(crate) fn proofs(tx: &mut Tx<'_>, account: &store::account::Account) -> Result<Proofs> {
    let code = store::totp::find(tx, account.id)?.is_some_and(|totp| totp.confirmed_at.is_some());
    let passkey = store::passkey::count(tx, account.id)? > 0;
    Ok(Proofs {
        password: account.password_hash.is_some() && !code && !passkey,
        code,
        passkey,
        recovery_code: store::recovery_code::left(tx, account.id)? > 0,
    })
}

/// The account of somebody who is signed in.
pub(crate) fn somebody(tx: &mut Tx<'_>, id: AccountId) -> Result<store::account::Account> {
    store::account::find(tx, id)?.ok_or(Error::NOT_FOUND)
}

fn wrong(field: &str) -> &'static str {
    match field {
        "password" => "This is not your password.",
        "code" => totp::WRONG,
        "passkey" => passkey::REFUSED,
        _ => "This recovery code is not right, or was used already.",
    }
}
