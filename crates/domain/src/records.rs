use crate::{Activity, Adaptation, Institution, Learner, Participation, Review, YearRecord};

/// Position of a learner in [`Records::learners`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LearnerIndex(pub u32);

/// Position of an activity in [`Records::activities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityIndex(pub u32);

/// Everything that one institution holds and that the rules ask about: what a folder of files, or the database, comes to.
///
/// Lists are in no particular order. References are unique in their list, and every index points into its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// The institution.
    pub institution: Institution,
    /// Its learners, those who left included.
    pub learners: Vec<Learner>,
    /// Recorded year groups; every learner has at least one.
    pub year_records: Vec<YearRecord>,
    /// Activities, planned ones included.
    pub activities: Vec<Activity>,
    /// Who took part in what.
    pub participations: Vec<Participation>,
    /// Annual reviews.
    pub reviews: Vec<Review>,
    /// Adapted requirements.
    pub adaptations: Vec<Adaptation>,
}

impl Records {
    /// An institution without any records.
    pub fn new(institution: Institution) -> Self {
        Self {
            institution,
            learners: Vec::new(),
            year_records: Vec::new(),
            activities: Vec::new(),
            participations: Vec::new(),
            reviews: Vec::new(),
            adaptations: Vec::new(),
        }
    }

    /// The learner at `index`, which must be of these records.
    pub fn learner(&self, index: LearnerIndex) -> &Learner {
        &self.learners[index.0 as usize]
    }

    /// The activity at `index`, which must be of these records.
    pub fn activity(&self, index: ActivityIndex) -> &Activity {
        &self.activities[index.0 as usize]
    }
}
