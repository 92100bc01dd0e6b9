//! Provider access: sections 42B of the Education Act 1997 and 14 of the Skills and Post-16 Education Act 2022.

use domain::InstitutionType as T;
use policy::{Facts, Paper, Provenance, Setting, Vocabulary, compose};
use rules::{Bound, Shape};

use super::{BOUND, requirement, said, states_alone, window};
use crate::{edition, pack, sample};

#[test]
fn two_encounters_in_each_key_phase_as_the_rulebook_has_them() {
    let pack = pack(T::Academy);
    for (id, name, first, last, takes_part) in [
        ("pal.first", "First", 8, 9, true),
        ("pal.second", "Second", 10, 11, true),
        ("pal.third", "Third", 12, 13, false),
    ] {
        let asked = requirement(pack, id);
        // What the law says, and what the rulebook has.
        assert_eq!(window(asked), (first, last, Bound::EndOfFebruary), "{id}");
        assert_eq!(asked.shape, Shape::TwoOccasions, "{id}");
        assert_eq!(asked.force_of(T::Academy) == rules::Force::Must, takes_part, "{id}");
        // What both papers say.
        let phase = name.to_lowercase();
        let when = format!(
            "{name} key phase, from the start of Year {first} to 28 February of Year {last}: at least two encounters"
        );
        let how = match takes_part {
            true => ["in which every pupil takes part", "which every pupil attends"],
            false => ["every pupil is invited and nobody is obliged to come", "pupils may choose to attend"],
        };
        states_alone(&format!("programme.encounters.{phase}"), Provenance::Statutory, &BOUND, &[&when, how[0]]);
        states_alone(&format!("access.encounters.{phase}"), Provenance::Statutory, &BOUND, &[&when, how[1]]);
    }
    // Three phases of two.
    let six = ["at least six occasions to reach", "in Years 8 to 13"];
    states_alone("statutory.encounters", Provenance::Statutory, &BOUND, &six);
    let governed = [T::MaintainedSchool, T::Academy, T::SpecialSchool];
    states_alone("roles.governors.encounters", Provenance::Statutory, &governed, &six);
    // Whoever governs a pupil referral unit is not its proprietor.
    let alternative = [&six[..], &["Whoever answers in law as proprietor"]].concat();
    states_alone(
        "roles.governors.encounters.alternative",
        Provenance::Statutory,
        &[T::AlternativeProvision],
        &alternative,
    );
    for key in ["access.encounters", "programme.encounters"] {
        let facts =
            ["In each key phase of the years that we teach, providers have at least two occasions to reach our pupils"];
        states_alone(key, Provenance::Statutory, &BOUND, &facts);
    }
}

#[test]
fn schools_that_teach_fewer_years_have_fewer_phases() {
    for (lowest, highest, number, years) in [
        (7, 11, "four", "Years 8 to 11"),
        (7, 13, "six", "Years 8 to 13"),
        (9, 13, "six", "Years 9 to 13"),
        (10, 13, "four", "Years 10 to 13"),
        (5, 8, "two", "Year 8"),
    ] {
        let words = Vocabulary::of(&sample::teaching(T::Academy, lowest, highest));
        assert_eq!(words.get("access-number").as_deref(), Some(number), "{lowest} to {highest}");
        assert_eq!(words.get("access-years").as_deref(), Some(years), "{lowest} to {highest}");
    }
}

#[test]
fn an_encounter_is_what_section_42b_says() {
    states_alone(
        "access.encounters.how",
        Provenance::Statutory,
        &BOUND,
        &[
            // (2B)
            "lasts a reasonable time and takes place in the standard school day",
            // (2A)(a)(ii)
            "nobody meets exactly the same provider or providers on both occasions",
        ],
    );
    // (2A)(b): four contents.
    let contents = [
        "tell pupils about itself and about the approved technical education qualifications or apprenticeships that it offers",
        "say to which careers these can lead",
        "describe what learning or training there is like",
        "answer questions from pupils",
    ];
    states_alone("access.contents", Provenance::Statutory, &BOUND, &contents);
    let (_, text) = said(T::Academy, "access.contents").expect("the clause");
    assert_eq!(text.matches("\n- ").count(), contents.len());
}

#[test]
fn the_statement_has_the_four_things_of_subsection_5_and_is_published_with_its_revisions() {
    for (item, key, words) in [
        // (a) procedure, (b) grounds, (c) premises and times, (d) how the duty is met.
        ("pal.policy.1", "access.procedure", "{access-procedure}"),
        ("pal.policy.2", "access.grounds", "{grounds-granting}"),
        ("pal.policy.2", "access.grounds", "{grounds-refusing}"),
        ("pal.policy.3", "access.premises", "{premises}"),
        ("pal.policy.3", "access.premises", "{access-times}"),
        ("pal.policy.4", "access.encounters.first", "First key phase"),
        ("pal.policy.4", "access.encounters.second", "Second key phase"),
        ("pal.policy.4", "access.encounters.third", "Third key phase"),
    ] {
        let clause = edition().clause(key).expect(key);
        assert!(clause.text.contains(words), "{key}: {words}");
        assert!(clause.covers.iter().any(|covered| covered == item), "{key}: {item}");
        for kind in BOUND {
            assert_eq!(clause.provenance_for(kind), Provenance::Statutory, "{key} for {kind}");
        }
    }
    // (6) and (7)
    states_alone(
        "access.publication",
        Provenance::Statutory,
        &BOUND,
        &["We publish this statement, and every revision of it, on our website."],
    );
    states_alone(
        "access.duty",
        Provenance::Statutory,
        &BOUND,
        &[
            "section 42B of the Education Act 1997, as changed by section 14 of the Skills and Post-16 Education Act 2022",
        ],
    );
    states_alone(
        "roles.access",
        Provenance::Statutory,
        &BOUND,
        &[
            "opportunities to reach pupils in Years 8 to 13",
            "approved technical education qualifications and apprenticeships",
        ],
    );
}

#[test]
fn whom_section_42b_does_not_bind_says_so() {
    let free = [T::IndependentSchool, T::SixthFormCollege, T::FeCollege, T::TrainingProvider];
    for key in ["statutory.practice", "roles.access.practice", "access.practice"] {
        states_alone(key, Provenance::Recommended, &free, &["does not bind us"]);
    }
    // For 16 to 19 academies the sources differ, so nothing is asserted and somebody confirms it.
    states_alone("access.practice.16-19", Provenance::Example, &[T::Academy16To19], &["are asked to publish"]);
    for kind in BOUND.into_iter().chain([T::Academy16To19]) {
        let institution = sample::institution(kind);
        for paper in Paper::ALL {
            let setting = Setting { institution: &institution, facts: &Facts::new(), choices: &[] };
            let composed = compose(edition(), paper, setting);
            for (_, clause) in composed.clauses() {
                assert!(!clause.wording.contains("not bind us"), "{kind}: {}", clause.key);
            }
        }
    }
}
