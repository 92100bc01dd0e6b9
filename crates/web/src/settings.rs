use std::{path::PathBuf, time::Duration};

use crate::Networks;

/// What whoever runs the server decides about its pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that browsers use, such as `https://careers.example.org`. When it is https, cookies are sent over https only.
    pub public_address: Option<String>,
    /// The largest file that may be uploaded, in bytes.
    pub upload_limit: usize,
    /// How long a request may take before it is given up, beside the time that a large body takes on a slow line; imports run as
    /// jobs and do not count.
    pub request_timeout: Duration,
    /// How long a client may take over the header of a request, and over the TLS handshake.
    pub header_timeout: Duration,
    /// The reverse proxies whose word is taken for who asks; of anybody else the address of the connection counts.
    pub trusted_proxies: Networks,
    /// The certificate and key for serving https; without them it is http, for a reverse proxy or this machine.
    pub tls: Option<TlsFiles>,
}

/// Where the certificate and its key are, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, and after it the certificates that lead to the authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_address: None,
            upload_limit: 64 << 20,
            request_timeout: Duration::from_secs(30),
            header_timeout: Duration::from_secs(10),
            trusted_proxies: Networks::default(),
            tls: None,
        }
    }
}

impl Settings {
    /// Whether browsers reach the server by https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_address.as_deref().is_some_and(|address| address.starts_with("https://"))
    }
}
