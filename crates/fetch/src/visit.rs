use std::collections::{BTreeSet, VecDeque};

use exchange::passage::PassageKind;
use publication::{Page, PageKind, Unread};
use url::Url;

use crate::{
    Fetcher, Reason,
    base::base,
    document,
    fetcher::Course,
    link::{follow, key, promise, same_site},
    robots::Wishes,
    start::{shown, start},
};

/// How far a check has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Pages and documents asked for so far, this one included.
    pub asked: usize,
    /// Those known to wait.
    pub waiting: usize,
    /// The one that is asked for now.
    pub address: String,
}

/// What was read of a website.
#[derive(Debug, Default)]
pub struct Visit {
    /// Pages and documents, in the order in which they were read: the first is the one that was asked for.
    pub pages: Vec<Page>,
    /// Those that could not be, with the reason.
    pub unread: Vec<Unread>,
    /// Pages that were seen linked and not asked for, as the limit was reached.
    pub left: usize,
}

/// Something to ask for.
#[derive(Debug)]
struct Step {
    url: Url,
    depth: u32,
    promise: u8,
}

/// What is told of one page.
struct Got {
    url: Url,
    page: Page,
    /// Address as written, and words, of what it links to.
    links: Vec<(Url, String)>,
}

impl Fetcher {
    /// Reads the website at this address: that page, and what it and its links lead to on the same host. `tell` hears of each request
    /// before it is made. Never fails: what could not be read is listed with the reason, the first page included.
    pub fn visit(&self, address: &str, mut tell: impl FnMut(&Progress)) -> Visit {
        let mut visit = Visit::default();
        let mut course = self.course();
        let mut wishes = Wishes::default();
        let mut known = BTreeSet::new();
        let mut asked = 0;
        let first = start(address, self.guard()).and_then(|tries| {
            let mut failed = Reason::NoAddress;
            for url in tries {
                asked = 1;
                tell(&Progress { asked, waiting: 0, address: url.to_string() });
                match get(&mut course, &mut wishes, &url, None) {
                    Ok(got) => return Ok(got),
                    // A site without https is tried without; whatever else it said would be said again.
                    Err(reason @ (Reason::Connection | Reason::Certificate | Reason::Slow(_))) => failed = reason,
                    Err(reason) => return Err(reason),
                }
            }
            Err(failed)
        });
        let site = match first {
            Err(reason) => {
                visit.unread.push(Unread { address: shown(address).to_owned(), reason: reason.sentence() });
                return visit;
            }
            Ok(first) => first,
        };
        known.insert(key(&site.url));
        let mut read = known.clone();
        let home = site.url.clone();
        let mut waiting = VecDeque::new();
        gather(&site.links, 1, &mut known, &mut waiting);
        visit.pages.push(site.page);
        while let Some(step) = next(&mut waiting) {
            if read.contains(&key(&step.url)) {
                continue;
            }
            let stop = course.patience().err();
            if asked >= course.limits().pages || stop.is_some() {
                visit.left = waiting.len() + 1;
                if let Some(reason) = stop {
                    visit.unread.push(Unread { address: step.url.to_string(), reason: reason.sentence() });
                    visit.left -= 1;
                }
                break;
            }
            asked += 1;
            tell(&Progress { asked, waiting: waiting.len(), address: step.url.to_string() });
            match get(&mut course, &mut wishes, &step.url, Some(&home)) {
                Err(reason) => {
                    visit.unread.push(Unread { address: step.url.to_string(), reason: reason.sentence() });
                }
                Ok(got) => {
                    // A redirect may lead to what was read already.
                    if !read.insert(key(&got.url)) {
                        continue;
                    }
                    if step.depth < course.limits().depth {
                        gather(&got.links, step.depth + 1, &mut known, &mut waiting);
                    }
                    visit.pages.push(got.page);
                }
            }
        }
        visit
    }
}

/// What promises most, of that what is nearest to the first page, of that what was linked first.
fn next(waiting: &mut VecDeque<Step>) -> Option<Step> {
    let best = waiting.iter().enumerate().min_by_key(|(at, step)| (std::cmp::Reverse(step.promise), step.depth, *at));
    let at = best?.0;
    waiting.remove(at)
}

fn gather(links: &[(Url, String)], depth: u32, known: &mut BTreeSet<String>, waiting: &mut VecDeque<Step>) {
    // A page made of links would fill memory; no honest one has as many.
    const MOST: usize = 5_000;
    for (url, words) in links {
        if waiting.len() >= MOST {
            return;
        }
        if known.insert(key(url)) {
            waiting.push_back(Step { url: url.clone(), depth, promise: promise(words, url) });
        }
    }
}

/// One page with whatever redirects lie before it. Those of the first page may lead to another host, which is then the site.
fn get(course: &mut Course<'_>, wishes: &mut Wishes, from: &Url, home: Option<&Url>) -> Result<Got, Reason> {
    let most = course.limits().redirects;
    let mut url = from.clone();
    for _ in 0..=most {
        course.admits(&url)?;
        wishes.allow(&url, course)?;
        let patience = course.patience()?;
        let answer = course.ask(&url, patience)?;
        match answer.status {
            200..=299 => {
                let kind = document::kind(url.path(), &answer.kind, &answer.bytes)?;
                let base = base(&url, &answer.bytes);
                let page = document::read(url.as_str(), kind, answer.bytes, course.limits())?;
                let links = links(&page, &url, &base);
                return Ok(Got { url, page, links });
            }
            300..=399 => {
                let to = answer.location.as_deref().map(str::trim).filter(|to| !to.is_empty());
                let mut to = url.join(to.ok_or(Reason::RedirectNowhere)?).map_err(|_| Reason::RedirectNowhere)?;
                to.set_fragment(None);
                if home.is_some_and(|home| !same_site(home, &to)) {
                    return Err(Reason::Elsewhere(to.host_str().unwrap_or_default().to_owned()));
                }
                url = to;
            }
            status => return Err(Reason::Status(status)),
        }
    }
    Err(Reason::Redirects(most))
}

/// Where the links of a page lead, with their words. Those of documents are not followed: they mostly lead away.
fn links(page: &Page, url: &Url, base: &Url) -> Vec<(Url, String)> {
    if page.kind != PageKind::Html {
        return Vec::new();
    }
    page.passages
        .iter()
        .filter_map(|passage| match &passage.kind {
            PassageKind::Link { address } => {
                let to = follow(base, address).filter(|to| same_site(url, to))?;
                Some((to, passage.text.clone()))
            }
            _ => None,
        })
        .collect()
}
