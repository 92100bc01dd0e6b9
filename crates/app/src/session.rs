use domain::{AccountId, SessionId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Tx, Within};

use crate::{
    Actor, App, Error, Grant, Group, Reach, Refusal, Result, Role, Token, grant, password,
    throttle::FAILURES_FROM_ONE_PLACE, token::digest,
};

/// After so long without a page, a session ends.
const IDLE: SignedDuration = SignedDuration::from_hours(2);
/// After so long it ends in any case.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How long the second step of signing in may take.
const SECOND_STEP: SignedDuration = SignedDuration::from_mins(10);
/// How often the time of the last page is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The network address, for slowing down guesses. Never written down.
    pub address: String,
    /// The browser and system in words, for the list of sessions: "Firefox on Windows".
    pub device: String,
}

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// E-mail address and password.
    Password,
    /// Password and a code from an app.
    PasswordAndCode,
    /// Password and a recovery code.
    PasswordAndRecoveryCode,
    /// A passkey.
    Passkey,
    /// Password and a passkey.
    PasswordAndPasskey,
    /// The school's own identity provider.
    SingleSignOn,
}

impl Method {
    const ALL: [Self; 6] = [
        Self::Password,
        Self::PasswordAndCode,
        Self::PasswordAndRecoveryCode,
        Self::Passkey,
        Self::PasswordAndPasskey,
        Self::SingleSignOn,
    ];

    /// The word that the database uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::PasswordAndCode => "password-and-code",
            Self::PasswordAndRecoveryCode => "password-and-recovery-code",
            Self::Passkey => "passkey",
            Self::PasswordAndPasskey => "password-and-passkey",
            Self::SingleSignOn => "single-sign-on",
        }
    }

    /// The method with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }
}

/// A session just begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the browser keeps.
    pub token: Token,
    /// Whose it is.
    pub account: AccountId,
    /// Whether the second step of signing in is still to come. Until then the token opens nothing else.
    pub awaits_second_step: bool,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who acts, with every role.
    pub actor: Actor,
    /// What the list of sessions calls it by.
    pub id: SessionId,
    /// What each form must send back.
    pub csrf: String,
    /// When they last proved who they are.
    pub confirmed_at: Timestamp,
    /// When it ends unless another page is opened.
    pub expires_at: Timestamp,
}

