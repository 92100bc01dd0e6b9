//! For whom the activities of a year are.

use std::collections::{BTreeMap, BTreeSet};

use domain::{LearnerIndex, YearGroup};
use rules::Evaluation;

use crate::{frame::Scene, held::Held};

/// For whom each activity of the scene's year is that counts, by its name: the year groups that it was offered to, and those of
/// which at least half are on its register, or on those of others with the same name (a talk that was held form by form).
pub(crate) fn cohorts(scene: &Scene<'_>) -> BTreeMap<String, BTreeSet<YearGroup>> {
    cohorts_in(scene, &scene.day.evaluation)
}

/// The same, of the learners of an evaluation: everybody's, whoever looks.
pub(crate) fn cohorts_in(scene: &Scene<'_>, evaluation: &Evaluation) -> BTreeMap<String, BTreeSet<YearGroup>> {
    let records = &scene.held.records;
    let (first, last) = scene.frame.year_span;
    let is_of_year = |activity: &domain::Activity| (first..=last).contains(&activity.date) && activity.state.counts();
    let mut cohorts: BTreeMap<String, BTreeSet<YearGroup>> = BTreeMap::new();
    for activity in records.activities.iter().filter(|activity| is_of_year(activity)) {
        cohorts.entry(activity.title.clone()).or_default().extend(activity.year_groups.iter());
    }
    let year_of = |learner| Held::year_group(evaluation, learner);
    let mut on_roll: BTreeMap<YearGroup, usize> = BTreeMap::new();
    for year in evaluation.learners.iter().filter_map(|learner| year_of(*learner)) {
        *on_roll.entry(year).or_default() += 1;
    }
    let mut present: BTreeMap<(&str, YearGroup), BTreeSet<LearnerIndex>> = BTreeMap::new();
    for one in &records.participations {
        let activity = records.activity(one.activity);
        if is_of_year(activity)
            && let Some(year) = year_of(one.learner)
        {
            present.entry((&activity.title, year)).or_default().insert(one.learner);
        }
    }
    for ((title, year), learners) in present {
        if learners.len() * 2 >= on_roll.get(&year).copied().unwrap_or(usize::MAX / 2)
            && let Some(years) = cohorts.get_mut(title)
        {
            years.insert(year);
        }
    }
    cohorts
}
