//! The key decisions of a learner's way, for the roadmap that parents and carers get. What every institution begins with; each
//! changes, hides and adds to it.

use crate::{Sector, YearGroup};

/// A key decision as every institution begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardPoint {
    /// Its name in the records; never changes.
    pub key: &'static str,
    /// The year group, 7 to 14.
    pub year_group: i8,
    /// The term: 1 autumn, 2 spring, 3 summer.
    pub term: u8,
    /// What is decided.
    pub title: &'static str,
    /// What it means for the family.
    pub about: &'static str,
    /// What the institution does for it.
    pub does: &'static str,
}

const fn point(
    key: &'static str,
    (year_group, term): (i8, u8),
    title: &'static str,
    about: &'static str,
    does: &'static str,
) -> StandardPoint {
    StandardPoint { key, year_group, term, title, about, does }
}

/// Of schools. The windows and counts behind it are those of the provider access duty and of benchmarks 5 to 8.
const SCHOOL: [StandardPoint; 16] = [
    point(
        "7-start",
        (7, 1),
        "Settling in, looking around",
        "Talk at home about what your child enjoys and is curious about. Nothing has to be decided yet.",
        "We introduce the careers programme and ask every learner where they stand.",
    ),
    point(
        "7-employer",
        (7, 3),
        "Meeting people at work",
        "Ask afterwards what surprised them.",
        "Every learner meets an employer or somebody at work during the year.",
    ),
    point(
        "8-ways",
        (8, 1),
        "What there is besides us",
        "Colleges, training providers and other schools come in, so that your child hears of every way there is.",
        "We let providers of technical education and apprenticeships talk to everybody in Years 8 and 9.",
    ),
    point(
        "8-options",
        (8, 3),
        "Thinking ahead to options",
        "Which subjects does your child like, and what do they lead to?",
        "We show how subjects lead to jobs, in lessons and with an information evening.",
    ),
    point(
        "9-options",
        (9, 2),
        "Choosing options",
        "Subjects for Years 10 and 11 are chosen. Keep ways open, and ask if you are not sure.",
        "We explain what each subject leads to, and every learner can talk it over.",
    ),
    point(
        "9-fourteen",
        (9, 2),
        "Moving at 14",
        "A few schools and colleges take learners from 14. If that may suit, ask now.",
        "We tell you which places near us take learners at 14.",
    ),
    point(
        "9-adulthood",
        (9, 1),
        "Preparing for adulthood",
        "For a learner with an education, health and care plan, every review from now on looks ahead to work, independence, community and health.",
        "We bring careers information to the review.",
    ),
    point(
        "10-placement",
        (10, 3),
        "Experience of a workplace",
        "Help to find a place: family, friends and neighbours know more employers than anybody.",
        "We check each place and prepare every learner for it.",
    ),
    point(
        "10-routes",
        (10, 2),
        "Routes after 16",
        "A levels, T Levels, apprenticeships and other courses: start to visit.",
        "We invite the providers near us to show what they offer.",
    ),
    point(
        "11-apply",
        (11, 1),
        "Applying for after 16",
        "Most applications are made between autumn and spring. Each place has its own closing date.",
        "We help with each application and keep track of who has applied.",
    ),
    point(
        "11-guidance",
        (11, 1),
        "A talk with a careers adviser",
        "Ask your child what they agreed, and what is next.",
        "Every learner has a personal meeting with a qualified adviser by the end of Year 11.",
    ),
    point(
        "11-results",
        (11, 3),
        "Results day",
        "Plans can change on the day. There is time, and there are people to ask.",
        "We are in school on results day, with advice.",
    ),
    point(
        "12-routes",
        (12, 1),
        "Ways after 18",
        "University, degree apprenticeships, work: compare early.",
        "We show every way, and let providers talk to Years 12 and 13.",
    ),
    point(
        "12-placement",
        (12, 3),
        "A second experience of a workplace",
        "Best in a field that your child thinks of entering.",
        "We help to find and check a place.",
    ),
    point(
        "13-apply",
        (13, 1),
        "Applying for after 18",
        "Deadlines for universities begin in October; apprenticeships are advertised all year.",
        "We read each application, and every learner meets a careers adviser by 18.",
    ),
    point(
        "13-results",
        (13, 3),
        "Results, and what follows",
        "If plans change, places are still to be had.",
        "We help on the day and afterwards.",
    ),
];

/// Of colleges and training providers, whose learners begin in Year 12.
const POST16: [StandardPoint; 6] = [
    point(
        "entry",
        (12, 1),
        "Starting here",
        "Bring along what was agreed at school: plans, records, needs.",
        "We ask for the records of the school before, and talk them over with each learner.",
    ),
    point(
        "12-employers",
        (12, 2),
        "Meeting employers",
        "Which of the people met would your child like to work with?",
        "Every learner meets employers of their field each year.",
    ),
    point(
        "12-placement",
        (12, 3),
        "Experience of a workplace",
        "Help to find a place near the field of study.",
        "We check each place and prepare every learner for it.",
    ),
    point(
        "13-next",
        (13, 1),
        "What comes next",
        "University, an apprenticeship, another course or a job: closing dates begin in October.",
        "We show every way and help with each application.",
    ),
    point(
        "13-guidance",
        (13, 2),
        "A talk with a careers adviser",
        "Ask what was agreed, and what is next.",
        "Every learner has a personal meeting with a qualified adviser before the programme ends.",
    ),
    point(
        "13-leave",
        (13, 3),
        "Leaving",
        "Plans can change on the day of results.",
        "We help on the day, and ask later how it went.",
    ),
];

/// The key decisions that an institution of this sector with these year groups begins with, in order.
pub fn standard(sector: Sector, years: (YearGroup, YearGroup)) -> impl Iterator<Item = &'static StandardPoint> {
    let all: &'static [StandardPoint] = match sector {
        Sector::School => &SCHOOL,
        Sector::Post16 => &POST16,
    };
    let within = move |point: &&StandardPoint| (years.0.number()..=years.1.number()).contains(&point.year_group);
    all.iter().filter(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_decision_has_a_key_of_its_own_and_says_what_the_institution_does() {
        for sector in [Sector::School, Sector::Post16] {
            let points: Vec<_> = standard(sector, (YearGroup::LOWEST, YearGroup::HIGHEST)).collect();
            let keys: std::collections::BTreeSet<_> = points.iter().map(|point| point.key).collect();
            assert_eq!(keys.len(), points.len());
            for point in points {
                assert!((1..=3).contains(&point.term) && (7..=14).contains(&point.year_group), "{}", point.key);
                assert!(point.does.ends_with('.') && point.about.ends_with(['.', '?']), "{}", point.key);
            }
        }
    }

    #[test]
    fn a_school_without_a_sixth_form_has_no_decisions_of_year_12() {
        let points = standard(Sector::School, (YearGroup::new(7), YearGroup::new(11)));
        assert_eq!(points.map(|point| point.year_group).max(), Some(11));
    }
}
