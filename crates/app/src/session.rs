use domain::AccountId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    Actor, App, Error, Grant, Refusal, Result, Role, Token, password, throttle::FAILURES_FROM_ONE_PLACE, token::digest,
};

/// After so long without a page, a session ends.
const IDLE: SignedDuration = SignedDuration::from_hours(2);
/// After so long it ends in any case.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How often the time of the last page is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// A session just begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the browser keeps.
    pub token: Token,
    /// Whose it is.
    pub account: AccountId,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who acts, with every role.
    pub actor: Actor,
    /// What each form must send back.
    pub csrf: String,
    /// When it ends unless another page is opened.
    pub expires_at: Timestamp,
}

impl App {
    /// Signs in by e-mail address and password. `from` is where the request comes from, for slowing down guesses.
    ///
    /// # Errors
    /// One and the same problem for an unknown address and a wrong password; [`Refusal::TooMany`] after too many tries.
    pub fn sign_in(&self, email: &str, password: &str, from: &str) -> Result<NewSession> {
        let now = self.context().now();
        let email = email.trim();
        // By place and address together, so that nobody can lock somebody else out from elsewhere.
        let key = format!("sign-in {from} {}", email.to_lowercase());
        let place = format!("sign-ins {from}");
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &place, now)?;
        self.0.throttle.try_once(&key, now)?;
        let account = self.store().read(|tx| store::account::find_by_email(tx, email))?;
        let account = account.filter(|account| account.closed_at.is_none());
        let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let right = password::verify(password, hash, self.0.password_cost);
        let Some(account) = account.filter(|_| right) else {
            let refused = self.event(&Actor::operator(), "sign-in.refused", ("session", None), json!({}));
            self.store().write(|tx| store::audit::record(tx, Self::INSTALLATION, &refused))?;
            return Err(Error::problem("password", "The e-mail address or the password is not right."));
        };
        self.0.throttle.forgive(&key);
        self.0.throttle.take_back(&place);
        self.begin_session(account.id)
    }

    pub(crate) fn begin_session(&self, account: AccountId) -> Result<NewSession> {
        let now = self.context().now();
        let token = Token::new(self.context());
        let session = store::session::Session {
            token_digest: digest(token.reveal().as_bytes()),
            account,
            csrf: Token::new(self.context()).reveal().to_owned(),
            created_at: now,
            last_seen_at: now,
            expires_at: now + IDLE,
        };
        let actor = Actor::person(account, String::new(), Vec::new());
        let event = self.event(&actor, "signed-in", ("account", Some(account.0)), json!({}));
        self.store().write(|tx| {
            store::session::delete_expired(tx, now)?;
            store::session::insert(tx, &session)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(NewSession { token, account })
    }

    /// The session that a browser's token stands for.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] if there is none, or it has ended.
    pub fn session(&self, token: &str) -> Result<Session> {
        let now = self.context().now();
        let token_digest = digest(token.as_bytes());
        let found = self.store().read(|tx| -> Result<_> {
            let Some(session) = store::session::find(tx, &token_digest, now)? else { return Ok(None) };
            let Some(account) = store::account::find(tx, session.account)? else { return Ok(None) };
            if account.closed_at.is_some() {
                return Ok(None);
            }
            let grants = store::membership::of_account(tx, account.id)?;
            Ok(Some((session, account, grants)))
        })?;
        let (session, account, memberships) = found.ok_or(Refusal::NotSignedIn)?;
        let mut expires_at = session.expires_at;
        if now.duration_since(session.last_seen_at) >= NOTED_EVERY {
            expires_at = (now + IDLE).min(session.created_at + LONGEST);
            self.store().write(|tx| store::session::extend(tx, &token_digest, now, expires_at))?;
        }
        let grants = memberships
            .into_iter()
            .filter_map(|m| Some(Grant { institution: m.institution, role: Role::from_word(&m.role)? }))
            .collect();
        let actor = Actor::person(account.id, account.name, grants).with_setting_up(account.administrator);
        Ok(Session { actor, csrf: session.csrf, expires_at })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Only faults.
    pub fn sign_out(&self, token: &str) -> Result<()> {
        Ok(self.store().write(|tx| store::session::delete(tx, &digest(token.as_bytes())))?)
    }
}
