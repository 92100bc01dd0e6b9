//! The law of careers guidance: which Act says what to whom.

use domain::InstitutionType::{self, self as T};
use policy::{Paper, Provenance};

use super::{BOUND, COLLEGES, states, states_alone};
use crate::pack;

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
