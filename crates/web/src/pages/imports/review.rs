use askama::Template;

use super::Step;
use crate::{parts::Choice, shell::Shell};

/// What the file would change, what is wrong with it, and what needs a decision.
#[derive(Template)]
#[template(path = "pages/imports/review.html")]
pub(crate) struct ReviewPage {
    pub(crate) shell: Shell,
    pub(crate) steps: Vec<Step>,
    pub(crate) lead: String,
    pub(crate) problem_title: String,
    pub(crate) problems: Vec<CellProblem>,
    pub(crate) more_problems: String,
    pub(crate) own_file: String,
    pub(crate) notes_title: String,
    pub(crate) notes: Vec<String>,
    pub(crate) numbers: Vec<Counted>,
    pub(crate) sections: Vec<Section>,
    pub(crate) action: String,
    pub(crate) discard: String,
    pub(crate) revision: String,
    pub(crate) can_apply: bool,
    pub(crate) button: String,
}

/// A problem at its cell.
pub(crate) struct CellProblem {
    /// "Row 14, Date of birth".
    pub(crate) cell: String,
    pub(crate) value: String,
    pub(crate) message: String,
}

/// How many of a kind of change.
pub(crate) struct Counted {
    pub(crate) figure: String,
    pub(crate) label: &'static str,
    pub(crate) href: String,
}

/// One kind of change.
pub(crate) struct Section {
    pub(crate) anchor: &'static str,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) noun: &'static str,
    pub(crate) decides: bool,
    pub(crate) lines: Vec<PlanLine>,
    /// How many more there are.
    pub(crate) more: String,
}

/// One learner or activity that changes.
pub(crate) struct PlanLine {
    pub(crate) name: String,
    pub(crate) changes: Vec<Change>,
    pub(crate) field: String,
    pub(crate) choices: Vec<Choice>,
}

/// One field that changes.
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) was: String,
    pub(crate) now: String,
}
