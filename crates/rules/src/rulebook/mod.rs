//! The law and the benchmarks as data: reading the `rulebook/` folder.
//!
//! One folder is one edition: a `pack.toml` with its dates and parameters, and files of requirements by area. An edition may
//! be based on another, minus, changed, plus. Any value may be dated: `[{ value = 1 }, { from = 2027-09-01, value = 2 }]`.
//! Reading reports every fault at once and never panics. Nothing is read from disk here: callers hand over texts.

mod cases;
mod check;
mod document;
mod edition;
mod entry;
mod fault;
mod fields;
mod files;
mod national_date;
mod node;
mod pack_file;
mod shape;

use std::collections::BTreeMap;

use domain::{Date, InstitutionType};

pub use cases::{Cases, Expected, ExpectedOffer, RequirementCases, WholeCase, WorkedCase};
pub use fault::Fault;
pub use files::RULEBOOK_FILES;
pub use national_date::{DateKind, NationalDate};

use fault::{Faults, Place};
use fields::Fields;
use node::{Node, Value, parse};

use crate::pack::{Pack, Parameter};

/// Every edition, and the dates of the national calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Rulebook {
    packs: Vec<Pack>,
    documents: document::Documents,
    calendar: Vec<NationalDate>,
}

impl Rulebook {
    /// Reads the files of the rulebook, each with its path relative to the rulebook's folder: those of [`RULEBOOK_FILES`],
    /// or an institution's own edited set. The order does not matter. Worked cases among them (`cases/…`) are left to
    /// [`Cases::load`] and broken packs (`broken/…`) to their test, so that the whole folder can be handed over.
    ///
    /// # Errors
    /// Every fault of every file, by file and line.
    pub fn load<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Self, Vec<Fault>> {
        let faults = Faults::default();
        let nodes: BTreeMap<&str, Node> = files
            .iter()
            .map(|(path, text)| (path.as_ref(), text.as_ref()))
            .filter(|(path, _)| !path.starts_with("cases/") && !path.starts_with("broken/"))
            .map(|(path, text)| (path, parse(path, text, &faults)))
            .collect();
        let documents = match nodes.get("documents.toml") {
            Some(node) => document::Documents::read(node, &faults),
            None => {
                let place = Place { file: "documents.toml".into(), line: 0 };
                faults.add(&place, "", "the file is missing", "Add it, with a [[document]] for each source");
                document::Documents::default()
            }
        };
        let calendar = nodes.get("calendar.toml").map(|node| national_date::read(node, &documents, &faults));
        let packs = pack_file::read(&nodes, &documents, &faults);
        let faults = faults.into_sorted();
        if faults.is_empty() {
            Ok(Self { packs, documents, calendar: calendar.unwrap_or_default() })
        } else {
            Err(faults)
        }
    }

    /// The edition for this type of institution on this day.
    pub fn framework(&self, kind: InstitutionType, as_of: Date) -> &Pack {
        self.packs
            .iter()
            .filter(|pack| pack.sector == kind.sector())
            .find(|pack| pack.until.is_none_or(|until| as_of <= until))
            .expect("loading has made sure that the editions of both sectors cover every day")
    }

    /// Every edition, the older first. An edition whose values change while it lasts stands here once for each span of days.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The latest state of the edition with this id.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().rev().find(|pack| pack.id == id)
    }

    /// What the document with this id is called, and where it can be read.
    pub fn document(&self, id: &str) -> Option<(&str, Option<&str>)> {
        self.documents.called(id)
    }

    /// The parameter with this name, of whichever edition knows it.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.packs.iter().rev().flat_map(|pack| &pack.parameters).find(|parameter| parameter.name == name)
    }

    /// The dates of the national calendar, by day.
    pub fn calendar(&self) -> &[NationalDate] {
        &self.calendar
    }
}
