use std::fmt;

use domain::{Date, Institution, InstitutionType, YearGroup};
use serde::{Deserialize, Serialize};

use crate::{Fact, Paper, Provenance, Vocabulary};

/// The files of the wording, relative to its folder: what the program embeds and what [`Wording::load`] is given. A test compares
/// this list with the folder.
pub const WORDING_FILES: &[&str] = &["2025-09/edition.toml", "2025-09/vision.toml", "2025-09/statement.toml"];

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
    /// Its heading, with its number; may use words of the vocabulary.
    pub heading: String,
    /// 1, or 2 for a section within the one before it.
    pub level: u8,
    /// Whether sections within it follow.
    pub holds_sections: bool,
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
    /// How far it binds.
    pub provenance: Provenance,
    /// For which types of institution; never empty.
    pub kinds: Vec<InstitutionType>,
    /// It is left out where none of these year groups is taught; empty is for all.
    pub teaches: Vec<YearGroup>,
    /// Its text, with words of the vocabulary and facts in braces.
    pub text: String,
    /// What the writer is told; never in the output.
    pub advice: Option<String>,
    /// Requirements of the rulebook that it promises.
    pub promises: Vec<String>,
    /// What it rests on; a statutory clause has at least one.
    pub sources: Vec<Source>,
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
    /// How sure it is: `V`, `V*`, `S`, … as in the rulebook.
    pub evidence: String,
}

/// Something wrong in a file of the wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to the folder.
    pub file: String,
    /// The clause or section, if one can be named.
    pub at: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wording/{}", self.file)?;
        if !self.at.is_empty() {
            write!(f, ": {}", self.at)?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Fault {}

impl Clause {
    /// Whether it is meant for this institution.
    pub fn is_for(&self, institution: &Institution) -> bool {
        self.kinds.contains(&institution.kind)
            && (self.teaches.is_empty() || self.teaches.iter().any(|year| institution.teaches(*year)))
    }
}

impl Edition {
    /// The sections of a paper, in order.
    pub fn sections(&self, paper: Paper) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.paper == paper)
    }

    /// The clause of this key.
    pub fn clause(&self, key: &str) -> Option<&Clause> {
        self.sections.iter().flat_map(|section| &section.clauses).find(|clause| clause.key == key)
    }
}

impl Wording {
    /// Reads editions from their files: path within the folder, and text. Every fault is told at once.
    ///
    /// # Errors
    /// The faults, if there are any.
    pub fn load<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Self, Vec<Fault>> {
        let (mut editions, mut faults) = (Vec::new(), Vec::new());
        for (path, text) in files.iter().filter(|(path, _)| path.as_ref().ends_with("/edition.toml")) {
            let (path, folder) = (path.as_ref(), path.as_ref().trim_end_matches("edition.toml"));
            let file: EditionFile = match toml::from_str(text.as_ref()) {
                Ok(file) => file,
                Err(error) => {
                    faults.push(Fault { file: path.into(), at: String::new(), what: error.to_string() });
                    continue;
                }
            };
            let mut sections = Vec::new();
            for name in &file.files {
                let name = format!("{folder}{name}");
                let Some((_, text)) = files.iter().find(|(path, _)| path.as_ref() == name) else {
                    faults.push(Fault { file: path.into(), at: String::new(), what: format!("{name} is not there") });
                    continue;
                };
                match toml::from_str::<SectionsFile>(text.as_ref()) {
                    Ok(read) => {
                        let each = read.section.into_iter().map(|section| section.settle(&name, &mut faults));
                        sections.extend(each);
                    }
                    Err(error) => faults.push(Fault { file: name, at: String::new(), what: error.to_string() }),
                }
            }
            for at in 0..sections.len() {
                sections[at].holds_sections =
                    sections[at].level == 1 && sections.get(at + 1).is_some_and(|next: &Section| next.level == 2);
            }
            let keys: Vec<&str> =
                sections.iter().flat_map(|section| &section.clauses).map(|clause| clause.key.as_str()).collect();
            for (at, key) in keys.iter().enumerate().filter(|(at, key)| keys[..*at].contains(key)) {
                let what = format!("clause {} of the edition has the key of an earlier one", at + 1);
                faults.push(Fault { file: path.into(), at: (*key).to_owned(), what });
            }
            editions.push(Edition { id: file.id, title: file.title, from: file.from, sections });
        }
        editions.sort_by_key(|edition| edition.from);
        if editions.is_empty() {
            faults.push(Fault { file: String::new(), at: String::new(), what: "there is no edition".into() });
        }
        if faults.is_empty() { Ok(Self { editions }) } else { Err(faults) }
    }

