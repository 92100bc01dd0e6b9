use domain::{ImportId, InstitutionId, LearnerId};
use exchange::plan::{Decision, Undecidable};
use serde_json::json;
use store::import::State;

use super::{Summary, Work};
use crate::{Action, Actor, App, Error, Refusal, Result};

/// Something that a person decides in review.
#[derive(Debug, Clone, PartialEq)]
pub enum Choose {
    /// What a row means, by its line.
    Row {
        /// The line.
        line: u64,
        /// The decision.
        decision: Decision,
    },
    /// Whether somebody who is not in the file has left.
    Absent {
        /// Who.
        learner: LearnerId,
        /// Whether they left.
        leaves: bool,
    },
}

impl App {
    /// Notes decisions about an import: all of them, or none.
    ///
    /// # Errors
    /// If the actor may not import here, the import is past that, or a decision does not fit its row.
    pub fn decide_import(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ImportId,
        choices: &[Choose],
    ) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        let event = self.event(actor, "import.decided", ("import", Some(id.0)), json!({"decisions": choices.len()}));
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            let mut import = super::list::get(tx, institution, id)?;
            must_be_open(import.state)?;
            let mut work: Work =
                serde_json::from_slice(&store::import::plan(tx, institution, id)?).map_err(Error::fault)?;
            let Work::Learners(plan) = &mut work else { return Err(Error::NOT_FOUND) };
            for choice in choices {
                let done = match choice {
                    Choose::Row { line, decision } => plan.decide(*line, decision.clone()),
                    Choose::Absent { learner, leaves } => plan.confirm(*learner, *leaves),
                };
                done.map_err(undecidable)?;
            }
            let mut summary: Summary =
                import.summary.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            work.count(&mut summary);
            import.summary = Some(serde_json::to_string(&summary).map_err(Error::fault)?);
            import.changed_at = now;
            let problems = store::import::problems(tx, institution, id)?;
            let plan = serde_json::to_vec(&work).map_err(Error::fault)?;
            store::import::set_plan(tx, institution, id, Some(&plan), problems.as_deref())?;
            store::import::update(tx, institution, import.state, &import)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Gives an import up. Nothing of the records was changed.
    ///
    /// # Errors
    /// If the actor may not import here, or the import is past that.
    pub fn cancel_import(&self, actor: &Actor, institution: InstitutionId, id: ImportId) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        let event = self.event(actor, "import.cancelled", ("import", Some(id.0)), json!({}));
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            let mut import = super::list::get(tx, institution, id)?;
            must_be_open(import.state)?;
            let from = std::mem::replace(&mut import.state, State::Cancelled);
            import.changed_at = now;
            store::import::update(tx, institution, from, &import)?;
            store::import::discard_source(tx, institution, id)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// Whether an import can still be mapped, decided about or given up.
pub(super) fn must_be_open(state: State) -> Result<()> {
    match state {
        State::Uploaded | State::Mapped | State::Planned => Ok(()),
        State::Applied => Err(Error::conflict("This import has been applied already. It can be undone instead.")),
        State::Undone | State::Cancelled => {
            Err(Refusal::Conflict("This import has ended. Upload the file again.".to_owned()).into())
        }
    }
}

fn undecidable(undecidable: Undecidable) -> Error {
    Error::conflict(match undecidable {
        Undecidable::NoSuchRow | Undecidable::NothingAsked => {
            "There is nothing to decide about one of these rows any more. Look at the import again."
        }
        _ => "One of these decisions does not fit its row. Look at the import again.",
    })
}
