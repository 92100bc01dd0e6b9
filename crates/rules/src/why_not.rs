use domain::{ActivityIndex, Checks, Date, Mode, ParticipationStatus, ProviderType};

use crate::{
    case::{Case, Decision, Item, Span},
    day::{date, day},
    explain::Explainer,
    facts::ActivityFacts,
    plan::{Test, is_real, ticked},
};

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

impl Explainer<'_> {
    /// Activities of the kind asked about that do not count, by date, then reference, with every reason why not.
    pub(crate) fn not_counted(
        &self,
        case: &Case<'_>,
        span: Span,
        decision: &Decision,
        counted: &[Item],
    ) -> Vec<(ActivityIndex, Vec<WhyNot>)> {
        let Some(kind) = kind_asked(&case.rule.test) else { return Vec::new() };
        let mut others: Vec<_> = self
            .participations_of(case.learner)
            .map(|participation| (participation, self.records.activity(participation.activity)))
            // What does not take place counts for nobody, and needs no reason.
            .filter(|(_, activity)| activity.kind == kind && activity.state.counts())
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
    let missing = ticked(activity, planned).missing(counted.kind.meaningful());
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
