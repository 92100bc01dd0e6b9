//! Named learners of the academy, each of whom shows something.

mod archetype;
mod particular;

use domain::{Date, LearnerIndex};
use jiff::civil::date;

use super::roll::{self, Member, Stay};
use crate::{
    book::Book,
    random::Random,
    scenario::{Expected, Place, Scenario},
};

pub(super) const SCHOOLS_2025: &str = "england-schools-2025";
pub(super) const SCHOOLS_2018: &str = "england-schools-2018";

/// The named learners, once enrolled.
pub(super) struct Named {
    archetypes: Vec<archetype::Enrolled>,
    particular: Vec<(&'static particular::Story, LearnerIndex)>,
}

/// Enrols them, before the years' programmes run.
pub(super) fn enrol(book: &mut Book, members: &mut Vec<Member>) -> Named {
    let mut random = Random::of("academy stories");
    Named {
        archetypes: archetype::enrol(book, members, &mut random),
        particular: particular::enrol(book, members, &mut random),
    }
}

/// Tells their stories, after the years' programmes have run.
pub(super) fn tell(book: &mut Book, named: &Named) -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for enrolled in &named.archetypes {
        archetype::tell(book, enrolled, &mut scenarios);
    }
    for (story, learner) in &named.particular {
        particular::tell(book, story, *learner, &mut scenarios);
    }
    scenarios
}

/// Enrols a named learner who never misses anything, until their story says otherwise.
fn enrol_named(
    book: &mut Book,
    members: &mut Vec<Member>,
    random: &mut Random,
    (forename, surname): (&str, &str),
    cohort: i16,
    joined: Date,
    repeats: Option<i16>,
) -> LearnerIndex {
    let left = Some(date(cohort + 7, 8, 31)).filter(|&left| left < crate::AS_OF);
    let mut member = roll::enrol_one(book, random, Stay { cohort, joined, left, repeats });
    member.absence = 0;
    let learner = book.learner_mut(member.learner);
    learner.forename = forename.to_owned();
    learner.surname = surname.to_owned();
    learner.sen = Some(domain::Sen::None);
    learner.considering_he = (cohort <= 2021).then_some(true);
    let index = member.learner;
    members.push(member);
    index
}

/// A scenario of a learner of the academy in force today.
fn scenario(
    book: &Book,
    learner: LearnerIndex,
    (framework, as_of): (&'static str, Date),
    requirement: &'static str,
    expected: Expected,
    shows: &'static str,
) -> Scenario {
    Scenario {
        place: Place::Academy,
        learner: book.learner(learner).reference.clone(),
        as_of,
        framework,
        requirement,
        expected,
        adapted: false,
        shows,
    }
}
