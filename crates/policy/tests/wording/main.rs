//! The wording that the program carries is sound, and composes for every type of institution.

mod asserted;
mod broken;
mod foreign;
mod golden;
mod random;
mod sample;

use std::sync::LazyLock;

use domain::{Institution, InstitutionType, Sector, YearGroup};
use policy::{Edition, Fact, Facts, Known, Paper, Provenance, Setting, Wording, compose};
use rules::{Pack, Rulebook};

const FILES: &[(&str, &str)] = &[
    ("2025-09/edition.toml", include_str!("../../../../wording/2025-09/edition.toml")),
    ("2025-09/vision.toml", include_str!("../../../../wording/2025-09/vision.toml")),
    ("2025-09/statutory.toml", include_str!("../../../../wording/2025-09/statutory.toml")),
    ("2025-09/roles.toml", include_str!("../../../../wording/2025-09/roles.toml")),
    ("2025-09/programme.toml", include_str!("../../../../wording/2025-09/programme.toml")),
    ("2025-09/benchmarks.toml", include_str!("../../../../wording/2025-09/benchmarks.toml")),
    ("2025-09/appendices.toml", include_str!("../../../../wording/2025-09/appendices.toml")),
    ("2025-09/statement.toml", include_str!("../../../../wording/2025-09/statement.toml")),
];

/// Years that schools teach: usual ones, an upper school, a university technical college, a middle school, a sixth form.
const YEARS: [(i8, i8); 6] = [(7, 11), (7, 13), (9, 13), (10, 13), (5, 8), (12, 13)];

/// The rulebook, read once for all tests.
static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    Rulebook::load(&testkit::files("rulebook", rules::RULEBOOK_FILES)).unwrap_or_else(|faults| panic!("{faults:#?}"))
});

static WORDING: LazyLock<Wording> =
    LazyLock::new(|| Wording::load(FILES).unwrap_or_else(|faults| panic!("{faults:#?}")));

/// What institutions of this type are asked in the year of these tests.
fn pack(kind: InstitutionType) -> &'static Pack {
    RULEBOOK.framework(kind, jiff::civil::date(2026, 11, 23))
}

/// The edition that the program carries.
fn edition() -> &'static Edition {
    &WORDING.editions()[0]
}

#[test]
fn the_files_tested_here_are_those_that_the_program_carries() {
    let tested: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    assert_eq!(tested, policy::WORDING_FILES);
}

#[test]
fn no_output_holds_a_placeholder_or_what_the_writer_is_told() {
    let edition = edition();
    let facts: Facts = Fact::ALL.iter().map(|fact| (*fact, format!("What {} says", fact.label()))).collect();
    for kind in InstitutionType::ALL {
        let institution = sample::institution(*kind);
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
fn the_wording_is_sound_against_the_rulebook() {
    let documents: toml::Table = include_str!("../../../../rulebook/documents.toml").parse().expect("the documents");
    let documents = documents["document"].as_array().expect("a list");
    let documents: Vec<&str> = documents.iter().filter_map(|document| document["id"].as_str()).collect();
    let asked = RULEBOOK.packs().iter().flat_map(|pack| {
        let learners = pack.requirements.iter().map(|requirement| requirement.id.as_str());
        learners.chain(pack.institution_requirements.iter().map(|requirement| requirement.id.as_str()))
    });
    let asked: Vec<&str> = asked.collect();
    let known = Known { documents: &documents, requirements: &asked };
    let wording = Wording::load_against(FILES, known).unwrap_or_else(|faults| panic!("{faults:#?}"));
    for clause in wording.editions()[0].clauses() {
        let is_statutory = clause.provenance == Provenance::Statutory || !clause.statutory_for.is_empty();
        assert!(!is_statutory || !clause.sources.is_empty(), "{}", clause.key);
    }
}

#[test]
fn every_promise_is_asked_of_each_type_and_of_years_that_it_teaches() {
    let mut promises = 0;
    for kind in InstitutionType::ALL {
        let pack = pack(*kind);
        for (lowest, highest) in YEARS {
            let institution = sample::teaching(*kind, lowest, highest);
            for paper in Paper::ALL {
                let setting = Setting { institution: &institution, facts: &Facts::new(), choices: &[] };
                let composed = compose(edition(), paper, setting);
                for (_, clause) in composed.clauses() {
                    for promise in &clause.promises {
                        let at = format!("{}: {promise}, {kind}, Years {lowest} to {highest}", clause.key);
                        let asked = pack.requirements.iter().find(|requirement| requirement.id == *promise);
                        let scope = asked.unwrap_or_else(|| panic!("{at}")).scope;
                        if let Some((first, last)) = scope.years.filter(|_| kind.sector() == Sector::School) {
                            assert!(first.number() <= highest && lowest <= last.number(), "{at}");
                        }
                        promises += 1;
                    }
                }
            }
        }
    }
    assert!(promises > 0);
}

#[test]
fn nothing_of_another_type_or_of_years_that_are_not_taught_is_left() {
    for kind in InstitutionType::ALL {
        for (lowest, highest) in YEARS {
            let taught = Institution {
                lowest_year: YearGroup::new(lowest),
                highest_year: YearGroup::new(highest),
                ..sample::institution(*kind)
            };
            for paper in Paper::ALL {
                let setting = Setting { institution: &taught, facts: &Facts::new(), choices: &[] };
                let composed = compose(edition(), paper, setting);
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
