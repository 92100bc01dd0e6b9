use std::{collections::HashMap, sync::PoisonError};

use domain::{Activity, ActivityId, ImportId, InstitutionId, Learner, LearnerId};
use exchange::{
    plan::{ActivityPlan, ActivityStep, Change, Draft, ParticipationPlan, Plan, Step, Value},
    problem::Problem,
    roster::Field,
};
use serde_json::json;
use store::{
    Tx,
    import::{Import, State},
    participation::Entry,
};

use super::{Summary, Work, plan_of_activity::set_plan};
use crate::{
    Action, Actor, App, Error, Progress, Result,
    occasion::{follow_all, in_every_part},
};

/// The scheme under which former UPNs are kept.
pub(super) const UPN: &str = "upn";

/// How many marks are written between two looks at the progress.
const ENTRIES: usize = 20_000;

/// How applying ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyOutcome {
    /// What was done, in numbers.
    pub summary: Summary,
}

/// Applying on a thread of its own, as far as pages of this node can tell.
#[derive(Debug, Default)]
pub(crate) struct Running {
    progress: Progress,
    failure: Option<String>,
}

impl App {
    /// Applies an import in one transaction. With `good_rows_alone`, rows with problems are left out; otherwise there must be
    /// none.
    ///
    /// # Errors
    /// If the actor may not import here, something is left to decide, or the records moved on since the plan was made:
    /// then nothing changes.
    pub fn apply_import(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ImportId,
        good_rows_alone: bool,
    ) -> Result<ApplyOutcome> {
        actor.ask_for_all(Action::Import, institution)?;
        let event =
            self.event(actor, "import.applied", ("import", Some(id.0)), json!({"good_rows_alone": good_rows_alone}));
        let now = self.context().now();
        let outcome = self.store().write(institution, |tx| -> Result<_> {
            let mut import = super::list::get(tx, institution, id)?;
            super::review::must_be_open(import.state)?;
            let work = ready(tx, institution, &import, good_rows_alone)?;
            let summary: Summary =
                import.summary.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let from = std::mem::replace(&mut import.state, State::Applied);
            import.applied_revision = Some(store::import::track(tx, institution, id, import.base_revision)?);
            import.changed_at = now;
            match &work {
                Work::Learners(plan) => self.apply_learners(tx, institution, id, plan)?,
                Work::Activities(plan) => self.apply_activities(tx, institution, id, plan)?,
                Work::Participation(plan) => self.apply_participation(tx, institution, id, plan)?,
            }
            store::import::update(tx, institution, from, &import)?;
            // The file's rows live on as records; the file itself, with every column that nobody asked for, does not, and
            // of its problems only where they stood.
            store::import::discard_source(tx, institution, id)?;
            let problems = without_values(store::import::problems(tx, institution, id)?)?;
            let kept = undone_by(&work)?;
            store::import::set_plan(tx, institution, id, kept.as_deref(), problems.as_deref())?;
            store::audit::record(tx, institution, &event)?;
            Ok(ApplyOutcome { summary })
        });
        self.running(id, |running| running.progress = Progress::default());
        outcome
    }

