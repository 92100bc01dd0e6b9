//! Worked cases: what a requirement comes to for one invented learner, or one institution, in plain notation.
//!
//! `rulebook/cases/<framework>/<requirement>.toml` holds the cases of one requirement. They are tests of the engine, and the
//! examples on the requirement's page.

mod expected;
mod happened;
mod learner_case;
mod whole_case;

use std::collections::BTreeMap;

use domain::{AcademicYear, Date, Records};

pub use expected::{Expected, ExpectedOffer};

use crate::{Holdings, InstitutionStatus};

use super::{Fault, Faults, Fields, Place, Rulebook, parse};

/// Every worked case, by framework and requirement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cases {
    learners: Vec<RequirementCases>,
    /// By framework and requirement.
    whole: BTreeMap<(String, String), Vec<WholeCase>>,
}

/// The worked cases of one requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct RequirementCases {
    /// The id of the framework.
    pub framework: String,
    /// The id of the requirement.
    pub requirement: String,
    /// In the order of the file.
    pub cases: Vec<WorkedCase>,
}

/// What happened, and what follows from it on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkedCase {
    /// What the case shows, as a sentence.
    pub that: String,
    /// The day on which the question is asked.
    pub as_of: Date,
    /// An institution with one learner. Its activities are called `1`, `2`, … in the order in which the case tells them.
    pub given: Records,
    /// What follows.
    pub expected: Expected,
}

/// What an institution holds, and what follows from it for a requirement on the institution as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeCase {
    /// What the case shows, as a sentence.
    pub that: String,
    /// The day on which the question is asked.
    pub as_of: Date,
    /// The institution's activities and who took part.
    pub records: Records,
    /// What it holds; attestations are of the requirement that the case is about.
    pub holdings: Holdings,
    /// Where the institution stands.
    pub status: InstitutionStatus,
    /// The last day on which that holds without being looked at again.
    pub holds_until: Option<Date>,
}

