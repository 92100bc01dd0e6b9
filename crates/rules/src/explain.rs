use domain::{ActivityIndex, Adapted, Date, LearnerIndex, Participation, Records, YearGroup};

use crate::{
    Facts, Missing, Pack, Reason, Standing, Status, WhyNot,
    case::{Case, Decision, Item},
    day::{Day, date},
    offered::shown,
    plan::Plan,
    sentence,
};

/// Everything about one learner and one requirement on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Who.
    pub learner: LearnerIndex,
    /// The id of the requirement.
    pub requirement: String,
    /// The learner's year group on the day; `None` only if no year is recorded at all.
    pub year_group: Option<YearGroup>,
    /// Where the learner stands.
    pub status: Status,
    /// Why it is not applicable, if it is not.
    pub reason: Option<Reason>,
    /// If met, the earliest day by which the evidence met it.
    pub on: Option<Date>,
    /// If met, every activity in the window that counts and is dated by `on`, by date, then reference.
    pub evidence: Vec<ActivityIndex>,
    /// First and last day on which what is done counts; none if out of scope, adapted out or asked about no subjects.
    pub window: Option<(Date, Date)>,
    /// If due, the last day of the window.
    pub deadline: Option<Date>,
    /// If due, what is still needed.
    pub missing: Vec<Missing>,
    /// If due, whether what is planned would meet it.
    pub forecast: Option<Forecast>,
    /// Due, and something of it is done already.
    pub partly_met: bool,
    /// What is adapted, with its reason and who decided.
    pub adapted: Option<AdaptedBecause>,
    /// Every activity in the window that counts by the as-of date, by date, then reference. More than the evidence if more
    /// was done than needed.
    pub counted: Vec<ActivityIndex>,
    /// Activities of the kind asked about that do not count, by date, then reference, with every reason why not.
    pub not_counted: Vec<(ActivityIndex, Vec<WhyNot>)>,
    /// What the learner is invited to that would count, up to the deadline.
    pub planned: Vec<ActivityIndex>,
    /// The learner joined after the window had opened; the deadline stays what it is.
    pub joined_inside_window: Option<Date>,
}

/// An adaptation with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdaptedBecause {
    /// What applies instead.
    pub adapted: Adapted,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub person: String,
}

/// Whether what is planned would meet a requirement that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Forecast {
    /// It would.
    Planned,
    /// It would not.
    Unplanned,
}

impl Explanation {
    /// What is still needed and by when, in words; empty unless due.
    pub fn missing_sentence(&self) -> String {
        sentence::missing(&self.missing, self.deadline)
    }
}

/// Explains one learner's standing against one requirement. `facts` must be those of `records`. `None` if the pack has no
/// such requirement for learners, or the records no such learner.
pub fn explain(
    pack: &Pack,
    records: &Records,
    facts: &Facts,
    as_of: Date,
    learner: LearnerIndex,
    requirement: &str,
) -> Option<Explanation> {
    let plan = Plan::new(pack, facts, as_of);
    let position = pack.requirements.iter().position(|other| other.id == requirement)?;
    records.learners.get(learner.0 as usize)?;
    Some(Explainer { plan: &plan, records, facts, by_learner: None }.explain(learner, position))
}

/// Explains several pairs of a learner and a requirement, by its position in the pack, of the same day: cheaper than one by
/// one. Learners and positions must be of these records and this pack.
pub fn explain_each<'a>(
    pack: &Pack,
    records: &Records,
    facts: &Facts,
    as_of: Date,
    pairs: impl IntoIterator<Item = (LearnerIndex, usize)> + 'a,
) -> Vec<Explanation> {
    let plan = Plan::new(pack, facts, as_of);
    let explainer = Explainer { plan: &plan, records, facts, by_learner: Some(by_learner(records)) };
    pairs.into_iter().map(|(learner, position)| explainer.explain(learner, position)).collect()
}

/// What several explanations of the same day share.
pub(crate) struct Explainer<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) records: &'a Records,
    pub(crate) facts: &'a Facts,
    /// Each learner's participations; without it they are looked for among all, which is quicker for one explanation.
    pub(crate) by_learner: Option<Vec<Vec<Participation>>>,
}

/// Each learner's participations, in the order of the records.
fn by_learner(records: &Records) -> Vec<Vec<Participation>> {
    let mut by_learner = vec![Vec::new(); records.learners.len()];
    for participation in &records.participations {
        by_learner[participation.learner.0 as usize].push(*participation);
    }
    by_learner
}

