use domain::{ActivityIndex, Kind, ParticipationStatus};

use crate::frame::Scene;

/// For each activity of the records: whether its register waits for its first mark, because somebody the reader sees is expected
/// and nobody at all is marked. What one learner alone is to do at a workplace is marked with the placement.
pub(crate) fn unmarked(scene: &Scene<'_>) -> Vec<bool> {
    let records = &scene.held.records;
    let mut expected = vec![0_u32; records.activities.len()];
    let mut is_seen = vec![false; records.activities.len()];
    let mut is_marked = vec![false; records.activities.len()];
    for one in &records.participations {
        let at = one.activity.0 as usize;
        if one.status == ParticipationStatus::Invited {
            expected[at] += 1;
            is_seen[at] |= scene.is_totals_only() || scene.sees(one.learner);
        } else {
            is_marked[at] = true;
        }
    }
    let waits = |at: usize| {
        let activity = records.activity(ActivityIndex(at as u32));
        let is_for_all = scene.sees_everybody() && !activity.year_groups.is_empty();
        let is_placement = activity.kind == Kind::WorkplaceExperience && expected[at] == 1;
        activity.state.counts()
            && activity.source.is_none()
            && !is_marked[at]
            && !is_placement
            && (is_seen[at] || is_for_all)
    };
    (0..records.activities.len()).map(waits).collect()
}
