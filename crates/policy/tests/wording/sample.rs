//! Institutions of every type, and what the record of one of them might know. Nobody here exists.

use std::collections::BTreeMap;

use domain::{Calendar, Institution, InstitutionType, Sector, YearGroup};
use policy::{Fact, Facts};

/// An institution of this type with the years that are usual for it: 7 to 13, or those of a programme of study.
pub(crate) fn institution(kind: InstitutionType) -> Institution {
    let (lowest, highest) = match kind.sector() {
        Sector::School => (7, 13),
        Sector::Post16 => (12, 14),
    };
    teaching(kind, lowest, highest)
}

/// An institution of this type that teaches these years.
pub(crate) fn teaching(kind: InstitutionType, lowest: i8, highest: i8) -> Institution {
    Institution {
        name: "Harbour Learning".into(),
        kind,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(lowest),
        highest_year: YearGroup::new(highest),
        subjects: BTreeMap::new(),
        calendar: Calendar::default(),
        parameters: BTreeMap::new(),
    }
}

/// What is known of every fact: contacts and dates as they are, and what stands on lines of its own by what it is called, because a
/// golden text is about our wording and not about a school's.
pub(crate) fn facts() -> Facts {
    let known = |fact: Fact| match fact {
        Fact::CareersLeader => "Odile Quillfeather, careers leader".into(),
        Fact::CareersLeaderContact => "careers@harbour.example, 01632 960101".into(),
        Fact::SeniorLeader => "Bram Tolliver-Ash, deputy head".into(),
        Fact::CareersAdviser => "Ines Marrowby, Level 6 Diploma in Career Guidance and Development".into(),
        Fact::LinkGovernor => "Petra Oakhurst-Lind".into(),
        Fact::ProviderContact => "Odile Quillfeather, providers@harbour.example, 01632 960102".into(),
        Fact::VisionUntil => "July 2030".into(),
        Fact::WebsiteAddress => "https://careers.harbour.example".into(),
        Fact::WebsiteReview => "1 September 2027".into(),
        Fact::ReviewDate => "1 September 2028".into(),
        fact => format!("(From the record: {}.)", fact.label()),
    };
    Fact::ALL.iter().map(|fact| (*fact, known(*fact))).collect()
}
