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

#[test]
fn every_edition_asks_the_same_of_the_institution_as_a_whole() {
    let mut wanted: Vec<String> = ["bm1.1", "bm1.2", "bm1.3", "bm1.4", "bm2.2"].map(str::to_owned).to_vec();
    wanted.extend((1..=6).map(|number| format!("bm3.{number}")));
    wanted.extend(["bm4.2", "bm8.3", "bm8.4"].map(str::to_owned));
    wanted.extend((1..=11).map(|number| format!("web.{number}")));
    wanted.extend((1..=7).map(|number| format!("pal.policy.{number}")));
    wanted.extend(["policy.signed", "policy.in-date"].map(str::to_owned));
    for pack in shipped().packs() {
        let ids: Vec<&str> = pack.institution_requirements.iter().map(|requirement| requirement.id.as_str()).collect();
        assert_eq!(ids, wanted, "{}", pack.id);
    }
}

#[test]
fn a_past_date_gives_the_force_of_that_day() {
    let rulebook = shipped();
    let force = |id: &str, as_of| {
        let pack = rulebook.framework(InstitutionType::MaintainedSchool, as_of);
        let requirement = pack.institution_requirements.iter().find(|requirement| requirement.id == id).unwrap();
        requirement.force_of(InstitutionType::MaintainedSchool)
    };
    assert_eq!(force("web.1", date(2018, 8, 31)), Force::Should);
    assert_eq!(force("web.1", date(2018, 9, 1)), Force::Must);
    assert_eq!(force("pal.policy.1", date(2018, 1, 1)), Force::Should);
    assert_eq!(force("pal.policy.1", date(2018, 1, 2)), Force::Must);
    assert_eq!(force("pal.policy.4", date(2022, 12, 31)), Force::Should);
    assert_eq!(force("pal.policy.4", date(2023, 1, 1)), Force::Must);
    assert_eq!(force("pal.policy.4", date(2026, 11, 23)), Force::Must);
}

#[test]
fn academies_publish_under_their_funding_agreement_and_colleges_as_good_practice() {
    let rulebook = shipped();
    let force = |id: &str, kind| {
        let pack = rulebook.framework(kind, date(2026, 11, 23));
        pack.institution_requirements.iter().find(|requirement| requirement.id == id).unwrap().force_of(kind)
    };
    assert_eq!(force("web.1", InstitutionType::MaintainedSchool), Force::Must);
    assert_eq!(force("web.1", InstitutionType::Academy), Force::Regard);
    assert_eq!(force("web.5", InstitutionType::Academy), Force::Must);
    assert_eq!(force("web.1", InstitutionType::FeCollege), Force::Best);
    assert_eq!(force("web.5", InstitutionType::Academy16To19), Force::Must);
    assert_eq!(force("web.6", InstitutionType::FeCollege), Force::Regard);
    assert_eq!(force("web.6", InstitutionType::TrainingProvider), Force::Should);
    assert_eq!(force("pal.policy.1", InstitutionType::TrainingProvider), Force::Best);
}

#[test]
fn the_national_calendar_names_the_end_of_the_provider_access_windows() {
    let rulebook = shipped();
    let closes: Vec<_> = rulebook
        .calendar()
        .iter()
        .filter(|entry| entry.kind == rules::DateKind::ProviderAccess)
        .map(|entry| entry.on)
        .collect();
    assert_eq!(closes, [date(2027, 2, 28), date(2028, 2, 28)]);
    assert!(rulebook.calendar().is_sorted_by_key(|entry| entry.on));
}

#[test]
fn parameters_are_those_that_the_edition_reads() {
    let rulebook = shipped();
    let names = |id: &str| -> Vec<&str> {
        rulebook.pack(id).unwrap().parameters.iter().map(|parameter| parameter.name.as_str()).collect()
    };
    assert_eq!(names("england-schools-2025"), ["bm6-by-16", "wex-ks3-hours", "wex-ks4-hours", "virtual-alone-counts"]);
    assert_eq!(names("england-schools-2018"), [""; 0]);
    assert_eq!(names("england-post16-2025"), ["bm7-range", "virtual-alone-counts"]);
}
