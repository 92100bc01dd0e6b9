use exchange::{docx, html, pdf};

use crate::Range;

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// What was entered is no address of the web.
    NoAddress,
    /// Neither http nor https.
    Scheme,
    /// Another port than theirs.
    Port(u16),
    /// A name and password in the address.
    Credentials,
    /// It leads to an address that is not public.
    NotPublic(Range),
    /// No such host.
    NoHost,
    /// The site asks programs not to read it.
    Robots,
    /// What the site asks of programs could not be learnt, as its server answered with this.
    RobotsUnanswered(u16),
    /// The server said no with this status.
    Status(u16),
    /// More redirects than this.
    Redirects(u32),
    /// A redirect without an address.
    RedirectNowhere,
    /// It leads to another website.
    Elsewhere(String),
    /// More bytes than this.
    Bytes(u64),
    /// No answer, or not the whole, within so many seconds.
    Slow(u64),
    /// The time for everything, in seconds, was over before it.
    OutOfTime(u64),
    /// The bytes for everything were used up before it.
    OutOfBytes(u64),
    /// The certificate was not accepted, or encryption failed.
    Certificate,
    /// The connection failed or the answer was no HTTP.
    Connection,
    /// It came packed, although that was not asked for.
    Packed,
    /// Neither page nor PDF nor Word document, but this.
    Kind(String),
    /// Nothing is in it.
    Empty,
    /// A page that is refused.
    Html(html::Refused),
    /// A PDF that is refused.
    Pdf(pdf::Refused),
    /// A Word document that is refused.
    Docx(docx::Refused),
    /// Reading it failed.
    Unreadable,
    /// Reading it took longer than so many seconds.
    ReadingSlow(u64),
}

impl Reason {
    /// As a sentence or two, with what to do where something can be done.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoAddress => "This is not an address of the web. Write it as your browser shows it.".into(),
            Self::Scheme => "Only addresses that begin with http:// or https:// are read.".into(),
            Self::Port(port) => format!("The address names port {port}. Only the usual ports of websites are asked."),
            Self::Credentials => "The address contains a name or password. Leave it out.".into(),
            Self::NotPublic(range) => format!(
                "It leads to an address of {}, which is never asked. Only public websites are read; of others, save the pages and check the files.",
                range.label()
            ),
            Self::NoHost => "There is no website of this name. Check how it is written.".into(),
            Self::Robots => "The site asks programs not to read this (robots.txt).".into(),
            Self::RobotsUnanswered(status) => {
                format!("The site did not say what programs may read (robots.txt: error {status}), so it was not asked.")
            }
            Self::Status(404 | 410) => "There is no such page: the link is broken.".into(),
            Self::Status(401 | 403) => "The site does not show this to everybody, or not to programs.".into(),
            Self::Status(429) => "The site asked for fewer requests. Try again later.".into(),
            Self::Status(status) => format!("The site answered with error {status}."),
            Self::Redirects(most) => format!("It redirects more than {most} times, perhaps for ever."),
            Self::RedirectNowhere => "It redirects without saying where to.".into(),
            Self::Elsewhere(host) => format!("It leads to another website, {host}, which is not read."),
            Self::Bytes(most) => format!("It is larger than {}.", size(*most)),
            Self::Slow(seconds) => format!("It did not come within {}.", time(*seconds)),
            Self::OutOfTime(seconds) => format!("The check of the site ran out of time ({}).", time(*seconds)),
            Self::OutOfBytes(most) => format!("The check of the site had read as much as it may ({}).", size(*most)),
            Self::Certificate => {
                "A secure connection failed, most often because of the site’s certificate. Tell whoever looks after the website.".into()
            }
            Self::Connection => "The connection failed.".into(),
            Self::Packed => "The site sent it packed, which was not asked for.".into(),
            Self::Kind(kind) if kind.is_empty() => "It is neither a page nor a PDF nor a Word document (.docx).".into(),
            Self::Kind(kind) => format!("It is neither a page nor a PDF nor a Word document (.docx), but {kind}."),
            Self::Empty => "There is nothing in it.".into(),
            Self::Html(html::Refused::Bytes(most)) => format!("It is larger than {}.", size(*most as u64)),
            Self::Html(html::Refused::Nodes(_) | html::Refused::Depth(_) | html::Refused::Attributes(_)) => {
                "The page has more parts, or parts more deeply within each other, than any honest page.".into()
            }
            Self::Pdf(pdf::Refused::Bytes(most)) => format!("It is larger than {}.", size(*most as u64)),
            Self::Pdf(pdf::Refused::Malformed) => "It is no PDF, or a damaged one.".into(),
            Self::Pdf(pdf::Refused::Locked) => "It opens with a password only.".into(),
            Self::Pdf(pdf::Refused::NoText) => {
                "It holds pictures of text and no text, so nobody can search it or have it read aloud.".into()
            }
            Self::Docx(refused) => refused.message().into(),
            Self::Unreadable => "It could not be read.".into(),
            Self::ReadingSlow(seconds) => format!("It could not be read within {}.", time(*seconds)),
        }
    }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", bytes.div_ceil(1 << 10)) }
}

fn time(seconds: u64) -> String {
    match seconds {
        120.. if seconds.is_multiple_of(60) => format!("{} minutes", seconds / 60),
        1 => "1 second".into(),
        _ => format!("{seconds} seconds"),
    }
}
