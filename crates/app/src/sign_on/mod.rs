//! Single sign-on: signing in with a school's own identity provider, by OpenID Connect (authorisation code with PKCE).
//!
//! What somebody is known by is the issuer and a subject that nobody can choose ([`IdentityProvider`]); never an e-mail address. An identity
//! that nobody has is linked to an account by an invitation, or by the account's owner while signed in; see
//! `docs/decisions` on linking.
//!
//! A way through the provider begins here ([`App::begin_sign_on`]), goes on there, and comes back once ([`App::finish_sign_on`]): what was
//! begun is kept under the digest of its `state`, belongs to one browser, and is taken away by whatever comes back.

mod begun;
mod directory;
mod link;
mod provider;
mod refusal;
mod token;

use domain::InstitutionId;
use serde_json::json;
use store::Within;

use crate::{
    Actor, App, Error, Method, NewSession, Origin, Refusal, Result, Token, throttle::FAILURES_FROM_ONE_PLACE,
    token::digest,
};
use begun::{Begun, Purpose};
use token::{Claims, Errand};

pub(crate) use directory::Directory;
pub use link::LinkedIdentity;
pub use provider::{IdentityProvider, ProviderKind};
pub use refusal::SignOnRefusal;

/// What the provider's redirect brought back.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// By what we find again what was begun.
    pub state: String,
    /// For a token.
    pub code: String,
    /// Instead of a code: why there is none.
    pub error: String,
    /// The issuer that answers, if it says so (RFC 9207).
    pub issuer: String,
}

/// How a way through the provider ended.
#[derive(Debug)]
pub enum SignedOn {
    /// Somebody is signed in, and goes on at `next`.
    In {
        /// Their new session.
        session: NewSession,
        /// An address of ours, or empty.
        next: String,
    },
    /// The identity is another way of signing in to the account whose owner asked for it.
    Linked,
    /// Neither.
    Refused(SignOnRefusal),
}

impl App {
    /// The identity providers that people may sign in with, in the order of their buttons.
    pub fn identity_providers(&self) -> &[IdentityProvider] {
        &self.0.identity_providers
    }

    /// The identity provider of this name.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is none.
    pub fn identity_provider(&self, name: &str) -> Result<&IdentityProvider> {
        self.identity_providers().iter().find(|provider| provider.name == name).ok_or(Error::NOT_FOUND)
    }

    /// Begins signing in. `back` is our address that the provider sends the browser back to, `browser` a secret that only this
    /// browser holds, `next` where to go on afterwards. Returns the provider's address to go to.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown provider, [`Refusal::TooMany`] after too many tries from one place,
    /// [`Refusal::Unavailable`] if the provider does not answer.
    pub fn begin_sign_on(
        &self,
        provider: &str,
        back: &str,
        browser: &str,
        next: &str,
        origin: &Origin,
    ) -> Result<String> {
        self.count_sign_on(origin)?;
        self.begin(provider, back, Some(browser), next, |_| Purpose::SignIn)
    }

    /// Begins taking an invitation up: whoever comes back from the provider gets an account that it opens, or adds the role to the one
    /// that it opens already.
    ///
    /// # Errors
    /// As [`App::begin_sign_on`] and [`App::invitation`].
    #[expect(clippy::too_many_arguments, reason = "those of signing in, and the two that name an invitation")]
    pub fn begin_sign_on_invited(
        &self,
        institution: InstitutionId,
        invitation: &str,
        provider: &str,
        back: &str,
        browser: &str,
        next: &str,
        origin: &Origin,
    ) -> Result<String> {
        self.count_sign_on(origin)?;
        self.invitation(institution, invitation)?;
        self.begin(provider, back, Some(browser), next, |state| Purpose::invitation(institution, invitation, state))
    }

