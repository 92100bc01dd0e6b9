use std::{
    io::Read,
    time::{Duration, Instant},
};

use ureq::{Agent, http::header};
use url::Url;

use crate::{Reason, guard::NotPublic};

/// What a server said to one request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where it redirects to, as written.
    pub(crate) location: Option<String>,
    /// What it says that it sent, without parameters.
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// How much may come, and how long it may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    pub(crate) bytes: u64,
    pub(crate) time: Duration,
    /// Whether what is longer is cut off, in place of being refused.
    pub(crate) cut: bool,
}

/// Asks once; redirects are the caller's to follow. Of what is no success nothing but the status is read.
pub(crate) fn ask(agent: &Agent, url: &Url, patience: Patience) -> Result<Answer, Reason> {
    let begun = Instant::now();
    let failed = |error: ureq::Error| reason(error, patience);
    let request = agent.get(url.as_str()).config().timeout_global(Some(patience.time)).build();
    let (parts, body) = request.call().map_err(failed)?.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let kind = header(header::CONTENT_TYPE).unwrap_or_default();
    let mut answer = Answer {
        status: parts.status.as_u16(),
        location: header(header::LOCATION),
        kind: kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
        bytes: Vec::new(),
    };
    if !parts.status.is_success() {
        return Ok(answer);
    }
    if header(header::CONTENT_ENCODING).is_some_and(|packed| !packed.trim().eq_ignore_ascii_case("identity")) {
        return Err(Reason::Packed);
    }
    if !patience.cut && body.content_length().is_some_and(|bytes| bytes > patience.bytes) {
        return Err(Reason::Bytes(patience.bytes));
    }
    let mut reader = body.into_with_config().limit(u64::MAX).reader().take(patience.bytes + 1);
    let mut piece = vec![0; 32 << 10];
    loop {
        // The library's own limit on time holds for each wait; this one for a server that sends a little now and then.
        if begun.elapsed() > patience.time {
            return Err(Reason::Slow(patience.time.as_secs()));
        }
        match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.bytes.extend_from_slice(&piece[..read]),
            Err(error) => return Err(failed(ureq::Error::from(error))),
        }
    }
    if answer.bytes.len() as u64 > patience.bytes {
        if !patience.cut {
            return Err(Reason::Bytes(patience.bytes));
        }
        answer.bytes.truncate(usize::try_from(patience.bytes).unwrap_or(usize::MAX));
    }
    Ok(answer)
}

/// What went wrong, in words of ours: messages of libraries may hold what the other side wrote.
fn reason(error: ureq::Error, patience: Patience) -> Reason {
    use ureq::Error;
    match error {
        Error::Timeout(_) => Reason::Slow(patience.time.as_secs().max(1)),
        Error::HostNotFound => Reason::NoHost,
        Error::BadUri(_) | Error::Http(_) => Reason::NoAddress,
        Error::Tls(_) | Error::Rustls(_) => Reason::Certificate,
        Error::Other(cause) => {
            cause.downcast_ref().map_or(Reason::Connection, |NotPublic(range)| Reason::NotPublic(*range))
        }
        Error::Io(error) => io_reason(&error, patience),
        _ => Reason::Connection,
    }
}

fn io_reason(error: &std::io::Error, patience: Patience) -> Reason {
    use std::io::ErrorKind;
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        Some(ureq::Error::Timeout(_)) => return Reason::Slow(patience.time.as_secs().max(1)),
        Some(ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => return Reason::Certificate,
        _ => {}
    }
    if inner.is_some_and(|inner| inner.is::<rustls::Error>()) {
        return Reason::Certificate;
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Reason::Slow(patience.time.as_secs().max(1)),
        _ => Reason::Connection,
    }
}
