//! Planning activities: one, a series, one again, and the parts of one occasion.

use std::collections::HashSet;

use domain::{Activity, ActivityId, Check, Date, InstitutionId, LearnerId, OrganisationId, YearGroups};
use jiff::ToSpan;
use serde_json::json;
use store::{participation::Entry, plan::Group};

use crate::{
    Action, ActivityForm, Actor, App, Error, PlanForm, Problems, Result, View,
    activity::taken,
    activity_cohort::{invite, may_see},
    activity_form::far_off,
    audit::changes,
    frame::Scene,
    occasion::follow,
    plan_form::Checked,
};

/// Said at the title of a form that somebody else was quicker than. Whoever sends the form once more keeps what they typed.
pub const CHANGED_MEANWHILE: &str = "Somebody changed this activity after you opened the form, and nothing is saved yet. What you typed is still here. Look at the activity in another window, then save again to put yours in place of theirs.";

/// What was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The activities: several if it is repeated, by day.
    pub activities: Vec<ActivityId>,
    /// How many learners were invited to the first.
    pub invited: u32,
}

/// Activities that can be written.
pub(crate) struct Prepared {
    checked: Checked,
    series: Vec<(ActivityId, Activity, Vec<LearnerId>)>,
    parts: Vec<ActivityId>,
    fields: Vec<(&'static str, String)>,
}

impl App {
    /// Plans a new activity, or a series of them.
    ///
    /// # Errors
    /// If the actor may not record here, or the form has problems.
    pub fn plan_activity(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        form: &ActivityForm,
        plan: &PlanForm,
    ) -> Result<Planned> {
        let prepared = self.prepare_plan(actor, institution, form, plan)?;
        self.store().write(institution, |tx| self.write_prepared(tx, actor, institution, &prepared))
    }

