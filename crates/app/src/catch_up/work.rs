use std::collections::HashMap;

use domain::{Activity, ActivityIndex, Date, Kind, LearnerIndex, ParticipationStatus, Source, same_name};
use store::catch_up::CatchUp;

use super::{ActivityName, CatchUpStanding};
use crate::{frame::Scene, held::Held};

/// Something that a learner missed.
pub(super) struct Missed {
    pub(super) learner: LearnerIndex,
    pub(super) activity: ActivityIndex,
    pub(super) mark: ParticipationStatus,
    pub(super) standing: CatchUpStanding,
}

/// What an activity has to share with one that was missed to make up for it: its kind, and what makes the kind another thing.
/// The rule is written down in docs/decisions/0047.
fn likeness(activity: &Activity) -> (Kind, String) {
    let what = match activity.kind {
        Kind::ProviderEncounter => activity.provider_type.map_or("", domain::ProviderType::word).to_owned(),
        Kind::Curriculum => activity.subject.as_deref().map(same_name).unwrap_or_default(),
        Kind::Programme => {
            let title = same_name(&activity.title);
            title.strip_prefix("catch-up: ").map_or_else(|| title.clone(), str::to_owned)
        }
        Kind::EmployerEncounter | Kind::WorkplaceExperience | Kind::GuidanceMeeting | Kind::LabourMarket => {
            String::new()
        }
    };
    (activity.kind, what)
}

/// A learner's part in one activity that counts.
#[derive(Clone, Copy)]
struct Part {
    date: Date,
    activity: ActivityIndex,
    status: ParticipationStatus,
}

/// Everything that learners on roll whom the actor's numbers take in have missed by the as-of date, and how far catching up
/// has come, in no particular order.
pub(super) fn missed(scene: &Scene<'_>, said: &[CatchUp]) -> Vec<Missed> {
    let (held, as_of) = (&scene.held, scene.frame.as_of);
    let records = &held.records;
    let mut numbers: HashMap<(Kind, String), usize> = HashMap::new();
    let alike: Vec<Option<usize>> = records
        .activities
        .iter()
        .map(|activity| {
            let counts = activity.state.counts() && activity.source != Some(Source::Transferred);
            let next = numbers.len();
            counts.then(|| *numbers.entry(likeness(activity)).or_insert(next))
        })
        .collect();
    let is_part: Vec<bool> = (0..records.activities.len() as u32)
        .map(|index| held.whole_of(held.activity_id(ActivityIndex(index))).is_some())
        .collect();
    let mut is_marked = vec![false; records.activities.len()];
    let mut parts: Vec<Vec<Part>> = vec![Vec::new(); records.learners.len()];
    for one in &records.participations {
        let at = one.activity.0 as usize;
        is_marked[at] |= one.status != ParticipationStatus::Invited;
        let learner = &mut parts[one.learner.0 as usize];
        if alike[at].is_some() {
            learner.push(Part {
                date: records.activity(one.activity).date,
                activity: one.activity,
                status: one.status,
            });
        }
    }
    let said: HashMap<_, _> = said
        .iter()
        .filter_map(|one| Some(((held.learner_index(one.learner)?, held.activity_index(one.activity)?), one)))
        .collect();
    let mut all = Vec::new();
    for learner in scene.day.evaluation.learners.iter().copied() {
        let person = records.learner(learner);
        let own = &mut parts[learner.0 as usize];
        own.sort_unstable_by_key(|part| (part.date, part.activity));
        let is_missed = |part: &Part| {
            let at = part.activity.0 as usize;
            let left_out = match part.status {
                ParticipationStatus::Absent | ParticipationStatus::Excused => part.date <= as_of,
                // Whoever marks a register leaves nobody invited on purpose; before the day is over nobody is late.
                ParticipationStatus::Invited => part.date < as_of && is_marked[at],
                ParticipationStatus::Attended => false,
            };
            left_out && !is_part[at] && person.is_on_roll(part.date)
        };
        let mut used = vec![false; own.len()];
        let first = all.len();
        // What somebody said comes first, so that the activity they named makes up for nothing else.
        for part in own.iter().filter(|part| is_missed(part)) {
            let standing = said.get(&(learner, part.activity)).map(|one| {
                let by = one.closed_by.and_then(|id| held.activity_index(id));
                if let Some(at) = own.iter().position(|other| Some(other.activity) == by) {
                    used[at] = true;
                }
                CatchUpStanding::Said(by.map(|by| name(held, by)), one.reason.clone())
            });
            all.push(Missed {
                learner,
                activity: part.activity,
                mark: part.status,
                standing: standing.unwrap_or(CatchUpStanding::Open),
            });
        }
        // Each missed activity in turn takes the earliest later one like it that made up for no other: attended ones first, for
        // all, and then those to come.
        for attended in [true, false] {
            for one in all[first..].iter_mut().filter(|one| one.standing == CatchUpStanding::Open) {
                let date = records.activity(one.activity).date;
                let does = |part: &Part| {
                    alike[part.activity.0 as usize] == alike[one.activity.0 as usize]
                        && part.date > date
                        && match attended {
                            true => part.status == ParticipationStatus::Attended && part.date <= as_of,
                            false => part.status == ParticipationStatus::Invited && part.date >= as_of,
                        }
                };
                let found = (0..own.len()).find(|at| !used[*at] && does(&own[*at]));
                if let Some(at) = found {
                    used[at] = true;
                    let by = name(held, own[at].activity);
                    one.standing = if attended { CatchUpStanding::Made(by) } else { CatchUpStanding::Planned(by) };
                }
            }
        }
    }
    all
}

pub(super) fn name(held: &Held, index: ActivityIndex) -> ActivityName {
    let activity = held.records.activity(index);
    ActivityName { id: held.activity_id(index), title: activity.title.clone(), date: activity.date }
}
