//! What identity providers say about themselves: their addresses and their keys, asked for once an hour.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use openidconnect::{HttpRequest, HttpResponse, IssuerUrl, core::CoreProviderMetadata, http};

use super::{IdentityProvider, SignOnRefusal, provider};

/// How long addresses and keys hold.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How long a provider that failed is left alone, so that its silence does not hold up everybody.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(15);
/// How often keys are asked for again because a token names one that is not there.
const RENEWED_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// The longest answer, in bytes. Microsoft's keys take 15 kB.
const LONGEST_ANSWER: u64 = 256 << 10;
/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of each provider, by its name.
#[derive(Debug, Default)]
pub(crate) struct Directory(Mutex<HashMap<String, Entry>>);

#[derive(Debug, Default, Clone)]
struct Entry {
    metadata: Option<Arc<CoreProviderMetadata>>,
    fetched_at: Option<Timestamp>,
    failed_at: Option<Timestamp>,
    renewed_at: Option<Timestamp>,
}

impl Directory {
    /// The provider's addresses and keys.
    pub(super) fn of(
        &self,
        provider: &IdentityProvider,
        now: Timestamp,
    ) -> Result<Arc<CoreProviderMetadata>, SignOnRefusal> {
        let entry = self.entry(provider);
        if let (Some(metadata), Some(at)) = (&entry.metadata, entry.fetched_at)
            && now.duration_since(at) < KEPT
        {
            return Ok(metadata.clone());
        }
        if entry.failed_at.is_some_and(|at| now.duration_since(at) < LEFT_ALONE) {
            return Err(SignOnRefusal::Unreachable("discovery"));
        }
        self.fetch(provider, now)
    }

    /// The same, asked for afresh because a token names a key that is not there: the provider has changed its keys. None if that
    /// was done a moment ago; whoever makes up names of keys must not make us ask each time.
    pub(super) fn renewed(
        &self,
        provider: &IdentityProvider,
        now: Timestamp,
    ) -> Result<Option<Arc<CoreProviderMetadata>>, SignOnRefusal> {
        {
            let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = entries.entry(provider.name.clone()).or_default();
            if entry.renewed_at.is_some_and(|at| now.duration_since(at) < RENEWED_EVERY) {
                return Ok(None);
            }
            entry.renewed_at = Some(now);
        }
        self.fetch(provider, now).map(Some)
    }

    fn entry(&self, provider: &IdentityProvider) -> Entry {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(&provider.name).cloned().unwrap_or_default()
    }

    /// Asks, without holding the lock meanwhile.
    fn fetch(&self, provider: &IdentityProvider, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, SignOnRefusal> {
        let asked = discover(provider);
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.entry(provider.name.clone()).or_default();
        match asked {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *entry = Entry {
                    metadata: Some(metadata.clone()),
                    fetched_at: Some(now),
                    failed_at: None,
                    renewed_at: entry.renewed_at,
                };
                Ok(metadata)
            }
            Err(cause) => {
                tracing::warn!(provider = provider.name, cause, "an identity provider could not be asked about itself");
                entry.failed_at = Some(now);
                Err(SignOnRefusal::Unreachable("discovery"))
            }
        }
    }
}

fn discover(provider: &IdentityProvider) -> Result<CoreProviderMetadata, String> {
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| error.to_string())?;
    let client = Client::of(provider);
    let metadata =
        CoreProviderMetadata::discover(&issuer, &|request| client.ask(request)).map_err(|error| with_causes(&error))?;
    let endpoints = [
        Some(metadata.authorization_endpoint().as_str()),
        metadata.token_endpoint().map(|endpoint| endpoint.as_str()),
        Some(metadata.jwks_uri().as_str()),
    ];
    let is_safe = |address: &str| address.starts_with("https://") || provider.is_here() && provider::is_here(address);
    if let Some(address) = endpoints.into_iter().flatten().find(|address| !is_safe(address)) {
        return Err(format!("{address} is not https"));
    }
    Ok(metadata)
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// How providers are asked: over https, without following redirects, with limits on time and size.
#[derive(Debug)]
pub(super) struct Client(ureq::Agent);

impl Client {
    pub(super) fn of(provider: &IdentityProvider) -> Self {
        let config = ureq::Agent::config_builder()
            .https_only(!provider.is_here())
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE));
        // A proxy that the environment names is for the way outside.
        let config = if provider.is_here() { config.proxy(None) } else { config };
        Self(config.build().new_agent())
    }

    pub(super) fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let (parts, mut body) = self.0.run(request)?.into_parts();
        let bytes = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(http::Response::from_parts(parts, bytes))
    }
}
