use std::collections::BTreeMap;

use domain::{
    AcademicYear, Activity, ActivityIndex, Adaptation, Adapted, Date, Institution, Learner, LearnerIndex,
    Participation, ParticipationStatus, Records, Review, YearGroup, YearRecord,
};

/// Records of an institution while they are being invented: what was noted of a learner and an activity can still be
/// changed, and activities get their references, by date, at the end.
pub(crate) struct Book {
    records: Records,
    participations: BTreeMap<(LearnerIndex, ActivityIndex), ParticipationStatus>,
}

impl Book {
    pub(crate) fn new(institution: Institution) -> Self {
        Self { records: Records::new(institution), participations: BTreeMap::new() }
    }

    pub(crate) fn learners(&self) -> &[Learner] {
        &self.records.learners
    }

    pub(crate) fn learner(&self, index: LearnerIndex) -> &Learner {
        self.records.learner(index)
    }

    pub(crate) fn learner_mut(&mut self, index: LearnerIndex) -> &mut Learner {
        &mut self.records.learners[index.0 as usize]
    }

    /// Enrols a learner who is in `year_group` in `academic_year`.
    pub(crate) fn enrol(
        &mut self,
        learner: Learner,
        academic_year: AcademicYear,
        year_group: YearGroup,
    ) -> LearnerIndex {
        let index = LearnerIndex(self.records.learners.len() as u32);
        self.records.learners.push(learner);
        self.records.year_records.push(YearRecord { learner: index, academic_year, year_group });
        index
    }

    /// Notes that a learner was in another year group than counting would say.
    pub(crate) fn year_record(&mut self, learner: LearnerIndex, academic_year: AcademicYear, year_group: YearGroup) {
        self.records.year_records.push(YearRecord { learner, academic_year, year_group });
    }

    pub(crate) fn hold(&mut self, activity: Activity) -> ActivityIndex {
        let index = ActivityIndex(self.records.activities.len() as u32);
        self.records.activities.push(activity);
        index
    }

    /// Notes a learner's part in an activity, in place of what was noted before.
    pub(crate) fn note(&mut self, learner: LearnerIndex, activity: ActivityIndex, status: ParticipationStatus) {
        self.participations.insert((learner, activity), status);
    }

    /// What is noted of a learner.
    pub(crate) fn noted(&self, learner: LearnerIndex) -> impl Iterator<Item = (ActivityIndex, ParticipationStatus)> {
        let range = (learner, ActivityIndex(0))..=(learner, ActivityIndex(u32::MAX));
        self.participations.range(range).map(|(&(_, activity), &status)| (activity, status))
    }

    /// Changes what is noted of a learner: `change` says the new status, or `None` to strike the note out.
    pub(crate) fn rewrite(
        &mut self,
        learner: LearnerIndex,
        change: impl Fn(&Activity, ParticipationStatus) -> Option<ParticipationStatus>,
    ) {
        let notes: Vec<_> = self.noted(learner).collect();
        for (activity, status) in notes {
            match change(self.records.activity(activity), status) {
                Some(changed) => self.participations.insert((learner, activity), changed),
                None => self.participations.remove(&(learner, activity)),
            };
        }
    }

    pub(crate) fn review(&mut self, learner: LearnerIndex, date: Date, preparing_for_adulthood: bool) {
        self.records.reviews.push(Review { learner, date, preparing_for_adulthood });
    }

    /// Takes a learner's annual reviews from `date` on out again.
    pub(crate) fn strike_reviews(&mut self, learner: LearnerIndex, date: Date) {
        self.records.reviews.retain(|review| review.learner != learner || review.date < date);
    }

    /// Takes a learner's adaptations out again.
    pub(crate) fn strike_adaptations(&mut self, learner: LearnerIndex) {
        self.records.adaptations.retain(|adaptation| adaptation.learner != learner);
    }

    pub(crate) fn adapt(
        &mut self,
        learner: LearnerIndex,
        requirement: &str,
        adapted: Adapted,
        reason: &str,
        person: &str,
    ) {
        self.records.adaptations.push(Adaptation {
            learner,
            requirement: requirement.to_owned(),
            adapted,
            reason: reason.to_owned(),
            person: person.to_owned(),
        });
    }

    /// Puts activities in order of date, names each by its academic year and a number, and hands the records over.
    pub(crate) fn close(mut self) -> Records {
        let calendar = &self.records.institution.calendar;
        let mut order: Vec<usize> = (0..self.records.activities.len()).collect();
        order.sort_by_key(|&index| self.records.activities[index].date);
        let mut place = vec![0_u32; order.len()];
        let mut numbers: BTreeMap<AcademicYear, u32> = BTreeMap::new();
        let mut activities = Vec::with_capacity(order.len());
        for (to, &from) in order.iter().enumerate() {
            let mut activity = self.records.activities[from].clone();
            let year = calendar.year_of(activity.date);
            let number = numbers.entry(year).or_default();
            *number += 1;
            activity.reference = format!("{:02}-{number:04}", year.start().rem_euclid(100));
            place[from] = to as u32;
            activities.push(activity);
        }
        self.records.activities = activities;
        self.records.participations = self
            .participations
            .into_iter()
            .map(|((learner, activity), status)| Participation {
                learner,
                activity: ActivityIndex(place[activity.0 as usize]),
                status,
            })
            .collect();
        self.records.participations.sort();
        self.records.year_records.sort();
        self.records.reviews.sort();
        self.records
    }
}
