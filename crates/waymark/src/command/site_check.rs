use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
};

use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use domain::{Date, InstitutionType};
use fetch::{Fetcher, Guard, Limits, Reason, Visit};
use publication::{Known, Leader, Unread};

use super::check::day;
use crate::{
    Outcome, console,
    exit::{Failure, Status},
    progress, report,
};

/// Check a careers website: which of what must be published is there
///
/// Reads the page at an address and what it links to on the same site (two links deep, at most 60 pages and documents, as robots.txt
/// allows), or a folder of pages and documents that were saved (.html, .docx, .pdf). Says item by item what was found, in which
/// words and where, what is unclear, and what was not found; dates that have passed; contacts that differ from those given.
/// Only public websites are asked. No database is needed and nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SiteCheck {
    /// Address of the careers page, or a folder or file that was saved
    #[arg(value_name = "ADDRESS-OR-FOLDER")]
    website: String,
    /// What the institution is in law, which decides what is required
    #[arg(long, value_parser = kinds())]
    kind: InstitutionType,
    /// The careers leader's name, to compare with what is found
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    leader_name: String,
    /// The careers leader's e-mail address, to compare
    #[arg(long, value_name = "ADDRESS", default_value = "", hide_default_value = true)]
    leader_email: String,
    /// The careers leader's telephone number, to compare
    #[arg(long, value_name = "NUMBER", default_value = "", hide_default_value = true)]
    leader_telephone: String,
    /// The day to judge on, such as 2027-01-15 or 15/01/2027 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  waymark site-check https://www.school.example/careers --kind academy
  waymark site-check saved-pages --kind maintained-school --leader-name 'Robin Ashdown' --leader-email careers@school.example
  waymark site-check www.school.example --kind special-school --format json > website.json

Exit codes: 0 nothing that is required is missing (some may be unclear); 1 something is; 2 nothing could be read.";

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people: what is missing first, with what to do
    #[default]
    Text,
    /// For programs: every item with its quotes and notes
    Json,
}

fn kinds() -> impl TypedValueParser<Value = InstitutionType> {
    PossibleValuesParser::new(InstitutionType::WORDS).try_map(|word| word.parse())
}

impl SiteCheck {
    pub(crate) fn run(self) -> Outcome {
        let as_of = self.as_of.unwrap_or_else(|| app::Context::ambient().today());
        let visit = visit(&self.website)?;
        if visit.pages.is_empty() {
            let reasons: Vec<_> =
                visit.unread.iter().map(|unread| format!("{}: {}", unread.address, unread.reason)).collect();
            return Err(Failure::Input(format!(
                "{}\nNothing could be read, so nothing was checked.",
                reasons.join("\n")
            )));
        }
        let given = Leader { name: self.leader_name, email: self.leader_email, telephone: self.leader_telephone };
        let known = Known { kind: self.kind, leader: Some(given).filter(|given| *given != Leader::default()), as_of };
        let found = publication::check(&visit.pages, visit.unread, &known);
        let website =
            report::website::Website { address: &self.website, kind: self.kind, left: visit.left, report: &found };
        console::answer(&match self.format {
            Format::Text => website.text(),
            Format::Json => website.json()?,
        })?;
        Ok(if found.lacks_required() { Status::WebsiteLacks } else { Status::Done })
    }
}

/// Reads files if there are any of this name, else the website of this address.
fn visit(website: &str) -> Result<Visit, Failure> {
    let path = Path::new(website);
    let limits = Limits::default();
    if path.exists() {
        let _progress = progress::spinner(format!("Reading {website}"));
        return saved(path, &limits);
    }
    if !website.contains("://") && (website.contains('\\') || website.starts_with(['.', '/'])) {
        return Err(Failure::Input(format!("{website}: there is no folder or file of this name.")));
    }
    let progress = progress::spinner(format!("Asking for {}", fetch::shown(website)));
    Ok(Fetcher::new(Guard::Public, limits).visit(website, |step| {
        progress.say(format!("Page {} ({} waiting): {}", step.asked, step.waiting, step.address));
    }))
}

/// How many saved files are read, and how deep their folders may lie: a page saved “complete” brings a folder of its own.
const MOST_FILES: usize = 500;
const DEEPEST: u32 = 4;

fn saved(path: &Path, limits: &Limits) -> Result<Visit, Failure> {
    let mut paths = Vec::new();
    if path.is_dir() {
        list(path, 0, &mut paths).map_err(|error| Failure::Input(format!("{}: {error}.", path.display())))?;
    } else {
        paths.push(path.to_owned());
    }
    if paths.is_empty() {
        return Err(Failure::Input(format!("{}: there is no .html, .docx or .pdf file in it.", path.display())));
    }
    if paths.len() > MOST_FILES {
        let many = paths.len();
        return Err(Failure::Input(format!(
            "{}: it holds {many} files; at most {MOST_FILES} are read.",
            path.display()
        )));
    }
    let unread = RefCell::new(Vec::new());
    let files = paths.iter().filter_map(|file| {
        let name = file.strip_prefix(path).ok().filter(|name| !name.as_os_str().is_empty()).unwrap_or(file);
        let name = name.to_string_lossy().into_owned();
        let read = match fs::metadata(file) {
            Ok(about) if about.len() > limits.page_bytes => Err(Reason::Bytes(limits.page_bytes).sentence()),
            Ok(_) => fs::read(file).map_err(|error| format!("{error}.")),
            Err(error) => Err(format!("{error}.")),
        };
        match read {
            Ok(bytes) => Some((name, bytes)),
            Err(reason) => {
                unread.borrow_mut().push(Unread { address: name, reason });
                None
            }
        }
    });
    let mut visit = fetch::files(files, limits);
    visit.unread.append(&mut unread.borrow_mut());
    Ok(visit)
}

/// What looks like a page or a document; hidden files, and what links lead to, left out.
fn list(folder: &Path, depth: u32, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type()?);
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if kind.is_dir() && depth < DEEPEST {
            list(&path, depth + 1, found)?;
        } else if kind.is_file() && ["html", "htm", "xhtml", "docx", "doc", "pdf"].contains(&ending.as_str()) {
            found.push(path);
        }
    }
    Ok(())
}
