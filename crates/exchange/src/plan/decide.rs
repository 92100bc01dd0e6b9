use domain::{LearnerId, YearGroup};

use super::{Change, Choice, Draft, MatchedBy, Plan, Question, Skipped, Step, Value};
use crate::roster::Field;

/// What a person says about a row that needs a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is this known learner.
    Existing(LearnerId),
    /// It is somebody new.
    New,
    /// They are in this year group.
    YearGroup(YearGroup),
    /// Leave the row out.
    Skip,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecidable {
    /// There is no such row, or no such absent learner.
    NoSuchRow,
    /// The row does not ask for a decision.
    NothingAsked,
    /// That is none of the choices.
    NoSuchChoice,
    /// A new learner still lacks what a learner must have.
    StillMissing,
}

impl Plan {
    /// Takes a decision about the row on a line. A row that would add or change a learner can be left out too.
    pub fn decide(&mut self, line: u64, decision: Decision) -> Result<(), Undecidable> {
        let row = self.rows.iter_mut().find(|row| row.line == line).ok_or(Undecidable::NoSuchRow)?;
        let year = row.academic_year.unwrap_or(self.academic_year);
        if decision == Decision::Skip && matches!(row.step, Step::Join { .. } | Step::Change { .. }) {
            row.step = Step::Skip { why: Skipped::Person };
            return Ok(());
        }
        let Step::Decide { question, choices } = &row.step else { return Err(Undecidable::NothingAsked) };
        row.step = match decision {
            Decision::Skip => Step::Skip { why: Skipped::Person },
            Decision::Existing(learner) => {
                let changes = choices.iter().find_map(|choice| match choice {
                    Choice::Existing { learner: other, changes, .. } if *other == learner => Some(changes.clone()),
                    _ => None,
                });
                known(learner, changes.ok_or(Undecidable::NoSuchChoice)?)
            }
            Decision::New => joined(new_of(choices).ok_or(Undecidable::NoSuchChoice)?)?,
            Decision::YearGroup(group) => {
                if !matches!(question, Question::YearGroup { .. } | Question::Missing { .. }) {
                    return Err(Undecidable::NoSuchChoice);
                }
                let value = Value::YearGroup(year, group);
                match choices.first() {
                    Some(Choice::Existing { learner, changes, .. }) => {
                        let mut changes = changes.clone();
                        changes.push(Change { field: Field::YearGroup, old: Value::Nothing, new: value });
                        known(*learner, changes)
                    }
                    Some(Choice::New { draft }) => {
                        let mut draft = draft.clone();
                        draft.values.insert(Field::YearGroup, value);
                        draft.missing.retain(|field| *field != Field::YearGroup);
                        joined(draft)?
                    }
                    _ => return Err(Undecidable::NoSuchChoice),
                }
            }
        };
        Ok(())
    }

    /// Says whether somebody who is not in the file has left.
    pub fn confirm(&mut self, learner: LearnerId, leaves: bool) -> Result<(), Undecidable> {
        let absent = self.absent.iter_mut().find(|absent| absent.learner == learner).ok_or(Undecidable::NoSuchRow)?;
        absent.leaves = Some(leaves);
        Ok(())
    }
}

fn known(learner: LearnerId, changes: Vec<Change>) -> Step {
    let matched_by = MatchedBy::Person;
    if changes.is_empty() { Step::Same { learner, matched_by } } else { Step::Change { learner, matched_by, changes } }
}

fn new_of(choices: &[Choice]) -> Option<Draft> {
    choices.iter().find_map(|choice| match choice {
        Choice::New { draft } => Some(draft.clone()),
        _ => None,
    })
}

fn joined(draft: Draft) -> Result<Step, Undecidable> {
    if draft.missing.is_empty() { Ok(Step::Join { draft }) } else { Err(Undecidable::StillMissing) }
}
