//! Activities and who took part in them as files, of one academic year or of all, in the columns that an import reads.

use std::collections::{HashMap, HashSet};

use domain::{AcademicYear, Activity, ActivityIndex, LearnerId};
use exchange::mis::PlanDraft;
use serde_json::json;

use crate::{Action, Actor, App, ListFile, ListFormat, Result, View, activity::is_shown, export::Table, frame::Scene};

impl App {
    /// Activities with their plans as a file, by day. Drafts and cancelled ones are among them, and say so.
    ///
    /// # Errors
    /// If the actor may not take lists away.
    pub fn export_planned_activities(
        &self,
        actor: &Actor,
        view: View,
        year: Option<AcademicYear>,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let plans = self.store().read(view.institution, |tx| crate::import::plans(tx, view.institution))?;
        let activities = in_year(&scene, year);
        let blank = PlanDraft::default();
        let rows = activities.iter().map(|index| {
            let plan = plans.get(&scene.held.activity_id(*index)).unwrap_or(&blank);
            row(scene.held.records.activity(*index), plan)
        });
        let table = Table { headings: HEADINGS.map(str::to_owned).to_vec(), rows: rows.collect() };
        let payload = json!({"what": "activities", "rows": table.rows.len()});
        let event = self.event(actor, "activities.exported", ("list", None), payload);
        self.store().write(view.institution, |tx| store::audit::record(tx, view.institution, &event))?;
        table.write(&name("Activities", year), format)
    }

    /// Who took part in what as a file, by activity and name: those whom the actor may take away.
    ///
    /// # Errors
    /// If the actor may not take lists away.
    pub fn export_participation(
        &self,
        actor: &Actor,
        view: View,
        year: Option<AcademicYear>,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let scope = actor.scope(Action::Export, view.institution)?;
        let records = &scene.held.records;
        let activities = in_year(&scene, year);
        let place: HashMap<ActivityIndex, usize> = activities.iter().enumerate().map(|(at, one)| (*one, at)).collect();
        let mut entries: Vec<_> = records
            .participations
            .iter()
            .filter_map(|one| Some((*place.get(&one.activity)?, one.learner, one.status)))
            .filter(|(_, learner, _)| scene.sees(*learner) && scope.admits(&scene.candidate(*learner)))
            .collect();
        entries.sort_by_cached_key(|(at, learner, _)| {
            let learner = records.learner(*learner);
            (*at, learner.surname.clone(), learner.forename.clone(), learner.reference.clone())
        });
        let rows = entries.iter().map(|(at, index, status)| {
            let (activity, learner) = (records.activity(activities[*at]), records.learner(*index));
            vec![
                activity.reference.clone(),
                activity.title.clone(),
                activity.date.to_string(),
                learner.reference.clone(),
                learner.surname.clone(),
                learner.forename.clone(),
                learner.form.clone().unwrap_or_default(),
                status.word().to_owned(),
            ]
        });
        let headings = ["activity", "title", "date", "learner", "surname", "forename", "form", "status"];
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
        let learners: HashSet<LearnerId> =
            entries.iter().map(|(_, learner, _)| scene.held.learner_id(*learner)).collect();
        let mut learners: Vec<_> = learners.into_iter().collect();
        learners.sort_unstable();
        let why = actor.why_list(Action::Export, view.institution);
        self.note_export(actor, view.institution, "participation", learners, why.as_deref())?;
        table.write(&name("Participation", year), format)
    }
}

const HEADINGS: [&str; 23] = [
    "activity",
    "title",
    "date",
    "kind",
    "provider-type",
    "organisation",
    "mode",
    "subject",
    "hours",
    "year-groups",
    "checks",
    "through",
    "source",
    "state",
    "last-day",
    "starts-at",
    "ends-at",
    "place",
    "staff",
    "cost",
    "purpose",
    "adjustments",
    "sessions",
];

fn row(activity: &Activity, plan: &PlanDraft) -> Vec<String> {
    let list = |words: Vec<String>| words.join(";");
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        activity.reference.clone(),
        activity.title.clone(),
        activity.date.to_string(),
        activity.kind.word().to_owned(),
        word(activity.provider_type.map(domain::ProviderType::word)),
        text(&activity.organisation),
        activity.mode.word().to_owned(),
        text(&activity.subject),
        activity.hours.map_or(String::new(), |hours| hours.to_string()),
        list(activity.year_groups.iter().map(|year| year.to_string()).collect()),
        list(activity.checks.iter().map(|check| check.to_string()).collect()),
        word(activity.through.map(domain::Through::word)),
        word(activity.source.map(domain::Source::word)),
        activity.state.word().to_owned(),
        plan.ends_on.map_or(String::new(), |last| last.to_string()),
        text(&plan.starts_at),
        text(&plan.ends_at),
        text(&plan.place),
        text(&plan.staff),
        plan.cost_cell(),
        plan.purpose.clone(),
        plan.adjustments.clone(),
        plan.sessions_cell(),
    ]
}

/// The activities of an academic year that the actor may know of, or all, by day.
fn in_year(scene: &Scene<'_>, year: Option<AcademicYear>) -> Vec<ActivityIndex> {
    let records = &scene.held.records;
    let all = (0..records.activities.len() as u32).map(ActivityIndex);
    let within = |index: &ActivityIndex| {
        year.is_none_or(|year| records.institution.year_of(records.activity(*index).date) == year)
    };
    let mut chosen: Vec<_> = all.filter(within).filter(|index| is_shown(scene, *index)).collect();
    chosen.sort_by(|a, b| {
        let (a, b) = (records.activity(*a), records.activity(*b));
        (a.date, &a.reference).cmp(&(b.date, &b.reference))
    });
    chosen
}

/// "Activities 2026-27".
fn name(what: &str, year: Option<AcademicYear>) -> String {
    match year {
        Some(year) => format!("{what} {}-{:02}", year.start(), (year.start() + 1) % 100),
        None => format!("{what}, all years"),
    }
}
