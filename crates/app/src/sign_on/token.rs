//! From the code that came back to what the provider says about the person, every check passed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IdTokenVerifier, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError,
    StandardErrorResponse, StandardTokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};

use super::{IdentityProvider, ProviderKind, SignOnRefusal, directory, directory::Directory};
use crate::{Error, Result};

/// How far the provider's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);
/// How old a token may be that was issued a moment ago: Microsoft dates them five minutes back.
const OLDEST: SignedDuration = SignedDuration::from_mins(15);
/// With what tokens may be signed: public keys only. Neither nothing, nor a secret that we share with the provider.
const SIGNATURES: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// What a token says about a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// `sub`.
    pub(super) subject: String,
    /// `tid`.
    pub(super) tenant: Option<String>,
    /// `oid`.
    pub(super) object: Option<String>,
    /// `hd`.
    pub(super) hosted_domain: Option<String>,
    /// `email`: where to write to them, never who they are.
    pub(super) email: Option<String>,
}

/// Claims beside those of the standard.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct More {
    tid: Option<String>,
    oid: Option<String>,
    hd: Option<String>,
}

impl AdditionalClaims for More {}

type Fields = IdTokenFields<
    More,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Client = openidconnect::Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What one way through the provider needs to know from beginning to end.
#[derive(Debug)]
pub(super) struct Errand<'e> {
    pub(super) provider: &'e IdentityProvider,
    /// Where the provider sends the browser back to.
    pub(super) back: &'e str,
    pub(super) nonce: &'e str,
    /// The secret of PKCE.
    pub(super) verifier: &'e str,
}

impl Errand<'_> {
    /// The provider's address that the browser goes to.
    pub(super) fn address(&self, metadata: &CoreProviderMetadata, state: &str) -> Result<String> {
        let verifier = PkceCodeVerifier::new(self.verifier.to_owned());
        let client = self.client(metadata)?;
        let (state, nonce) = (state.to_owned(), self.nonce.to_owned());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(["profile", "email"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if self.provider.kind != ProviderKind::Other {
            // People of a school share computers: whose account it is is asked each time. Not every provider knows how.
            request = request.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        if let ProviderKind::Google { hosted_domain } = &self.provider.kind {
            request = request.add_extra_param("hd", hosted_domain.clone());
        }
        let (address, _, _) = request.url();
        Ok(address.into())
    }

    /// Gives the code back for a token, and checks it.
    pub(super) fn claims(
        &self,
        directory: &Directory,
        code: &str,
        now: Timestamp,
    ) -> Result<std::result::Result<Claims, SignOnRefusal>> {
        let metadata = match directory.of(self.provider, now) {
            Ok(metadata) => metadata,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let asks = directory::Client::of(self.provider);
        let answer = self
            .client(&metadata)?
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(Error::fault)?
            .set_pkce_verifier(PkceCodeVerifier::new(self.verifier.to_owned()))
            .request(&|request| asks.ask(request));
        let fields = match answer {
            Ok(answer) => answer.extra_fields().clone(),
            Err(error) => return Ok(Err(self.unanswered(&error))),
        };
        Ok(self.check(directory, metadata, &fields, now).inspect_err(|refusal| {
            tracing::warn!(provider = self.provider.name, check = refusal.word(), "a token was refused");
        }))
    }

    fn unanswered(
        &self,
        error: &RequestTokenError<ureq::Error, StandardErrorResponse<CoreErrorResponseType>>,
    ) -> SignOnRefusal {
        // Its own description may hold anything; its code is one of a few words.
        let (cause, refusal) = match error {
            RequestTokenError::ServerResponse(answer) => {
                (answer.error().to_string(), SignOnRefusal::Unreachable("token-refused"))
            }
            RequestTokenError::Request(error) => (error.to_string(), SignOnRefusal::Unreachable("token")),
            RequestTokenError::Parse(..) => ("unreadable".to_owned(), SignOnRefusal::NotTrusted("unreadable")),
            RequestTokenError::Other(_) => ("other".to_owned(), SignOnRefusal::Unreachable("token")),
        };
        tracing::warn!(provider = self.provider.name, cause, "an identity provider gave no token");
        refusal
    }

    fn check(
        &self,
        directory: &Directory,
        metadata: Arc<CoreProviderMetadata>,
        fields: &Fields,
        now: Timestamp,
    ) -> std::result::Result<Claims, SignOnRefusal> {
        let token = fields.id_token().ok_or(SignOnRefusal::NotTrusted("no-token"))?;
        let nonce = Nonce::new(self.nonce.to_owned());
        let mut checked = token.claims(&self.verifier(&metadata, now), &nonce);
        if let Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) = &checked
            && let Some(renewed) = directory.renewed(self.provider, now)?
        {
            checked = token.claims(&self.verifier(&renewed, now), &nonce);
        }
        let claims = checked.map_err(|error| SignOnRefusal::NotTrusted(failed(&error)))?;
        // Checked here because the library leaves it open: if a token says to whom it was given, that is us.
        if claims.authorized_party().is_some_and(|party| party.as_str() != self.provider.client_id) {
            return Err(SignOnRefusal::NotTrusted("authorised-party"));
        }
        let more = claims.additional_claims();
        Ok(Claims {
            subject: claims.subject().to_string(),
            tenant: more.tid.clone(),
            object: more.oid.clone(),
            hosted_domain: more.hd.clone(),
            email: claims.email().map(|email| email.to_string()),
        })
    }

    fn verifier(&self, metadata: &CoreProviderMetadata, now: Timestamp) -> IdTokenVerifier<'static, CoreJsonWebKey> {
        // A public client's: there is no secret with which a token could be checked.
        IdTokenVerifier::new_public_client(
            ClientId::new(self.provider.client_id.clone()),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(SIGNATURES)
        .set_time_fn(move || instant(now))
        .set_issue_time_verifier_fn(move |issued| {
            let age = now.as_second() - issued.timestamp();
            let is_recent = age >= -AHEAD.as_secs() && age <= OLDEST.as_secs();
            if is_recent { Ok(()) } else { Err("issued at another time".to_owned()) }
        })
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Result<Client> {
        let back = RedirectUrl::new(self.back.to_owned()).map_err(Error::fault)?;
        let (id, secret) = (self.provider.client_id.clone(), self.provider.client_secret.reveal().to_owned());
        let client =
            Client::from_provider_metadata(metadata.clone(), ClientId::new(id), Some(ClientSecret::new(secret)));
        Ok(client.set_redirect_uri(back))
    }
}

/// Which check of a token failed, without what it said.
fn failed(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => "key",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "token",
    }
}

fn instant(at: Timestamp) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(at.as_second(), 0).unwrap_or(chrono::DateTime::UNIX_EPOCH)
}
