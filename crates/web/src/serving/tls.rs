use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
};

use crate::TlsFiles;

/// How often the files are looked at for a renewed certificate.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// A certificate or key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTls {
    file: PathBuf,
    why: String,
}

impl fmt::Display for BadTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.why)
    }
}

impl std::error::Error for BadTls {}

impl TlsFiles {
    /// Reads both files, and whether they belong together.
    ///
    /// # Errors
    /// Which file cannot be used, and why.
    pub fn check(&self) -> Result<(), BadTls> {
        config(self).map(drop)
    }
}

/// What connections are begun with.
pub(super) fn acceptor(files: &TlsFiles) -> Result<RustlsConfig, BadTls> {
    config(files).map(|config| RustlsConfig::from_config(Arc::new(config)))
}

/// TLS 1.2 and 1.3 with the suites that rustls holds safe; no client certificates.
fn config(files: &TlsFiles) -> Result<ServerConfig, BadTls> {
    let bad = |file: &Path, why: String| BadTls { file: file.to_owned(), why };
    let certificates = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| bad(&files.certificate, words(&error)))?;
    if certificates.is_empty() {
        return Err(bad(&files.certificate, "there is no certificate in it (PEM, BEGIN CERTIFICATE)".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| match error {
        pem::Error::NoItemsFound => {
            bad(&files.key, "there is no private key in it (PEM, BEGIN PRIVATE KEY, without a password)".to_owned())
        }
        other => bad(&files.key, words(&other)),
    })?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(&files.certificate, error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => {
                bad(&files.key, format!("it is not the key of the certificate in {}", files.certificate.display()))
            }
            other => bad(&files.certificate, other.to_string()),
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn words(error: &pem::Error) -> String {
    match error {
        pem::Error::Io(error) => error.to_string(),
        other => format!("it is no PEM file: {other}"),
    }
}

/// Goes on for ever: reads the files again when they changed, and when the process is told to. A pair that cannot be used is
/// logged, and the one before stays.
pub(super) async fn renew(files: TlsFiles, serving: RustlsConfig) {
    let mut told = Told::new();
    let mut before = state(&files);
    loop {
        let was_told = told.within(LOOK_EVERY).await;
        let now = state(&files);
        if !was_told && now == before {
            continue;
        }
        // On a thread of its own: files may lie on a slow disk.
        let files = files.clone();
        match tokio::task::spawn_blocking(move || config(&files)).await {
            Ok(Ok(config)) => {
                serving.reload_from_config(Arc::new(config));
                tracing::info!("the certificate was read again");
            }
            // Certificate and key are written one after the other: the next look may find a pair.
            Ok(Err(bad)) => tracing::error!(%bad, "the renewed certificate cannot be used; the one before stays"),
            Err(error) => tracing::error!(%error, "the certificate could not be read"),
        }
        before = now;
    }
}

/// When the files were changed and how large they are.
fn state(files: &TlsFiles) -> [Option<(SystemTime, u64)>; 2] {
    [&files.certificate, &files.key].map(|file| {
        let found = std::fs::metadata(file).ok()?;
        Some((found.modified().ok()?, found.len()))
    })
}

/// SIGHUP, where there is one.
struct Told {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Told {
    fn new() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    /// Whether the process was told within this span.
    async fn within(&mut self, span: Duration) -> bool {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal {
            return tokio::time::timeout(span, signal.recv()).await.is_ok();
        }
        tokio::time::sleep(span).await;
        false
    }
}
