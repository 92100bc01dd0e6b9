use std::collections::{HashMap, HashSet};

use domain::{Date, Records, same_name};
use serde::{Deserialize, Serialize};

use super::RecordCounts;
use crate::{
    mapping::ActivityField,
    mis::{ActivityDraft, ActivityRow, PlanDraft},
};

/// What taking a file of activities would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPlan {
    /// One step for each row, in the order of the file.
    pub rows: Vec<PlannedActivity>,
}

/// What taking one row would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedActivity {
    /// Its line in the file.
    pub line: u64,
    /// What the activity is called.
    pub title: String,
    /// What would happen.
    pub step: ActivityStep,
}

/// What taking one row would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ActivityStep {
    /// A new activity.
    New {
        /// As it will be.
        activity: Box<ActivityDraft>,
    },
    /// A known activity, with changes.
    Change {
        /// As it is.
        before: Box<ActivityDraft>,
        /// As it will be; its reference stays.
        after: Box<ActivityDraft>,
        /// What changes, at least one field.
        fields: Vec<ActivityField>,
    },
    /// A known activity about which the row says nothing new.
    Same {
        /// Its reference.
        activity: String,
    },
    /// Nothing would happen.
    Skip {
        /// Why not.
        why: ActivitySkipped,
    },
}

/// Why a row does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivitySkipped {
    /// Several known activities have this title and date, and the row names none of them by its reference.
    SeveralMatch,
    /// An earlier row is about the same activity.
    TwiceInFile,
    /// It lacks a title, a date or a kind.
    Incomplete,
}

impl ActivityPlan {
    /// How many rows of each kind.
    pub fn counts(&self) -> RecordCounts {
        let mut counts = RecordCounts::default();
        for row in &self.rows {
            match row.step {
                ActivityStep::New { .. } => counts.new += 1,
                ActivityStep::Change { .. } => counts.change += 1,
                ActivityStep::Same { .. } => counts.same += 1,
                ActivityStep::Skip { .. } => counts.skip += 1,
            }
        }
        counts
    }

    /// Whether nothing is left to decide: always, for activities.
    pub fn is_decided(&self) -> bool {
        true
    }

    /// Whether applying it would change nothing.
    pub fn is_empty(&self) -> bool {
        let counts = self.counts();
        counts.new + counts.change == 0
    }
}

/// What taking activities would do: known by reference, else by title and date. A blank cell never clears what is known.
pub fn activities(records: &Records, incoming: &[ActivityRow]) -> ActivityPlan {
    activities_with(records, &HashMap::new(), incoming)
}

/// The same, where it is known how activities are to be held: by reference.
pub fn activities_with(
    records: &Records,
    plans: &HashMap<String, PlanDraft>,
    incoming: &[ActivityRow],
) -> ActivityPlan {
    let mut by_reference: HashMap<&str, usize> = HashMap::new();
    let mut by_title: HashMap<(String, Date), Vec<usize>> = HashMap::new();
    for (at, activity) in records.activities.iter().enumerate() {
        by_reference.insert(&activity.reference, at);
        by_title.entry((same_name(&activity.title), activity.date)).or_default().push(at);
    }
    let mut references: HashSet<String> =
        records.activities.iter().map(|activity| activity.reference.clone()).collect();
    references.extend(incoming.iter().filter_map(|row| row.reference.clone()));
    let (mut taken, mut drafted) = (HashSet::new(), HashSet::new());
    let rows = incoming.iter().map(|row| {
        let title = row.title.clone().unwrap_or_default();
        let skip = |why| ActivityStep::Skip { why };
        let key = row.date.map(|date| (same_name(&title), date));
        let titled = key.as_ref().and_then(|key| by_title.get(key)).map_or(&[][..], Vec::as_slice);
        let known = match &row.reference {
            Some(reference) => by_reference.get(reference.as_str()).copied(),
            None if titled.len() > 1 => {
                return PlannedActivity { line: row.line, title, step: skip(ActivitySkipped::SeveralMatch) };
            }
            None => titled.first().copied(),
        };
        let step = match known {
            Some(at) if !taken.insert(at) => skip(ActivitySkipped::TwiceInFile),
            Some(at) => {
                let known = ActivityDraft::from(&records.activities[at]);
                let plan = plans.get(&known.reference).cloned().unwrap_or_default();
                compare(ActivityDraft { plan, ..known }, row)
            }
            None => {
                let identity =
                    row.reference.clone().map_or(key.clone().ok_or(()), |reference| Ok((reference, Date::MIN)));
                match draft(row, &mut references) {
                    None => skip(ActivitySkipped::Incomplete),
                    Some(_) if identity.is_ok_and(|identity| !drafted.insert(identity)) => {
                        skip(ActivitySkipped::TwiceInFile)
                    }
                    Some(activity) => ActivityStep::New { activity: Box::new(activity) },
                }
            }
        };
        PlannedActivity { line: row.line, title, step }
    });
    ActivityPlan { rows: rows.collect() }
}

