mod entry;
mod fault;
mod kinds;
mod table;

use domain::{Date, Institution, InstitutionType, YearGroup};
use serde::{Deserialize, Serialize};

pub use self::fault::Fault;
use self::table::{File, Reading};
use crate::{Paper, Provenance};

/// The files of the wording, relative to its folder: what the program embeds and what [`Wording::load`] is given. A test compares
/// this list with the folder.
pub const WORDING_FILES: &[&str] = &[
    "2025-09/edition.toml",
    "2025-09/vision.toml",
    "2025-09/statutory.toml",
    "2025-09/roles.toml",
    "2025-09/programme.toml",
    "2025-09/benchmarks.toml",
    "2025-09/appendices.toml",
    "2025-09/statement.toml",
];

/// Editions of the clauses that papers are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    editions: Vec<Edition>,
}

/// One edition of the clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its id: the month from which it is meant.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The first day on which new drafts begin with it.
    pub from: Date,
    sections: Vec<Section>,
}

/// A section of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The paper.
    pub paper: Paper,
    /// Its key, unique within the paper.
    pub key: String,
    /// Its heading, without its number; may use words of the vocabulary.
    pub heading: String,
    /// 1, or 2 for a section within the one before it.
    pub level: u8,
    /// Whether it is counted among the appendices.
    pub is_appendix: bool,
    /// What the writer is told; never in the output.
    pub advice: Option<String>,
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its key, unique within the edition and the same from edition to edition.
    pub key: String,
    /// How far it binds those for whom it is not statutory, or everybody.
    pub provenance: Provenance,
    /// For which types of institution; never empty.
    pub kinds: Vec<InstitutionType>,
    /// The types that it binds as law or statutory guidance although it is only good practice for the others.
    pub statutory_for: Vec<InstitutionType>,
    /// It is left out where none of these year groups is taught; empty is for all.
    pub teaches: Vec<YearGroup>,
    /// It is left out where any of these year groups is taught.
    pub lacks: Vec<YearGroup>,
    /// Its text, with words of the vocabulary and facts in braces.
    pub text: String,
    /// What the writer is told; never in the output.
    pub advice: Option<String>,
    /// Requirements of the rulebook that it promises to keep.
    pub promises: Vec<Promise>,
    /// Requirements of the rulebook that the clause itself fulfils, by being there.
    pub covers: Vec<String>,
    /// What it rests on; a statutory clause has at least one.
    pub sources: Vec<Source>,
}

/// A requirement of the rulebook that a clause promises to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its id.
    pub requirement: String,
    /// It is promised only where one of these year groups is taught; empty is for all.
    pub teaches: Vec<YearGroup>,
}

impl Promise {
    /// Whether this institution makes it with the clause.
    pub fn is_for(&self, institution: &Institution) -> bool {
        self.teaches.is_empty() || self.teaches.iter().any(|year| institution.teaches(*year))
    }
}

/// What the rulebook knows, so that a wording can be read against it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Ids of the documents that may be cited.
    pub documents: &'a [&'a str],
    /// Ids of the requirements of every pack.
    pub requirements: &'a [&'a str],
}

/// A place in a document of the rulebook's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Id of the document in `rulebook/documents.toml`.
    pub document: String,
    /// Where in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// How sure it is: `V`, `V*` or `S`, as in the rulebook.
    pub evidence: String,
}

impl Clause {
    /// Whether it is meant for this institution.
    pub fn is_for(&self, institution: &Institution) -> bool {
        self.kinds.contains(&institution.kind)
            && (self.teaches.is_empty() || self.teaches.iter().any(|year| institution.teaches(*year)))
            && !self.lacks.iter().any(|year| institution.teaches(*year))
    }

    /// How far it binds an institution of this type.
    pub fn provenance_for(&self, kind: InstitutionType) -> Provenance {
        if self.statutory_for.contains(&kind) { Provenance::Statutory } else { self.provenance }
    }
}

impl Edition {
    /// The sections of a paper, in order.
    pub fn sections(&self, paper: Paper) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.paper == paper)
    }

    /// Every clause, of both papers.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.sections.iter().flat_map(|section| &section.clauses)
    }

    /// The clause of this key.
    pub fn clause(&self, key: &str) -> Option<&Clause> {
        self.clauses().find(|clause| clause.key == key)
    }
}

