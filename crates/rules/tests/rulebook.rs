//! The rulebook as it ships.

use std::{collections::BTreeSet, fs, path::PathBuf};

use domain::InstitutionType;
use jiff::civil::date;
use rules::{Force, RULEBOOK_FILES, Rulebook};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebook")
}

fn shipped() -> Rulebook {
    let files: Vec<(&str, String)> = RULEBOOK_FILES
        .iter()
        .map(|path| (*path, fs::read_to_string(folder().join(path)).expect("each listed file is there")))
        .collect();
    Rulebook::load(&files).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("the rulebook has faults:\n{}", lines.join("\n"))
    })
}

#[test]
fn the_list_of_files_is_what_the_folder_holds() {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "broken" | "cases") {
            for file in fs::read_dir(&path).unwrap() {
                found.insert(format!("{name}/{}", file.unwrap().file_name().to_string_lossy()));
            }
        } else if name.ends_with(".toml") {
            found.insert(name);
        }
    }
    assert_eq!(found, RULEBOOK_FILES.iter().map(ToString::to_string).collect());
}

#[test]
fn learner_level_requirements_stand_in_the_order_in_which_reports_list_them() {
    let rulebook = shipped();
    let ids = |kind, as_of| -> Vec<&str> {
        rulebook.framework(kind, as_of).requirements.iter().map(|requirement| requirement.id.as_str()).collect()
    };
    assert_eq!(
        ids(InstitutionType::Academy, date(2025, 9, 1)),
        [
            "bm2.1.ks3",
            "bm2.1.ks4",
            "bm2.1.ks5",
            "bm4.1",
            "bm5.1",
            "bm5.1.all",
            "bm6.1",
            "bm6.2",
            "bm7.1",
            "bm7.2",
            "bm8.1",
            "bm8.2",
            "pal.first",
            "pal.second",
            "pal.third",
            "wex.ks3",
            "wex.ks4",
            "ehcp.pfa",
        ]
    );
    assert_eq!(
        ids(InstitutionType::Academy, date(2025, 8, 31)),
        [
            "bm2.1.ks3",
            "bm4.1",
            "bm5.1",
            "bm5.1.all",
            "bm6.1",
            "bm6.2",
            "bm7.1",
            "bm7.2",
            "bm8.1",
            "bm8.2",
            "pal.first",
            "pal.second",
            "pal.third",
            "ehcp.pfa",
        ]
    );
    assert_eq!(ids(InstitutionType::FeCollege, date(2019, 1, 1)), ["bm2.1", "bm5.1", "bm6.1", "bm7.1", "bm8.1"]);
}

#[test]
fn the_date_and_the_type_choose_the_framework() {
    let rulebook = shipped();
    for (kind, as_of, id) in [
        (InstitutionType::Academy, date(2025, 9, 1), "england-schools-2025"),
        (InstitutionType::IndependentSchool, date(2099, 1, 1), "england-schools-2025"),
        (InstitutionType::SpecialSchool, date(2025, 8, 31), "england-schools-2018"),
        (InstitutionType::MaintainedSchool, date(1999, 1, 1), "england-schools-2018"),
        (InstitutionType::TrainingProvider, date(1999, 1, 1), "england-post16-2025"),
        (InstitutionType::Academy16To19, date(2026, 11, 23), "england-post16-2025"),
    ] {
        assert_eq!(rulebook.framework(kind, as_of).id, id, "{kind} {as_of}");
    }
}

#[test]
fn nothing_is_more_than_recommended_to_an_independent_school() {
    let rulebook = shipped();
    for pack in rulebook.packs().iter().filter(|pack| pack.sector == domain::Sector::School) {
        let learner = pack.requirements.iter().map(|r| (&r.id, r.force_of(InstitutionType::IndependentSchool)));
        let whole =
            pack.institution_requirements.iter().map(|r| (&r.id, r.force_of(InstitutionType::IndependentSchool)));
        for (id, force) in learner.chain(whole) {
            assert_eq!(force, Force::Should, "{} {id}", pack.id);
        }
    }
}

#[test]
fn colleges_have_regard_and_training_providers_should() {
    let rulebook = shipped();
    let pack = rulebook.framework(InstitutionType::FeCollege, date(2026, 11, 23));
    for requirement in &pack.requirements {
        assert_eq!(requirement.force_of(InstitutionType::FeCollege), Force::Regard, "{}", requirement.id);
        assert_eq!(requirement.force_of(InstitutionType::SixthFormCollege), Force::Regard, "{}", requirement.id);
        assert_eq!(requirement.force_of(InstitutionType::TrainingProvider), Force::Should, "{}", requirement.id);
    }
}
