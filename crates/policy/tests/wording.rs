//! The wording that the program carries is sound, and composes for every type of institution.

use std::collections::BTreeMap;

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