    /// Applies an import on a thread of its own, so that a page can show how far it has come.
    ///
    /// # Errors
    /// As [`App::apply_import`] where that can be told at once; what goes wrong later is shown on the import's page.
    pub fn start_apply_import(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ImportId,
        good_rows_alone: bool,
    ) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        self.store().read(institution, |tx| -> Result<_> {
            let import = super::list::get(tx, institution, id)?;
            super::review::must_be_open(import.state)?;
            ready(tx, institution, &import, good_rows_alone)
        })?;
        self.running(id, |running| *running = Running { progress: Progress { done: 0, total: 1 }, failure: None });
        let (app, actor) = (self.clone(), actor.clone());
        std::thread::spawn(move || {
            let outcome = app.apply_import(&actor, institution, id, good_rows_alone);
            app.running(id, |running| running.progress = Progress::default());
            if let Err(error) = outcome {
                if let Error::Fault(fault) = &error {
                    tracing::error!(import = %id, %fault, "an import could not be applied");
                }
                let sentence = match &error {
                    Error::Fault(_) => "Something went wrong in Waymark itself. Nothing was changed.".to_owned(),
                    other => other.to_string(),
                };
                app.running(id, |running| running.failure = Some(sentence));
            }
        });
        Ok(())
    }

    /// How far applying has come on this node, and why it failed if it did.
    pub(super) fn applying(&self, id: ImportId) -> (Option<Progress>, Option<String>) {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(&id).map_or((None, None), |running| {
            (Some(running.progress).filter(|progress| progress.total > 0), running.failure.clone())
        })
    }

    fn running(&self, id: ImportId, change: impl FnOnce(&mut Running)) {
        change(self.0.running.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default());
    }

    fn step(&self, id: ImportId, done: usize, total: usize) {
        // Often enough to be seen moving, seldom enough to cost nothing.
        if done.is_multiple_of(64) {
            self.running(id, |running| running.progress = Progress { done: done as u64, total: total.max(1) as u64 });
        }
    }

    fn apply_learners(&self, tx: &mut Tx<'_>, institution: InstitutionId, id: ImportId, plan: &Plan) -> Result<()> {
        let total = plan.rows.len() + plan.absent.len();
        for (done, row) in plan.rows.iter().enumerate() {
            self.step(id, done, total);
            match &row.step {
                Step::Join { draft } => self.join(tx, institution, draft)?,
                Step::Change { learner, changes, .. } => change(tx, institution, *learner, changes)?,
                Step::Same { .. } | Step::Skip { .. } => {}
                Step::Decide { .. } => return Err(undecided()),
            }
        }
        for (done, absent) in plan.absent.iter().enumerate() {
            self.step(id, plan.rows.len() + done, total);
            match absent.leaves {
                Some(true) => {
                    let mut learner = store::learner::get(tx, institution, absent.learner)?;
                    learner.left = Some(absent.left.max(learner.joined));
                    store::learner::update(tx, institution, absent.learner, &learner)?;
                }
                Some(false) => {}
                None => return Err(undecided()),
            }
        }
        Ok(())
    }

    fn apply_activities(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: ImportId,
        plan: &ActivityPlan,
    ) -> Result<()> {
        let known = activity_ids(tx, institution)?;
        let now = self.context().now();
        for (done, row) in plan.rows.iter().enumerate() {
            self.step(id, done, plan.rows.len());
            match &row.step {
                ActivityStep::New { activity } => {
                    let new = ActivityId(self.context().next_id());
                    store::activity::insert(tx, institution, new, &activity.activity()).map_err(taken)?;
                    set_plan(tx, institution, new, &activity.plan, now)?;
                }
                ActivityStep::Change { before: known_as, after, .. } => {
                    let activity = after.activity();
                    let changed = *known.get(&activity.reference).ok_or(Error::NOT_FOUND)?;
                    let before = store::activity::get(tx, institution, changed)?;
                    let activity = Activity { state: after.state.unwrap_or(before.state), ..activity };
                    store::activity::update(tx, institution, changed, &activity)?;
                    if known_as.plan != after.plan {
                        set_plan(tx, institution, changed, &after.plan, now)?;
                    }
                }
                ActivityStep::Same { .. } | ActivityStep::Skip { .. } => {}
            }
        }
        follow_all(tx, institution)
    }

    fn apply_participation(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: ImportId,
        plan: &ParticipationPlan,
    ) -> Result<()> {
        let activities = activity_ids(tx, institution)?;
        let learners: HashMap<String, LearnerId> =
            store::learner::all(tx, institution)?.into_iter().map(|(id, learner)| (learner.reference, id)).collect();
        let mut entries = Vec::new();
        for register in &plan.registers {
            let activity = *activities.get(&register.activity).ok_or(Error::NOT_FOUND)?;
            for entry in &register.entries {
                let learner = *learners.get(&entry.learner).ok_or(Error::NOT_FOUND)?;
                entries.push(Entry { learner, activity, status: entry.new });
            }
        }
        let entries = in_every_part(tx, institution, &entries)?;
        for (done, batch) in entries.chunks(ENTRIES).enumerate() {
            self.running(id, |running| {
                running.progress = Progress { done: (done * ENTRIES) as u64, total: entries.len() as u64 };
            });
            store::participation::set_many(tx, institution, batch)?;
        }
        Ok(())
    }

    fn join(&self, tx: &mut Tx<'_>, institution: InstitutionId, draft: &Draft) -> Result<()> {
        let (learner, year, year_group) = draft.learner().ok_or_else(undecided)?;
        let id = LearnerId(self.context().next_id());
        store::learner::insert(tx, institution, id, &learner).map_err(taken)?;
        store::year_record::set(tx, institution, id, year, year_group)?;
        for upn in draft.former_upns() {
            store::learner_alias::insert(tx, institution, id, UPN, upn)?;
        }
        Ok(())
    }
}

