use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use exchange::{archive, docx, html, passage::Passage, pdf};
use publication::{Page, PageKind, Unread};

use crate::{Limits, Reason, Visit};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What something is, by its first bytes, else by what its server says, else by its name. Servers often send files as mere bytes.
pub(crate) fn kind(name: &str, said: &str, bytes: &[u8]) -> Result<PageKind, Reason> {
    let ending =
        name.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Reason::Empty);
    }
    if head.windows(5).any(|window| window == b"%PDF-") || said == "application/pdf" {
        return Ok(PageKind::Pdf);
    }
    // Word's older format has these first bytes; the reader says what to do with it.
    let old_word = head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) && matches!(ending, "doc" | "docx");
    if said == WORD || old_word || (ending == "docx" && head.starts_with(b"PK")) {
        return Ok(PageKind::Docx);
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let looks = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| text.contains(tag));
    match said {
        "text/html" | "application/xhtml+xml" => Ok(PageKind::Html),
        _ if looks => Ok(PageKind::Html),
        "" => match ending {
            "html" | "htm" | "xhtml" => Ok(PageKind::Html),
            "pdf" => Ok(PageKind::Pdf),
            "docx" | "doc" => Ok(PageKind::Docx),
            _ => Err(Reason::Kind(String::new())),
        },
        _ => Err(Reason::Kind(shown(said))),
    }
}

/// What a server says that something is, if it is of the form that such things have.
fn shown(said: &str) -> String {
    let fits = said.len() <= 80 && said.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-_".contains(&byte));
    if fits { said.to_owned() } else { String::new() }
}

/// The text of a page or document, read on a thread of its own: what makes a reader panic or go on for ever costs that page only.
pub(crate) fn read(address: &str, kind: PageKind, bytes: Vec<u8>, limits: &Limits) -> Result<Page, Reason> {
    let passages = guarded(limits.reading, move || passages(kind, &bytes))?;
    Ok(Page { address: address.to_owned(), kind, passages })
}

fn passages(kind: PageKind, bytes: &[u8]) -> Result<Vec<Passage>, Reason> {
    match kind {
        PageKind::Html => html::read(bytes, &html::Limits::default()).map_err(Reason::Html),
        PageKind::Pdf => pdf::read(bytes, &pdf::Limits::default()).map_err(Reason::Pdf),
        PageKind::Docx => docx::read(bytes, &archive::Limits::DOCUMENT).map_err(Reason::Docx),
    }
}

/// Readers that were given up and still run.
static ABANDONED: AtomicUsize = AtomicUsize::new(0);

/// While so many still run, nothing more is read: each holds a processor.
const MOST_ABANDONED: usize = 4;

fn guarded<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, Reason> + Send + 'static,
) -> Result<T, Reason> {
    // Pages are read to a depth of 400 elements, within this.
    const STACK: usize = 8 << 20;
    if ABANDONED.load(Ordering::Relaxed) >= MOST_ABANDONED {
        return Err(Reason::Unreadable);
    }
    // Without room for an answer: who sends one learns whether anybody still waits.
    let (sender, receiver) = mpsc::sync_channel(0);
    let started = thread::Builder::new().name("site-check-reader".into()).stack_size(STACK).spawn(move || {
        let read = panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Reason::Unreadable));
        if sender.send(read).is_err() {
            ABANDONED.fetch_sub(1, Ordering::Relaxed);
        }
    });
    if started.is_err() {
        return Err(Reason::Unreadable);
    }
    // Counted before the receiver goes, so that the reader's own answer finds itself counted.
    receiver.recv_timeout(patience).unwrap_or_else(|_| {
        ABANDONED.fetch_add(1, Ordering::Relaxed);
        Err(Reason::ReadingSlow(patience.as_secs()))
    })
}

/// Reads what somebody saved: names of files and their bytes.
pub fn files(files: impl IntoIterator<Item = (String, Vec<u8>)>, limits: &Limits) -> Visit {
    let mut visit = Visit::default();
    for (name, bytes) in files {
        let read = if bytes.len() as u64 > limits.page_bytes {
            Err(Reason::Bytes(limits.page_bytes))
        } else {
            kind(&name, "", &bytes).and_then(|kind| read(&name, kind, bytes, limits))
        };
        match read {
            Ok(page) => visit.pages.push(page),
            Err(reason) => visit.unread.push(Unread { address: name, reason: reason.sentence() }),
        }
    }
    visit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_or_goes_on_for_ever_costs_its_page_only() {
        let second = Duration::from_secs(1);
        assert_eq!(guarded::<()>(second, || panic!("a damaged file")), Err(Reason::Unreadable));
        let slow = guarded(Duration::from_millis(10), || {
            thread::sleep(Duration::from_millis(200));
            Ok(())
        });
        assert_eq!(slow, Err(Reason::ReadingSlow(0)));
        assert_eq!(guarded(second, || Ok(1)), Ok(1));
        thread::sleep(Duration::from_millis(400));
        assert_eq!(ABANDONED.load(Ordering::Relaxed), 0, "what ended at last is no longer counted");
    }

    #[test]
    fn what_something_is_is_seen_in_it_before_it_is_believed() {
        assert_eq!(kind("download", "application/octet-stream", b"%PDF-1.7"), Ok(PageKind::Pdf));
        assert_eq!(kind("policy.docx", "application/octet-stream", b"PK\x03\x04"), Ok(PageKind::Docx));
        assert_eq!(kind("/careers", "text/html", b"Careers"), Ok(PageKind::Html));
        assert_eq!(kind("saved.htm", "", b"<p>Careers"), Ok(PageKind::Html));
        assert_eq!(kind("/x", "text/plain", b"<!DOCTYPE html><p>x"), Ok(PageKind::Html));
        assert_eq!(kind("/x", "image/png", b"\x89PNG"), Err(Reason::Kind("image/png".into())));
        assert_eq!(kind("/x", "<script>", b"?"), Err(Reason::Kind(String::new())));
        assert_eq!(kind("/x.html", "", b" \n"), Err(Reason::Empty));
    }
}
