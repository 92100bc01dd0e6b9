use std::collections::BTreeMap;

use publication::robots::Robots;
use url::Url;

use crate::{Reason, answer::Patience, fetcher::Course};

/// What each host that is asked wants of programs.
#[derive(Debug, Default)]
pub(crate) struct Wishes(BTreeMap<String, Result<Robots, Reason>>);

/// Longer files are cut off here, as RFC 9309 has it.
const LONGEST: u64 = 512 << 10;

impl Wishes {
    /// Whether this address may be asked for. Asks the host for its robots.txt the first time.
    pub(crate) fn allow(&mut self, url: &Url, course: &mut Course<'_>) -> Result<(), Reason> {
        let origin = url.origin().ascii_serialization();
        let robots = match self.0.get(&origin) {
            Some(known) => known,
            None => {
                let learnt = learn(url, course);
                self.0.entry(origin).or_insert(learnt)
            }
        };
        let robots = robots.as_ref().map_err(Clone::clone)?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        if robots.allows(&format!("{}{query}", url.path())) { Ok(()) } else { Err(Reason::Robots) }
    }
}

/// As RFC 9309 has it: without such a file everything may be read, with a server in trouble nothing.
fn learn(url: &Url, course: &mut Course<'_>) -> Result<Robots, Reason> {
    let mut url = url.join("/robots.txt").map_err(|_| Reason::NoAddress)?;
    for _ in 0..=course.limits().redirects {
        let time = course.time_left()?;
        let answer = course.ask(&url, Patience { bytes: LONGEST, time, cut: true })?;
        match answer.status {
            200..=299 => return Ok(Robots::read(&String::from_utf8_lossy(&answer.bytes), "waymark")),
            300..=399 => match answer.location.and_then(|to| url.join(&to).ok()) {
                Some(to) if course.admits(&to).is_ok() => url = to,
                _ => return Ok(Robots::default()),
            },
            status @ 500.. => return Err(Reason::RobotsUnanswered(status)),
            _ => return Ok(Robots::default()),
        }
    }
    Ok(Robots::default())
}
