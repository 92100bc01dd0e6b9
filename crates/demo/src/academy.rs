//! Waymark Demo Academy: 11–18, about 1,100 on roll, opened on 1 September 2021, so five full years lie behind it.

mod newcomers;
mod programme;
mod roll;
mod stories;
mod subjects;

use std::collections::BTreeMap;

use domain::{AcademicYear, Institution, InstitutionType, Records, YearGroup};

use crate::{book::Book, random::Random, scenario::Scenario};

/// The first academic year on record.
const OPENED: AcademicYear = AcademicYear::starting(2021);
/// The academic year of the story.
const NOW: AcademicYear = AcademicYear::starting(2026);

/// The academy's records, the same each time.
pub fn academy() -> Records {
    write().0
}

/// The records together with what its named learners show.
pub(crate) fn write() -> (Records, Vec<Scenario>) {
    let mut book = Book::new(institution());
    let mut members = roll::enrol(&mut book, &mut Random::of("academy roll"));
    let named = stories::enrol(&mut book, &mut members);
    programme::run(&mut book, &members);
    roll::review(&mut book, &members, &mut Random::of("academy reviews"));
    let scenarios = stories::tell(&mut book, &named);
    (book.close(), scenarios)
}

fn institution() -> Institution {
    Institution {
        name: "Waymark Demo Academy".to_owned(),
        kind: InstitutionType::Academy,
        urn: Some("999901".to_owned()),
        ukprn: Some("99999901".to_owned()),
        lowest_year: YearGroup::new(7),
        // A few stay for a third year in the sixth form.
        highest_year: YearGroup::new(14),
        subjects: subjects::by_year_group(),
        calendar: Default::default(),
        parameters: BTreeMap::new(),
    }
}