impl Explainer<'_> {
    fn explain(&self, learner: LearnerIndex, requirement: usize) -> Explanation {
        let case = Case::new(self.plan, self.facts, requirement, learner.0 as usize);
        let id = &self.plan.pack.requirements[requirement].id;
        let decision = if self.facts.learners[case.learner].is_on_roll(self.plan.as_of) {
            case.decide()
        } else {
            Decision {
                standing: Standing::not_applicable(Reason::NotOnRoll),
                span: None,
                done: Vec::new(),
                planned: Vec::new(),
            }
        };
        let standing = decision.standing;
        let finding = self.finding(&case, &decision);
        let counted = decision.span.map_or_else(Vec::new, |span| case.evidence(span, &decision.done, self.plan.as_of));
        let joined = self.facts.learners[case.learner].joined;
        Explanation {
            learner,
            requirement: id.clone(),
            year_group: case.year_group.map(shown),
            status: standing.status(),
            reason: standing.reason(),
            on: finding.on.map(date),
            evidence: self.indexes(&finding.evidence),
            window: decision.span.map(|span| (date(span.opens), date(span.closes))),
            deadline: finding.deadline.map(date),
            missing: finding.missing,
            forecast: finding.forecast,
            partly_met: standing.is_partly_met(),
            adapted: self
                .records
                .adaptations
                .iter()
                .find(|a| a.learner == learner && a.requirement == *id && case.adapted == Some(a.adapted))
                .map(|a| AdaptedBecause { adapted: a.adapted, reason: a.reason.clone(), person: a.person.clone() }),
            not_counted: decision.span.map_or_else(Vec::new, |span| self.not_counted(&case, span, &decision, &counted)),
            counted: self.indexes(&counted),
            planned: decision.span.map_or_else(Vec::new, |span| {
                self.indexes(&decision.planned.iter().copied().filter(|i| span.contains(i.day)).collect::<Vec<_>>())
            }),
            joined_inside_window: decision
                .span
                .filter(|s| s.opens < joined && joined <= s.closes)
                .map(|_| date(joined)),
        }
    }

    /// What a report says of a case that is decided.
    pub(crate) fn finding(&self, case: &Case<'_>, decision: &Decision) -> Finding {
        let mut finding = Finding::default();
        let Some(span) = decision.span else { return finding };
        match decision.standing.status() {
            Status::Met => {
                finding.on = case.met_on(span, &decision.done);
                finding.evidence = finding.on.map_or_else(Vec::new, |on| case.evidence(span, &decision.done, on));
            }
            Status::Due => {
                finding.deadline = Some(span.closes);
                finding.missing = case.missing(span, decision, &|subject| self.subject_name(case, subject));
                finding.forecast =
                    Some(if decision.standing.is_planned() { Forecast::Planned } else { Forecast::Unplanned });
            }
            Status::NotApplicable | Status::Upcoming | Status::Missed => {}
        }
        finding
    }

    /// A subject as the list that applies to the learner writes it.
    fn subject_name(&self, case: &Case<'_>, subject: u32) -> String {
        let own = &self.records.learners[case.learner].subjects;
        let of_year = case.year_group.and_then(|group| self.records.institution.subjects.get(&shown(group)));
        own.iter()
            .chain(of_year.into_iter().flatten())
            .find(|name| self.facts.subjects.find(name) == Some(subject))
            .map_or_else(|| self.facts.subjects.written(subject).to_owned(), |name| name.trim().to_owned())
    }

    /// What the records say that a learner took part in, or did not.
    pub(crate) fn participations_of(&self, learner: usize) -> impl Iterator<Item = &Participation> {
        let (own, all) = match &self.by_learner {
            Some(by_learner) => (&by_learner[learner][..], &[][..]),
            None => (&[][..], &self.records.participations[..]),
        };
        own.iter().chain(all.iter().filter(move |participation| participation.learner.0 as usize == learner))
    }

    pub(crate) fn indexes(&self, items: &[Item]) -> Vec<ActivityIndex> {
        items.iter().map(|item| self.facts.activity_indexes[item.position]).collect()
    }
}

/// What a report says of a case beyond its status.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    pub(crate) on: Option<Day>,
    pub(crate) evidence: Vec<Item>,
    pub(crate) deadline: Option<Day>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) forecast: Option<Forecast>,
}
