use crate::{AcademicYear, Date, LearnerIndex, YearGroup, word::closed_list};

closed_list! {
    /// Special educational needs provision, by its census code.
    pub enum Sen {
        /// None.
        None = "N",
        /// SEN support.
        Support = "K",
        /// Education, health and care plan.
        Ehcp = "E",
    }
}

/// Someone who learns, or learned, at an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// How the institution's own systems name the learner (admission number, MIS id). Unique within the institution.
    pub reference: String,
    /// Unique pupil number, upper case, checked only for shape and check letter when shown.
    pub upn: Option<String>,
    /// Unique learner number.
    pub uln: Option<String>,
    /// Forename.
    pub forename: String,
    /// Surname.
    pub surname: String,
    /// Date of birth. It never decides a year group.
    pub date_of_birth: Date,
    /// Sex as the source has it, in its own letters or words.
    pub sex: Option<String>,
    /// Registration group.
    pub form: Option<String>,
    /// SEN provision; none known is unknown, not "no SEN".
    pub sen: Option<Sen>,
    /// Eligible for free school meals.
    pub fsm: Option<bool>,
    /// Looked after by a local authority.
    pub looked_after: Option<bool>,
    /// Considering higher education; unknown counts as no.
    pub considering_he: Option<bool>,
    /// The learner's own subjects; empty means that the list of the year group applies.
    pub subjects: Vec<String>,
    /// First day on roll.
    pub joined: Date,
    /// Last day on roll.
    pub left: Option<Date>,
    /// First day of the study programme (colleges and training providers).
    pub programme_starts: Option<Date>,
    /// Last day of the study programme.
    pub programme_ends: Option<Date>,
}

impl Learner {
    /// Whether the learner is on roll on this day; the first and the last day count.
    pub fn is_on_roll(&self, date: Date) -> bool {
        self.joined <= date && self.left.is_none_or(|left| date <= left)
    }
}

/// The year group that a learner is recorded to be in for an academic year. Years between and beyond are counted linearly
/// from the nearest; of two equally near, from the earlier. At most one for a learner and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearRecord {
    /// Whose.
    pub learner: LearnerIndex,
    /// In which academic year.
    pub academic_year: AcademicYear,
    /// Which year group.
    pub year_group: YearGroup,
}
