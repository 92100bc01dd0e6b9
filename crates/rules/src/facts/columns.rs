use std::collections::BTreeMap;

use domain::{
    AcademicYear, Activity, ActivityIndex, Adaptation, Date, Institution, LearnerIndex, Review, Sen, Source, YearGroup,
};

use super::{ActivityFacts, AdaptationFacts, Facts, LearnerFacts, Names, Trajectory};
use crate::{
    calendar::Years,
    day::{NEVER, day},
};

/// One learner's part in one activity in four bytes: the activity's position in order of date, and whether the learner took
/// part or is only invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken(u32);

impl Taken {
    /// The most activities that one institution's facts can hold.
    pub const MOST_ACTIVITIES: u32 = 1 << 31;

    /// The learner attended the activity at this position.
    pub const fn attended(position: u32) -> Self {
        Self(position << 1)
    }

    /// The learner is invited to the activity at this position.
    pub const fn invited(position: u32) -> Self {
        Self(position << 1 | 1)
    }

    /// The activity's position in order of date.
    pub const fn position(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether the learner is only invited.
    pub const fn is_invited(self) -> bool {
        self.0 & 1 == 1
    }

    pub(crate) const fn bits(self) -> u32 {
        self.0
    }
}

/// Facts as raw columns, for whoever has them in this form already: a generator, or a file that is mapped into memory.
/// Everyone else starts from [`domain::Records`] and uses [`Facts::new`].
#[derive(Debug, Clone)]
pub struct Columns {
    /// The institution.
    pub institution: Institution,
    /// Activities in order of date, then reference. Their position here is the position in [`Taken`].
    pub activities: Vec<Activity>,
    /// Learners.
    pub learners: Vec<LearnerColumns>,
    /// Recorded year groups of learners, each distinct list once; [`LearnerColumns::trajectory`] points into it.
    pub trajectories: Vec<Vec<(AcademicYear, YearGroup)>>,
    /// How many of `taken` belong to the learners up to and including this one: one number for each learner.
    pub ends: Vec<u32>,
    /// Participations, by learner, then by activity; at most one for a learner and activity.
    pub taken: Vec<Taken>,
    /// Annual reviews, in any order.
    pub reviews: Vec<Review>,
    /// Adaptations, in any order.
    pub adaptations: Vec<Adaptation>,
}

/// What the rules ask about a learner, as columns have it.
#[derive(Debug, Clone, Default)]
pub struct LearnerColumns {
    /// First day on roll.
    pub joined: Date,
    /// Last day on roll.
    pub left: Option<Date>,
    /// Position in [`Columns::trajectories`].
    pub trajectory: u32,
    /// SEN provision.
    pub sen: Option<Sen>,
    /// Eligible for free school meals.
    pub fsm: Option<bool>,
    /// Looked after by a local authority.
    pub looked_after: Option<bool>,
    /// Considering higher education; unknown is no.
    pub considering_he: bool,
    /// Registration group.
    pub form: Option<String>,
    /// Sex as recorded.
    pub sex: Option<String>,
    /// The learner's own subjects; empty means that the list of the year group applies.
    pub subjects: Vec<String>,
    /// First day of the study programme.
    pub programme_starts: Option<Date>,
    /// Last day of the study programme.
    pub programme_ends: Option<Date>,
}

impl Facts {
    /// Facts from raw columns. Participations outside the learner's time on roll are left out here, unless transferred; the
    /// rest is taken as it is.
    ///
    /// # Panics
    ///
    /// If the columns are not what [`Columns`] says: activities out of order, a position that points nowhere, or
    /// participations of one learner out of order. These are mistakes of the program that made the columns.
    pub fn from_columns(columns: Columns) -> Self {
        let Columns { institution, activities, learners, trajectories, ends, mut taken, reviews, adaptations } =
            columns;
        assert!(
            activities.is_sorted_by_key(|activity| (activity.date, &activity.reference)),
            "activities in order of date"
        );
        assert!(activities.len() < Taken::MOST_ACTIVITIES as usize, "no more activities than positions");
        assert_eq!(learners.len(), ends.len(), "an end for each learner");
        assert_eq!(
            ends.last().copied().unwrap_or(0) as usize,
            taken.len(),
            "the last end is the number of participations"
        );
        assert!(
            learners.iter().all(|learner| (learner.trajectory as usize) < trajectories.len()),
            "a trajectory for each"
        );

        let mut gathering = Gathering::default();
        let activities: Vec<ActivityFacts> = activities.iter().map(|activity| gathering.activity(activity)).collect();
        let learners: Vec<LearnerFacts> = learners.iter().map(|learner| gathering.learner(learner)).collect();
        let subjects_of_year = institution
            .subjects
            .iter()
            .map(|(year_group, subjects)| (i32::from(year_group.number()), gathering.subject_list(subjects)))
            .collect();
        let starts = keep_what_can_count(&activities, &learners, &ends, &mut taken);

        let mut reviews: Vec<_> =
            reviews.iter().filter(|r| r.preparing_for_adulthood).map(|r| (r.learner, day(r.date))).collect();
        reviews.sort_unstable();
        let mut adaptations: Vec<_> = adaptations
            .into_iter()
            .map(|a| AdaptationFacts { learner: a.learner, requirement: a.requirement, adapted: a.adapted })
            .collect();
        adaptations.sort_by(|a, b| (a.learner, &a.requirement).cmp(&(b.learner, &b.requirement)));

        let year = |(year, group): (AcademicYear, YearGroup)| (i32::from(year.start()), i32::from(group.number()));
        Self {
            lowest_year: i32::from(institution.lowest_year.number()),
            highest_year: i32::from(institution.highest_year.number()),
            years: Years::new(&institution.calendar),
            parameters: institution.parameters,
            activity_indexes: (0..activities.len() as u32).map(ActivityIndex).collect(),
            activities,
            learners,
            starts,
            taken,
            trajectories: trajectories
                .into_iter()
                .map(|t| Trajectory::new(t.into_iter().map(year).collect()))
                .collect(),
            organisations: gathering.organisations,
            subjects: gathering.subjects,
            subject_lists: gathering.subject_lists,
            subjects_of_year,
            reviews,
            adaptations,
            forms: gathering.forms,
            sexes: gathering.sexes,
        }
    }
}

/// Numbers given to names while facts are gathered.
struct Gathering {
    organisations: Names,
    subjects: Names,
    forms: Names,
    sexes: Names,
    subject_lists: Vec<Vec<u32>>,
    list_numbers: BTreeMap<Vec<u32>, u32>,
}

impl Default for Gathering {
    fn default() -> Self {
        Self {
            organisations: Names::default(),
            subjects: Names::default(),
            forms: Names::default(),
            sexes: Names::default(),
            subject_lists: vec![Vec::new()],
            list_numbers: BTreeMap::from([(Vec::new(), 0)]),
        }
    }
}

impl Gathering {
    fn activity(&mut self, activity: &Activity) -> ActivityFacts {
        activity_facts(activity, &mut self.organisations, &mut self.subjects)
    }

