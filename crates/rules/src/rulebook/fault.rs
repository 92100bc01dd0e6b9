use std::{cell::RefCell, collections::BTreeSet, fmt, sync::Arc};

/// Something wrong in a file of the rulebook, or in a worked case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, relative to the rulebook's folder.
    pub file: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<u32>,
    /// Where in the file: `learner bm5.1 > met-when > at-least`. Empty for the file as a whole.
    pub key: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}. {}.", self.what, self.mend)
    }
}

impl std::error::Error for Fault {}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Arc<str>,
    pub(crate) line: u32,
}

/// Collects faults while reading goes on: whoever mends a rulebook wants them all at once.
#[derive(Default)]
pub(crate) struct Faults {
    noted: RefCell<Vec<Fault>>,
    unreadable: RefCell<BTreeSet<Arc<str>>>,
}

impl Faults {
    /// Notes a fault, once: the same entry may be read for several editions and spans of dates.
    pub(crate) fn add(&self, place: &Place, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        let line = (place.line > 0).then_some(place.line);
        let fault =
            Fault { file: place.file.to_string(), line, key: key.to_owned(), what: what.into(), mend: mend.into() };
        let mut faults = self.noted.borrow_mut();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    /// Notes that a file is not TOML. What else seems wrong in it follows from that, and is not reported.
    pub(crate) fn add_unreadable(&self, place: &Place, what: impl Into<String>, mend: impl Into<String>) {
        self.add(place, UNREADABLE, what, mend);
        self.unreadable.borrow_mut().insert(place.file.clone());
    }

    /// All of them, by file and line.
    pub(crate) fn into_sorted(self) -> Vec<Fault> {
        let (mut faults, unreadable) = (self.noted.into_inner(), self.unreadable.into_inner());
        faults.retain(|fault| fault.key == UNREADABLE || !unreadable.contains(fault.file.as_str()));
        for fault in &mut faults {
            if fault.key == UNREADABLE {
                fault.key.clear();
            }
        }
        faults.sort();
        faults
    }
}

/// Stands for the key of a fault in the notation itself, until the faults are handed out.
const UNREADABLE: &str = "\u{0}";