    /// What the forms say, ready to be written in a transaction of whoever plans it.
    ///
    /// # Errors
    /// As [`App::plan_activity`].
    pub(crate) fn prepare_plan(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        form: &ActivityForm,
        plan: &PlanForm,
    ) -> Result<Prepared> {
        actor.ask(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let first = ActivityId(self.context().next_id());
        let (activity, mut checked) = self.checked(&scene, form, plan, reference(form, first), None)?;
        checked.plan.account = actor.account().filter(|_| plan.in_charge == "me");
        let mut series = Vec::new();
        for (at, day) in checked.days.iter().enumerate() {
            let id = if at == 0 { first } else { ActivityId(self.context().next_id()) };
            let reference = if at == 0 { activity.reference.clone() } else { format!("A{id}") };
            let activity = Activity { reference, date: *day, ..activity.clone() };
            let invited = self.invited(&scene, &activity, plan, &checked);
            self.ask_for_each(actor, Action::Record, institution, invited.iter().copied())?;
            series.push((id, activity, invited));
        }
        let again = checked.again.filter(|id| scene.held.activity_index(*id).is_some());
        let parts = again.into_iter().flat_map(|id| scene.held.parts_of(id)).collect();
        Ok(Prepared { checked, series, parts, fields: plan.fields() })
    }

    /// Writes what was prepared, and notes it.
    pub(crate) fn write_prepared(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        prepared: &Prepared,
    ) -> Result<Planned> {
        let Prepared { checked, series, parts, fields } = prepared;
        tx.advance(institution)?;
        let first = series.first().map(|(first, ..)| *first);
        let mut planned = Planned { activities: Vec::new(), invited: 0 };
        for (id, activity, learners) in series {
            store::activity::insert(tx, institution, *id, activity).map_err(taken)?;
            let moved = moved(checked, activity.date, first.filter(|_| series.len() > 1));
            self.write_plan(tx, actor, institution, *id, &moved)?;
            for part in parts {
                let part = without_marks(store::activity::get(tx, institution, *part)?);
                self.insert_part(tx, institution, *id, part)?;
            }
            follow(tx, institution, *id)?;
            let invited = invite(tx, institution, *id, learners)?.len() as u32;
            if planned.activities.is_empty() {
                planned.invited = invited;
            }
            let payload = json!({
                "kind": activity.kind.word(), "state": activity.state.word(), "invited": invited,
            });
            let fields = ActivityForm::from(activity).fields().into_iter().chain(fields.iter().cloned());
            let event = self
                .event(actor, "activity.added", ("activity", Some(id.0)), payload)
                .with([self.detail(None, &changes([], fields))]);
            store::audit::record(tx, institution, &event)?;
            planned.activities.push(*id);
        }
        Ok(planned)
    }

    /// Changes an activity and its plan. Returns how many learners were invited besides.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or the form has problems.
    pub fn change_plan(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        form: &ActivityForm,
        plan: &PlanForm,
    ) -> Result<u32> {
        actor.ask(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let index = scene.held.activity_index(id).ok_or(Error::NOT_FOUND)?;
        let held = scene.held.records.activity(index);
        let reference = match form.reference.trim() {
            "" => held.reference.clone(),
            text => text.to_owned(),
        };
        let (mut activity, mut checked) = self.checked(&scene, form, plan, reference, Some(held.date))?;
        if form.state.trim().is_empty() {
            activity.state = held.state;
        }
        let learners = self.invited(&scene, &activity, plan, &checked);
        self.ask_for_each(actor, Action::Record, institution, learners.iter().copied())?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let before = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))?;
            let form_before = self.form_of(tx, actor, institution, id, &before)?;
            if !plan.seen.is_empty() && plan.seen != form_before.1.seen {
                return Err(Error::problem("title", CHANGED_MEANWHILE));
            }
            let plan_before = store::plan::find(tx, institution, id)?;
            checked.plan.series = plan_before.as_ref().and_then(|plan| plan.series);
            checked.plan.ended_because = plan_before.as_ref().and_then(|plan| plan.ended_because.clone());
            // What this person may not read stays as it is.
            let mut plan = plan.clone();
            if !scene.frame.sees_send && plan.adjustments.trim().is_empty() {
                plan.adjustments.clone_from(&form_before.1.adjustments);
                checked.plan.adjustments.clone_from(&form_before.1.adjustments);
            }
            checked.plan.account = match plan.in_charge.as_str() {
                "me" => actor.account(),
                "other" => plan_before.as_ref().and_then(|plan| plan.account),
                _ => None,
            };
            // A group that this person may not see stays as it is.
            let hidden = store::plan::groups(tx, institution, id)?.into_iter().filter(|group| !may_see(&scene, group));
            checked.groups.extend(hidden);
            store::activity::update(tx, institution, id, &activity).map_err(taken)?;
            self.write_plan(tx, actor, institution, id, &checked)?;
            follow(tx, institution, id)?;
            let invited = invite(tx, institution, id, &learners)?.len() as u32;
            let all = |form: &ActivityForm, plan: &PlanForm| {
                form.fields().into_iter().chain(plan.fields()).collect::<Vec<_>>()
            };
            let changed = changes(all(&form_before.0, &form_before.1), all(&ActivityForm::from(&activity), &plan));
            let payload = json!({"fields": changed.names(), "invited": invited});
            let event = self
                .event(actor, "activity.changed", ("activity", Some(id.0)), payload)
                .with([self.detail(None, &changed)]);
            store::audit::record(tx, institution, &event)?;
            Ok(invited)
        })
    }

    /// Says what else an occasion was: another kind, or another organisation, with a checklist of its own and the same register.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, it is a part itself, or the form has problems.
    pub fn add_part(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        whole: ActivityId,
        form: &ActivityForm,
    ) -> Result<ActivityId> {
        actor.ask(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let index = scene.held.activity_index(whole).ok_or(Error::NOT_FOUND)?;
        if scene.held.whole_of(whole).is_some() {
            return Err(Error::conflict("This is a part already. Add the other one to the activity that leads it."));
        }
        let lead = scene.held.records.activity(index);
        let form = ActivityForm {
            title: lead.title.clone(),
            date: lead.date.to_string(),
            mode: lead.mode.word().to_owned(),
            ..form.clone()
        };
        let part = form.check(String::new())?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let register = store::participation::register(tx, institution, whole)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            let kind = part.kind;
            let id = self.insert_part(tx, institution, whole, part)?;
            follow(tx, institution, whole)?;
            let entries: Vec<_> =
                register.into_iter().map(|(learner, status)| Entry { learner, activity: id, status }).collect();
            store::participation::set_many(tx, institution, &entries)?;
            let payload = json!({"kind": kind.word(), "part_of": whole.0});
            let event = self
                .event(actor, "activity.added", ("activity", Some(id.0)), payload)
                .with([self.detail(None, &changes([], form.fields()))]);
            store::audit::record(tx, institution, &event)?;
            Ok(id)
        })
    }

    fn insert_part(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        whole: ActivityId,
        part: Activity,
    ) -> Result<ActivityId> {
        let id = ActivityId(self.context().next_id());
        let part = Activity { reference: format!("A{id}"), ..part };
        store::activity::insert(tx, institution, id, &part)?;
        store::activity::set_part_of(tx, institution, id, Some(whole))?;
        Ok(id)
    }

    /// What the forms say, or everything that is wrong with both.
    fn checked(
        &self,
        scene: &Scene<'_>,
        form: &ActivityForm,
        plan: &PlanForm,
        reference: String,
        was: Option<Date>,
    ) -> Result<(Activity, Checked)> {
        let mut problems = Problems::default();
        let activity = form.note(reference, &mut problems);
        let date = activity.as_ref().map(|activity| activity.date).or_else(|| domain::date::parse(&form.date));
        if date != was {
            far_off(&scene.held.records.institution, date, self.context().today(), &mut problems);
        }
        let checked = plan.check(scene, date, self.context().now(), &mut problems)?;
        problems.check()?;
        Ok((activity.ok_or_else(|| Error::problem("date", "Enter a day."))?, checked))
    }

    /// Who is invited: those named, and the cohort if it is to be.
    fn invited(&self, scene: &Scene<'_>, activity: &Activity, plan: &PlanForm, checked: &Checked) -> Vec<LearnerId> {
        let groups = checked.groups.as_slice();
        let cohort = match plan.invites && activity.state.counts() {
            true => self.cohort(scene, activity.date, activity.year_groups, groups),
            false => Vec::new(),
        };
        let cohort = cohort.into_iter().map(|learner| scene.held.learner_id(learner));
        let all: HashSet<_> = cohort.chain(checked.named.iter().copied()).collect();
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_unstable();
        all
    }

    fn write_plan(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        checked: &Checked,
    ) -> Result<()> {
        store::plan::set(tx, institution, id, &checked.plan)?;
        store::plan::set_sessions(tx, institution, id, &checked.sessions)?;
        store::plan::set_groups(tx, institution, id, &checked.groups)?;
        store::plan::set_outcomes(tx, institution, id, &checked.outcomes).map_err(|error| match error {
            store::Error::Depends { .. } => {
                Error::problem("outcomes", "One of these learning outcomes is gone. Choose again.")
            }
            other => other.into(),
        })?;
        let mut attending = Vec::<(OrganisationId, String)>::new();
        for one in &checked.attending {
            let found = store::organisation::find_by_name(tx, institution, &domain::same_name(&one.name))?;
            let organisation = match found {
                Some(found) => found.id,
                None => {
                    let new = OrganisationId(self.context().next_id());
                    let name = one.name.trim();
                    store::plan::add_organisation(tx, institution, new, name, self.context().now())?;
                    let event = self
                        .event(actor, "organisation.added", ("organisation", Some(new.0)), json!({"activity": id.0}))
                        .with([self.detail(None, &changes([], [("name", name.to_owned())]))]);
                    store::audit::record(tx, institution, &event)?;
                    new
                }
            };
            if attending.iter().all(|(other, _)| *other != organisation) {
                attending.push((organisation, one.role.trim().to_owned()));
            }
        }
        Ok(store::plan::set_attending(tx, institution, id, &attending)?)
    }
}

