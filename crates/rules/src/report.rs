use std::collections::BTreeMap;

use domain::{Date, InstitutionType, Records};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    Evaluation, Facts, Force, Forecast, Grouping, Pack, Reason, Status, Tally, case::Case, day::date, evaluate,
    explain::Explainer, plan::Plan, sentence,
};

/// All findings of one institution on one day, as `waymark check` prints them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The day.
    pub as_of: Date,
    /// The id of the pack.
    pub framework: String,
    /// Whose.
    pub institution: ReportInstitution,
    /// Every requirement for learners, in the pack's order.
    pub requirements: Vec<ReportRequirement>,
    /// The learners on roll, by reference.
    pub learners: Vec<ReportLearner>,
}

/// The institution of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportInstitution {
    /// Its name.
    pub name: String,
    /// What it is in law.
    #[serde(rename = "type")]
    pub kind: InstitutionType,
    /// How many learners are on roll.
    pub on_roll: usize,
}

/// One requirement's counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportRequirement {
    /// Its id.
    pub id: String,
    /// How strongly it is asked here.
    #[serde(serialize_with = "force_word")]
    pub force: Force,
    /// Met, due, missed or upcoming.
    pub in_scope: u32,
    /// The condition holds.
    pub met: u32,
    /// Open and not met.
    pub due: u32,
    /// Closed and not met.
    pub missed: u32,
    /// Not open yet.
    pub upcoming: u32,
    /// Among those due, those with something done.
    pub partly_met: u32,
    /// Adapted, out or with another count.
    pub adapted: u32,
    /// Met among met, due and missed.
    pub percent: Option<f64>,
    /// By year group.
    pub by_year_group: Groups,
    /// By SEN provision.
    pub by_sen: Groups,
    /// By free school meals.
    pub by_fsm: Groups,
    /// What was offered to each cohort; only where the institution must offer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<InOrder<ReportOffered>>,
    /// Whether a cohort that was not offered it is a duty missed.
    #[serde(skip)]
    pub offered_is_must: bool,
}

/// Counts by group, groups without a learner in scope left out.
pub type Groups = InOrder<ReportGroup>;

/// Names with values, printed as a JSON object in this order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InOrder<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for InOrder<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// One group's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReportGroup {
    /// The condition holds.
    pub met: u32,
    /// Open and not met.
    pub due: u32,
    /// Closed and not met.
    pub missed: u32,
}

/// What was offered to one cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReportOffered {
    /// Met, due or missed.
    pub status: Status,
    /// Dates so far.
    pub occasions: u32,
    /// If met, the second of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// One learner's findings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportLearner {
    /// The learner's reference.
    pub learner: String,
    /// Year group on the day.
    pub year_group: Option<i8>,
    /// Each requirement by its id, in the pack's order.
    pub requirements: InOrder<ReportFinding>,
}

/// One learner's finding against one requirement. Fields that do not belong to the status are left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportFinding {
    /// Where the learner stands.
    pub status: Status,
    /// Not applicable: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Met: the earliest day by which the evidence met it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Met: references of the activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<String>>,
    /// Due: something is done already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub partly_met: bool,
    /// Due: the last day of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    /// Due: what is still needed, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Due: whether what is planned would meet it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
}

fn force_word<S: Serializer>(force: &Force, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(force.word())
}

impl Report {
    /// The report of these records on one day. `facts` must be those of `records`.
    pub fn new(pack: &Pack, records: &Records, facts: &Facts, as_of: Date) -> Self {
        Self::of(pack, records, facts, &evaluate(pack, facts, as_of))
    }

    /// The report of an evaluation that is there already.
    pub fn of(pack: &Pack, records: &Records, facts: &Facts, evaluation: &Evaluation) -> Self {
        Self {
            as_of: evaluation.as_of,
            framework: pack.id.clone(),
            institution: ReportInstitution {
                name: records.institution.name.clone(),
                kind: records.institution.kind,
                on_roll: evaluation.on_roll(),
            },
            requirements: requirements(pack, records.institution.kind, facts, evaluation),
            learners: learners(pack, records, facts, evaluation),
        }
    }

