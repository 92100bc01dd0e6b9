use std::collections::BTreeMap;

use domain::{AcademicYear, Activity, Learner, LearnerIndex, ParticipationStatus, Records, YearGroup};

use super::{Columns, Facts, LearnerColumns, Taken};

impl Facts {
    /// The facts of one institution's records: drafts and cancelled activities are none. Does not depend on the order of any
    /// list in them.
    pub fn new(records: &Records) -> Self {
        let key = |index: &u32| -> &Activity { &records.activities[*index as usize] };
        let mut indexes: Vec<u32> =
            (0..records.activities.len() as u32).filter(|index| key(index).state.counts()).collect();
        indexes.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            (a.date, &a.reference).cmp(&(b.date, &b.reference))
        });
        let mut positions = vec![None; records.activities.len()];
        for (position, index) in indexes.iter().enumerate() {
            positions[*index as usize] = Some(position as u32);
        }

        let (trajectories, trajectory_of) = trajectories(records);
        let (ends, taken) = taken(records, &positions);
        let mut facts = Self::from_columns(Columns {
            institution: records.institution.clone(),
            activities: indexes.iter().map(|index| key(index).clone()).collect(),
            learners: records.learners.iter().zip(trajectory_of).map(|(l, t)| learner_columns(l, t)).collect(),
            trajectories,
            ends,
            taken,
            reviews: records.reviews.clone(),
            adaptations: records.adaptations.clone(),
        });
        facts.activity_indexes = indexes.into_iter().map(domain::ActivityIndex).collect();
        facts
    }
}

fn learner_columns(learner: &Learner, trajectory: u32) -> LearnerColumns {
    LearnerColumns {
        joined: learner.joined,
        left: learner.left,
        trajectory,
        sen: learner.sen,
        fsm: learner.fsm,
        looked_after: learner.looked_after,
        considering_he: learner.considering_he == Some(true),
        form: learner.form.clone(),
        sex: learner.sex.clone(),
        subjects: learner.subjects.clone(),
        programme_starts: learner.programme_starts,
        programme_ends: learner.programme_ends,
    }
}

type YearList = Vec<(AcademicYear, YearGroup)>;

/// The distinct lists of recorded years, and which of them each learner has.
fn trajectories(records: &Records) -> (Vec<YearList>, Vec<u32>) {
    let mut of_learner: Vec<YearList> = vec![Vec::new(); records.learners.len()];
    for record in &records.year_records {
        of_learner[record.learner.0 as usize].push((record.academic_year, record.year_group));
    }
    let mut numbers: BTreeMap<YearList, u32> = BTreeMap::new();
    let mut distinct = Vec::new();
    let trajectory_of = of_learner
        .into_iter()
        .map(|mut list| {
            list.sort_unstable();
            *numbers.entry(list).or_insert_with_key(|list| {
                distinct.push(list.clone());
                distinct.len() as u32 - 1
            })
        })
        .collect();
    (distinct, trajectory_of)
}

/// Participations by learner, then by position of the activity, and where each learner's end.
fn taken(records: &Records, positions: &[Option<u32>]) -> (Vec<u32>, Vec<Taken>) {
    let packed = |activity: domain::ActivityIndex, status| match status {
        ParticipationStatus::Attended => positions[activity.0 as usize].map(Taken::attended),
        ParticipationStatus::Invited => positions[activity.0 as usize].map(Taken::invited),
        ParticipationStatus::Absent | ParticipationStatus::Excused => None,
    };
    let mut starts = vec![0_u32; records.learners.len() + 1];
    for participation in &records.participations {
        if packed(participation.activity, participation.status).is_some() {
            starts[participation.learner.0 as usize + 1] += 1;
        }
    }
    for learner in 1..starts.len() {
        starts[learner] += starts[learner - 1];
    }
    let mut next = starts.clone();
    let mut sorted = vec![Taken::attended(0); *starts.last().unwrap_or(&0) as usize];
    for participation in &records.participations {
        let LearnerIndex(learner) = participation.learner;
        if let Some(entry) = packed(participation.activity, participation.status) {
            sorted[next[learner as usize] as usize] = entry;
            next[learner as usize] += 1;
        }
    }

    // Records hold a pair once; should one come twice, it is kept once, as attended if either says so.
    let mut ends = Vec::with_capacity(records.learners.len());
    let mut kept = 0;
    for learner in 0..records.learners.len() {
        let (from, until) = (starts[learner] as usize, starts[learner + 1] as usize);
        sorted[from..until].sort_unstable();
        let first = kept;
        for read in from..until {
            let entry = sorted[read];
            if kept == first || sorted[kept - 1].position() != entry.position() {
                sorted[kept] = entry;
                kept += 1;
            }
        }
        ends.push(kept as u32);
    }
    sorted.truncate(kept);
    (ends, sorted)
}
