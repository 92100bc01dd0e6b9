//! What a page shows of an activity's plan.

use domain::{Activity, ActivityId, ActivityIndex, ActivityState, Date, InstitutionId, ParticipationStatus, date};
use jiff::civil::Weekday;
use store::plan::{Attending, Group, Plan, Session};

use crate::{
    Action, ActivityFileRow, ActivityForm, ActivityRow, Actor, App, AttendingForm, Error, PlanForm, Result,
    SessionForm, View,
    activity::{is_shown, row},
    activity_cohort::may_see,
    frame::Scene,
    plan::is_for_somebody,
    plan_form::pounds,
    token::{digest, hex},
};

/// The plan of one activity, and what belongs to it.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// The plan; one that says nothing if none was made.
    pub plan: Plan,
    /// Whether the actor is in charge.
    pub is_mine: bool,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// The groups that it is for, as far as the actor may know them.
    pub groups: Vec<Group>,
    /// Whether it is also for a group that the actor may not know.
    pub hides_groups: bool,
    /// What its learning outcomes say.
    pub outcomes: Vec<String>,
    /// The other organisations that come.
    pub attending: Vec<Attending>,
    /// What else the occasion was.
    pub parts: Vec<PartRow>,
    /// The other activities of its series, by day.
    pub series: Vec<SeriesRow>,
    /// Its files.
    pub files: Vec<ActivityFileRow>,
    /// What asked of the institution as a whole it is evidence for: requirement and title.
    pub shows: Vec<(String, String)>,
    /// What may be wrong with the day.
    pub warnings: Vec<String>,
    /// How many of those whom it is for are neither invited nor marked.
    pub to_invite: u32,
    /// Whether it says for whom it is.
    pub is_for_somebody: bool,
}

/// What else an occasion was.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// The part.
    pub row: ActivityRow,
    /// How many boxes its checklist has, and how many are ticked.
    pub boxes: (usize, usize),
}

/// Another activity of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesRow {
    /// Its key.
    pub id: ActivityId,
    /// Its day.
    pub date: Date,
    /// How far it has come.
    pub state: ActivityState,
}