fn activity_ids(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<HashMap<String, ActivityId>> {
    let all = store::activity::all(tx, institution)?;
    Ok(all.into_iter().map(|(id, activity)| (activity.reference, id)).collect())
}

fn change(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId, changes: &[Change]) -> Result<()> {
    let before: Learner = store::learner::get(tx, institution, id)?;
    let mut learner = before.clone();
    for change in changes {
        match &change.new {
            Value::YearGroup(year, year_group) => store::year_record::set(tx, institution, id, *year, *year_group)?,
            Value::Texts(upns) if change.field == Field::FormerUpn => {
                for upn in upns {
                    store::learner_alias::insert(tx, institution, id, UPN, upn)?;
                }
            }
            value => value.put(&mut learner, change.field),
        }
    }
    if learner != before {
        store::learner::update(tx, institution, id, &learner).map_err(taken)?;
    }
    Ok(())
}

/// The plan, if it may be applied.
fn ready(tx: &mut Tx<'_>, institution: InstitutionId, import: &Import, good_rows_alone: bool) -> Result<Work> {
    let plan = store::import::plan(tx, institution, import.id)?;
    if import.state != State::Planned || plan.is_empty() {
        return Err(Error::conflict("This file cannot be applied yet: first settle what its page asks."));
    }
    let summary: Summary =
        import.summary.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if summary.bad > 0 && !good_rows_alone {
        return Err(Error::conflict(
            "Some rows have problems, so nothing was changed. Mend them and upload the file again, or apply the good rows alone.",
        ));
    }
    let work: Work = serde_json::from_slice(&plan).map_err(Error::fault)?;
    if work.is_decided() { Ok(work) } else { Err(undecided()) }
}

/// What taking the import back needs beyond the records themselves: how changed activities were to be held.
fn undone_by(work: &Work) -> Result<Option<Vec<u8>>> {
    let Work::Activities(plan) = work else { return Ok(None) };
    let is_needed = |step: &ActivityStep| match step {
        ActivityStep::Change { before, after, .. } => before.plan != after.plan,
        _ => false,
    };
    let rows: Vec<_> = plan.rows.iter().filter(|row| is_needed(&row.step)).cloned().collect();
    if rows.is_empty() {
        return Ok(None);
    }
    serde_json::to_vec(&Work::Activities(ActivityPlan { rows })).map(Some).map_err(Error::fault)
}

fn without_values(problems: Option<String>) -> Result<Option<String>> {
    let Some(text) = problems else { return Ok(None) };
    let mut problems: Vec<Problem> = serde_json::from_str(&text).map_err(Error::fault)?;
    for problem in &mut problems {
        problem.value = None;
    }
    serde_json::to_string(&problems).map(Some).map_err(Error::fault)
}

fn undecided() -> Error {
    Error::conflict("Something is left to decide, so nothing was changed. Decide it on the import's page first.")
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate { .. } => Error::conflict(
            "Two records would have the same reference, so nothing was changed. Plan the file again, and look once more.",
        ),
        other => other.into(),
    }
}