fn reference(form: &ActivityForm, id: ActivityId) -> String {
    match form.reference.trim() {
        "" => format!("A{id}"),
        text => text.to_owned(),
    }
}

/// The same plan for an activity of the series that begins on another day.
fn moved(checked: &Checked, day: Date, series: Option<ActivityId>) -> Checked {
    let first = checked.days.first().copied().unwrap_or(day);
    let span = domain::date::days_between(first, day).days();
    let later = |date: Date| date.checked_add(span).unwrap_or(date);
    let mut plan = checked.plan.clone();
    plan.ends_on = plan.ends_on.map(later);
    plan.series = series;
    let mut sessions = checked.sessions.clone();
    for session in &mut sessions {
        session.held_on = later(session.held_on);
    }
    Checked {
        plan,
        sessions,
        groups: checked.groups.clone(),
        outcomes: checked.outcomes.clone(),
        attending: checked.attending.clone(),
        named: checked.named.clone(),
        days: vec![day],
        again: None,
    }
}

/// An activity to be held again: what is ticked when it is over is open.
pub(crate) fn without_marks(activity: Activity) -> Activity {
    let over = [Check::Reflection, Check::Feedback];
    let checks = activity.checks.iter().filter(|check| !over.contains(check)).collect();
    Activity { checks, ..activity }
}

/// Whether a plan is for anybody at all.
pub(crate) fn is_for_somebody(year_groups: YearGroups, groups: &[Group]) -> bool {
    year_groups != YearGroups::default() || !groups.is_empty()
}