impl App {
    /// The plan of an activity, with what belongs to it.
    ///
    /// # Errors
    /// If the institution is not within reach or has no such activity.
    pub fn activity_plan(&self, actor: &Actor, view: View, id: ActivityId) -> Result<PlanPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(id).filter(|index| is_shown(&scene, *index)).ok_or(Error::NOT_FOUND)?;
        let activity = scene.held.records.activity(index);
        let institution = view.institution;
        let (plan, all_groups, mut page) = self.store().read(institution, |tx| -> Result<_> {
            let plan = store::plan::find(tx, institution, id)?;
            let groups = store::plan::groups(tx, institution, id)?;
            let first = plan.as_ref().and_then(|plan| plan.series);
            let series = match first {
                None => Vec::new(),
                Some(first) => store::plan::of_series(tx, institution, first)?,
            };
            let page = PlanPage {
                plan: Plan::blank(self.context().now()),
                is_mine: false,
                sessions: store::plan::sessions(tx, institution, id)?,
                groups: Vec::new(),
                hides_groups: false,
                outcomes: store::plan::outcome_statements(tx, institution, id)?,
                attending: store::plan::attending(tx, institution, id)?,
                parts: Vec::new(),
                series: series
                    .into_iter()
                    .filter(|(other, _, _)| *other != id)
                    .map(|(id, date, state)| SeriesRow { id, date, state })
                    .collect(),
                files: self.files_of(tx, institution, id)?,
                shows: Vec::new(),
                warnings: Vec::new(),
                to_invite: 0,
                is_for_somebody: false,
            };
            Ok((plan, groups, page))
        })?;
        page.plan = plan.unwrap_or(page.plan);
        // What staff write for themselves can tell of a learner; what is adjusted tells of needs.
        if scene.is_totals_only() {
            for text in [&mut page.plan.notes, &mut page.plan.risk_notes, &mut page.plan.visitor_notes] {
                text.clear();
            }
            page.plan.ended_because = None;
        }
        if !scene.frame.sees_send {
            page.plan.adjustments.clear();
        }
        page.is_mine = page.plan.account.is_some() && page.plan.account == actor.account();
        page.is_for_somebody = is_for_somebody(activity.year_groups, &all_groups);
        page.groups = all_groups.iter().filter(|group| may_see(&scene, group)).cloned().collect();
        page.hides_groups = page.groups.len() < all_groups.len();
        page.parts = scene
            .held
            .parts_of(id)
            .filter_map(|part| scene.held.activity_index(part))
            .map(|part| {
                let row = row(&scene, part);
                let all = row.activity.kind.checklist();
                let ticked = all.iter().filter(|check| row.activity.checks.contains(**check)).count();
                PartRow { boxes: (all.len(), ticked), row }
            })
            .collect();
        let asked = &scene.pack.institution_requirements;
        page.shows = page
            .plan
            .shows
            .split_whitespace()
            .filter_map(|id| asked.iter().find(|requirement| requirement.id == id))
            .map(|requirement| (requirement.id.clone(), requirement.wording.title.clone()))
            .collect();
        let year = scene.held.records.institution.year_of(activity.date);
        let dates = self.store().read(institution, |tx| store::calendar::list(tx, institution, year))?;
        page.warnings = warnings(&scene, index, &page, &dates);
        if page.is_for_somebody && activity.state.counts() && !scene.is_totals_only() {
            let records = &scene.held.records;
            let known: std::collections::HashSet<_> =
                records.participations.iter().filter(|one| one.activity == index).map(|one| one.learner).collect();
            let cohort = self.cohort(&scene, activity.date, activity.year_groups, &all_groups);
            page.to_invite = cohort.iter().filter(|learner| !known.contains(learner)).count() as u32;
        }
        Ok(page)
    }

    /// An activity and its plan as the form has them.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such activity.
    pub fn activity_forms(&self, actor: &Actor, view: View, id: ActivityId) -> Result<(ActivityForm, PlanForm)> {
        actor.ask(Action::Record, view.institution)?;
        let institution = view.institution;
        let scene = self.scene(actor, view)?;
        scene.held.activity_index(id).filter(|index| is_shown(&scene, *index)).ok_or(Error::NOT_FOUND)?;
        self.store().read(institution, |tx| {
            let activity = store::activity::get(tx, institution, id)?;
            let mut forms = self.form_of(tx, actor, institution, id, &activity)?;
            if !scene.frame.sees_send {
                forms.1.adjustments.clear();
            }
            let groups = store::plan::groups(tx, institution, id)?;
            forms
                .1
                .needs
                .retain(|need| groups.iter().any(|group| group.name.starts_with(need) && may_see(&scene, group)));
            Ok(forms)
        })
    }

    /// The steps that are offered as evidence for something asked of the institution as a whole, latest first.
    ///
    /// # Errors
    /// If the institution is not within reach.
    pub fn steps_for(&self, actor: &Actor, view: View, requirement: &str) -> Result<Vec<(ActivityId, String, Date)>> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let plans = self.store().read(view.institution, |tx| store::plan::all(tx, view.institution))?;
        let shows = plans.into_iter().filter(|(_, plan)| plan.shows.split_whitespace().any(|id| id == requirement));
        let mut steps: Vec<_> = shows
            .filter_map(|(id, _)| {
                let index = scene.held.activity_index(id)?;
                let activity = scene.held.records.activity(index);
                let counts = is_shown(&scene, index) && activity.state.counts() && activity.date <= scene.frame.as_of;
                counts.then(|| (id, activity.title.clone(), activity.date))
            })
            .collect();
        steps.sort_by_key(|(id, _, date)| std::cmp::Reverse((*date, *id)));
        Ok(steps)
    }

    /// An activity and its plan as a form has them.
    pub(crate) fn form_of(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        activity: &Activity,
    ) -> Result<(ActivityForm, PlanForm)> {
        let plan = store::plan::find(tx, institution, id)?.unwrap_or_else(|| Plan::blank(self.context().now()));
        let groups = store::plan::groups(tx, institution, id)?;
        let of_sort = |sort: &str| -> Vec<String> {
            groups.iter().filter(|group| group.sort == sort).map(|group| group.name.clone()).collect()
        };
        let needs = of_sort("need");
        let text = |text: Option<String>| text.unwrap_or_default();
        let form = PlanForm {
            ends_on: plan.ends_on.map_or(String::new(), |date| date.to_string()),
            starts_at: text(plan.starts_at),
            ends_at: text(plan.ends_at),
            place: text(plan.place),
            purpose: plan.purpose,
            staff: text(plan.staff),
            in_charge: match plan.account {
                None => "",
                account if account == actor.account() => "me",
                Some(_) => "other",
            }
            .to_owned(),
            adjustments: plan.adjustments,
            risk_notes: plan.risk_notes,
            visitor_notes: plan.visitor_notes,
            notes: plan.notes,
            cost: plan.cost_pence.map_or(String::new(), pounds),
            expects: plan.expects.map_or(String::new(), |number| number.to_string()),
            forms: of_sort("form"),
            subjects: of_sort("subject"),
            need_years: needs.first().map_or(Vec::new(), |need| need.split(' ').skip(1).map(str::to_owned).collect()),
            needs: needs.iter().filter_map(|need| need.split(' ').next()).map(str::to_owned).collect(),
            sessions: store::plan::sessions(tx, institution, id)?.into_iter().map(session_form).collect(),
            outcomes: store::plan::outcomes(tx, institution, id)?.iter().map(ToString::to_string).collect(),
            shows: plan.shows.split_whitespace().map(str::to_owned).collect(),
            attending: store::plan::attending(tx, institution, id)?
                .into_iter()
                .map(|one| AttendingForm { name: one.name, role: one.role })
                .collect(),
            ..PlanForm::default()
        };
        let fields = ActivityForm::from(activity);
        let all: Vec<_> = fields.fields().into_iter().chain(form.fields()).collect();
        let seen = hex(&digest(serde_json::to_string(&all).map_err(Error::fault)?.as_bytes()));
        Ok((fields, PlanForm { seen, ..form }))
    }
}

