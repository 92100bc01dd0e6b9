//! What is kept while somebody is away at the provider.

use domain::{AccountId, SessionId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::ceremony::Ceremony;

use super::{Errand, IdentityProvider};
use crate::{
    Error, Result, Token,
    token::{digest, hex},
};

/// The word for ceremonies of this sort.
pub(super) const KIND: &str = "sign-on";
/// How long somebody may be away.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// Somebody was sent to the provider.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    /// Which: what another sends back is refused.
    pub(super) provider: String,
    pub(super) nonce: String,
    /// The secret of PKCE. It is of use only together with the client secret, which is not in the database.
    pub(super) verifier: String,
    /// A digest of the browser's secret.
    pub(super) browser: Option<String>,
    pub(super) next: String,
    pub(super) purpose: Purpose,
}

/// What for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Purpose {
    /// To sign in.
    SignIn,
    /// To add a way of signing in, in this session of this account.
    Link { account: AccountId, session: SessionId },
}

impl Begun {
    pub(super) fn of(ceremony: &Ceremony) -> Option<Self> {
        serde_json::from_str(&ceremony.payload).ok()
    }

    pub(super) fn ceremony(&self, state: &Token, now: Timestamp) -> Result<Ceremony> {
        let account = match self.purpose {
            Purpose::SignIn => None,
            Purpose::Link { account, .. } => Some(account),
        };
        Ok(Ceremony {
            token_digest: digest(state.reveal().as_bytes()),
            kind: KIND.to_owned(),
            account,
            payload: serde_json::to_string(self).map_err(Error::fault)?,
            created_at: now,
            expires_at: now + LONGEST,
        })
    }

    pub(super) fn errand<'e>(&'e self, provider: &'e IdentityProvider, back: &'e str) -> Errand<'e> {
        Errand { provider, back, nonce: &self.nonce, verifier: &self.verifier }
    }
}

/// By what a browser is recognised again.
pub(super) fn mark(secret: &str) -> String {
    hex(&digest(secret.as_bytes()))
}
