use std::time::Duration;

/// What whoever runs the server decides about its pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that browsers use, such as `https://careers.example.org`. When it is https, cookies are sent over https only.
    pub public_address: Option<String>,
    /// The largest file that may be uploaded, in bytes.
    pub upload_limit: usize,
    /// How long a request may take before it is given up; imports run as jobs and do not count.
    pub request_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { public_address: None, upload_limit: 64 << 20, request_timeout: Duration::from_secs(30) }
    }
}

impl Settings {
    /// Whether browsers reach the server by https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_address.as_deref().is_some_and(|address| address.starts_with("https://"))
    }
}
