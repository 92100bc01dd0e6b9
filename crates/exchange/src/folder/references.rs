use std::collections::HashMap;

use crate::problem::{Code, Place, Problem, Thing};

/// What became of a learner or activity that other files name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// Its position in the list.
    Known(u32),
    /// Left out on purpose (below year 7).
    LeftOut,
    /// Its row has a problem of its own.
    Bad,
}

/// The learners or activities of the folder by their reference.
#[derive(Debug, Default)]
pub(super) struct References {
    by_name: HashMap<String, Reference>,
    /// Whether the file could not be read to its end: what is not among them may be there all the same.
    partial: bool,
}

impl References {
    /// Those of a file that could not be read.
    pub(super) fn unread() -> Self {
        Self { by_name: HashMap::new(), partial: true }
    }

    /// Says that the rest of the file could not be read.
    pub(super) fn cut_short(&mut self) {
        self.partial = true;
    }

    /// What `reference` names.
    pub(super) fn get(&self, reference: &str) -> Option<Reference> {
        self.by_name.get(reference).copied()
    }

    /// Notes a reference; the first one stays.
    pub(super) fn insert(&mut self, reference: String, to: Reference) {
        if !reference.is_empty() {
            self.by_name.entry(reference).or_insert(to);
        }
    }
}

/// How many rows of a file were left out with what they name.
#[derive(Debug, Default)]
pub(super) struct LeftOut(pub(super) u64);

impl LeftOut {
    /// The position of what a cell names. `None`: unknown (told as a problem, unless the file that would
    /// have it was not read: that is told of already, once), or left out (counted).
    pub(super) fn resolve(
        &mut self,
        references: &References,
        thing: Thing,
        reference: &str,
        place: impl FnOnce() -> Place,
        problems: &mut Vec<Problem>,
    ) -> Option<u32> {
        if reference.is_empty() {
            problems.push(Problem::problem(place(), Code::Missing));
            return None;
        }
        match references.get(reference) {
            Some(Reference::Known(index)) => Some(index),
            Some(Reference::LeftOut | Reference::Bad) => {
                self.0 += 1;
                None
            }
            None if references.partial => None,
            None => {
                problems.push(Problem::problem(place(), Code::Unknown { thing }).value(reference));
                None
            }
        }
    }

    /// Tells how many rows were left out.
    pub(super) fn tell(self, file: &str, problems: &mut Vec<Problem>) {
        if self.0 > 0 {
            problems.push(Problem::note(Place::file(file), Code::RowsLeftOut { rows: self.0 }));
        }
    }
}
