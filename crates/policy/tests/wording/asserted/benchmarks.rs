//! Plans, benchmarks and reviews.

use domain::InstitutionType::{self, self as T};
use policy::{Paper, Provenance};
use rules::{Amount, Bound, Shape, Window};

use super::{BOUND, COLLEGES, at_least, requirement, states, states_alone, window};
use crate::{edition, pack};

#[test]
fn reviews_of_plans_look_at_adulthood_from_year_9() {
    let asked = pack(T::Academy);
    let first = requirement(asked, "ehcp.pfa").scope.years.expect("years").0.number();
    assert_eq!(first, 9);
    let says =
        format!("every annual review from Year {first} onwards looks at preparing for adulthood, employment included");
    states_alone("roles.plans", Provenance::Statutory, &BOUND, &[&says]);
}

#[test]
fn the_benchmarks_of_schools_have_the_numbers_of_the_rulebook() {
    let pack = pack(T::Academy);
    // Benchmark 5: every year from age 11, which is Year 7.
    let employer = requirement(pack, "bm5.1");
    assert_eq!((at_least(employer), employer.window), (1, Window::CurrentYear));
    assert_eq!(employer.scope.years.expect("years").0.number(), 7);
    states("benchmark-5.asks", Provenance::Statutory, &BOUND, &["Every year, from the age of 11", "at least once"]);
    // Benchmark 6: in the plural by the end of Year 11, which the rulebook counts as two unless it is told otherwise; one more by 18.
    let plural = pack.parameters.iter().find(|parameter| parameter.name == "bm6-by-16").expect("bm6-by-16");
    assert_eq!(plural.default, rules::Settled::Number(2));
    assert_eq!(window(requirement(pack, "bm6.1")), (7, 11, Bound::EndOfYear));
    assert_eq!(window(requirement(pack, "bm6.2")), (12, 13, Bound::EndOfYear));
    assert_eq!(at_least(requirement(pack, "bm6.2")), 1);
    let both =
        ["meaningful experiences of workplaces by the end of Year 11", "at least one more by the end of Year 13"];
    states("benchmark-6.asks.18", Provenance::Statutory, &BOUND, &both);
    states_alone(
        "roles.workplaces.18",
        Provenance::Recommended,
        &[BOUND.as_slice(), &[T::IndependentSchool]].concat(),
        &both,
    );
    // Benchmark 7: four types of provider by 16; two visits by 18 for those who consider higher education.
    assert_eq!(window(requirement(pack, "bm7.1")), (7, 11, Bound::EndOfYear));
    assert!(matches!(requirement(pack, "bm7.1").shape, Shape::ProviderTypes { at_least: Amount::Fixed(4), .. }));
    assert_eq!(at_least(requirement(pack, "bm7.2")), 2);
    states(
        "benchmark-7.asks.18",
        Provenance::Statutory,
        &BOUND,
        &[
            "By the age of 16",
            "sixth forms, colleges, universities and independent training providers",
            "By the age of 18, everybody who considers applying to higher education has visited higher education providers at least twice and met staff and learners there",
        ],
    );
    // Benchmark 8: one meeting by the end of Year 11, a further one by the end of Year 13.
    for (id, last) in [("bm8.1", 11), ("bm8.2", 13)] {
        assert_eq!((window(requirement(pack, id)).1, at_least(requirement(pack, id))), (last, 1), "{id}");
    }
    states(
        "benchmark-8.asks.18",
        Provenance::Statutory,
        &BOUND,
        &["at least once by the end of Year 11", "met the adviser again by the end of Year 13"],
    );
    // Benchmark 2: each key stage; benchmark 4: every year and subject.
    for (id, first, last) in [("bm2.1.ks3", 7, 9), ("bm2.1.ks4", 10, 11), ("bm2.1.ks5", 12, 14)] {
        assert_eq!(window(requirement(pack, id)), (first, last, Bound::EndOfYear), "{id}");
    }
    states("benchmark-2.asks", Provenance::Statutory, &BOUND, &["In each key stage, every pupil"]);
    assert!(matches!(requirement(pack, "bm4.1").shape, Shape::EverySubject(_)));
    states("benchmark-4.asks", Provenance::Statutory, &BOUND, &["Every year, in every subject, every pupil"]);
}

#[test]
fn the_benchmarks_of_colleges_have_the_numbers_of_the_rulebook() {
    let pack = pack(T::FeCollege);
    let Shape::Count { at_least: Amount::Fixed(2), through_curriculum: 1, .. } = requirement(pack, "bm5.1").shape
    else {
        panic!("two encounters a year, one of them through the curriculum");
    };
    states(
        "benchmark-5.asks.post-16",
        Provenance::Statutory,
        &COLLEGES,
        &[
            "Every year",
            "at least two meaningful encounters with employers, at least one of them through their curriculum area",
        ],
    );
    for (id, key, says) in [
        (
            "bm6.1",
            "benchmark-6.asks.post-16",
            "at least one meaningful experience of a workplace, over and above any part-time job",
        ),
        ("bm8.1", "benchmark-8.asks.post-16", "at least once by the end of their programme of study"),
        ("bm2.1", "benchmark-2.asks.post-16", "During their programme of study, every student"),
    ] {
        assert_eq!((at_least(requirement(pack, id)), requirement(pack, id).window), (1, Window::Programme), "{id}");
        states(key, Provenance::Statutory, &COLLEGES, &[says]);
    }
    states(
        "benchmark-7.asks.post-16",
        Provenance::Statutory,
        &COLLEGES,
        &["a range of providers that may be their next step, and has met staff and learners there"],
    );
}

#[test]
fn what_makes_an_encounter_meaningful_is_all_there() {
    // Four points for employers, seven for workplaces, six for providers.
    for (benchmark, points) in [(5, 4), (6, 7), (7, 6)] {
        for clause in edition().clauses() {
            if clause.key.starts_with(&format!("benchmark-{benchmark}.asks")) {
                let (_, points_of) = clause.text.split_once("is meaningful if it:").expect(&clause.key);
                assert_eq!(points_of.matches("\n- ").count(), points, "{}", clause.key);
            }
        }
    }
}

#[test]
fn papers_are_reviewed_in_time() {
    assert_eq!((Paper::CareersPolicy.longest_review(), Paper::ProviderAccess.longest_review()), (36, 12));
    states(
        "impact.review",
        Provenance::Recommended,
        InstitutionType::ALL,
        &["never later than three years after its approval"],
    );
    states("access.approval", Provenance::Recommended, InstitutionType::ALL, &["looks it over every year"]);
    let pack = pack(T::Academy);
    let asked = |id: &str| pack.institution_requirements.iter().find(|asked| asked.id == id).expect("asked");
    assert_eq!(asked("pal.policy.7").review_months, Some(12));
    assert!(asked("policy.in-date").wording.asks.contains("at the latest every three years"));
}
