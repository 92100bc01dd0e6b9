//! A register as a workbook that goes out and comes back, checked cell by cell before anything is marked.

use std::collections::HashMap;

use domain::{ActivityId, InstitutionId, LearnerId, ParticipationStatus, date};
use exchange::register::{self, RegisterSheet, RegisterSheetRow, Returned, ReturnedRow};

use crate::{
    Action, ActivityRow, Actor, App, Error, FieldProblem, Found, Frame, ListFile, Result, RollRow, View, activity::row,
    roll::Roll,
};

/// The largest file that is read, in bytes: a register has a few hundred rows.
const BYTES: usize = 5 << 20;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A register that came back, with what it would change and what is wrong with it.
#[derive(Debug, Clone)]
pub struct SheetCheck {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// What it would change.
    pub changes: Vec<SheetChange>,
    /// How many of its rows say what is recorded already, or nothing.
    pub unchanged: usize,
    /// What is wrong, cell by cell, from the top. Rows with a problem are left out of the changes.
    pub problems: Vec<SheetProblem>,
}

/// A mark that a sheet would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetChange {
    /// Whose.
    pub learner: RollRow,
    /// The mark that was recorded when the sheet was made.
    pub seen: Option<ParticipationStatus>,
    /// The mark of the sheet.
    pub status: ParticipationStatus,
}

/// Something wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// Its address, `D7`; blank for the file as a whole.
    pub cell: String,
    /// What is written there.
    pub value: String,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
}

/// By what a sheet says whose register it is.
fn number(institution: InstitutionId, activity: ActivityId) -> String {
    format!("{institution}-{activity}")
}

impl App {
    /// The register as a workbook, to be printed or sent out.
    ///
    /// # Errors
    /// If the actor may not take lists away or mark registers here, or there is no such activity.
    pub fn register_sheet(&self, actor: &Actor, view: View, activity: ActivityId) -> Result<ListFile> {
        actor.ask(Action::MarkRegisters, view.institution)?;
        actor.ask(Action::Export, view.institution)?;
        let register = self.register(actor, view, activity)?;
        let held = &register.activity.activity;
        let with = held.organisation.as_deref().map_or(String::new(), |name| format!(", with {name}"));
        let sheet = RegisterSheet {
            title: format!("Register: {}", held.title),
            about: format!("{}{with}.", date::long(held.date)),
            number: number(view.institution, activity),
            rows: register
                .rows
                .iter()
                .map(|row| RegisterSheetRow {
                    reference: row.reference.clone(),
                    name: row.name.clone(),
                    form: row.form.clone().unwrap_or_default(),
                    mark: row.status,
                })
                .collect(),
        };
        let bytes = register::write(&sheet).map_err(Error::fault)?;
        let why = actor.why_list(Action::Export, view.institution);
        self.note_export(actor, view.institution, "register", register.rows.iter().map(|row| row.id), why.as_deref())?;
        Ok(ListFile { name: format!("register {}.xlsx", held.date), media_type: XLSX, bytes })
    }

