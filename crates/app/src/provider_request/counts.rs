//! For whom a visit counts: what the rules say of each learner on its register.

use domain::{ActivityId, ActivityIndex, LearnerId, ParticipationStatus, YearGroup};
use rules::{Area, Explanation, Status, Window, sentence};

use crate::{frame::Scene, held::Held, withheld};

/// What a visit counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCounts {
    /// Whether the activity has all six boxes and a named provider.
    pub is_provider_access: bool,
    /// The boxes that are open, in words.
    pub open: Vec<&'static str>,
    /// How many were there, and for how many of these it counts; none where so few that it is withheld.
    pub numbers: Option<(u32, u32)>,
    /// Each learner who was there and whom the actor may see, by name.
    pub learners: Vec<RequestLearner>,
}

/// What a visit counts for one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLearner {
    /// Who.
    pub id: LearnerId,
    /// Their name.
    pub name: String,
    /// Their year group.
    pub year_group: Option<YearGroup>,
    /// The requirement that it counts for.
    pub counts_for: Option<String>,
    /// Where the learner stands against it, or why it does not count, in words.
    pub says: String,
}

/// What an activity counts for; none if it is not in the records.
pub(super) fn counts(scene: &Scene<'_>, activity: ActivityId) -> Option<RequestCounts> {
    let at = scene.held.activity_index(activity)?;
    let records = &scene.held.records;
    let found = records.activity(at);
    let there: Vec<_> = records
        .participations
        .iter()
        .filter(|one| one.activity == at && one.status == ParticipationStatus::Attended)
        .map(|one| one.learner)
        .filter(|learner| scene.is_totals_only() || scene.sees(*learner))
        .collect();
    let phases: Vec<_> = (0..scene.pack.requirements.len())
        .filter(|at| scene.pack.requirements[*at].area == Area::ProviderAccess)
        .filter(|at| matches!(scene.pack.requirements[*at].window, Window::Years { .. }))
        .collect();
    let pairs: Vec<_> = there.iter().flat_map(|learner| phases.iter().map(|phase| (*learner, *phase))).collect();
    let explained =
        rules::explain_each(scene.pack, records, &scene.held.facts, scene.frame.as_of, pairs.iter().copied());
    let mut learners: Vec<RequestLearner> = Vec::new();
    for (at_learner, learner) in there.iter().enumerate() {
        let own = &explained[at_learner * phases.len()..(at_learner + 1) * phases.len()];
        let (counts_for, says) = of_learner(scene, own, at);
        let record = records.learner(*learner);
        learners.push(RequestLearner {
            id: scene.held.learner_id(*learner),
            name: format!("{} {}", record.forename, record.surname),
            year_group: Held::year_group(&scene.day.evaluation, *learner),
            counts_for,
            says,
        });
    }
    let counted = learners.iter().filter(|one| one.counts_for.is_some()).count() as u32;
    let present = there.len() as u32;
    let is_small = [present, counted, present - counted].into_iter().any(withheld::is_small);
    learners.sort_by(|a, b| (a.year_group, &a.name).cmp(&(b.year_group, &b.name)));
    if scene.is_totals_only() {
        learners.clear();
    }
    let missing = found.checks.missing(domain::Checks::PROVIDER_ACCESS);
    Some(RequestCounts {
        is_provider_access: found.is_provider_access(),
        open: missing.iter().map(sentence::check_label).collect(),
        numbers: (!(scene.is_totals_only() && is_small)).then_some((present, counted)),
        learners,
    })
}

fn of_learner(scene: &Scene<'_>, explained: &[Explanation], at: ActivityIndex) -> (Option<String>, String) {
    for one in explained {
        if one.counted.contains(&at) {
            let says = match one.status {
                Status::Met => "Counts; the phase is met.".to_owned(),
                _ => {
                    let missing = one.missing_sentence();
                    if missing.is_empty() { "Counts.".to_owned() } else { format!("Counts. Still needed: {missing}") }
                }
            };
            let title = scene.pack.requirements.iter().find(|requirement| requirement.id == one.requirement);
            return (Some(title.map_or_else(|| one.requirement.clone(), |found| found.wording.title.clone())), says);
        }
    }
    let why = explained.iter().find_map(|one| one.not_counted.iter().find(|(activity, _)| *activity == at));
    let why = why.map_or(Vec::new(), |(_, why)| why.iter().map(sentence::why_not).collect());
    match why.is_empty() {
        true => (None, "Does not count: the learner is in no phase of provider access on that day.".to_owned()),
        false => (None, format!("Does not count: {}", why.join("; "))),
    }
}
