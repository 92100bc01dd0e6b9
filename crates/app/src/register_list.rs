//! A list of those who came, pasted or scanned, checked line by line before anything is marked.

use std::collections::HashMap;

use domain::{ActivityId, LearnerId};

use crate::{
    Action, ActivityRow, Actor, App, Error, Found, Frame, Result, RollRow, View,
    activity::{is_shown, row},
    frame::Scene,
    register::register_rows,
    roll::Roll,
};

/// The most that a list may have, in bytes and in lines.
const BYTES: usize = 256 << 10;
const LINES: usize = 2_000;

/// A list with what its lines mean.
#[derive(Debug, Clone)]
pub struct ListCheck {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// Its lines, those without anything left out.
    pub lines: Vec<ListLine>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Which, from 1.
    pub number: usize,
    /// As it was pasted, at most a hundred characters of it.
    pub text: String,
    /// Whom it means.
    pub found: Found,
    /// The line that means the same learner already.
    pub same_as: Option<usize>,
}

impl App {
    /// Whom each line of a list means: a reference, a UPN, or a name. Nothing is marked.
    ///
    /// # Errors
    /// A problem at `list` if it is empty or far too long; if the actor may not mark registers here, or there is no such activity.
    pub fn check_list(&self, actor: &Actor, view: View, activity: ActivityId, text: &str) -> Result<ListCheck> {
        actor.ask(Action::MarkRegisters, view.institution)?;
        let scene = self.scene(actor, view)?;
        let (index, roll) = self.roll(&scene, activity)?;
        if text.len() > BYTES {
            let size = text.len().div_ceil(1 << 10);
            return Err(Error::problem(
                "list",
                format!(
                    "This is {size} kB of text, far more than a register. Paste at most {LINES} lines, one learner on each. \
                     Nothing was marked."
                ),
            ));
        }
        let filled = || text.lines().enumerate().filter(|(_, line)| line.chars().any(char::is_alphanumeric));
        match filled().count() {
            0 => return Err(Error::problem("list", "Paste or scan the learners who came, one on each line.")),
            lines if lines > LINES => {
                return Err(Error::problem(
                    "list",
                    format!("These are {lines} lines. Paste at most {LINES}, one learner on each. Nothing was marked."),
                ));
            }
            _ => {}
        }
        let mut seen = HashMap::<LearnerId, usize>::new();
        let lines = filled().map(|(at, line)| {
            let number = at + 1;
            let found = roll.find(line);
            let same_as = match &found {
                Found::One(row) => match seen.entry(row.id) {
                    std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
                    std::collections::hash_map::Entry::Vacant(free) => {
                        free.insert(number);
                        None
                    }
                },
                _ => None,
            };
            ListLine { number, text: line.trim().chars().take(100).collect(), found, same_as }
        });
        Ok(ListCheck { lines: lines.collect(), activity: row(&scene, index), frame: scene.frame })
    }

    /// Everybody whom the actor sees, to be found by what somebody wrote.
    pub(crate) fn roll(&self, scene: &Scene<'_>, activity: ActivityId) -> Result<(domain::ActivityIndex, Roll)> {
        scene.ask_for_learners()?;
        let index = scene.held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        if !is_shown(scene, index) {
            return Err(Error::NOT_FOUND);
        }
        let records = &scene.held.records;
        let date = records.activity(index).date;
        let day = scene.day_on(self.rulebook().framework(records.institution.kind, date), date);
        let cohort = self.cohort_of(scene, index)?;
        let register: HashMap<_, _> = register_rows(&scene.held, &day, index, &cohort, |learner| scene.sees(learner))
            .into_iter()
            .map(|row| (row.id, row.status))
            .collect();
        let mut roll = Roll::default();
        for at in 0..records.learners.len() as u32 {
            let at = domain::LearnerIndex(at);
            if !scene.sees(at) {
                continue;
            }
            let learner = records.learner(at);
            let id = scene.held.learner_id(at);
            let on_register = register.get(&id);
            let row = RollRow {
                id,
                reference: learner.reference.clone(),
                name: format!("{}, {}", learner.surname, learner.forename),
                form: learner.form.clone(),
                status: on_register.copied().flatten(),
                is_expected: on_register.is_some(),
                is_on_roll: day.evaluation.position_of(at).is_some(),
            };
            let upn = learner.upn.as_ref().map(ToString::to_string);
            let uln = learner.uln.as_ref().map(ToString::to_string);
            roll.add(row, [learner.reference.as_str()].into_iter().chain(upn.as_deref()).chain(uln.as_deref()));
        }
        Ok((index, roll))
    }
}
