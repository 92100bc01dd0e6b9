//! What is to be done for the institution as a whole, on the home page: somebody leaves, a duty is due, a review comes near.

use domain::Date;

use crate::{Action, Actor, App, Result, careers_team, frame::Scene};

/// Something to do that is about no learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeTask {
    /// What, as a sentence without its stop.
    pub what: String,
    /// Why, or what it rests on.
    pub about: String,
    /// The page of the institution where it is done: `careers-team/careers-leader`.
    pub page: String,
    /// By when.
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub is_late: bool,
}

impl App {
    /// What is to be done on the as-of date that is about no learner, what is late first: each for those who can do it.
    pub(crate) fn home_tasks(&self, actor: &Actor, scene: &Scene<'_>) -> Result<Vec<HomeTask>> {
        let (institution, as_of) = (scene.frame.institution.id, scene.frame.as_of);
        let mut tasks = Vec::new();
        if actor.ask_for_all(Action::Administer, institution).is_ok() {
            let (_, contacts) = self.store().read(institution, |tx| store::institution::contacts(tx, institution))?;
            tasks.extend(careers_team::leaving(&contacts, as_of));
        }
        if actor.ask_for_all(Action::Record, institution).is_ok() {
            let kept = self.store().read(institution, |tx| store::duty::list(tx, institution))?;
            tasks.extend(self.duty_tasks(scene.held.records.institution.kind, kept, as_of));
            tasks.extend(self.request_tasks(institution)?);
            tasks.extend(self.policy_tasks(scene)?);
            tasks.extend(self.website_tasks(institution)?);
        }
        tasks.sort_by_key(|task| (!task.is_late, task.due));
        Ok(tasks)
    }
}
