//! Marks: what is said of a learner in a register, and how it is written without undoing what somebody else said meanwhile.

use std::collections::HashMap;

use domain::{AccountId, ActivityId, InstitutionId, LearnerId, ParticipationStatus};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{
    Tx, Within,
    audit::{Detail, Event},
    participation::Entry,
};

use crate::{App, Error, Result, audit::Change};

/// What whoever marks had before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Whatever it is: the mark takes its place.
    Anything,
    /// This mark, or none: anything else is somebody's who marked meanwhile, and stays.
    This(Option<ParticipationStatus>),
}

/// A mark in a register; none takes away what was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Whose.
    pub learner: LearnerId,
    /// What was seen before marking.
    pub seen: Seen,
    /// What.
    pub status: Option<ParticipationStatus>,
}

impl Mark {
    /// A mark that takes the place of whatever is there.
    pub fn new(learner: LearnerId, status: Option<ParticipationStatus>) -> Self {
        Self { learner, seen: Seen::Anything, status }
    }

    /// A mark by somebody who saw this one.
    pub fn over(learner: LearnerId, seen: Option<ParticipationStatus>, status: Option<ParticipationStatus>) -> Self {
        Self { learner, seen: Seen::This(seen), status }
    }
}

/// What marking changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The event that [`App::unmark`] takes back; none if nothing was changed.
    pub event: Option<i64>,
    /// How many marks were saved.
    pub saved: usize,
    /// Those that were not, because somebody else marked the learner meanwhile.
    pub conflicts: Vec<Conflict>,
}

/// A mark that was not saved, because somebody else marked the learner meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Whose.
    pub learner: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// What was to be marked.
    pub said: Option<ParticipationStatus>,
    /// What is marked.
    pub now: Option<ParticipationStatus>,
    /// Who marked that: a person's name, or by what way. None if it is not known.
    pub by: Option<String>,
    /// When they did.
    pub at: Option<Timestamp>,
}

/// A learner, with the mark before and after.
pub(crate) type Remark = (LearnerId, Option<ParticipationStatus>, Option<ParticipationStatus>);

/// Marks as they were written.
pub(crate) struct Written {
    /// What changed.
    pub(crate) changed: Vec<Remark>,
    /// Whose mark was not the one that was seen, with what is there now and what was to be marked.
    pub(crate) refused: Vec<Remark>,
}

impl App {
    /// Writes marks over what was seen. The caller asked for access, and notes the event.
    pub(crate) fn write_marks(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        activity: ActivityId,
        marks: &[Mark],
    ) -> Result<Written> {
        // First: whoever else marks waits until this is done, so that what is read here stays true.
        tx.advance(institution)?;
        store::activity::get(tx, institution, activity)?;
        let now: HashMap<_, _> = store::participation::register(tx, institution, activity)?.into_iter().collect();
        let mut written = Written { changed: Vec::new(), refused: Vec::new() };
        let mut accepted: Vec<(LearnerId, Option<ParticipationStatus>)> = Vec::new();
        for mark in marks {
            let before = now.get(&mark.learner).copied();
            if before == mark.status {
                accepted.push((mark.learner, mark.status));
                continue;
            }
            let is_as_seen = match mark.seen {
                Seen::Anything => true,
                Seen::This(seen) => seen == before,
            };
            if is_as_seen {
                accepted.push((mark.learner, mark.status));
                written.changed.push((mark.learner, before, mark.status));
            } else {
                written.refused.push((mark.learner, before, mark.status));
            }
        }
        // Activities that were one occasion share a register: all of them are marked, whichever somebody marks.
        for part in store::activity::occasion(tx, institution, activity)? {
            let entry = |learner, status| Entry { learner, activity: part, status };
            let set: Vec<_> =
                accepted.iter().filter_map(|(learner, after)| after.map(|status| entry(*learner, status))).collect();
            store::participation::set_many(tx, institution, &set).map_err(unknown_learner)?;
            for (learner, _) in accepted.iter().filter(|(_, after)| after.is_none()) {
                store::participation::delete(tx, institution, *learner, part)?;
            }
        }
        Ok(written)
    }