impl App {
    /// Signs in by e-mail address and password.
    ///
    /// # Errors
    /// One and the same problem for an unknown address and a wrong password; [`Refusal::TooMany`] after too many tries.
    pub fn sign_in(&self, email: &str, password: &str, origin: &Origin) -> Result<NewSession> {
        let now = self.context().now();
        let email = email.trim();
        // By place and address together, so that nobody can lock somebody else out from elsewhere.
        let from = &origin.address;
        let key = format!("sign-in {from} {}", email.to_lowercase());
        let place = format!("sign-ins {from}");
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &place, now)?;
        self.0.throttle.try_once(&key, now)?;
        let account = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email))?;
        let account = account.filter(|account| account.closed_at.is_none());
        let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let right = password::verify(password, hash, self.0.password_cost);
        let known = account.as_ref().map(|account| account.id.0);
        let Some(account) = account.filter(|_| right) else {
            // Whose account it was, if anybody's; never what was typed.
            let refused = self.event(&Actor::operator(), "sign-in.refused", ("account", known), json!({}));
            self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &refused))?;
            return Err(Error::problem("password", "The e-mail address or the password is not right."));
        };
        self.0.throttle.forgive(&key);
        self.0.throttle.take_back(&place);
        let awaits_second_step = self.awaits_second_step(account.id)?;
        self.begin_session(account.id, Method::Password, origin, awaits_second_step)
    }

    /// Begins a session of somebody who has proved who they are.
    pub(crate) fn begin_session(
        &self,
        account: AccountId,
        method: Method,
        origin: &Origin,
        awaits_second_step: bool,
    ) -> Result<NewSession> {
        let now = self.context().now();
        let token = Token::new(self.context());
        let session = store::session::Session {
            token_digest: digest(token.reveal().as_bytes()),
            id: SessionId(self.context().next_id()),
            account,
            csrf: Token::new(self.context()).reveal().to_owned(),
            method: method.word().to_owned(),
            device: origin.device.clone(),
            awaits_second_step,
            confirmed_at: now,
            created_at: now,
            last_seen_at: now,
            expires_at: now + if awaits_second_step { SECOND_STEP } else { IDLE },
            viewing: None,
        };
        let actor = Actor::person(account, String::new(), Vec::new());
        let what = if awaits_second_step { "sign-in.first-step" } else { "signed-in" };
        let event = self.event(&actor, what, ("account", Some(account.0)), json!({"method": method.word()}));
        self.store().write(Within::none(), |tx| {
            store::session::delete_expired(tx, now)?;
            store::session::insert(tx, &session)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(NewSession { token, account, awaits_second_step })
    }

    /// The session that a browser's token stands for.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] if there is none, it has ended, or the second step is still to come.
    pub fn session(&self, token: &str) -> Result<Session> {
        let now = self.context().now();
        let token_digest = digest(token.as_bytes());
        let found = self.store().read(Within::none(), |tx| -> Result<_> {
            let Some(session) = store::session::find(tx, &token_digest, now)? else { return Ok(None) };
            let Some(account) = store::account::find(tx, session.account)? else { return Ok(None) };
            if account.closed_at.is_some() || session.awaits_second_step {
                return Ok(None);
            }
            let grants = grant::of_account(tx, account.id)?;
            let viewing = match &session.viewing {
                Some(viewing) => self.viewed(tx, viewing)?,
                None => None,
            };
            let everywhere = grants.iter().map(|grant| grant.institution);
            let wanting = self.wanting_second_step(tx, account.id, Method::from_word(&session.method), everywhere)?;
            Ok(Some((session, account, grants, viewing, wanting)))
        })?;
        let (session, account, grants, viewing, wanting) = found.ok_or(Refusal::NotSignedIn)?;
        let mut expires_at = session.expires_at;
        if now.duration_since(session.last_seen_at) >= NOTED_EVERY {
            expires_at = (now + IDLE).min(session.created_at + LONGEST);
            self.store().write(Within::none(), |tx| store::session::extend(tx, &token_digest, now, expires_at))?;
        }
        let mut actor = Actor::person(account.id, account.name, grants)
            .with_setting_up(account.administrator)
            .confirmed(session.confirmed_at)
            .wanting_second_step(wanting);
        if let Some(grant) = viewing {
            actor = actor.viewing_as(grant);
        }
        Ok(Session { actor, id: session.id, csrf: session.csrf, confirmed_at: session.confirmed_at, expires_at })
    }

    fn viewed(&self, tx: &mut Tx<'_>, viewing: &store::session::Viewing) -> Result<Option<Grant>> {
        let Some(role) = Role::from_word(&viewing.role) else { return Ok(None) };
        tx.enter(viewing.institution)?;
        let own = store::permission::list(tx, viewing.institution)?;
        let reach =
            viewing.group.as_ref().map_or(Reach::Institution, |form| Reach::Groups(vec![Group::Form(form.clone())]));
        Ok(Some(Grant { institution: viewing.institution, role, reach, allowed: grant::allowed(role, &own) }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Only faults.
    pub fn sign_out(&self, token: &str) -> Result<()> {
        let (now, token_digest) = (self.context().now(), digest(token.as_bytes()));
        self.store().write(Within::none(), |tx| -> Result<()> {
            let Some(session) = store::session::find(tx, &token_digest, now)? else { return Ok(()) };
            store::session::delete(tx, &token_digest)?;
            let actor = Actor::person(session.account, String::new(), Vec::new());
            let event = self.event(&actor, "signed-out", ("account", Some(session.account.0)), json!({}));
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })
    }
}
