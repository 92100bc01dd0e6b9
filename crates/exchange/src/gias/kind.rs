use domain::{InstitutionType, YearGroup};

use InstitutionType::{
    Academy, Academy16To19, AlternativeProvision, FeCollege, IndependentSchool, MaintainedSchool, SpecialSchool,
};

/// The register's types of establishment: code, name, and what each is for careers duties. City technology colleges are
/// bound like academies by their funding agreements. Non-maintained and independent special schools are outside section 42A
/// of the Education Act 1997, as independent schools are. Nurseries, universities, Welsh, offshore and service schools,
/// children's centres and the like have no duty that is known here.
const TYPES: [(u8, &str, Option<InstitutionType>); 39] = [
    (1, "Community school", Some(MaintainedSchool)),
    (2, "Voluntary aided school", Some(MaintainedSchool)),
    (3, "Voluntary controlled school", Some(MaintainedSchool)),
    (5, "Foundation school", Some(MaintainedSchool)),
    (6, "City technology college", Some(Academy)),
    (7, "Community special school", Some(SpecialSchool)),
    (8, "Non-maintained special school", Some(IndependentSchool)),
    (10, "Other independent special school", Some(IndependentSchool)),
    (11, "Other independent school", Some(IndependentSchool)),
    (12, "Foundation special school", Some(SpecialSchool)),
    (14, "Pupil referral unit", Some(AlternativeProvision)),
    (15, "Local authority nursery school", None),
    (18, "Further education", Some(FeCollege)),
    (24, "Secure units", None),
    (25, "Offshore schools", None),
    (26, "Service children's education", None),
    (27, "Miscellaneous", None),
    (28, "Academy sponsor led", Some(Academy)),
    (29, "Higher education institutions", None),
    (30, "Welsh establishment", None),
    (31, "Sixth form centres", None),
    (32, "Special post 16 institution", Some(FeCollege)),
    (33, "Academy special sponsor led", Some(SpecialSchool)),
    (34, "Academy converter", Some(Academy)),
    (35, "Free schools", Some(Academy)),
    (36, "Free schools special", Some(SpecialSchool)),
    (37, "British schools overseas", None),
    (38, "Free schools alternative provision", Some(AlternativeProvision)),
    (39, "Free schools 16 to 19", Some(Academy16To19)),
    (40, "University technical college", Some(Academy)),
    (41, "Studio schools", Some(Academy)),
    (42, "Academy alternative provision converter", Some(AlternativeProvision)),
    (43, "Academy alternative provision sponsor led", Some(AlternativeProvision)),
    (44, "Academy special converter", Some(SpecialSchool)),
    (45, "Academy 16-19 converter", Some(Academy16To19)),
    (46, "Academy 16 to 19 sponsor led", Some(Academy16To19)),
    (49, "Online provider", None),
    (56, "Institution funded by other government department", None),
    (57, "Academy secure 16 to 19", Some(Academy16To19)),
];

/// What an establishment is for careers duties, by its type's code or else its type's name; of further education, a
/// sixth-form college by its further education type. `None` where no duty is known.
pub fn institution_type(code: &str, name: &str, further_education: &str) -> Option<InstitutionType> {
    let kind = match code.trim().parse::<u8>() {
        Ok(code) => TYPES.iter().find(|(known, ..)| *known == code),
        Err(_) => TYPES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name.trim())),
    };
    match kind?.2 {
        Some(FeCollege) if further_education.to_ascii_lowercase().contains("sixth form college") => {
            Some(InstitutionType::SixthFormCollege)
        }
        kind => kind,
    }
}

/// The year groups taught, by the statutory ages: a child of `low` is in year `low - 4` at the start of the year, and the
/// oldest reach `high` in year `high - 5`. Only years 7 to 14; `None` if it has none of those.
pub fn years(low: u8, high: u8) -> Option<(YearGroup, YearGroup)> {
    let (lowest, highest) = (low.saturating_sub(4).max(7), high.saturating_sub(5).min(14));
    // Both are below 128 now.
    (lowest <= highest).then(|| (YearGroup::new(lowest as i8), YearGroup::new(highest as i8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_by_code_and_by_name() {
        assert_eq!(institution_type("34", "", ""), Some(Academy));
        assert_eq!(institution_type("05", "", ""), Some(MaintainedSchool));
        assert_eq!(institution_type("", "Academy special CONVERTER", ""), Some(SpecialSchool));
        assert_eq!(institution_type("47", "Children's centre", ""), None);
        assert_eq!(institution_type("", "", ""), None);
    }

    #[test]
    fn a_sixth_form_college_is_further_education_of_that_kind() {
        let kind = |further| institution_type("18", "Further education", further);
        assert_eq!(kind("Sixth Form College (General)"), Some(InstitutionType::SixthFormCollege));
        assert_eq!(kind("General Further Education College"), Some(FeCollege));
        assert_eq!(kind(""), Some(FeCollege));
    }

    #[test]
    fn statutory_ages_give_year_groups() {
        let years = |low, high| years(low, high).map(|(low, high)| (low.number(), high.number()));
        assert_eq!(years(11, 16), Some((7, 11)));
        assert_eq!(years(11, 18), Some((7, 13)));
        assert_eq!(years(13, 19), Some((9, 14)));
        assert_eq!(years(2, 19), Some((7, 14)));
        assert_eq!(years(16, 99), Some((12, 14)));
        assert_eq!(years(9, 13), Some((7, 8)));
        assert_eq!(years(4, 11), None);
        assert_eq!(years(0, 0), None);
        assert_eq!(years(255, 255), None);
    }
}
