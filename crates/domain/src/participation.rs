use crate::{ActivityIndex, LearnerIndex, word::closed_list};

closed_list! {
    /// What a record says of a learner and an activity. Only `attended` counts as done; `invited` may count as planned.
    pub enum ParticipationStatus {
        /// Took part.
        Attended = "attended",
        /// Was expected and did not come.
        Absent = "absent",
        /// Is expected.
        Invited = "invited",
        /// Was excused.
        Excused = "excused",
    }
}

/// One learner's part in one activity. At most one for a learner and activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Participation {
    /// Who.
    pub learner: LearnerIndex,
    /// In what.
    pub activity: ActivityIndex,
    /// How.
    pub status: ParticipationStatus,
}
