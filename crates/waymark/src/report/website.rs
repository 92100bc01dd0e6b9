use std::fmt::Write;

use domain::{InstitutionType, date::long};
use publication::{Finding, Force, Item, Note, Quote, Report, State, Unread};
use serde::Serialize;

use crate::exit::Failure;

/// What was found on a website.
#[derive(Debug)]
pub(crate) struct Website<'r> {
    /// As it was asked for.
    pub(crate) address: &'r str,
    /// What the institution is.
    pub(crate) kind: InstitutionType,
    /// Pages known and not read.
    pub(crate) left: usize,
    /// What was found.
    pub(crate) report: &'r Report,
}

#[derive(Serialize)]
struct Whole<'r> {
    website: &'r str,
    kind: InstitutionType,
    as_of: domain::Date,
    pages: &'r [publication::Seen],
    unread: &'r [Unread],
    left: usize,
    lacks_required: bool,
    items: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct Row<'r> {
    item: Item,
    title: &'static str,
    force: Force,
    basis: &'r str,
    state: State,
    quotes: &'r [Quote],
    notes: Vec<Said<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
}

#[derive(Serialize)]
struct Said<'r> {
    #[serde(flatten)]
    note: &'r Note,
    sentence: String,
}

impl Website<'_> {
    /// As JSON, two spaces deep, with a line end.
    pub(crate) fn json(&self) -> Result<String, Failure> {
        let report = self.report;
        let items = report.findings.iter().map(|finding| Row {
            item: finding.item,
            title: finding.item.title(),
            force: finding.force,
            basis: &finding.basis,
            state: finding.state,
            quotes: &finding.quotes,
            notes: finding.notes.iter().map(|note| Said { note, sentence: note.sentence() }).collect(),
            advice: (finding.state != State::Found).then(|| finding.item.advice()),
        });
        let whole = Whole {
            website: self.address,
            kind: self.kind,
            as_of: report.as_of,
            pages: &report.pages,
            unread: &report.unread,
            left: self.left,
            lacks_required: report.lacks_required(),
            items: items.collect(),
        };
        serde_json::to_string_pretty(&whole)
            .map(|text| text + "\n")
            .map_err(|error| Failure::Fault(format!("What was found could not be written as JSON: {error}.")))
    }

    /// For people: what is missing first, then what is unclear, then what is there.
    pub(crate) fn text(&self) -> String {
        let report = self.report;
        let mut text = String::new();
        let _ = writeln!(text, "{} ({}), on {}", self.address, self.kind.label(), long(report.as_of));
        let _ = writeln!(text, "{}", self.summary());
        for state in [State::NotFound, State::Unclear, State::Found] {
            let mut findings: Vec<_> = report.findings.iter().filter(|finding| finding.state == state).collect();
            findings.sort_by_key(|finding| finding.force);
            if !findings.is_empty() {
                let _ = writeln!(text, "\n{} ({})", state.label(), findings.len());
            }
            for finding in findings {
                item(&mut text, finding);
            }
        }
        if !report.unread.is_empty() {
            let _ = writeln!(text, "\nNot read ({})", report.unread.len());
            for unread in &report.unread {
                let _ = writeln!(text, "  {}\n      {}", shown(&unread.address), unread.reason);
            }
        }
        if self.left > 0 {
            let _ = writeln!(
                text,
                "\n{} more linked pages were not asked for: a check reads so many and no more.",
                self.left
            );
            let _ = writeln!(text, "Start it at the careers page itself if something is missing.");
        }
        text
    }

    fn summary(&self) -> String {
        let report = self.report;
        let count = |state| report.findings.iter().filter(|one| one.force == Force::Must && one.state == state).count();
        let pages = match report.pages.len() {
            1 => "1 page or document read".to_owned(),
            pages => format!("{pages} pages and documents read"),
        };
        format!(
            "{pages}. Of what is required, {} found, {} unclear, {} not found.",
            count(State::Found),
            count(State::Unclear),
            count(State::NotFound)
        )
    }
}

fn item(text: &mut String, finding: &Finding) {
    let _ = writeln!(text, "  {}  {}", finding.item.code(), finding.item.title());
    let _ = writeln!(text, "      {}: {}", finding.force.label(), finding.basis);
    for quote in &finding.quotes {
        let _ = writeln!(text, "      “{}”\n        {}", shown(&quote.text), shown(&quote.address));
    }
    for note in &finding.notes {
        let mark = if note.is_a_warning() { "! " } else { "" };
        let _ = writeln!(text, "      {mark}{}", shown(&note.sentence()));
    }
    if finding.state != State::Found {
        let _ = writeln!(text, "      To do: {}", finding.item.advice());
    }
}

/// Words of a stranger's page, without what would steer a terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}
