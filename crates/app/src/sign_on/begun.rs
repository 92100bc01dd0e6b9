//! What is kept while somebody is away at the provider.

use domain::{AccountId, InstitutionId, SessionId};
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
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Purpose {
    /// To sign in.
    SignIn,
    /// To add a way of signing in, in this session of this account.
    Link { account: AccountId, session: SessionId },
    /// To take an invitation up. Its token is sealed with the state, of which only the digest is kept: whoever reads the database
    /// cannot use it.
    Invitation { institution: InstitutionId, sealed: Vec<u8> },
}

impl Purpose {
    /// To take the invitation of this token up.
    pub(super) fn invitation(institution: InstitutionId, token: &str, state: &Token) -> Self {
        Self::Invitation { institution, sealed: padded(token.as_bytes(), state.reveal()) }
    }
}

/// The text that was sealed with this state.
pub(super) fn unsealed(sealed: &[u8], state: &str) -> String {
    String::from_utf8(padded(sealed, state)).unwrap_or_default()
}

/// A text and a pad as long as it, made of a secret of 256 bits that is used once.
fn padded(text: &[u8], secret: &str) -> Vec<u8> {
    let blocks = text.chunks(32).enumerate();
    let pad = |number: usize| digest(format!("seal {number} {secret}").as_bytes());
    blocks.flat_map(|(number, block)| block.iter().zip(pad(number)).map(|(a, b)| a ^ b).collect::<Vec<_>>()).collect()
}

impl Begun {
    pub(super) fn of(ceremony: &Ceremony) -> Option<Self> {
        serde_json::from_str(&ceremony.payload).ok()
    }

    pub(super) fn ceremony(&self, state: &Token, now: Timestamp) -> Result<Ceremony> {
        let account = match self.purpose {
            Purpose::SignIn | Purpose::Invitation { .. } => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_with_the_same_state_only() {
        let text = "0123456789abcdef".repeat(4);
        let sealed = padded(text.as_bytes(), "one");
        assert_eq!(unsealed(&sealed, "one"), text);
        assert_ne!(unsealed(&sealed, "another"), text);
        assert!(!sealed.windows(4).any(|part| part == b"0123"));
    }
}
