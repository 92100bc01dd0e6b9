use std::collections::HashMap;

use domain::{Date, ParticipationStatus, Records, same_name};
use serde::{Deserialize, Serialize};

use super::RecordCounts;
use crate::{
    mis::ParticipationRow,
    problem::{Code, Place, Problem, Thing},
};

/// What taking a file of participation would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipationPlan {
    /// Activities with something new, in the order of the file.
    pub registers: Vec<PlannedRegister>,
    /// Rows that say nothing new.
    pub same: usize,
    /// Rows that do nothing although nothing is wrong with them: an earlier row says the same, or a later one contradicts.
    /// Rows with a problem of their own are told as problems and not counted here.
    pub skip: usize,
}

/// What is new about one activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRegister {
    /// The activity's reference.
    pub activity: String,
    /// What the activity is called.
    pub title: String,
    /// Learners whose record is new or changes.
    pub entries: Vec<PlannedEntry>,
}

/// One learner's part in an activity that is new or changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedEntry {
    /// The learner's reference.
    pub learner: String,
    /// What the record says; `None` if there is none.
    pub old: Option<ParticipationStatus>,
    /// What it will say.
    pub new: ParticipationStatus,
}

impl ParticipationPlan {
    /// How many rows of each kind.
    pub fn counts(&self) -> RecordCounts {
        let entries = || self.registers.iter().flat_map(|register| &register.entries);
        let new = entries().filter(|entry| entry.old.is_none()).count();
        RecordCounts { new, change: entries().count() - new, same: self.same, decide: 0, skip: self.skip }
    }

    /// Whether nothing is left to decide: always, for participation.
    pub fn is_decided(&self) -> bool {
        true
    }

    /// Whether applying it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.registers.is_empty()
    }
}

/// Whom and what a row may name.
struct Named<'r> {
    activities: HashMap<&'r str, u32>,
    titles: HashMap<(String, Date), Vec<u32>>,
    learners: HashMap<&'r str, u32>,
    upns: HashMap<&'r str, Vec<u32>>,
    ulns: HashMap<&'r str, Vec<u32>>,
    names: HashMap<(String, String, Date), Vec<u32>>,
}

impl<'r> Named<'r> {
    fn new(records: &'r Records, incoming: &[ParticipationRow]) -> Self {
        let mut named = Self {
            activities: (0..)
                .zip(&records.activities)
                .map(|(at, activity)| (activity.reference.as_str(), at))
                .collect(),
            titles: HashMap::new(),
            learners: (0..).zip(&records.learners).map(|(at, learner)| (learner.reference.as_str(), at)).collect(),
            upns: HashMap::new(),
            ulns: HashMap::new(),
            names: HashMap::new(),
        };
        if incoming.iter().any(|row| row.activity.is_none()) {
            for (at, activity) in (0..).zip(&records.activities) {
                named.titles.entry((same_name(&activity.title), activity.date)).or_default().push(at);
            }
        }
        for (at, learner) in (0..).zip(&records.learners) {
            if let Some(upn) = &learner.upn {
                named.upns.entry(upn).or_default().push(at);
            }
            if let Some(uln) = &learner.uln {
                named.ulns.entry(uln).or_default().push(at);
            }
            let name = (same_name(&learner.forename), same_name(&learner.surname), learner.date_of_birth);
            named.names.entry(name).or_default().push(at);
        }
        named
    }

    fn activity(&self, row: &ParticipationRow) -> Result<u32, (Code, String)> {
        if let Some(reference) = &row.activity {
            let unknown = || (Code::Unknown { thing: Thing::Activity }, reference.clone());
            return self.activities.get(reference.as_str()).copied().ok_or_else(unknown);
        }
        let title = row.title.as_deref().unwrap_or_default();
        let key = row.date.map(|date| (same_name(title), date));
        match key.and_then(|key| self.titles.get(&key)).map_or(&[][..], Vec::as_slice) {
            [one] => Ok(*one),
            [] => Err((Code::Unknown { thing: Thing::Activity }, title.to_owned())),
            _ => Err((several("activities", "Add a column with the activity’s reference."), title.to_owned())),
        }
    }