    /// What a register that came back would change, and what is wrong with it. Nothing is marked.
    ///
    /// # Errors
    /// A problem at `file` if it cannot be read as a register; if the actor may not mark registers here, or there is no such activity.
    pub fn check_register_sheet(
        &self,
        actor: &Actor,
        view: View,
        activity: ActivityId,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<SheetCheck> {
        actor.ask(Action::MarkRegisters, view.institution)?;
        let scene = self.scene(actor, view)?;
        let (index, roll) = self.roll(&scene, activity)?;
        if bytes.len() > BYTES {
            return Err(Error::problem(
                "file",
                "This file is larger than 5 MB, far more than a register. Nothing was marked.",
            ));
        }
        let returned = register::read(file_name, bytes).map_err(|problems| {
            let said = |problem: exchange::problem::Problem| FieldProblem {
                field: "file",
                message: format!("{} {}", problem.message(), problem.remedy()).trim().to_owned(),
            };
            Error::Problems(problems.into_iter().map(said).collect())
        })?;
        let mut check = SheetCheck {
            activity: row(&scene, index),
            frame: scene.frame,
            changes: Vec::new(),
            unchanged: 0,
            problems: Vec::new(),
        };
        match returned.number.as_deref() {
            Some(found) if found != number(view.institution, activity) => {
                // Its marks would be somebody's for another day: none of its rows is looked at.
                check.problems.push(SheetProblem {
                    cell: String::new(),
                    value: String::new(),
                    message: format!(
                        "This is the register of another activity. Bring it back on that activity’s page, or send the file of “{}”.",
                        check.activity.activity.title
                    ),
                });
            }
            _ => rows(&returned, &roll, &mut check),
        }
        Ok(check)
    }
}

/// Looks at every row.
fn rows(returned: &Returned, roll: &Roll, check: &mut SheetCheck) {
    let mut seen = HashMap::<LearnerId, u64>::new();
    for range in &returned.merged {
        check.problems.push(SheetProblem {
            cell: range.clone(),
            value: String::new(),
            message: "These cells are merged into one, so it cannot be said whose mark it is. Unmerge them.".to_owned(),
        });
    }
    for row in &returned.rows {
        if let Err(problem) = one(row, returned, roll, &mut seen).map(|change| match change {
            Some(change) => check.changes.push(change),
            None => check.unchanged += 1,
        }) {
            check.problems.push(problem);
        }
    }
}

/// The mark that a row would change; none if it says what is recorded, or nothing.
fn one(
    row: &ReturnedRow,
    returned: &Returned,
    roll: &Roll,
    seen: &mut HashMap<LearnerId, u64>,
) -> std::result::Result<Option<SheetChange>, SheetProblem> {
    let problem = |cell: &str, value: &str, message: String| SheetProblem {
        cell: cell.to_owned(),
        value: value.chars().take(100).collect(),
        message,
    };
    // Without a reference, the name says who it is.
    let is_named = row.reference.is_empty();
    let at = &row.reference_cell;
    let (found, written) = match is_named {
        true => (roll.find(&row.name), &row.name),
        false => (roll.by_code(&row.reference), &row.reference),
    };
    for cell in [&row.reference_cell, &row.mark_cell] {
        if returned.formulas.contains(cell) {
            return Err(problem(
                cell,
                "",
                "This is a formula. Type what it stands for, so that it cannot change.".to_owned(),
            ));
        }
    }
    let learner = match found {
        Found::One(learner) => learner,
        Found::Nobody => {
            let what = if is_named { "name" } else { "reference" };
            return Err(problem(
                at,
                written,
                format!("Nobody with this {what} is recorded. Correct it, or take the row out."),
            ));
        }
        Found::Several(_) => {
            return Err(problem(
                at,
                written,
                "Several learners have this name. Write the reference of the one who is meant.".to_owned(),
            ));
        }
        Found::NotOnRoll(learner) => {
            let message =
                format!("{} was not on roll on that day: they had left, or had not yet joined.", learner.name);
            return Err(problem(at, written, message));
        }
    };
    if let Some(first) = seen.insert(learner.id, row.line) {
        return Err(problem(
            at,
            written,
            format!("This learner stands in row {first} already. Keep one of the two rows."),
        ));
    }
    if row.mark.is_empty() {
        return Ok(None);
    }
    let Some(status) = register::mark(&row.mark) else {
        let message = "This is not a mark. Write Present, Absent or Excused, or leave it blank.".to_owned();
        return Err(problem(&row.mark_cell, &row.mark, message));
    };
    let before = if row.says_before { row.before.parse().ok() } else { learner.status };
    if status_is_unchanged(status, before, learner.status) {
        return Ok(None);
    }
    Ok(Some(SheetChange { learner, seen: before, status }))
}

/// Whether nothing is to be done: nobody changed the mark in the sheet, or what it says is recorded already.
fn status_is_unchanged(
    status: ParticipationStatus,
    before: Option<ParticipationStatus>,
    now: Option<ParticipationStatus>,
) -> bool {
    before == Some(status) || now == Some(status)
}
