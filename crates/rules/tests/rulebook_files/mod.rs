//! The rulebook as it stands in its folder, and an institution to ask it about.

use std::{collections::BTreeMap, path::Path};

use domain::{Calendar, Institution, InstitutionType, YearGroup};
use rules::{RULEBOOK_FILES, Rulebook};

pub(crate) fn rulebook() -> Rulebook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let files: Vec<(&str, String)> = RULEBOOK_FILES
        .iter()
        .map(|file| (*file, std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))))
        .collect();
    Rulebook::load(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[allow(dead_code, reason = "not every test that reads the rulebook needs an institution")]
pub(crate) fn academy() -> Institution {
    Institution {
        name: "Example Academy".into(),
        kind: InstitutionType::Academy,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: BTreeMap::new(),
        calendar: Calendar::default(),
        parameters: BTreeMap::new(),
    }
}
