use std::time::Duration;

/// What reading one site may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many links a page may lie from the first.
    pub depth: u32,
    /// Pages and documents asked for.
    pub pages: usize,
    /// Redirects on the way to one page.
    pub redirects: u32,
    /// Bytes of one page or document.
    pub page_bytes: u64,
    /// Bytes of all.
    pub whole_bytes: u64,
    /// How long one request may take.
    pub request: Duration,
    /// How long everything may take.
    pub whole: Duration,
    /// How long to wait between two requests, so that nobody's website notices.
    pub pause: Duration,
    /// How long reading one document may take after it came.
    pub reading: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 2,
            pages: 60,
            redirects: 5,
            page_bytes: 10 << 20,
            whole_bytes: 100 << 20,
            request: Duration::from_secs(15),
            whole: Duration::from_secs(180),
            pause: Duration::from_millis(300),
            reading: Duration::from_secs(20),
        }
    }
}