impl Wording {
    /// Reads editions from their files: path within the folder, and text. Every fault is told at once, by file and line; a file that
    /// is no TOML is told of only that.
    ///
    /// # Errors
    /// The faults, if there are any.
    pub fn load<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Self, Vec<Fault>> {
        Self::read(files, None)
    }

    /// Reads editions as [`Self::load`] does, and tells as well of documents and requirements that the rulebook does not have.
    ///
    /// # Errors
    /// The faults, if there are any.
    pub fn load_against<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)], known: Known<'_>) -> Result<Self, Vec<Fault>> {
        Self::read(files, Some(known))
    }

    fn read<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)], known: Option<Known<'_>>) -> Result<Self, Vec<Fault>> {
        let reading = Reading::against(known);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_ref(), text.as_ref())).collect();
        let mut editions: Vec<Edition> = files
            .iter()
            .filter(|(path, _)| path.ends_with("/edition.toml"))
            .filter_map(|(path, text)| edition(path, text, &files, &reading))
            .collect();
        editions.sort_by_key(|edition| edition.from);
        let mut faults = reading.faults.into_inner();
        let mut fault = |what: String| faults.push(Fault { file: String::new(), line: None, at: String::new(), what });
        for pair in editions.windows(2) {
            if pair[0].from == pair[1].from {
                fault(format!("editions {} and {} begin on the same day", pair[0].id, pair[1].id));
            }
            if pair[0].id == pair[1].id {
                fault(format!("two editions are called {}", pair[0].id));
            }
        }
        if editions.is_empty() && !files.iter().any(|(path, _)| path.ends_with("/edition.toml")) {
            fault("there is no edition".into());
        }
        faults.sort();
        if faults.is_empty() && !editions.is_empty() { Ok(Self { editions }) } else { Err(faults) }
    }

    /// Every edition, oldest first; never none.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition of this id.
    pub fn edition(&self, id: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.id == id)
    }

    /// The newest edition on a day; the oldest before all.
    pub fn current(&self, day: Date) -> &Edition {
        self.editions.iter().rfind(|edition| edition.from <= day).unwrap_or(&self.editions[0])
    }
}

fn edition<'a>(
    path: &'a str,
    text: &'a str,
    files: &[(&'a str, &'a str)],
    reading: &'a Reading<'a>,
) -> Option<Edition> {
    let file = File::new(path, text, reading);
    let root = file.parse(text)?;
    let root = file.root(root.get_ref());
    let (id, title, from, names) = (root.needed("id"), root.needed("title"), root.day("from"), root.words("files"));
    let folder = path.trim_end_matches("edition.toml");
    let mut sections = Vec::new();
    for name in &names {
        let name = format!("{folder}{name}");
        match files.iter().find(|(path, _)| *path == name) {
            Some((name, text)) => sections.extend(sections_of(name, text, reading)),
            None => root.fault("files", format!("{name} is not there")),
        }
    }
    for (other, _) in files.iter().filter(|(other, _)| *other != path) {
        if other.strip_prefix(folder).is_some_and(|name| !names.contains(&name)) {
            root.fault("files", format!("{other} is not among them"));
        }
    }
    if sections.is_empty() {
        root.fault("files", "the edition has no sections");
    }
    root.finish();
    let edition = Edition { id: id.to_owned(), title: title.to_owned(), from, sections };
    for paper in Paper::ALL {
        if edition.sections(paper).next().is_some_and(|first| first.level > 1) {
            root.fault("files", format!("the first section of the {paper} lies within no other"));
        }
    }
    Some(edition)
}

fn sections_of<'a>(name: &'a str, text: &'a str, reading: &'a Reading<'a>) -> Vec<Section> {
    let file = File::new(name, text, reading);
    let Some(root) = file.parse(text) else { return Vec::new() };
    let root = file.root(root.get_ref());
    let sections = root.tables("section").into_iter().map(entry::section).collect();
    root.finish();
    sections
}
