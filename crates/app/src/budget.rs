//! What activities cost against what may be spent in an academic year.

use domain::{AcademicYear, ActivityId, ActivityState, Date, InstitutionId};
use serde_json::json;

use crate::{
    Action, Actor, App, Frame, Problems, Result, View,
    activity::is_shown,
    audit::changes,
    frame::Scene,
    plan_form::{pence, pounds},
};

/// The budget of an academic year, in pence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetPage {
    /// Where.
    pub frame: Frame,
    /// What may be spent, if somebody said so.
    pub budget: Option<i64>,
    /// What activities up to the day cost.
    pub spent: i64,
    /// What planned ones after it will.
    pub planned: i64,
    /// What is left of the budget once all of it is spent; below nought is too much.
    pub left: Option<i64>,
    /// What each costs, by day.
    pub activities: Vec<(ActivityId, String, Date, i64)>,
}

impl App {
    /// What the activities of the academic year cost, against its budget. Drafts and cancelled ones cost nothing.
    ///
    /// # Errors
    /// If the institution is not within reach.
    pub fn budget(&self, actor: &Actor, view: View) -> Result<BudgetPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let institution = view.institution;
        let (budget, plans) = self.store().read(institution, |tx| -> Result<_> {
            Ok((store::budget::find(tx, institution, scene.frame.year)?, store::plan::all(tx, institution)?))
        })?;
        let costs = plans.into_iter().filter_map(|(id, plan)| Some((id, plan.cost_pence?)));
        let mut activities: Vec<_> = costs.filter_map(|(id, cost)| costs_something(&scene, id, cost)).collect();
        activities.sort_by_key(|(id, _, date, _)| (*date, *id));
        let sum = |past: bool| -> i64 {
            let of = activities.iter().filter(|(_, _, date, _)| (*date <= scene.frame.as_of) == past);
            of.map(|(_, _, _, cost)| cost).sum()
        };
        let (spent, planned) = (sum(true), sum(false));
        let left = budget.map(|budget| budget - spent - planned);
        Ok(BudgetPage { budget, spent, planned, left, activities, frame: scene.frame })
    }

    /// Sets what may be spent in an academic year; blank takes it away.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or it is no amount.
    pub fn set_budget(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        year: AcademicYear,
        amount: &str,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        let amount = pence(amount, "budget", &mut problems);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<_> {
            let before = store::budget::find(tx, institution, year)?;
            let field = |amount: Option<i64>| [("budget", amount.map_or(String::new(), pounds))];
            let event = self
                .event(actor, "budget.set", ("institution", Some(institution.0)), json!({"year": year.to_string()}))
                .with([self.detail(None, &changes(field(before), field(amount)))]);
            store::budget::set(tx, institution, year, amount)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// An activity of the academic year that counts, with what it costs.
fn costs_something(scene: &Scene<'_>, id: ActivityId, cost: i64) -> Option<(ActivityId, String, Date, i64)> {
    let index = scene.held.activity_index(id)?;
    let activity = scene.held.records.activity(index);
    let (from, until) = scene.frame.year_span;
    let counts = matches!(activity.state, ActivityState::Planned | ActivityState::Delivered);
    (counts && (from..=until).contains(&activity.date) && is_shown(scene, index))
        .then(|| (id, activity.title.clone(), activity.date, cost))
}