    fn learner(&mut self, learner: &LearnerColumns) -> LearnerFacts {
        LearnerFacts {
            joined: day(learner.joined),
            left: learner.left.map_or(NEVER, day),
            programme_starts: learner.programme_starts.map(day),
            programme_ends: learner.programme_ends.map(day),
            trajectory: learner.trajectory,
            subjects: self.subject_list(&learner.subjects),
            form: learner.form.as_deref().and_then(|name| self.forms.number(name)),
            sex: learner.sex.as_deref().and_then(|name| self.sexes.number(name)),
            sen: learner.sen,
            fsm: learner.fsm,
            looked_after: learner.looked_after,
            considering_he: learner.considering_he,
        }
    }

    /// The number of a list of subjects; 0 if it names none.
    fn subject_list(&mut self, names: &[String]) -> u32 {
        if names.is_empty() {
            return 0;
        }
        let mut list: Vec<u32> = names.iter().filter_map(|name| self.subjects.number(name)).collect();
        list.sort_unstable();
        list.dedup();
        if let Some(number) = self.list_numbers.get(&list) {
            return *number;
        }
        let number = self.subject_lists.len() as u32;
        self.subject_lists.push(list.clone());
        self.list_numbers.insert(list, number);
        number
    }
}

/// What is asked about an activity, with numbers for the names in it.
pub(super) fn activity_facts(activity: &Activity, organisations: &mut Names, subjects: &mut Names) -> ActivityFacts {
    ActivityFacts {
        day: day(activity.date),
        kind: activity.kind,
        mode: activity.mode,
        provider_type: activity.provider_type,
        checks: activity.checks,
        year_groups: activity.year_groups,
        through_curriculum: activity.through.is_some(),
        transferred: activity.source == Some(Source::Transferred),
        provider_access: activity.is_provider_access(),
        organisation: activity.organisation.as_deref().and_then(|name| organisations.number(name)).unwrap_or(u32::MAX),
        subject: activity.subject.as_deref().and_then(|name| subjects.number(name)),
        hours: activity.hours.unwrap_or_default().billionths(),
    }
}

/// Leaves out, in place, what can never count, and returns where each learner's participations begin.
fn keep_what_can_count(
    activities: &[ActivityFacts],
    learners: &[LearnerFacts],
    ends: &[u32],
    taken: &mut Vec<Taken>,
) -> Vec<u32> {
    let mut starts = Vec::with_capacity(learners.len() + 1);
    starts.push(0);
    let (mut read, mut written) = (0, 0);
    for (learner, end) in learners.iter().zip(ends) {
        let first = activities.partition_point(|activity| activity.day < learner.joined);
        let after = activities.partition_point(|activity| activity.day <= learner.left);
        let mut previous = None;
        while read < *end as usize {
            let entry = taken[read];
            assert!(previous.is_none_or(|previous| previous < entry.position()), "participations in order of activity");
            previous = Some(entry.position());
            if (first..after).contains(&entry.position()) || activities[entry.position()].transferred {
                taken[written] = entry;
                written += 1;
            }
            read += 1;
        }
        starts.push(written as u32);
    }
    taken.truncate(written);
    starts
}

impl Facts {
    /// The index in the records of the learner at a position; positions and indexes are the same.
    pub(crate) fn learner_index(position: usize) -> LearnerIndex {
        LearnerIndex(position as u32)
    }
}