fn session_form(session: Session) -> SessionForm {
    SessionForm {
        date: session.held_on.to_string(),
        starts_at: session.starts_at.unwrap_or_default(),
        ends_at: session.ends_at.unwrap_or_default(),
        place: session.place.unwrap_or_default(),
        capacity: session.capacity.map_or(String::new(), |number| number.to_string()),
    }
}

/// What may be wrong with the days of an activity, each with what to do. Nothing of it keeps anybody from anything.
fn warnings(
    scene: &Scene<'_>,
    index: ActivityIndex,
    page: &PlanPage,
    dates: &[store::calendar::CalendarDate],
) -> Vec<String> {
    let activity = scene.held.records.activity(index);
    let calendar = &scene.held.records.institution;
    let this = calendar.year_of(scene.frame.today);
    let year = calendar.year_of(activity.date);
    let mut warnings = Vec::new();
    if activity.state == ActivityState::Cancelled {
        return warnings;
    }
    if year > this.next() {
        warnings.push(format!("{} is in the academic year {year}. Is the year right?", date::long(activity.date)));
    }
    let is_away = |date: &&store::calendar::CalendarDate| {
        !date.is_hidden && matches!(date.sort.as_str(), "holiday" | "inset") && date.year_groups.is_empty()
    };
    let days = std::iter::once(activity.date).chain(page.sessions.iter().map(|session| session.held_on));
    for day in days {
        let away = dates
            .iter()
            .filter(is_away)
            .find(|date| (date.starts_on..=date.ends_on.unwrap_or(date.starts_on)).contains(&day));
        match (day.weekday(), away) {
            (Weekday::Saturday, _) => warnings.push(format!("{} is a Saturday.", date::long(day))),
            (Weekday::Sunday, _) => warnings.push(format!("{} is a Sunday.", date::long(day))),
            (_, Some(away)) => warnings.push(format!("Learners are away on {}: {}.", date::long(day), away.title)),
            _ if day.month() == 8 => warnings.push(format!("{} is in August.", date::long(day))),
            _ => {}
        }
    }
    warnings.dedup();
    let plan = &page.plan;
    if plan.ends_on.is_some_and(|last| calendar.year_of(last) != year) {
        warnings.push("Its last day is in another academic year. Everything counts for the first day.".to_owned());
    }
    if activity.state == ActivityState::Draft && activity.date < scene.frame.today {
        warnings.push("Its day has passed and it is a draft still: nothing of it counts.".to_owned());
    }
    let left = scene.held.records.participations.iter().filter(|one| {
        one.activity == index
            && one.status == ParticipationStatus::Invited
            && scene.sees(one.learner)
            && !scene.held.records.learner(one.learner).is_on_roll(activity.date)
    });
    for one in left {
        let learner = scene.held.records.learner(one.learner);
        let name = format!("{} {}", learner.forename, learner.surname);
        warnings.push(format!("{name} is invited and will not be on roll on the day."));
    }
    warnings
}
