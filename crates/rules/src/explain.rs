use domain::{
    ActivityIndex, Adapted, Checks, Date, LearnerIndex, Mode, ParticipationStatus, ProviderType, Records, YearGroup,
};

use crate::{
    Facts, Missing, Pack, Reason, Standing, Status,
    case::{Case, Decision, Item, Span},
    day::{Day, date, day},
    facts::ActivityFacts,
    offered::shown,
    plan::{Plan, Test, boxes, is_real, ticked},
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

/// Why an activity of the kind asked about does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// The register says so: absent or excused, only invited although the day has passed, or attended on a day to come.
    Status(ParticipationStatus),
    /// The learner was not on roll, and it is not a transferred record.
    NotOnRoll,
    /// Before the window opens, with the day it does.
    BeforeWindow(Date),
    /// After the window closes, with its last day.
    AfterWindow(Date),
    /// These boxes are not ticked.
    MissingBoxes(Checks),
    /// Not with the type of provider asked for, or with none recorded where any is needed.
    ProviderType {
        /// The type asked for.
        wanted: Option<ProviderType>,
    },
    /// Not held in the way asked for, which is this.
    Mode(Mode),
    /// A provider access occasion needs a named organisation.
    NoOrganisation,
    /// Virtual, and not beside one in person or blended.
    VirtualAlone,
    /// A curriculum link without a subject.
    NoSubject,
    /// A curriculum link in a subject that is not asked about.
    OtherSubject,
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
    Some(Explainer { plan: &plan, records, facts }.explain(learner, position))
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
    let explainer = Explainer { plan: &plan, records, facts };
    pairs.into_iter().map(|(learner, position)| explainer.explain(learner, position)).collect()
}

/// What several explanations of the same day share.
pub(crate) struct Explainer<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) records: &'a Records,
    pub(crate) facts: &'a Facts,
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

    pub(crate) fn indexes(&self, items: &[Item]) -> Vec<ActivityIndex> {
        items.iter().map(|item| self.facts.activity_indexes[item.position]).collect()
    }

    fn not_counted(
        &self,
        case: &Case<'_>,
        span: Span,
        decision: &Decision,
        counted: &[Item],
    ) -> Vec<(ActivityIndex, Vec<WhyNot>)> {
        let Some(kind) = kind_asked(&case.rule.test) else { return Vec::new() };
        let mut others: Vec<_> = self
            .records
            .participations
            .iter()
            .filter(|participation| participation.learner.0 as usize == case.learner)
            .map(|participation| (participation, self.records.activity(participation.activity)))
            .filter(|(_, activity)| activity.kind == kind)
            .collect();
        others.sort_by(|(_, a), (_, b)| (a.date, &a.reference).cmp(&(b.date, &b.reference)));
        let shown_elsewhere: Vec<ActivityIndex> = [self.indexes(counted), self.indexes(&decision.planned)].concat();
        others
            .into_iter()
            .filter(|(participation, _)| !shown_elsewhere.contains(&participation.activity))
            .map(|(participation, activity)| {
                let facts = self.activity_facts(participation.activity);
                let mut why = Vec::new();
                let learner = self.records.learner(participation.learner);
                if !learner.is_on_roll(activity.date) && activity.source.is_none() {
                    why.push(WhyNot::NotOnRoll);
                }
                let day = day(activity.date);
                let planned = participation.status == ParticipationStatus::Invited && day > self.plan.as_of;
                if !planned && (participation.status != ParticipationStatus::Attended || day > self.plan.as_of) {
                    why.push(WhyNot::Status(participation.status));
                }
                if day < span.opens {
                    why.push(WhyNot::BeforeWindow(date(span.opens)));
                } else if day > span.closes {
                    why.push(WhyNot::AfterWindow(date(span.closes)));
                }
                why_not_wanted(case, facts, planned, &mut why);
                if why.is_empty() && !is_real(facts) {
                    why.push(WhyNot::VirtualAlone);
                }
                (participation.activity, why)
            })
            .collect()
    }

    fn activity_facts(&self, index: ActivityIndex) -> &ActivityFacts {
        let activity = self.records.activity(index);
        let key = (day(activity.date), &activity.reference);
        let position = self.facts.activity_indexes.partition_point(|other| {
            (day(self.records.activity(*other).date), &self.records.activity(*other).reference) < key
        });
        &self.facts.activities[position]
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

/// The kind of activity that a requirement asks about; none for reviews.
fn kind_asked(test: &Test) -> Option<domain::Kind> {
    match test {
        Test::Count(count) | Test::EveryYear(count) => Some(count.counted.kind),
        Test::Types { counted, .. } => Some(counted.kind),
        Test::Occasions => Some(domain::Kind::ProviderEncounter),
        Test::Hours { kind, .. } => Some(*kind),
        Test::Subjects(_) => Some(domain::Kind::Curriculum),
        Test::Review => None,
    }
}

/// What keeps an activity of the right kind from being of the sort that is counted.
fn why_not_wanted(case: &Case<'_>, activity: &ActivityFacts, planned: bool, why: &mut Vec<WhyNot>) {
    let counted = match &case.rule.test {
        Test::Count(count) | Test::EveryYear(count) => &count.counted,
        Test::Types { counted, .. } => {
            if activity.provider_type.is_none() {
                why.push(WhyNot::ProviderType { wanted: None });
            }
            counted
        }
        Test::Occasions => {
            let missing = activity.checks.missing(Checks::PROVIDER_ACCESS);
            if !missing.is_empty() {
                why.push(WhyNot::MissingBoxes(missing));
            }
            if activity.organisation == u32::MAX {
                why.push(WhyNot::NoOrganisation);
            }
            return;
        }
        Test::Subjects(_) => {
            match activity.subject {
                None => why.push(WhyNot::NoSubject),
                Some(_) if !case.wants(activity, false) => why.push(WhyNot::OtherSubject),
                Some(_) => {}
            }
            return;
        }
        Test::Hours { .. } | Test::Review => return,
    };
    let missing = ticked(activity, planned).missing(boxes(counted.kind));
    if counted.checklist && !missing.is_empty() {
        why.push(WhyNot::MissingBoxes(missing));
    }
    if let Some(wanted) = counted.provider_type
        && activity.provider_type != Some(wanted)
    {
        why.push(WhyNot::ProviderType { wanted: Some(wanted) });
    }
    if let Some(wanted) = counted.mode
        && activity.mode != wanted
    {
        why.push(WhyNot::Mode(wanted));
    }
}
