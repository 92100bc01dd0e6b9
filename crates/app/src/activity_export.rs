//! The list of activities as a file.

use serde_json::json;

use crate::{
    Action, ActivityFilter, Actor, App, ListFile, ListFormat, Result, View,
    activity::{matching, rows},
    export::Table,
    plan_form::pounds,
};

const HEADINGS: [&str; 21] = [
    "Reference",
    "Title",
    "Date",
    "Last day",
    "State",
    "Kind",
    "Organisation",
    "Type of provider",
    "Mode",
    "Subject",
    "Hours",
    "Year groups",
    "Part of",
    "Boxes ticked",
    "Boxes open",
    "Present",
    "Absent or excused",
    "Invited",
    "In charge",
    "Place",
    "Cost in pounds",
];

impl App {
    /// Every activity that the filter admits, parts of occasions included, as a file. That it was taken away is noted.
    ///
    /// # Errors
    /// If the actor may not export here.
    pub fn export_activities(
        &self,
        actor: &Actor,
        view: View,
        filter: &ActivityFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let institution = view.institution;
        let scene = self.scene(actor, view)?;
        let filter = ActivityFilter { parts: true, after: None, ..filter.clone() };
        let mut found = matching(&scene, &filter);
        found.sort_by_key(|index| (scene.held.records.activity(*index).date, *index));
        let plans: std::collections::HashMap<_, _> =
            self.store().read(institution, |tx| store::plan::all(tx, institution))?.into_iter().collect();
        let table: Vec<Vec<String>> = rows(&scene, &found)
            .into_iter()
            .map(|row| {
                let plan = plans.get(&row.id);
                let activity = &row.activity;
                let whole = scene.held.whole_of(row.id).and_then(|id| scene.held.activity_index(id));
                let whole = whole.map(|whole| scene.held.records.activity(whole).reference.clone());
                let count = |number: u32| if row.is_withheld { String::new() } else { number.to_string() };
                let years: Vec<_> = activity.year_groups.iter().map(|year| year.to_string()).collect();
                let checks: Vec<_> = activity.checks.iter().map(|check| check.word()).collect();
                let missing: Vec<_> = activity.missing_checks().iter().map(|check| check.word()).collect();
                let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
                vec![
                    activity.reference.clone(),
                    activity.title.clone(),
                    activity.date.to_string(),
                    plan.and_then(|plan| plan.ends_on).map_or(String::new(), |day| day.to_string()),
                    activity.state.word().to_owned(),
                    activity.kind.word().to_owned(),
                    activity.organisation.clone().unwrap_or_default(),
                    word(activity.provider_type.map(domain::ProviderType::word)),
                    activity.mode.word().to_owned(),
                    activity.subject.clone().unwrap_or_default(),
                    activity.hours.map_or(String::new(), |hours| hours.to_string()),
                    years.join(";"),
                    whole.unwrap_or_default(),
                    checks.join(";"),
                    missing.join(";"),
                    count(row.attended),
                    count(row.missed),
                    count(row.invited),
                    plan.and_then(|plan| plan.staff.clone()).unwrap_or_default(),
                    plan.and_then(|plan| plan.place.clone()).unwrap_or_default(),
                    plan.and_then(|plan| plan.cost_pence).map_or(String::new(), pounds),
                ]
            })
            .collect();
        let payload = json!({"rows": table.len()});
        let event = self.event(actor, "activities.exported", ("institution", Some(institution.0)), payload);
        self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?;
        let table = Table { headings: HEADINGS.map(str::to_owned).to_vec(), rows: table };
        table.write(&format!("Activities on {}", scene.frame.as_of), format)
    }
}