fn draft(row: &ActivityRow, references: &mut HashSet<String>) -> Option<ActivityDraft> {
    let (title, date, kind) = (row.title.clone()?, row.date?, row.kind?);
    let reference = row.reference.clone().unwrap_or_else(|| made_up(&title, date, references));
    let blank = ActivityDraft {
        reference,
        title,
        date,
        kind,
        provider_type: None,
        organisation: None,
        mode: domain::Mode::InPerson,
        subject: None,
        hours: None,
        year_groups: Vec::new(),
        checks: Vec::new(),
        through: None,
        source: None,
        state: None,
        plan: PlanDraft::default(),
    };
    Some(with(&blank, row).0)
}

/// A reference from title and date, unlike any other.
fn made_up(title: &str, date: Date, references: &mut HashSet<String>) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_lowercase)
        .collect();
    let base = format!("{}-{date}", words.join("-"));
    let mut reference = base.clone();
    let mut number = 2;
    while !references.insert(reference.clone()) {
        reference = format!("{base}-{number}");
        number += 1;
    }
    reference
}

fn compare(before: ActivityDraft, row: &ActivityRow) -> ActivityStep {
    let (after, fields) = with(&before, row);
    if fields.is_empty() {
        ActivityStep::Same { activity: before.reference }
    } else {
        ActivityStep::Change { before: Box::new(before), after: Box::new(after), fields }
    }
}

/// The activity with what the row says, and the fields that differ.
fn with(before: &ActivityDraft, row: &ActivityRow) -> (ActivityDraft, Vec<ActivityField>) {
    let mut after = before.clone();
    let mut fields = Vec::new();
    macro_rules! put {
        ($field:ident, $said:expr, $name:ident) => {
            if let Some(said) = $said
                && after.$field != said
            {
                after.$field = said;
                fields.push(ActivityField::$name);
            }
        };
    }
    put!(title, row.title.clone(), Title);
    put!(date, row.date, Date);
    put!(kind, row.kind, Kind);
    put!(provider_type, row.provider_type.map(Some), ProviderType);
    put!(organisation, row.organisation.clone().map(Some), Organisation);
    put!(mode, row.mode, Mode);
    put!(subject, row.subject.clone().map(Some), Subject);
    put!(hours, row.hours.map(|hours| Some(hours.billionths())), Hours);
    put!(year_groups, row.year_groups.map(|years| years.iter().collect::<Vec<_>>()), YearGroups);
    put!(checks, row.checks.map(|checks| checks.iter().collect::<Vec<_>>()), Checks);
    put!(through, row.through.map(Some), Through);
    put!(source, row.source.map(Some), Source);
    put!(state, row.plan.state.map(Some), State);
    macro_rules! plan {
        ($field:ident, $said:expr, $name:ident) => {
            if let Some(said) = $said
                && after.plan.$field != said
            {
                after.plan.$field = said;
                fields.push(ActivityField::$name);
            }
        };
    }
    let plan = &row.plan;
    // An end that is the first day is none.
    let first = after.date;
    plan!(ends_on, plan.ends_on.map(|last| Some(last).filter(|last| *last != first)), EndsOn);
    plan!(starts_at, plan.starts_at.clone().map(Some), StartsAt);
    plan!(ends_at, plan.ends_at.clone().map(Some), EndsAt);
    plan!(place, plan.place.clone().map(Some), Place);
    plan!(staff, plan.staff.clone().map(Some), Staff);
    plan!(cost_pence, plan.cost_pence.map(Some), Cost);
    plan!(purpose, plan.purpose.clone(), Purpose);
    plan!(adjustments, plan.adjustments.clone(), Adjustments);
    plan!(sessions, plan.sessions.clone(), Sessions);
    (after, fields)
}
