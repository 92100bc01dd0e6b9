//! Each fact that the wording states, stated again here from the law and the guidance, and compared with the rulebook where that has
//! the value. Whoever changes a clause's fact changes it here too, and says why.

use domain::InstitutionType::{self, self as T};
use policy::{Facts, Paper, Provenance, Setting, Vocabulary, compose};
use rules::{Amount, Bound, Pack, Requirement, Shape, Window};

use crate::{edition, pack, sample};

const BOUND: [InstitutionType; 4] = [T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision];
const COLLEGES: [InstitutionType; 3] = [T::SixthFormCollege, T::Academy16To19, T::FeCollege];

/// What a clause says to an institution of this type with its usual years, and how far it binds; none if it is not for it.
fn said(kind: InstitutionType, key: &str) -> Option<(Provenance, String)> {
    let institution = sample::institution(kind);
    let facts = Facts::new();
    Paper::ALL.into_iter().find_map(|paper| {
        let setting = Setting { institution: &institution, facts: &facts, choices: &[] };
        let composed = compose(edition(), paper, setting);
        let clause = composed.clause(key)?;
        Some((clause.provenance, clause.text.clone().unwrap_or_default()))
    })
}

/// These types, and no others, are told this by the clause, and it binds them so far.
fn states(key: &str, provenance: Provenance, kinds: &[InstitutionType], facts: &[&str]) {
    for kind in InstitutionType::ALL {
        let Some((binds, text)) = said(*kind, key) else {
            assert!(!kinds.contains(kind), "{key} is not for {kind}");
            continue;
        };
        assert_eq!(binds == provenance, kinds.contains(kind), "{key} is {binds:?} for {kind}");
        if kinds.contains(kind) {
            for fact in facts {
                assert!(text.contains(fact), "{key} does not say to {kind}: {fact}\n{text}");
            }
        }
    }
}

/// The same for clauses that nobody else has at all.
fn states_alone(key: &str, provenance: Provenance, kinds: &[InstitutionType], facts: &[&str]) {
    states(key, provenance, kinds, facts);
    for kind in InstitutionType::ALL.iter().filter(|kind| !kinds.contains(kind)) {
        assert!(said(*kind, key).is_none(), "{key} is for {kind}");
    }
}

fn requirement<'a>(pack: &'a Pack, id: &str) -> &'a Requirement {
    pack.requirements.iter().find(|requirement| requirement.id == id).unwrap_or_else(|| panic!("{id}"))
}

/// First and last year group of a requirement's window.
fn window(requirement: &Requirement) -> (i8, i8, Bound) {
    match requirement.window {
        Window::Years { first, last, closes, .. } => (first.number(), last.number(), closes),
        other => panic!("{}: {other:?}", requirement.id),
    }
}

fn at_least(requirement: &Requirement) -> u32 {
    match &requirement.shape {
        Shape::Count { at_least: Amount::Fixed(number), .. } => *number,
        other => panic!("{}: {other:?}", requirement.id),
    }
}

// The law of careers guidance

#[test]
fn section_42a_binds_state_schools_throughout_secondary_education() {
    states_alone(
        "roles.guidance",
        Provenance::Statutory,
        &BOUND,
        &[
            // (1), since 1 September 2022 from Year 7.
            "Every registered pupil receives independent careers guidance throughout their secondary education: here, Years 7 to 13.",
            // (5)
            "neither teachers here nor employed here in any other way",
            // (4)(a)
            "impartial",
            // (4)(b) with (4A), which takes those over compulsory school age out of it.
            "For pupils of compulsory school age it covers the options in education and training at 16 to 18, apprenticeships among them.",
            // (4)(c)
            "what the person giving it considers to be the pupil’s best interests",
        ],
    );
}

#[test]
fn who_answers_for_guidance_is_said_by_type() {
    // Section 42A(2) and (3): the governing body, the proprietor of an academy, the local authority of a pupil referral unit.
    states_alone(
        "roles.governors.law",
        Provenance::Statutory,
        &[T::MaintainedSchool, T::SpecialSchool],
        &["independent careers guidance is given to all registered pupils", "for pupils of compulsory school age"],
    );
    states_alone(
        "roles.governors.law.trust",
        Provenance::Statutory,
        &[T::Academy],
        &["The academy trust, as proprietor, makes sure"],
    );
    states_alone(
        "roles.governors.law.alternative",
        Provenance::Statutory,
        &[T::AlternativeProvision],
        &[
            "The local authority that maintains a pupil referral unit, or the proprietor of an alternative provision academy",
        ],
    );
}

