use domain::{
    Activity, ActivityId, ActivityIndex, ActivityState, Check, Date, InstitutionId, Kind, ParticipationStatus,
    YearGroup,
};
use rules::sentence;
use serde_json::json;

use crate::{
    Action, ActivityForm, Actor, App, Error, Frame, Result, View, audit::changes, frame::Scene, requirement::PAGE,
    withheld,
};

/// Which activities the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// From this day.
    pub from: Option<Date>,
    /// To this day.
    pub until: Option<Date>,
    /// For this year group.
    pub year_group: Option<YearGroup>,
    /// Whose title, reference or organisation contains this.
    pub text: Option<String>,
    /// That have come so far.
    pub state: Option<ActivityState>,
    /// With which something is to be done.
    pub to_do: bool,
    /// Those that are parts of another as well, which otherwise only that one stands for.
    pub parts: bool,
    /// After this activity, for the next page.
    pub after: Option<ActivityId>,
}

/// The list of activities, latest first.
#[derive(Debug, Clone)]
pub struct ActivityList {
    /// Where it is.
    pub frame: Frame,
    /// How many the filter admits.
    pub matching: u32,
    /// A page of them.
    pub activities: Vec<ActivityRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<ActivityId>,
    /// What is to be done with activities of the academic year.
    pub to_do: ToDo,
}

/// How many activities of an academic year ask for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ToDo {
    /// Passed, and nobody is marked present or absent.
    pub registers: u32,
    /// Passed, with boxes of the checklist open.
    pub boxes: u32,
    /// Drafts.
    pub drafts: u32,
}

/// What is to be done next with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActivityTask {
    /// Mark its register.
    Register,
    /// See to the boxes that are open.
    Boxes,
    /// Decide whether it takes place.
    Draft,
}

/// One activity with what its register says.
#[derive(Debug, Clone)]
pub struct ActivityRow {
    /// Its id.
    pub id: ActivityId,
    /// The activity.
    pub activity: Activity,
    /// How many attended.
    pub attended: u32,
    /// How many were absent or excused.
    pub missed: u32,
    /// How many are invited.
    pub invited: u32,
    /// Whether the counts are withheld, because they are small and the actor sees totals only.
    pub is_withheld: bool,
    /// Whether it is still to come on the as-of date.
    pub is_ahead: bool,
    /// The boxes that keep it from being meaningful, in words.
    pub missing_boxes: Vec<&'static str>,
    /// What is to be done next.
    pub task: Option<ActivityTask>,
    /// The activities that were the same occasion and share its register: what each is and with whom.
    pub parts: Vec<(ActivityId, Kind, Option<String>)>,
}

/// One activity with its checklist.
#[derive(Debug, Clone)]
pub struct ActivityPage {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub row: ActivityRow,
    /// Every box of its kind's checklist with what it is called and whether it is ticked.
    pub checklist: Vec<(Check, &'static str, bool)>,
    /// Requirements that an activity of this kind can count for, with their titles.
    pub serves: Vec<(String, String)>,
    /// The activity that leads it, if it is a part of one.
    pub whole: Option<(ActivityId, String)>,
}

impl App {
    /// Activities, latest first.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn activities(&self, actor: &Actor, view: View, filter: &ActivityFilter) -> Result<ActivityList> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let records = &scene.held.records;
        let mut matching = matching(&scene, filter);
        matching.sort_by(|a, b| {
            let (a, b) = (records.activity(*a), records.activity(*b));
            (b.date, &b.reference).cmp(&(a.date, &a.reference))
        });
        let to_do = to_do(&scene);
        let start = match filter.after.and_then(|id| scene.held.activity_index(id)) {
            Some(after) => matching.iter().position(|activity| *activity == after).map_or(0, |at| at + 1),
            None => 0,
        };
        let page = &matching[start..matching.len().min(start + PAGE)];
        let next = (start + page.len() < matching.len()).then(|| page.last().copied()).flatten();
        Ok(ActivityList {
            matching: matching.len() as u32,
            activities: rows(&scene, page),
            next: next.map(|activity| scene.held.activity_id(activity)),
            to_do,
            frame: scene.frame,
        })
    }