    fn learner(&self, row: &ParticipationRow, records: &Records) -> Result<u32, (Code, String)> {
        if let Some(&at) = row.learner.as_deref().and_then(|reference| self.learners.get(reference)) {
            return Ok(at);
        }
        for (number, known) in [(&row.upn, &self.upns), (&row.uln, &self.ulns)] {
            let Some(number) = number else { continue };
            match known.get(number.as_str()).map_or(&[][..], Vec::as_slice) {
                [one] => return Ok(*one),
                [] => {}
                _ => return Err((several("learners", "Add a column with the school’s own id."), number.clone())),
            }
        }
        let said = row.learner.as_ref().or(row.upn.as_ref()).or(row.uln.as_ref());
        let suggested = row
            .name
            .as_ref()
            .and_then(|(forename, surname, born)| self.names.get(&(same_name(forename), same_name(surname), *born)));
        match (suggested.map(Vec::as_slice), said) {
            // Two people can share a name and a birthday: a person must say so.
            (Some([one]), _) => {
                let reference = &records.learners[*one as usize].reference;
                let code = Code::Other {
                    message: format!("Only name and date of birth agree with a learner, “{reference}”."),
                    remedy: format!("If it is that learner, write “{reference}” in a column of the school’s own ids."),
                };
                Err((code, said.cloned().unwrap_or_default()))
            }
            (_, said) => Err((Code::Unknown { thing: Thing::Learner }, said.cloned().unwrap_or_default())),
        }
    }
}

fn several(things: &str, remedy: &str) -> Code {
    Code::Other { message: format!("Several {things} fit this row."), remedy: remedy.to_owned() }
}

/// What taking participation would do, with the problems and findings of rows: whom or what nobody knows, rows that
/// contradict each other (none of them is taken), activities before the learner joined.
pub fn participation(
    records: &Records,
    incoming: &[ParticipationRow],
    file: &str,
) -> (ParticipationPlan, Vec<Problem>) {
    let named = Named::new(records, incoming);
    let mut problems = Vec::new();
    let mut plan = ParticipationPlan::default();
    // By pair: line and status of the first row; none once rows contradict each other.
    let mut said: HashMap<u64, (u64, Option<ParticipationStatus>, ParticipationStatus)> =
        HashMap::with_capacity(incoming.len());
    let mut order: Vec<u64> = Vec::with_capacity(incoming.len());
    for row in incoming {
        let place = || Place::line(file, row.line);
        let (activity, learner) = (named.activity(row), named.learner(row, records));
        let (Ok(activity), Ok(learner)) = (&activity, &learner) else {
            for (code, value) in [activity.err(), learner.err()].into_iter().flatten() {
                problems.push(Problem::problem(place(), code).value(&value));
            }
            continue;
        };
        let (held, joined) = (&records.activities[*activity as usize], records.learners[*learner as usize].joined);
        if held.date < joined && held.source.is_none() {
            problems.push(Problem::finding(place(), Code::BeforeJoining { joined }));
        }
        if let Some(left) = records.learners[*learner as usize].left.filter(|left| *left < held.date) {
            let message = format!("This learner left on {}, before the activity.", domain::date::long(left));
            let remedy = "Check that it is the right learner and the right activity.".to_owned();
            problems.push(Problem::finding(place(), Code::Other { message, remedy }));
        }
        let pair = u64::from(*activity) << 32 | u64::from(*learner);
        match said.get_mut(&pair) {
            None => {
                said.insert(pair, (row.line, Some(row.status), row.status));
                order.push(pair);
            }
            Some((first_line, _, first)) if *first == row.status => {
                plan.skip += 1;
                problems.push(Problem::finding(place(), Code::SameAgain { first_line: *first_line }));
            }
            Some((first_line, taken, first)) => {
                plan.skip += usize::from(taken.take().is_some());
                let code = Code::Contradicts { first_line: *first_line, first: first.word().into() };
                problems.push(Problem::problem(place(), code).value(row.status.word()));
            }
        }
    }
    let held = held(records, &said);
    let mut registers: HashMap<u32, usize> = HashMap::new();
    for pair in order {
        let Some((_, Some(new), _)) = said.get(&pair).copied() else { continue };
        let old = held.get(&pair).copied();
        if old == Some(new) {
            plan.same += 1;
            continue;
        }
        let at = *registers.entry((pair >> 32) as u32).or_insert_with(|| {
            let activity = &records.activities[(pair >> 32) as usize];
            let (activity, title) = (activity.reference.clone(), activity.title.clone());
            plan.registers.push(PlannedRegister { activity, title, entries: Vec::new() });
            plan.registers.len() - 1
        });
        let learner = records.learners[(pair & u64::from(u32::MAX)) as usize].reference.clone();
        plan.registers[at].entries.push(PlannedEntry { learner, old, new });
    }
    (plan, problems)
}

/// What the records say of the pairs that the file names.
fn held(
    records: &Records,
    said: &HashMap<u64, (u64, Option<ParticipationStatus>, ParticipationStatus)>,
) -> HashMap<u64, ParticipationStatus> {
    let pairs = records
        .participations
        .iter()
        .map(|held| (u64::from(held.activity.0) << 32 | u64::from(held.learner.0), held.status));
    pairs.filter(|(pair, _)| said.contains_key(pair)).collect()
}
