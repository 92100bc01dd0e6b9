use std::collections::BTreeMap;

use crate::{AcademicYear, Calendar, YearGroup, word::closed_list};

closed_list! {
    /// What an institution is in law, as far as careers duties tell the kinds apart.
    pub enum InstitutionType {
        /// Community, foundation or voluntary school.
        MaintainedSchool = "maintained-school",
        /// Academy, free school, university technical college or studio school.
        Academy = "academy",
        /// Special school of any governance.
        SpecialSchool = "special-school",
        /// Pupil referral unit, alternative provision academy or free school.
        AlternativeProvision = "alternative-provision",
        /// Independent or non-maintained special school.
        IndependentSchool = "independent-school",
        /// Sixth-form college.
        SixthFormCollege = "sixth-form-college",
        /// 16 to 19 academy.
        Academy16To19 = "16-19-academy",
        /// General or specialist further education college.
        FeCollege = "fe-college",
        /// Independent training provider.
        TrainingProvider = "training-provider",
    }
}

/// Which of the two published versions of the benchmarks an institution works to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sector {
    /// Schools, special schools and alternative provision.
    School,
    /// Colleges and training providers.
    Post16,
}

impl InstitutionType {
    /// The version of the benchmarks that it works to.
    pub const fn sector(self) -> Sector {
        match self {
            Self::MaintainedSchool
            | Self::Academy
            | Self::SpecialSchool
            | Self::AlternativeProvision
            | Self::IndependentSchool => Sector::School,
            Self::SixthFormCollege | Self::Academy16To19 | Self::FeCollege | Self::TrainingProvider => Sector::Post16,
        }
    }

    /// Whether the law has it give providers access to its learners: sections 42A and 42B of the Education Act 1997.
    pub const fn has_access_duty(self) -> bool {
        match self {
            Self::MaintainedSchool | Self::Academy | Self::SpecialSchool | Self::AlternativeProvision => true,
            Self::IndependentSchool
            | Self::SixthFormCollege
            | Self::Academy16To19
            | Self::FeCollege
            | Self::TrainingProvider => false,
        }
    }

    /// What people call it: "academy", "special school".
    pub const fn label(self) -> &'static str {
        match self {
            Self::MaintainedSchool => "maintained school",
            Self::Academy => "academy or free school",
            Self::SpecialSchool => "special school",
            Self::AlternativeProvision => "alternative provision",
            Self::IndependentSchool => "independent school",
            Self::SixthFormCollege => "sixth-form college",
            Self::Academy16To19 => "16 to 19 academy",
            Self::FeCollege => "further education college",
            Self::TrainingProvider => "training provider",
        }
    }
}

/// Subjects taught, by year group, as the institution writes them. A year group that is missing, or has an empty list, has
/// none named.
pub type Subjects = BTreeMap<YearGroup, Vec<String>>;

/// A school, college or training provider: what the rules need to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// What it is in law.
    pub kind: InstitutionType,
    /// Unique reference number, five or six digits.
    pub urn: Option<String>,
    /// UK provider reference number, eight digits.
    pub ukprn: Option<String>,
    /// First year group taught.
    pub lowest_year: YearGroup,
    /// Last year group taught.
    pub highest_year: YearGroup,
    /// Subjects by year group.
    pub subjects: Subjects,
    /// When its academic years begin.
    pub calendar: Calendar,
    /// Values that it sets in place of the rulebook's, by parameter name, as written (`true`, `2`, `25`).
    pub parameters: BTreeMap<String, String>,
}

impl Institution {
    /// Whether it teaches this year group.
    pub fn teaches(&self, year_group: YearGroup) -> bool {
        (self.lowest_year..=self.highest_year).contains(&year_group)
    }

    /// The academic year that a date lies in.
    pub fn year_of(&self, date: crate::Date) -> AcademicYear {
        self.calendar.year_of(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_duty_to_give_access_binds_state_schools_alone() {
        let bound: Vec<_> =
            InstitutionType::ALL.iter().filter(|kind| kind.has_access_duty()).map(|kind| kind.word()).collect();
        assert_eq!(bound, ["maintained-school", "academy", "special-school", "alternative-provision"]);
    }
}
