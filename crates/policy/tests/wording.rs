//! The wording that the program carries is sound, and composes for every type of institution.

use std::{collections::BTreeMap, fs, path::Path};

use domain::{Calendar, Institution, InstitutionType, Sector, YearGroup};
use policy::{Fact, Facts, Paper, Provenance, Setting, Wording, compose};

const FILES: &[(&str, &str)] = &[
    ("2025-09/edition.toml", include_str!("../../../wording/2025-09/edition.toml")),
    ("2025-09/vision.toml", include_str!("../../../wording/2025-09/vision.toml")),
    ("2025-09/statutory.toml", include_str!("../../../wording/2025-09/statutory.toml")),
    ("2025-09/roles.toml", include_str!("../../../wording/2025-09/roles.toml")),
    ("2025-09/programme.toml", include_str!("../../../wording/2025-09/programme.toml")),
    ("2025-09/benchmarks.toml", include_str!("../../../wording/2025-09/benchmarks.toml")),
    ("2025-09/appendices.toml", include_str!("../../../wording/2025-09/appendices.toml")),
    ("2025-09/statement.toml", include_str!("../../../wording/2025-09/statement.toml")),
];

fn wording() -> Wording {
    Wording::load(FILES).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn institution(kind: InstitutionType) -> Institution {
    let (lowest, highest) = match kind.sector() {
        Sector::School => (7, 13),
        Sector::Post16 => (12, 14),
    };
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

#[test]
fn the_files_tested_here_are_those_that_the_program_carries() {
    let tested: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    assert_eq!(tested, policy::WORDING_FILES);
}

#[test]
fn no_output_holds_a_placeholder_or_what_the_writer_is_told() {
    let wording = wording();
    let edition = &wording.editions()[0];
    let facts: Facts = Fact::ALL.iter().map(|fact| (*fact, format!("What {} says", fact.label()))).collect();
    for kind in InstitutionType::ALL {
        let institution = institution(*kind);
        for paper in Paper::ALL {
            for facts in [&facts, &Facts::new()] {
                let composed = compose(edition, paper, Setting { institution: &institution, facts, choices: &[] });
                for (section, clause) in composed.clauses() {
                    let text = clause.text.as_deref().unwrap_or_default();
                    assert!(!text.contains(['{', '}']), "{kind}: {}: {text}", clause.key);
                    assert!(!section.heading.contains('{'), "{kind}: {}", section.heading);
                    for advice in section.advice.iter().chain(&clause.advice) {
                        assert!(!text.contains(advice.as_str()), "{kind}: {}", clause.key);
                    }
                }
            }
        }
    }
}

#[test]
fn every_statutory_clause_names_a_document_of_the_rulebook() {
    let documents = include_str!("../../../rulebook/documents.toml");
    for clause in wording().editions()[0].clauses() {
        for source in &clause.sources {
            assert!(
                documents.contains(&format!("id = \"{}\"", source.document)),
                "{}: {}",
                clause.key,
                source.document
            );
        }
        let is_statutory = clause.provenance == Provenance::Statutory || !clause.statutory_for.is_empty();
        assert!(!is_statutory || !clause.sources.is_empty(), "{}", clause.key);
    }
}

#[test]
fn every_promise_is_a_requirement_of_each_type_that_makes_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let read =
        |name: &&str| ((*name).to_owned(), fs::read_to_string(folder.join(name)).expect("a file of the rulebook"));
    let files: Vec<_> = rules::RULEBOOK_FILES.iter().map(read).collect();
    let rulebook = rules::Rulebook::load(&files).expect("the rulebook");
    let mut promises = 0;
    for clause in wording().editions()[0].clauses() {
        for kind in &clause.kinds {
            let pack = rulebook.framework(*kind, jiff::civil::date(2026, 11, 23));
            for promise in &clause.promises {
                let is_asked = pack.requirements.iter().any(|requirement| requirement.id == *promise)
                    || pack.institution_requirements.iter().any(|requirement| requirement.id == *promise);
                assert!(is_asked, "{}: {promise} is not asked of {kind}", clause.key);
                promises += 1;
            }
        }
    }
    assert!(promises > 0);
}

#[test]
fn nothing_of_another_type_or_of_years_that_are_not_taught_is_left() {
    let wording = wording();
    for kind in InstitutionType::ALL {
        for (lowest, highest) in [(7, 11), (7, 13), (9, 13), (10, 13), (12, 13)] {
            let taught = Institution {
                lowest_year: YearGroup::new(lowest),
                highest_year: YearGroup::new(highest),
                ..institution(*kind)
            };
            for paper in Paper::ALL {
                let setting = Setting { institution: &taught, facts: &Facts::new(), choices: &[] };
                let composed = compose(&wording.editions()[0], paper, setting);
                let said: Vec<String> = composed
                    .clauses()
                    .filter_map(|(_, clause)| clause.text.as_ref())
                    .map(|text| text.to_lowercase())
                    .collect();
                let says = |words: &str| said.iter().any(|text| text.contains(words));
                let is_bound = kind.sector() == Sector::School && *kind != InstitutionType::IndependentSchool;
                let phase = |years: [i8; 2]| is_bound && years.iter().any(|year| (lowest..=highest).contains(year));
                let at = format!("{kind}, {paper}, Years {lowest} to {highest}");
                // The words of the law on access stand where it binds, for the phases whose years are taught.
                assert_eq!(says("first key phase"), phase([8, 9]), "{at}");
                assert_eq!(says("second key phase"), phase([10, 11]), "{at}");
                assert_eq!(says("third key phase"), phase([12, 13]), "{at}");
                assert!(kind.sector() == Sector::School || !says("pupil"), "{at}");
                assert!(kind.sector() == Sector::Post16 || !says("programme of study"), "{at}");
                assert_eq!(
                    says("section 45)"),
                    paper == Paper::CareersPolicy
                        && [InstitutionType::FeCollege, InstitutionType::SixthFormCollege].contains(kind),
                    "{at}"
                );
            }
        }
    }
}