    fn count_sign_on(&self, origin: &Origin) -> Result<()> {
        let place = format!("sign-ons {}", origin.address);
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &place, self.context().now())
    }

    /// Begins adding the provider as another way of signing in to the account of the session with this token.
    ///
    /// # Errors
    /// As [`App::begin_sign_on`], [`Refusal::NotSignedIn`], and [`Refusal::ConfirmFirst`] unless they proved lately who they are.
    pub fn begin_link(&self, session: &str, provider: &str, back: &str) -> Result<String> {
        let session = self.session(session)?;
        let account = self.ask_fresh(&session.actor)?;
        self.0.throttle.try_once(&format!("link {account}"), self.context().now())?;
        self.begin(provider, back, None, "", |_| Purpose::Link { account, session: session.id })
    }

    fn begin(
        &self,
        provider: &str,
        back: &str,
        browser: Option<&str>,
        next: &str,
        purpose: impl FnOnce(&Token) -> Purpose,
    ) -> Result<String> {
        let provider = self.identity_provider(provider)?;
        let now = self.context().now();
        let Ok(metadata) = self.0.directory.of(provider, now) else {
            return Err(Refusal::Unavailable(
                "The organisation that you sign in with does not answer just now. Try again in a few minutes, or sign in another way.",
            )
            .into());
        };
        let state = Token::new(self.context());
        let begun = Begun {
            provider: provider.name.clone(),
            nonce: Token::new(self.context()).reveal().to_owned(),
            verifier: Token::new(self.context()).reveal().to_owned(),
            browser: browser.map(begun::mark),
            next: next.to_owned(),
            purpose: purpose(&state),
        };
        let address = begun.errand(provider, back).address(&metadata, state.reveal())?;
        let ceremony = begun.ceremony(&state, now)?;
        self.store().write(Within::none(), |tx| {
            store::ceremony::delete_expired(tx, now)?;
            store::ceremony::insert(tx, &ceremony)
        })?;
        Ok(address)
    }

    /// Goes on with what the provider sent back. `browser` is the secret of [`App::begin_sign_on`], `session` the token of whoever is signed
    /// in in this browser.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown provider; otherwise only faults: whatever may go wrong on the way is
    /// [`SignedOn::Refused`].
    pub fn finish_sign_on(
        &self,
        provider: &str,
        back: &str,
        returned: &Returned,
        browser: Option<&str>,
        session: Option<&str>,
        origin: &Origin,
    ) -> Result<SignedOn> {
        let provider = self.identity_provider(provider)?;
        let done = self.finish(provider, back, returned, browser, session, origin)?;
        if let SignedOn::Refused(refusal) = &done {
            let payload = json!({"provider": provider.name, "why": refusal.word()});
            let event = self.event(&Actor::operator(), "sign-on.refused", ("session", None), payload);
            self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &event))?;
        }
        Ok(done)
    }

    fn finish(
        &self,
        provider: &IdentityProvider,
        back: &str,
        returned: &Returned,
        browser: Option<&str>,
        session: Option<&str>,
        origin: &Origin,
    ) -> Result<SignedOn> {
        let now = self.context().now();
        let state = digest(returned.state.as_bytes());
        // Taken before anything else is looked at: whatever comes back, it came back.
        let begun = self.store().write(Within::none(), |tx| store::ceremony::take(tx, &state, begun::KIND, now))?;
        let Some(begun) = begun.as_ref().and_then(Begun::of).filter(|begun| begun.provider == provider.name) else {
            return Ok(SignedOn::Refused(SignOnRefusal::Stale));
        };
        if !self.is_same_browser(&begun, browser, session)? {
            return Ok(SignedOn::Refused(SignOnRefusal::Stale));
        }
        if !returned.issuer.is_empty() && returned.issuer != provider.issuer {
            return Ok(SignedOn::Refused(SignOnRefusal::NotTrusted("answering-issuer")));
        }
        match returned.error.as_str() {
            "" if !returned.code.is_empty() => {}
            "access_denied" | "user_cancelled" | "interaction_required" | "login_required" => {
                return Ok(SignedOn::Refused(SignOnRefusal::Cancelled));
            }
            _ => return Ok(SignedOn::Refused(SignOnRefusal::Unreachable("answer"))),
        }
        let claims = match begun.errand(provider, back).claims(&self.0.directory, &returned.code, now)? {
            Ok(claims) => claims,
            Err(refusal) => return Ok(SignedOn::Refused(refusal)),
        };
        let subject = match provider.subject(&claims) {
            Ok(subject) => subject,
            Err(refusal) => return Ok(SignedOn::Refused(refusal)),
        };
        match begun.purpose {
            Purpose::SignIn => self.sign_in_by(provider, &subject, begun.next, origin),
            Purpose::Link { account, .. } => self.link(provider, &subject, account),
            Purpose::Invitation { institution, sealed } => {
                let invitation = begun::unsealed(&sealed, &returned.state);
                match self.take_up_by(provider, &subject, claims.email, institution, &invitation)? {
                    Some(refusal) => Ok(SignedOn::Refused(refusal)),
                    None => self.sign_in_by(provider, &subject, begun.next, origin),
                }
            }
        }
    }

    /// Whether what came back did so where it began: in the browser that holds the secret, or in the session that asked for it.
    fn is_same_browser(&self, begun: &Begun, browser: Option<&str>, session: Option<&str>) -> Result<bool> {
        if let Purpose::Link { account, session: id } = begun.purpose {
            let found = match session.map(|token| self.session(token)) {
                Some(Ok(found)) => found,
                None | Some(Err(Error::Refusal(_))) => return Ok(false),
                Some(Err(error)) => return Err(error),
            };
            return Ok(found.id == id && found.actor.account() == Some(account));
        }
        Ok(begun.browser.is_some() && begun.browser == browser.map(begun::mark))
    }

    fn sign_in_by(
        &self,
        provider: &IdentityProvider,
        subject: &str,
        next: String,
        origin: &Origin,
    ) -> Result<SignedOn> {
        let now = self.context().now();
        let found = self.store().write(Within::none(), |tx| -> Result<_> {
            let Some(identity) = store::identity::find(tx, &provider.issuer, subject)? else { return Ok(None) };
            let account = store::account::find(tx, identity.account)?;
            if account.as_ref().is_some_and(|account| account.closed_at.is_none()) {
                store::identity::note_use(tx, &identity.issuer, &identity.subject, now)?;
            }
            Ok(account)
        })?;
        let Some(account) = found else { return Ok(SignedOn::Refused(SignOnRefusal::Unknown)) };
        if account.closed_at.is_some() {
            return Ok(SignedOn::Refused(SignOnRefusal::Closed));
        }
        self.0.throttle.take_back(&format!("sign-ons {}", origin.address));
        // A second step is the provider's to ask for; it knows the person's devices.
        let session = self.begin_session(account.id, Method::SingleSignOn, origin, false)?;
        Ok(SignedOn::In { session, next })
    }
}