    /// One activity with its checklist.
    ///
    /// # Errors
    /// If the institution is not within reach or has no such activity.
    pub fn activity(&self, actor: &Actor, view: View, id: ActivityId) -> Result<ActivityPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(id).ok_or(Error::NOT_FOUND)?;
        let activity = scene.held.records.activity(index);
        if !is_shown(&scene, index) {
            return Err(Error::NOT_FOUND);
        }
        let checklist = activity
            .kind
            .checklist()
            .iter()
            .map(|check| (*check, sentence::check_label(*check), activity.checks.contains(*check)))
            .collect();
        let serves = scene
            .pack
            .requirements
            .iter()
            .filter(|requirement| requirement.shape.counts(activity.kind))
            .map(|requirement| (requirement.id.clone(), requirement.wording.title.clone()))
            .collect();
        let whole = scene.held.whole_of(id).and_then(|whole| scene.held.activity_index(whole).map(|at| (whole, at)));
        let whole = whole.map(|(whole, at)| (whole, scene.held.records.activity(at).title.clone()));
        Ok(ActivityPage { row: row(&scene, index), checklist, serves, whole, frame: scene.frame })
    }

    /// Records a new activity.
    ///
    /// # Errors
    /// If the actor may not record here, or the form has problems.
    pub fn add_activity(&self, actor: &Actor, institution: InstitutionId, form: &ActivityForm) -> Result<ActivityId> {
        actor.ask(Action::Record, institution)?;
        let id = ActivityId(self.context().next_id());
        let reference = match form.reference.trim() {
            "" => format!("A{id}"),
            text => text.to_owned(),
        };
        let activity = form.check(reference)?;
        let event = self
            .event(actor, "activity.added", ("activity", Some(id.0)), json!({"kind": activity.kind.word()}))
            .with([self.detail(None, &changes([], ActivityForm::from(&activity).fields()))]);
        self.store().write(institution, |tx| -> Result<()> {
            store::activity::insert(tx, institution, id, &activity).map_err(taken)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        Ok(id)
    }

    /// Changes an activity.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or the form has problems.
    pub fn change_activity(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        form: &ActivityForm,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            let before = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))?;
            let reference = match form.reference.trim() {
                "" => before.reference.clone(),
                text => text.to_owned(),
            };
            let mut after = form.check(reference)?;
            if form.state.trim().is_empty() {
                after.state = before.state;
            }
            let changed = changes(ActivityForm::from(&before).fields(), ActivityForm::from(&after).fields());
            let event = self
                .event(actor, "activity.changed", ("activity", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            store::activity::update(tx, institution, id, &after).map_err(taken)?;
            crate::occasion::follow(tx, institution, id)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

impl ActivityFilter {
    fn admits(&self, activity: &Activity) -> bool {
        let mentions = |text: &str| {
            let text = domain::same_name(text);
            let organisation = activity.organisation.as_deref().unwrap_or_default();
            [&activity.title, &activity.reference, organisation]
                .iter()
                .any(|field| domain::same_name(field).contains(&text))
        };
        self.kind.is_none_or(|kind| activity.kind == kind)
            && self.from.is_none_or(|from| from <= activity.date)
            && self.until.is_none_or(|until| activity.date <= until)
            && self.year_group.is_none_or(|year| activity.year_groups.contains(year))
            && self.text.as_deref().is_none_or(mentions)
            && self.state.is_none_or(|state| activity.state == state)
    }
}

/// The activities that the filter admits and the actor may see, in no order.
pub(crate) fn matching(scene: &Scene<'_>, filter: &ActivityFilter) -> Vec<ActivityIndex> {
    let records = &scene.held.records;
    let leads = |index| filter.parts || scene.held.whole_of(scene.held.activity_id(index)).is_none();
    let mut matching: Vec<_> = (0..records.activities.len() as u32)
        .map(ActivityIndex)
        .filter(|index| filter.admits(records.activity(*index)) && leads(*index) && is_shown(scene, *index))
        .collect();
    if filter.to_do {
        let tasks: Vec<_> = rows(scene, &matching).into_iter().map(|row| row.task).collect();
        let mut tasks = tasks.into_iter();
        matching.retain(|_| tasks.next().flatten().is_some());
    }
    matching
}

fn to_do(scene: &Scene<'_>) -> ToDo {
    let (from, until) = scene.frame.year_span;
    let year = ActivityFilter { from: Some(from), until: Some(until), ..ActivityFilter::default() };
    let mut to_do = ToDo::default();
    for row in rows(scene, &matching(scene, &year)) {
        match row.task {
            Some(ActivityTask::Register) => to_do.registers += 1,
            Some(ActivityTask::Boxes) => to_do.boxes += 1,
            Some(ActivityTask::Draft) => to_do.drafts += 1,
            None => {}
        }
    }
    to_do
}

/// What is to be done with an activity that the register says this of.
fn task(scene: &Scene<'_>, row: &ActivityRow, is_unmarked: bool) -> Option<ActivityTask> {
    let activity = &row.activity;
    let has_passed = activity.date < scene.frame.as_of;
    match activity.state {
        ActivityState::Draft => Some(ActivityTask::Draft),
        ActivityState::Cancelled | ActivityState::Removed => None,
        ActivityState::Planned | ActivityState::Delivered if !has_passed => None,
        _ if is_unmarked => Some(ActivityTask::Register),
        _ => (!row.missing_boxes.is_empty()).then_some(ActivityTask::Boxes),
    }
}

/// Whether the actor may see that there is such an activity. A guidance meeting is with one learner, whom its title may name:
/// it is shown to those who see one who was there.
pub(crate) fn is_shown(scene: &Scene<'_>, index: ActivityIndex) -> bool {
    let records = &scene.held.records;
    if records.activity(index).kind != Kind::GuidanceMeeting || scene.sees_everybody() {
        return true;
    }
    records.participations.iter().any(|one| one.activity == index && scene.sees(one.learner))
}

pub(crate) fn row(scene: &Scene<'_>, index: ActivityIndex) -> ActivityRow {
    rows(scene, &[index]).remove(0)
}

pub(crate) fn rows(scene: &Scene<'_>, indexes: &[ActivityIndex]) -> Vec<ActivityRow> {
    let records = &scene.held.records;
    let mut rows: Vec<_> = indexes
        .iter()
        .map(|index| {
            let activity = records.activity(*index);
            ActivityRow {
                id: scene.held.activity_id(*index),
                activity: activity.clone(),
                attended: 0,
                missed: 0,
                invited: 0,
                is_withheld: false,
                is_ahead: activity.date > scene.frame.as_of,
                missing_boxes: activity.missing_checks().iter().map(sentence::check_label).collect(),
                task: None,
                parts: parts(scene, *index),
            }
        })
        .collect();
    let position: std::collections::HashMap<_, _> =
        indexes.iter().enumerate().map(|(at, index)| (*index, at)).collect();
    let counts = |learner| scene.is_totals_only() || scene.sees(learner);
    for participation in records.participations.iter().filter(|participation| counts(participation.learner)) {
        if let Some(at) = position.get(&participation.activity) {
            match participation.status {
                ParticipationStatus::Attended => rows[*at].attended += 1,
                ParticipationStatus::Absent | ParticipationStatus::Excused => rows[*at].missed += 1,
                ParticipationStatus::Invited => rows[*at].invited += 1,
            }
        }
    }
    for row in &mut rows {
        if scene.is_totals_only() && [row.attended, row.missed, row.invited].into_iter().any(withheld::is_small) {
            (row.attended, row.missed, row.invited, row.is_withheld) = (0, 0, 0, true);
        }
    }
    let unmarked = crate::activity_task::unmarked(scene);
    for (row, index) in rows.iter_mut().zip(indexes) {
        row.task = task(scene, row, unmarked[index.0 as usize]);
    }
    rows
}

fn parts(scene: &Scene<'_>, index: ActivityIndex) -> Vec<(ActivityId, Kind, Option<String>)> {
    let ids = scene.held.parts_of(scene.held.activity_id(index));
    ids.filter_map(|id| {
        let part = scene.held.records.activity(scene.held.activity_index(id)?);
        Some((id, part.kind, part.organisation.clone()))
    })
    .collect()
}

pub(crate) fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate { .. } => Error::problem("reference", "Another activity has this reference already."),
        other => other.into(),
    }
}