    /// Whether these marks say what is recorded already: so that sending them once more changes and notes nothing.
    pub(crate) fn are_recorded(
        &self,
        institution: InstitutionId,
        activity: ActivityId,
        marks: &[Mark],
    ) -> Result<bool> {
        let now: HashMap<_, _> = self.store().read(institution, |tx| -> Result<_> {
            store::activity::get(tx, institution, activity)?;
            Ok(store::participation::register(tx, institution, activity)?.into_iter().collect())
        })?;
        Ok(marks.iter().all(|mark| now.get(&mark.learner).copied() == mark.status))
    }

    /// Saves marks in a transaction of its own and notes `event`, which says who marks and how.
    pub(crate) fn save_marks(
        &self,
        institution: InstitutionId,
        activity: ActivityId,
        marks: &[Mark],
        event: impl FnOnce(Value) -> Event,
    ) -> Result<Marked> {
        if self.are_recorded(institution, activity, marks)? {
            return Ok(Marked::default());
        }
        let (id, written) = self.store().write(institution, |tx| -> Result<_> {
            let written = self.write_marks(tx, institution, activity, marks)?;
            let event = event(json!({"marks": written.changed.len(), "refused": written.refused.len()}))
                .with(self.mark_details(&written.changed));
            store::audit::record(tx, institution, &event)?;
            Ok((event.id, written))
        })?;
        Ok(Marked {
            event: (!written.changed.is_empty()).then_some(id),
            saved: written.changed.len(),
            conflicts: self.conflicts(institution, activity, &written.refused)?,
        })
    }

    /// One detail for each learner whose mark changed.
    pub(crate) fn mark_details(&self, changed: &[Remark]) -> Vec<Detail> {
        let word = |status: &Option<ParticipationStatus>| status.map(ParticipationStatus::word);
        changed
            .iter()
            .map(|(learner, before, after)| {
                self.detail(Some(*learner), &Change::default().with("mark", word(before), word(after)))
            })
            .collect()
    }

    /// Who marked those learners meanwhile, and when.
    fn conflicts(&self, institution: InstitutionId, activity: ActivityId, refused: &[Remark]) -> Result<Vec<Conflict>> {
        if refused.is_empty() {
            return Ok(Vec::new());
        }
        let held = self.held(institution)?;
        let mut latest = Vec::new();
        self.store().read(institution, |tx| -> Result<()> {
            for (learner, _, _) in refused {
                latest.push(store::audit::latest_mark(tx, institution, activity, *learner)?);
            }
            Ok(())
        })?;
        let people: Vec<AccountId> = latest.iter().flatten().filter_map(|event| event.account).collect();
        let names: HashMap<_, _> =
            self.store().read(Within::none(), |tx| store::account::names(tx, &people))?.into_iter().collect();
        let who = |event: &Event| match event.account {
            Some(account) => names.get(&account).cloned(),
            None if event.payload.contains("\"code\"") => Some("the learner, by the code on the board".to_owned()),
            None if event.payload.contains("\"link\"") => Some("somebody with a link".to_owned()),
            None => None,
        };
        let conflicts = refused.iter().zip(&latest).map(|((learner, now, said), event)| {
            let record = held.learner_index(*learner).map(|index| held.records.learner(index));
            Conflict {
                learner: *learner,
                name: record.map_or(String::new(), |record| format!("{}, {}", record.surname, record.forename)),
                form: record.and_then(|record| record.form.clone()),
                said: *said,
                now: *now,
                by: event.as_ref().and_then(who),
                at: event.as_ref().map(|event| event.at),
            }
        });
        Ok(conflicts.collect())
    }
}

/// What an event of marking says: each learner with the mark before and after, as far as they were not erased since. `None` for any
/// other event.
pub(crate) fn read_marks(event: &Event) -> Option<Vec<Remark>> {
    let status = |word: Option<&str>| word.map(str::parse::<ParticipationStatus>).transpose().ok();
    if event.action != "register.marked" {
        return None;
    }
    let remark = |detail: &Detail| {
        let change = Change::parse(&detail.text);
        Some((detail.learner?, status(change.before("mark"))?, status(change.after("mark"))?))
    };
    Some(event.details.iter().filter_map(remark).collect())
}

/// A learner who is not there is "not found", not a fault of the database.
fn unknown_learner(error: store::Error) -> Error {
    match error {
        store::Error::Depends { .. } => Error::NOT_FOUND,
        other => other.into(),
    }
}
