use std::{
    thread,
    time::{Duration, Instant},
};

use ureq::{Agent, unversioned::transport::DefaultConnector};
use url::Url;

use crate::{
    Guard, Limits, Reason,
    answer::{self, Answer, Patience},
    guard::Guarded,
    start::admitted,
};

/// Asks websites for pages.
#[derive(Debug, Clone)]
pub struct Fetcher {
    agent: Agent,
    guard: Guard,
    limits: Limits,
}

impl Fetcher {
    /// One that connects only to what the guard lets through.
    pub fn new(guard: Guard, limits: Limits) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("Waymark/", env!("CARGO_PKG_VERSION"), " (check of a careers website; robots.txt: waymark)"))
            .accept("text/html, application/xhtml+xml, application/pdf, application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            .accept_encoding("identity")
            .max_redirects(0)
            .http_status_as_error(false)
            // Through a proxy the guard would see the proxy's address and not the website's.
            .proxy(None)
            .timeout_connect(Some(limits.request))
            .max_response_header_size(64 << 10)
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), Guarded::new(guard)), guard, limits }
    }

    pub(crate) const fn guard(&self) -> Guard {
        self.guard
    }

    pub(crate) fn course(&self) -> Course<'_> {
        Course { fetcher: self, begun: Instant::now(), asked: None, bytes: 0 }
    }
}

/// One check under way: what it has used of time and bytes.
#[derive(Debug)]
pub(crate) struct Course<'f> {
    fetcher: &'f Fetcher,
    begun: Instant,
    asked: Option<Instant>,
    bytes: u64,
}

impl Course<'_> {
    pub(crate) const fn limits(&self) -> &Limits {
        &self.fetcher.limits
    }

    /// Whether an address may be asked for, as far as can be told without looking its name up.
    pub(crate) fn admits(&self, url: &Url) -> Result<(), Reason> {
        admitted(url, self.fetcher.guard)
    }

    /// How long the next request may take.
    pub(crate) fn time_left(&self) -> Result<Duration, Reason> {
        let limits = self.limits();
        match limits.whole.checked_sub(self.begun.elapsed()) {
            Some(left) if !left.is_zero() => Ok(left.min(limits.request)),
            _ => Err(Reason::OutOfTime(limits.whole.as_secs())),
        }
    }

    /// How much the next page may hold.
    pub(crate) fn patience(&self) -> Result<Patience, Reason> {
        let limits = self.limits();
        match limits.whole_bytes.checked_sub(self.bytes) {
            Some(left) if left > 0 => {
                Ok(Patience { bytes: limits.page_bytes.min(left), time: self.time_left()?, cut: false })
            }
            _ => Err(Reason::OutOfBytes(limits.whole_bytes)),
        }
    }

    /// Asks once, not sooner than a while after the last time.
    pub(crate) fn ask(&mut self, url: &Url, patience: Patience) -> Result<Answer, Reason> {
        self.admits(url)?;
        if let Some(asked) = self.asked {
            thread::sleep(self.limits().pause.saturating_sub(asked.elapsed()));
        }
        let answer = answer::ask(&self.fetcher.agent, url, patience);
        self.asked = Some(Instant::now());
        // What was refused for its size came in part.
        self.bytes += match &answer {
            Ok(answer) => answer.bytes.len() as u64,
            Err(Reason::Bytes(most)) => *most,
            Err(_) => 0,
        };
        answer
    }
}
