//! What every handler shares, and the one place where an operation of `app` runs.

use std::{fmt::Write, sync::Arc};

use app::{App, RelyingParty};

use crate::{Settings, answer::Failure, known::KnownBrowsers};

/// The application and the server's settings. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) settings: Arc<Settings>,
    pub(crate) known: Arc<KnownBrowsers>,
}

impl Site {
    /// Runs one operation on a thread that may block, and turns its failure into a page.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&App) -> app::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = self.app.clone();
        match tokio::task::spawn_blocking(move || operation(&app)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(app::Error::Problems(problems))) => Err(Failure::Problems(problems)),
            Ok(Err(app::Error::Refusal(refusal))) => Err(Failure::Refusal(refusal)),
            Ok(Err(app::Error::Fault(fault))) => Err(self.fault(&fault)),
            Err(panicked) => Err(self.fault(&panicked)),
        }
    }

    /// Logs what went wrong, once, and gives the page a reference to it.
    pub(crate) fn fault(&self, cause: &dyn std::fmt::Display) -> Failure {
        let reference = self.reference();
        tracing::error!(reference, %cause, "a request failed");
        Failure::Fault(reference)
    }

    /// An instant as people write it: "23 November 2026, 09:14".
    pub(crate) fn when(&self, at: jiff::Timestamp) -> String {
        let at = self.app.context().zone().to_datetime(at);
        format!("{}, {:02}:{:02}", domain::date::long(at.date()), at.hour(), at.minute())
    }

    /// The day of an instant, as people write it.
    pub(crate) fn day(&self, at: jiff::Timestamp) -> String {
        domain::date::long(self.app.context().day_of(at))
    }

    /// For whom passkeys are; `None` if browsers have none for this server.
    pub(crate) fn relying_party(&self) -> Option<RelyingParty> {
        self.settings.public_address.as_deref().and_then(RelyingParty::of)
    }

    /// The same for what only works with passkeys.
    pub(crate) fn asks_for_passkeys(&self) -> Result<RelyingParty, Failure> {
        self.relying_party().ok_or_else(|| {
            Failure::problem(
                "Browsers have passkeys only for an address with a name and https, and this server has none.",
            )
        })
    }

    /// A short name for a fault, for the page and the log: `7K2M-9XQ4`.
    pub(crate) fn reference(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let bytes: [u8; 8] = self.app.context().random_bytes();
        let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        format!("{}-{}", &letters[..4], &letters[4..])
    }

    /// A secret for a browser that has not signed in.
    pub(crate) fn secret(&self) -> String {
        let bytes: [u8; 32] = self.app.context().random_bytes();
        bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
