//! One institution's records as columns, ready to be evaluated for any as-of date.

mod columns;
mod gather;
mod names;
mod planned;
mod trajectory;

pub use columns::{Columns, LearnerColumns, Taken};
pub(crate) use names::Names;
pub(crate) use trajectory::Trajectory;

use std::collections::BTreeMap;

use domain::{ActivityIndex, Adapted, Checks, Kind, LearnerIndex, Mode, ProviderType, Sen, YearGroups};

use crate::{calendar::Years, day::Day};

/// Everything that an evaluation asks of one institution's records, independent of the as-of date.
///
/// Activities stand in order of date, then reference: their position decides what comes earlier, and a span of days is a
/// span of positions. Learners keep the order of the records. Participations are four bytes each, by learner and then by
/// activity, and only those that can ever count are kept: `attended` and `invited`, on a day on which the learner was on
/// roll, or of a transferred activity.
#[derive(Debug, Clone)]
pub struct Facts {
    pub(crate) lowest_year: i32,
    pub(crate) highest_year: i32,
    pub(crate) years: Years,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) activities: Vec<ActivityFacts>,
    /// For each activity in order of date, its index in the records.
    pub(crate) activity_indexes: Vec<ActivityIndex>,
    pub(crate) learners: Vec<LearnerFacts>,
    /// Where each learner's participations begin; one more than there are learners.
    pub(crate) starts: Vec<u32>,
    pub(crate) taken: Vec<Taken>,
    /// The distinct ways in which learners went through the year groups; see [`LearnerFacts::trajectory`].
    pub(crate) trajectories: Vec<Trajectory>,
    /// Names of organisations, as activities have them.
    pub(crate) organisations: Names,
    /// Names of subjects, as activities and lists of subjects have them.
    pub(crate) subjects: Names,
    /// Distinct lists of subjects, each sorted; the first is empty.
    pub(crate) subject_lists: Vec<Vec<u32>>,
    /// Which list applies to a year group.
    pub(crate) subjects_of_year: BTreeMap<i32, u32>,
    /// Days of annual reviews with their preparing-for-adulthood part, by learner, then day.
    pub(crate) reviews: Vec<(LearnerIndex, Day)>,
    /// Adaptations, by learner, then requirement.
    pub(crate) adaptations: Vec<AdaptationFacts>,
    /// Names of registration groups and of sexes as recorded, for breakdowns.
    pub(crate) forms: Names,
    pub(crate) sexes: Names,
}

/// What is asked about an activity.
#[derive(Debug, Clone)]
pub(crate) struct ActivityFacts {
    pub(crate) day: Day,
    pub(crate) kind: Kind,
    pub(crate) mode: Mode,
    pub(crate) provider_type: Option<ProviderType>,
    pub(crate) checks: Checks,
    pub(crate) year_groups: YearGroups,
    pub(crate) through_curriculum: bool,
    pub(crate) transferred: bool,
    /// A provider encounter of a named organisation with all six boxes of provider access.
    pub(crate) provider_access: bool,
    /// The organisation's number; the same for names that agree.
    pub(crate) organisation: u32,
    /// The subject's number in [`Facts::subjects`].
    pub(crate) subject: Option<u32>,
    /// In billionths of an hour.
    pub(crate) hours: i64,
}

/// What is asked about a learner.
#[derive(Debug, Clone)]
pub(crate) struct LearnerFacts {
    pub(crate) joined: Day,
    /// The last day on roll; [`crate::day::NEVER`] while there is none.
    pub(crate) left: Day,
    pub(crate) programme_starts: Option<Day>,
    pub(crate) programme_ends: Option<Day>,
    /// Position in [`Facts::trajectories`].
    pub(crate) trajectory: u32,
    /// Position in [`Facts::subject_lists`] of the learner's own list; 0 is none.
    pub(crate) subjects: u32,
    /// Position in [`Facts::forms`], [`Facts::sexes`].
    pub(crate) form: Option<u32>,
    pub(crate) sex: Option<u32>,
    pub(crate) sen: Option<Sen>,
    pub(crate) fsm: Option<bool>,
    pub(crate) looked_after: Option<bool>,
    pub(crate) considering_he: bool,
}

/// An adaptation for one learner.
#[derive(Debug, Clone)]
pub(crate) struct AdaptationFacts {
    pub(crate) learner: LearnerIndex,
    pub(crate) requirement: String,
    pub(crate) adapted: Adapted,
}

impl LearnerFacts {
    pub(crate) fn is_on_roll(&self, day: Day) -> bool {
        self.joined <= day && day <= self.left
    }
}

impl Facts {
    /// How many learners the records hold, those who left included.
    pub fn learner_count(&self) -> usize {
        self.learners.len()
    }

    /// How many participations can ever count.
    pub fn participation_count(&self) -> usize {
        self.taken.len()
    }

    /// How many activities the records hold.
    pub fn activity_count(&self) -> usize {
        self.activities.len()
    }

    pub(crate) fn taken_by(&self, learner: usize) -> &[Taken] {
        &self.taken[self.starts[learner] as usize..self.starts[learner + 1] as usize]
    }

    pub(crate) fn adaptations_of(&self, learner: usize) -> &[AdaptationFacts] {
        let from = self.adaptations.partition_point(|adaptation| (adaptation.learner.0 as usize) < learner);
        let rest = &self.adaptations[from..];
        &rest[..rest.partition_point(|adaptation| adaptation.learner.0 as usize == learner)]
    }

    pub(crate) fn reviews_of(&self, learner: usize) -> &[(LearnerIndex, Day)] {
        let from = self.reviews.partition_point(|(whose, _)| (whose.0 as usize) < learner);
        let rest = &self.reviews[from..];
        &rest[..rest.partition_point(|(whose, _)| whose.0 as usize == learner)]
    }

    /// The learner's year group in an academic year.
    pub(crate) fn year_group(&self, learner: usize, year: i32) -> Option<i32> {
        self.trajectories[self.learners[learner].trajectory as usize].year_group(year)
    }
}
