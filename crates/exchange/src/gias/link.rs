use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::{Date, identifier};
use serde::{Deserialize, Serialize};

use super::source::{self, Told};
use crate::problem::Problem;

/// What the linked establishment is to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// It came after: by conversion, merger, amalgamation or split.
    Successor,
    /// It came before.
    Predecessor,
    /// It shares a sixth form.
    SixthForm,
    /// Anything else.
    Other,
}

/// That two establishments have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The establishment.
    pub urn: String,
    /// The linked one.
    pub other: String,
    /// The linked one's name.
    pub name: Option<String>,
    /// What the linked one is to it.
    pub kind: LinkKind,
    /// The same in the register's words.
    pub wording: String,
    /// Since when.
    pub established_on: Option<Date>,
}

/// Reads the register of links. Rows without two readable URNs are problems.
pub fn links(bytes: &[u8], file: &str) -> (Vec<Link>, Vec<Problem>) {
    let mut told = Told::of(file);
    let mut links = Vec::new();
    let Some(text) = source::text(bytes, file, &mut told) else { return (links, told.finish()) };
    let Some(mut table) = source::open(file, &text, &[&["URN"], &["LinkURN"]], &["LinkType"], &mut told) else {
        return (links, told.finish());
    };
    let (urn, other) = (table.column(&["URN"]), table.column(&["LinkURN"]));
    let (name, wording) = (table.column(&["LinkName"]), table.column(&["LinkType"]));
    let since = table.column(&["LinkEstablishedDate"]);
    while told.with(|found| table.advance(found)) {
        let mut read = |column, name| match source::number(table.cell(column), identifier::is_urn) {
            Ok(urn) => Some(urn),
            Err(code) => {
                told.push(Problem::problem(table.place(column, name), code).value(table.cell(column)));
                None
            }
        };
        let (Some(urn), Some(other)) = (read(urn, "URN"), read(other, "LinkURN")) else { continue };
        links.push(Link {
            urn,
            other,
            name: table.filled(name),
            kind: kind(table.cell(wording)),
            wording: table.cell(wording).to_owned(),
            established_on: source::date_at(&table, since, "LinkEstablishedDate", &mut told),
        });
    }
    (links, told.finish())
}

/// `Result of Amalgamation` is used in both directions and so tells nothing of what came first.
fn kind(wording: &str) -> LinkKind {
    let lower = wording.to_ascii_lowercase();
    if lower.starts_with("successor") {
        LinkKind::Successor
    } else if lower.starts_with("predecessor") {
        LinkKind::Predecessor
    } else if lower.starts_with("sixth form") {
        LinkKind::SixthForm
    } else {
        LinkKind::Other
    }
}

/// What came before and after each establishment, so that a conversion keeps its history. A link that the register has in
/// one direction only counts in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    after: BTreeMap<String, BTreeSet<String>>,
    before: BTreeMap<String, BTreeSet<String>>,
}

impl Lineage {
    /// The lineage in these links.
    pub fn new(links: &[Link]) -> Self {
        let mut lineage = Self::default();
        for link in links {
            let (earlier, later) = match link.kind {
                LinkKind::Successor => (&link.urn, &link.other),
                LinkKind::Predecessor => (&link.other, &link.urn),
                LinkKind::SixthForm | LinkKind::Other => continue,
            };
            if earlier != later {
                lineage.after.entry(earlier.clone()).or_default().insert(later.clone());
                lineage.before.entry(later.clone()).or_default().insert(earlier.clone());
            }
        }
        lineage
    }

    /// Everything that came after, nearest first.
    pub fn successors(&self, urn: &str) -> Vec<&str> {
        walk(&self.after, urn)
    }

    /// Everything that came before, nearest first.
    pub fn predecessors(&self, urn: &str) -> Vec<&str> {
        walk(&self.before, urn)
    }

    /// What an establishment is today: those of its successors that nothing came after; itself if it has none. A merger
    /// gives one, a split several.
    pub fn present<'s>(&'s self, urn: &'s str) -> Vec<&'s str> {
        let successors = self.successors(urn);
        if successors.is_empty() {
            return vec![urn];
        }
        let last: Vec<&str> = successors.iter().copied().filter(|urn| !self.after.contains_key(*urn)).collect();
        // Records that name each other as successor leave nothing last; then all that is known is the circle.
        if last.is_empty() { successors } else { last }
    }
}

fn walk<'l>(links: &'l BTreeMap<String, BTreeSet<String>>, from: &str) -> Vec<&'l str> {
    let mut seen = BTreeSet::from([from]);
    let mut queue = VecDeque::from([from]);
    let mut found = Vec::new();
    while let Some(urn) = queue.pop_front() {
        let Some((_, next)) = links.get_key_value(urn) else { continue };
        for urn in next {
            if seen.insert(urn) {
                found.push(urn.as_str());
                queue.push_back(urn);
            }
        }
    }
    found
}