    /// Every edition, oldest first.
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionFile {
    id: String,
    title: String,
    from: Date,
    files: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionsFile {
    section: Vec<SectionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    paper: String,
    key: String,
    heading: String,
    #[serde(default)]
    level: Option<u8>,
    #[serde(default)]
    advice: Option<String>,
    #[serde(default)]
    clause: Vec<ClauseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseEntry {
    key: String,
    provenance: String,
    #[serde(default, rename = "for")]
    kinds: Vec<String>,
    #[serde(default)]
    teaches: Vec<i8>,
    text: String,
    #[serde(default)]
    advice: Option<String>,
    #[serde(default)]
    promises: Vec<String>,
    #[serde(default)]
    sources: Vec<Source>,
}

impl SectionEntry {
    fn settle(self, file: &str, faults: &mut Vec<Fault>) -> Section {
        let mut fault = |at: &str, what: String| faults.push(Fault { file: file.into(), at: at.into(), what });
        let paper = self.paper.parse().unwrap_or_else(|()| {
            fault(&self.key, format!("there is no paper {:?}", self.paper));
            Paper::CareersPolicy
        });
        let level = self.level.unwrap_or(1);
        if !(1..=2).contains(&level) {
            fault(&self.key, "a section's level is 1 or 2".into());
        }
        let clauses = self.clause.into_iter().map(|clause| clause.settle(&mut fault)).collect();
        Section {
            paper,
            key: self.key,
            heading: self.heading,
            level,
            holds_sections: false,
            advice: self.advice,
            clauses,
        }
    }
}

impl ClauseEntry {
    fn settle(self, fault: &mut impl FnMut(&str, String)) -> Clause {
        let provenance = self.provenance.parse().unwrap_or_else(|()| {
            fault(&self.key, format!("there is no provenance {:?}", self.provenance));
            Provenance::Example
        });
        if provenance == Provenance::Statutory && self.sources.is_empty() {
            fault(&self.key, "a statutory clause says what it rests on".into());
        }
        let mut kinds = Vec::new();
        for word in &self.kinds {
            match kinds_of(word) {
                Some(more) => kinds.extend(more),
                None => fault(&self.key, format!("there is no type of institution {word:?}")),
            }
        }
        if self.kinds.is_empty() {
            kinds = InstitutionType::ALL.to_vec();
        }
        for word in braces(&self.text) {
            if !Vocabulary::WORDS.contains(&word) && word.parse::<Fact>().is_err() {
                fault(&self.key, format!("{{{word}}} is neither a fact nor a word of the vocabulary"));
            }
        }
        Clause {
            key: self.key,
            provenance,
            kinds,
            teaches: self.teaches.into_iter().map(YearGroup::new).collect(),
            text: self.text.trim().to_owned(),
            advice: self.advice,
            promises: self.promises,
            sources: self.sources,
        }
    }
}

/// The words in braces.
fn braces(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word)
}

/// The types that a word of a clause's `for` stands for.
fn kinds_of(word: &str) -> Option<Vec<InstitutionType>> {
    use InstitutionType as T;
    Some(match word {
        // Those that sections 42A and 42B of the Education Act 1997 bind.
        "state-schools" => vec![T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision],
        "colleges" => vec![T::SixthFormCollege, T::FeCollege, T::Academy16To19],
        _ => vec![word.parse().ok()?],
    })
}