#[test]
fn the_acts_are_called_by_their_names_and_sections() {
    states(
        "statutory.guidance",
        Provenance::Statutory,
        &[BOUND.as_slice(), &COLLEGES].concat(),
        &["*Careers guidance and access for education and training providers*, of 8 May 2025"],
    );
    states_alone(
        "statutory.schools",
        Provenance::Statutory,
        &BOUND,
        &[
            "Education Act 1997, sections 42A (independent careers guidance), 42B (access for education and training providers) and 45A",
            "Education and Skills Act 2008, section 72",
            "Education (Careers Guidance in Schools) Act 2022",
            // Not “Skills and Post-16 Act”.
            "Skills and Post-16 Education Act 2022, section 14, in force since 1 January 2023",
        ],
    );
    states(
        "statutory.benchmarks",
        Provenance::Recommended,
        InstitutionType::ALL,
        &["eight Gatsby Benchmarks as updated in November 2024"],
    );
    for file in crate::FILES {
        assert!(!file.1.contains("Post-16 Act"), "{}", file.0);
    }
}

#[test]
fn colleges_find_their_duty_in_section_45_and_their_funding() {
    states_alone(
        "statutory.college",
        Provenance::Statutory,
        &[T::SixthFormCollege, T::FeCollege],
        &[
            "guidance materials and to a wide range of current reference materials about careers education and career openings (Education Act 1997, section 45)",
            "Our funding asks us to secure careers guidance for students up to and including the age of 18, and for those up to 25 with an education, health and care plan",
            "have regard to the statutory guidance",
        ],
    );
    states_alone(
        "roles.materials",
        Provenance::Statutory,
        &[T::SixthFormCollege, T::FeCollege],
        &["guidance materials", "current reference materials about careers education and career openings"],
    );
    states_alone("statutory.academy-16-19", Provenance::Recommended, &[T::Academy16To19], &["our funding agreement"]);
}

#[test]
fn training_providers_have_no_careers_duty_of_their_own() {
    // Not “does have”: the guidance says that they do not.
    states_alone(
        "statutory.provider",
        Provenance::Recommended,
        &[T::TrainingProvider],
        &["The law lays no careers duty on us in particular.", "good practice"],
    );
}

#[test]
fn independent_schools_have_a_standard_of_their_own() {
    states_alone(
        "statutory.independent",
        Provenance::Statutory,
        &[T::IndependentSchool],
        &[
            "Education (Independent School Standards) Regulations 2014",
            "accurate, up-to-date careers guidance that is impartial",
            "choose among a broad range of options",
            "fulfil their potential",
        ],
    );
}

#[test]
fn what_is_published_rests_on_regulations_or_on_the_funding_agreement() {
    let regulations = "Schedule 4, paragraph 15, to the School Information (England) Regulations 2008";
    states_alone("statutory.information", Provenance::Statutory, &[T::MaintainedSchool], &[regulations]);
    states_alone(
        "statutory.information.either",
        Provenance::Recommended,
        &[T::SpecialSchool, T::AlternativeProvision],
        &[regulations, "from the funding agreement where it is an academy"],
    );
    states_alone(
        "statutory.academy",
        Provenance::Recommended,
        &[T::Academy],
        &["our funding agreement", "the provider access policy statement has to be published by law"],
    );
    let four = [
        "who the careers leader is, with name, e-mail address and telephone number",
        "a summary of the careers programme, and how",
        "how we measure and assess what the programme does for",
        "the date on which this information is next reviewed",
    ];
    let by_law = [T::MaintainedSchool, T::SpecialSchool, T::AlternativeProvision];
    states("roles.published", Provenance::Statutory, &by_law, &four);
    // The rulebook's force agrees: a must for those, no more than regard for academies.
    for kind in by_law.into_iter().chain([T::Academy]) {
        let pack = pack(kind);
        for id in policy::needed_items(Paper::CareersPolicy) {
            let asked = pack.institution_requirements.iter().find(|asked| asked.id == **id).expect("an item");
            assert_eq!(asked.force_of(kind) == rules::Force::Must, by_law.contains(&kind), "{id} for {kind}");
        }
    }
}

// Provider access

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
    for key in ["statutory.encounters", "roles.governors.encounters"] {
        // Three phases of two.
        states_alone(key, Provenance::Statutory, &BOUND, &["at least six occasions to reach", "in Years 8 to 13"]);
    }
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

// Plans, benchmarks, reviews

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