    /// Whether a duty is missed: a learner has missed a `must`, or a cohort was not offered what must be offered.
    pub fn must_missed(&self) -> bool {
        self.requirements.iter().any(|requirement| {
            let not_offered = requirement
                .offered
                .as_ref()
                .is_some_and(|offered| offered.0.iter().any(|(_, offered)| offered.status == Status::Missed));
            (requirement.force == Force::Must && requirement.missed > 0) || (requirement.offered_is_must && not_offered)
        })
    }
}

fn requirements(pack: &Pack, kind: InstitutionType, facts: &Facts, evaluation: &Evaluation) -> Vec<ReportRequirement> {
    let groups = |grouping| {
        let groups = evaluation.by(facts, grouping);
        move |index: usize| {
            let in_scope = groups.iter().filter(|group| group.tallies[index].in_scope > 0);
            InOrder(in_scope.map(|group| (group.name.clone(), ReportGroup::from(group.tallies[index]))).collect())
        }
    };
    let by_year_group = groups(Grouping::YearGroup);
    let by_sen = groups(Grouping::Sen);
    let by_fsm = groups(Grouping::FreeSchoolMeals);
    let requirement = |(index, requirement): (usize, &crate::Requirement)| {
        let tally = evaluation.tallies[index];
        ReportRequirement {
            id: requirement.id.clone(),
            force: requirement.force_of(kind),
            in_scope: tally.in_scope,
            met: tally.met,
            due: tally.due,
            missed: tally.missed,
            upcoming: tally.upcoming,
            partly_met: tally.partly_met,
            adapted: tally.adapted,
            percent: tally.percent(),
            by_year_group: by_year_group(index),
            by_sen: by_sen(index),
            by_fsm: by_fsm(index),
            offered: requirement.offered.then(|| {
                let offered = evaluation.offered[index].iter();
                InOrder(
                    offered
                        .map(|o| {
                            let value = ReportOffered { status: o.status, occasions: o.occasions, on: o.on };
                            (o.year_group.to_string(), value)
                        })
                        .collect(),
                )
            }),
            offered_is_must: requirement.offer_is_must(kind),
        }
    };
    pack.requirements.iter().enumerate().map(requirement).collect()
}

impl From<Tally> for ReportGroup {
    fn from(tally: Tally) -> Self {
        Self { met: tally.met, due: tally.due, missed: tally.missed }
    }
}

fn learners(pack: &Pack, records: &Records, facts: &Facts, evaluation: &Evaluation) -> Vec<ReportLearner> {
    let plan = Plan::new(pack, facts, evaluation.as_of);
    let explainer = Explainer { plan: &plan, records, facts, by_learner: None };
    // Ordered by reference, whatever the order of the records.
    let by_reference: BTreeMap<&str, usize> = evaluation
        .learners
        .iter()
        .enumerate()
        .map(|(at, index)| (records.learner(*index).reference.as_str(), at))
        .collect();
    by_reference
        .into_iter()
        .map(|(reference, position)| {
            let learner = evaluation.learners[position].0 as usize;
            let findings = evaluation.of_position(position).iter().enumerate().map(|(requirement, standing)| {
                let id = pack.requirements[requirement].id.clone();
                let mut finding = ReportFinding {
                    status: standing.status(),
                    reason: standing.reason(),
                    on: None,
                    evidence: None,
                    partly_met: standing.is_partly_met(),
                    deadline: None,
                    missing: None,
                    forecast: None,
                };
                if matches!(standing.status(), Status::Met | Status::Due) {
                    let case = Case::new(&plan, facts, requirement, learner);
                    let found = explainer.finding(&case, &case.decide());
                    let references = explainer
                        .indexes(&found.evidence)
                        .into_iter()
                        .map(|index| records.activity(index).reference.clone());
                    finding.on = found.on.map(date);
                    finding.evidence = (standing.status() == Status::Met).then(|| references.collect());
                    finding.deadline = found.deadline.map(date);
                    finding.missing =
                        found.deadline.map(|deadline| sentence::missing(&found.missing, Some(date(deadline))));
                    finding.forecast = found.forecast;
                }
                (id, finding)
            });
            ReportLearner {
                learner: reference.to_owned(),
                year_group: evaluation.year_groups[position].map(|group| group.number()),
                requirements: InOrder(findings.collect()),
            }
        })
        .collect()
}
