use domain::{
    Activity, ActivityId, ActivityIndex, ActivityState, Check, Checks, Date, Hours, InstitutionId, Kind, Mode,
    ParticipationStatus, ProviderType, Source, Through, YearGroup, split_list,
};
use rules::sentence;
use serde_json::json;

use crate::{
    Action, Actor, App, Error, Frame, Problems, Result, View, audit::changes, frame::Scene, requirement::PAGE, withheld,
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
}

/// An activity as a form has it: everything as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityForm {
    /// How the institution names it; blank makes one up.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: String,
    /// What it is, by its word.
    pub kind: String,
    /// Type of the provider met, by its word.
    pub provider_type: String,
    /// Organisation met.
    pub organisation: String,
    /// How it was held, by its word; blank is in person.
    pub mode: String,
    /// Subject.
    pub subject: String,
    /// Hours.
    pub hours: String,
    /// Year groups, separated by `;`.
    pub year_groups: String,
    /// The ticked boxes, by their words.
    pub checks: Vec<String>,
    /// `curriculum-area` or blank.
    pub through: String,
    /// `transferred` or blank.
    pub source: String,
}

impl From<&Activity> for ActivityForm {
    fn from(activity: &Activity) -> Self {
        let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
        let years: Vec<_> = activity.year_groups.iter().map(|year| year.to_string()).collect();
        Self {
            reference: activity.reference.clone(),
            title: activity.title.clone(),
            date: activity.date.to_string(),
            kind: activity.kind.word().to_owned(),
            provider_type: word(activity.provider_type.map(ProviderType::word)),
            organisation: activity.organisation.clone().unwrap_or_default(),
            mode: activity.mode.word().to_owned(),
            subject: activity.subject.clone().unwrap_or_default(),
            hours: activity.hours.map_or(String::new(), |hours| hours.to_string()),
            year_groups: years.join(";"),
            checks: activity.checks.iter().map(|check| check.word().to_owned()).collect(),
            through: word(activity.through.map(Through::word)),
            source: word(activity.source.map(Source::word)),
        }
    }
}

impl ActivityForm {
    /// Every field by its name, as text.
    pub(crate) fn fields(&self) -> [(&'static str, String); 13] {
        [
            ("reference", self.reference.clone()),
            ("title", self.title.clone()),
            ("date", self.date.clone()),
            ("kind", self.kind.clone()),
            ("provider_type", self.provider_type.clone()),
            ("organisation", self.organisation.clone()),
            ("mode", self.mode.clone()),
            ("subject", self.subject.clone()),
            ("hours", self.hours.clone()),
            ("year_groups", self.year_groups.clone()),
            ("checks", self.checks.join(";")),
            ("through", self.through.clone()),
            ("source", self.source.clone()),
        ]
    }

    fn check(&self, reference: String) -> Result<Activity> {
        let mut problems = Problems::default();
        let activity = self.read(reference, &mut problems);
        let kind = self.kind.parse().ok();
        if kind == Some(Kind::ProviderEncounter) && self.provider_type.trim().is_empty() {
            problems.add("provider_type", "Choose what type of provider it was.");
        }
        if kind == Some(Kind::Curriculum) && self.subject.trim().is_empty() {
            problems.add("subject", "Enter the subject that the lesson belongs to.");
        }
        problems.check()?;
        activity.ok_or_else(|| Error::problem("date", "Enter a day."))
    }

    /// The activity as it stands, without asking for what a person who records one must say. `None` without a day or kind.
    pub(crate) fn read(&self, reference: String, problems: &mut Problems) -> Option<Activity> {
        let title = problems.required("title", &self.title, "what the activity is called");
        let date = problems
            .take("date", domain::date::parse(&self.date).ok_or_else(|| "Enter a day such as 12/11/2026.".to_owned()));
        let kind =
            problems.take("kind", self.kind.parse().map_err(|_| "Choose what kind of activity it is.".to_owned()));
        let provider_type = optional(&self.provider_type, "provider_type", problems);
        let mode = optional(&self.mode, "mode", problems).unwrap_or(Mode::InPerson);
        let through = optional(&self.through, "through", problems);
        let source = optional(&self.source, "source", problems);
        let hours = match self.hours.trim() {
            "" => None,
            text => problems.take(
                "hours",
                text.parse::<Hours>()
                    .map_err(|_| "Enter hours as a number such as 5 or 2.5, not below nought.".to_owned()),
            ),
        };
        let mut year_groups = Vec::new();
        for text in split_list(&self.year_groups) {
            match text.parse::<YearGroup>() {
                Ok(year) if (YearGroup::LOWEST..=YearGroup::HIGHEST).contains(&year) => year_groups.push(year),
                _ => problems.add("year_groups", format!("“{text}” is not a year group from 7 to 14.")),
            }
        }
        let mut checks = Checks::NONE;
        for text in &self.checks {
            match text.parse() {
                Ok(check) => checks = checks.with(check),
                Err(_) => problems.add("checks", format!("“{text}” is not a box of a checklist.")),
            }
        }
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(Activity {
            reference,
            title,
            date: date?,
            kind: kind?,
            provider_type,
            organisation: text(&self.organisation),
            mode,
            subject: text(&self.subject),
            hours,
            year_groups: year_groups.into_iter().collect(),
            checks,
            through,
            source,
            state: ActivityState::Planned,
        })
    }
}

fn optional<T: std::str::FromStr<Err = domain::UnknownWord>>(
    text: &str,
    field: &'static str,
    problems: &mut Problems,
) -> Option<T> {
    if text.trim().is_empty() {
        None
    } else {
        problems.take(field, text.parse().map_err(|e: domain::UnknownWord| format!("{e}.")))
    }
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
        let mut matching: Vec<_> = (0..records.activities.len() as u32)
            .map(ActivityIndex)
            .filter(|index| filter.admits(records.activity(*index)) && is_shown(&scene, *index))
            .collect();
        matching.sort_by(|a, b| {
            let (a, b) = (records.activity(*a), records.activity(*b));
            (b.date, &b.reference).cmp(&(a.date, &a.reference))
        });
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
        Ok(ActivityPage { row: row(&scene, index), checklist, serves, frame: scene.frame })
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
            let after = Activity { state: before.state, ..form.check(reference)? };
            let changed = changes(ActivityForm::from(&before).fields(), ActivityForm::from(&after).fields());
            let event = self
                .event(actor, "activity.changed", ("activity", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            store::activity::update(tx, institution, id, &after).map_err(taken)?;
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

fn rows(scene: &Scene<'_>, indexes: &[ActivityIndex]) -> Vec<ActivityRow> {
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
    rows
}

pub(crate) fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate { .. } => Error::problem("reference", "Another activity has this reference already."),
        other => other.into(),
    }
}