impl Cases {
    /// Reads case files, each with its path relative to the rulebook's folder: `cases/england-schools-2025/bm5.1.toml`. Other
    /// files of the rulebook may be among them.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load<P: AsRef<str>, T: AsRef<str>>(rulebook: &Rulebook, files: &[(P, T)]) -> Result<Self, Vec<Fault>> {
        let faults = Faults::default();
        let texts: BTreeMap<&str, &str> = files
            .iter()
            .map(|(path, text)| (path.as_ref(), text.as_ref()))
            .filter(|(path, _)| path.starts_with("cases/"))
            .collect();
        let mut read = Vec::new();
        let mut whole: BTreeMap<(String, String), Vec<WholeCase>> = BTreeMap::new();
        for path in texts.keys() {
            let place = Place { file: (*path).into(), line: 0 };
            if path.starts_with("cases/whole-institution/") {
                let node = parse(path, texts[path], &faults);
                if let Some(root) = Fields::of(&node, "", &faults) {
                    for (framework, requirement, case) in whole_case::read(&root, rulebook) {
                        whole.entry((framework, requirement)).or_default().push(case);
                    }
                    root.finish();
                }
                continue;
            }
            let Some((framework, requirement)) = named(path) else {
                faults.add(&place, "", "the path names no requirement", "Call it cases/<framework>/<requirement>.toml");
                continue;
            };
            let Some(pack) = rulebook.pack(framework) else {
                faults.add(
                    &place,
                    "",
                    format!("there is no framework {framework}"),
                    "Move it to the folder of a framework",
                );
                continue;
            };
            if !pack.requirements.iter().any(|other| other.id == requirement) {
                faults.add(
                    &place,
                    "",
                    format!("{framework} has no requirement {requirement}"),
                    "Correct the file's name",
                );
                continue;
            }
            let cases =
                Reader { texts: &texts, post_16: pack.sector == domain::Sector::Post16, faults: &faults }.file(path);
            if cases.is_empty() && !texts[path].contains("[[case]]") {
                faults.add(&place, "", "there is no case", "Add [[case]] entries");
            }
            read.push(RequirementCases { framework: framework.to_owned(), requirement: requirement.to_owned(), cases });
        }
        let faults = faults.into_sorted();
        if faults.is_empty() { Ok(Self { learners: read, whole }) } else { Err(faults) }
    }

    /// The cases of every requirement on learners, by framework and id.
    pub fn iter(&self) -> impl Iterator<Item = &RequirementCases> {
        self.learners.iter()
    }

    /// The cases of one requirement on the institution as a whole; empty if it has none.
    pub fn whole(&self, framework: &str, requirement: &str) -> &[WholeCase] {
        self.whole.get(&(framework.to_owned(), requirement.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The cases of one requirement on learners; empty if it has none.
    pub fn of(&self, framework: &str, requirement: &str) -> &[WorkedCase] {
        self.learners
            .iter()
            .find(|of| of.framework == framework && of.requirement == requirement)
            .map_or(&[], |of| of.cases.as_slice())
    }
}

/// Framework and requirement of `cases/<framework>/<requirement>.toml`.
fn named(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("cases/")?.strip_suffix(".toml")?.split_once('/')
}

/// Moves every date of a file by whole years, so that one edition can borrow the cases of another.
#[derive(Debug, Clone, Copy, Default)]
struct Shift(i16);

impl Shift {
    /// `None` for 29 February where the other year has none.
    fn date(self, date: Date) -> Option<Date> {
        Date::new(date.year() + self.0, date.month(), date.day()).ok()
    }

    fn year(self, year: AcademicYear) -> AcademicYear {
        AcademicYear::starting(year.start() + self.0)
    }
}

struct Reader<'a> {
    texts: &'a BTreeMap<&'a str, &'a str>,
    post_16: bool,
    faults: &'a Faults,
}

impl Reader<'_> {
    /// The cases of a file, those that it borrows from another framework first.
    fn file(&self, path: &str) -> Vec<WorkedCase> {
        let node = parse(path, self.texts.get(path).copied().unwrap_or_default(), self.faults);
        let Some(root) = Fields::of(&node, "", self.faults) else { return Vec::new() };
        let mut cases = Vec::new();
        if let Some(fields) = root.optional_table("as-in") {
            cases = self.borrowed(fields, path);
        }
        cases.extend(self.own(&root, path, Shift::default(), &[]));
        root.finish();
        cases
    }

    /// `as-in = { framework = "…", years-earlier = 2, without = ["…"] }`: what the other framework's file itself writes.
    fn borrowed(&self, fields: Fields<'_>, path: &str) -> Vec<WorkedCase> {
        let framework = fields.text("framework");
        let years = fields.optional_number("years-earlier").unwrap_or(0);
        let without = fields.texts("without");
        let from = framework.zip(named(path)).map(|(framework, (_, id))| format!("cases/{framework}/{id}.toml"));
        let text = from.as_deref().filter(|from| *from != path).and_then(|from| self.texts.get(from));
        let mut cases = Vec::new();
        if let (Some(from), Some(text)) = (&from, text) {
            let node = parse(from, text, self.faults);
            for title in without.iter().filter(|title| !text.contains(title.as_str())) {
                fields.fault(
                    "without",
                    format!("{from} has no case “{title}”"),
                    "Copy the title of the case, or remove it",
                );
            }
            match i16::try_from(years).ok().filter(|years| *years <= 100) {
                Some(years) => {
                    if let Some(root) = Fields::of(&node, "", self.faults) {
                        cases = self.own(&root, from, Shift(-years), &without);
                    }
                }
                None => {
                    fields.fault("years-earlier", format!("{years} years are too many"), "Write a number up to 100")
                }
            }
        } else if let Some(from) = from {
            fields.fault("framework", format!("there is no other file {from}"), "Name another framework");
        }
        fields.finish();
        cases
    }

    fn own(&self, root: &Fields<'_>, path: &str, shift: Shift, titles_left_out: &[String]) -> Vec<WorkedCase> {
        let about = named(path).map_or("", |(_, requirement)| requirement);
        let mut cases = Vec::new();
        for item in root.list("case") {
            let title = item.text("that").unwrap_or_default();
            if titles_left_out.iter().any(|left_out| left_out == title) {
                continue;
            }
            if let Some(entry) = Fields::of(item, format!("case {title}").trim(), self.faults) {
                cases.extend(learner_case::read(entry, about, self.post_16, shift));
            }
        }
        cases
    }
}
