//! Five learners in each phase, under each framework: one who has done everything, one for whom everything is planned,
//! one with nothing yet, one for whom everything is adapted away, and one for whom numbers are adapted.

use domain::{Adapted, Date, LearnerIndex, ParticipationStatus, ProviderType, Sen};
use jiff::civil::date;

use super::{Member, SCHOOLS_2018, SCHOOLS_2025, enrol_named, scenario};
use crate::{
    AS_OF,
    academy::{newcomers::whole_programme, subjects},
    book::Book,
    draft,
    name::{COLLEGES, EMPLOYERS, TRAINING_PROVIDERS, UNIVERSITIES},
    random::Random,
    scenario::{Expected, Scenario},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Complete,
    Planned,
    Nothing,
    Out,
    Count,
}

/// A year group on a day, under the framework of that day.
struct Phase {
    framework: &'static str,
    as_of: Date,
    year_group: i8,
    forename: &'static str,
    /// When a late joiner comes.
    joins: Date,
    /// From when everything has been held.
    held: Date,
    /// From when everything is planned.
    planned: Date,
    requirements: &'static [&'static str],
}

const fn now(year_group: i8, forename: &'static str, requirements: &'static [&'static str]) -> Phase {
    Phase {
        framework: SCHOOLS_2025,
        as_of: AS_OF,
        year_group,
        forename,
        joins: date(2026, 11, 16),
        held: date(2026, 11, 2),
        planned: date(2026, 11, 30),
        requirements,
    }
}

const fn then(year_group: i8, forename: &'static str, requirements: &'static [&'static str]) -> Phase {
    Phase {
        framework: SCHOOLS_2018,
        as_of: date(2025, 1, 20),
        year_group,
        forename,
        joins: date(2025, 1, 13),
        held: date(2024, 12, 2),
        planned: date(2025, 1, 27),
        requirements,
    }
}

const PHASES: [Phase; 6] = [
    now(
        9,
        "Nona",
        &["bm2.1.ks3", "bm4.1", "bm5.1", "bm5.1.all", "bm6.1", "bm7.1", "bm8.1", "pal.first", "wex.ks3", "ehcp.pfa"],
    ),
    now(
        11,
        "Elva",
        &["bm2.1.ks4", "bm4.1", "bm5.1", "bm5.1.all", "bm6.1", "bm7.1", "bm8.1", "pal.second", "wex.ks4", "ehcp.pfa"],
    ),
    now(13, "Thora", &["bm2.1.ks5", "bm4.1", "bm5.1", "bm5.1.all", "bm6.2", "bm7.2", "bm8.2", "pal.third", "ehcp.pfa"]),
    then(9, "Nolan", &["bm2.1.ks3", "bm4.1", "bm5.1", "bm5.1.all", "bm6.1", "bm7.1", "bm8.1", "pal.first", "ehcp.pfa"]),
    then(11, "Elvin", &["bm4.1", "bm5.1", "bm5.1.all", "bm6.1", "bm7.1", "bm8.1", "pal.second", "ehcp.pfa"]),
    then(13, "Thorin", &["bm4.1", "bm5.1", "bm5.1.all", "bm6.2", "bm7.2", "bm8.2", "pal.third", "ehcp.pfa"]),
];

const ACTS: [(Act, &str); 5] = [
    (Act::Complete, "Alldone"),
    (Act::Planned, "Comingup"),
    (Act::Nothing, "Notyet"),
    (Act::Out, "Otherwise"),
    (Act::Count, "Ownmeasure"),
];

pub(super) struct Enrolled {
    phase: &'static Phase,
    act: Act,
    learner: LearnerIndex,
}

pub(super) fn enrol(book: &mut Book, members: &mut Vec<Member>, random: &mut Random) -> Vec<Enrolled> {
    static ALL: [Phase; 6] = PHASES;
    let mut enrolled = Vec::new();
    for phase in &ALL {
        let cohort = domain::Calendar::default().year_of(phase.as_of).start() - i16::from(phase.year_group) + 7;
        for (act, surname) in ACTS {
            let joined = match act {
                Act::Planned | Act::Nothing => phase.joins,
                _ => date(cohort.max(2021), 9, 1),
            };
            let learner = enrol_named(book, members, random, (phase.forename, surname), cohort, joined, None);
            enrolled.push(Enrolled { phase, act, learner });
        }
    }
    enrolled
}

pub(super) fn tell(book: &mut Book, &Enrolled { phase, act, learner }: &Enrolled, scenarios: &mut Vec<Scenario>) {
    book.learner_mut(learner).sen = Some(Sen::Ehcp);
    let own = book.learner(learner).subjects.clone();
    let listed = if own.is_empty() {
        subjects::taught_in(phase.year_group).into_iter().map(str::to_owned).collect()
    } else {
        own
    };
    if act != Act::Complete {
        book.rewrite(learner, |_, _| None);
    }
    let (expected, shows) = match act {
        Act::Complete => {
            let last = whole_programme(book, learner, &listed, phase.held, ParticipationStatus::Attended);
            book.review(learner, last, true);
            (Expected::Met, "everything asked of the year group has been done")
        }
        Act::Planned => {
            let last = whole_programme(book, learner, &listed, phase.planned, ParticipationStatus::Invited);
            book.review(learner, last, true);
            (Expected::PLANNED, "a late joiner for whom everything is planned")
        }
        Act::Nothing => (Expected::UNPLANNED, "a late joiner with nothing on record and nothing planned"),
        Act::Out => {
            for requirement in phase.requirements {
                let reason = "Educated at home for medical reasons this year; a programme of their own is in the plan";
                book.adapt(learner, requirement, Adapted::Out, reason, "SENCO, Waymark Demo Academy");
            }
            (Expected::NotApplicable("adapted"), "adapted out, with a reason and a person")
        }
        Act::Count => return count(book, phase, learner, scenarios),
    };
    for requirement in phase.requirements {
        let found = scenario(book, learner, (phase.framework, phase.as_of), requirement, expected, shows);
        scenarios.push(Scenario { adapted: act == Act::Out, ..found });
    }
}

/// One of each thing is held; a lower number makes it enough, a higher one not.
fn count(book: &mut Book, phase: &Phase, learner: LearnerIndex, scenarios: &mut Vec<Scenario>) {
    let date = phase.held;
    for activity in [
        draft::labour_market("Own programme: labour market", date),
        draft::employer("Own programme: an employer", date, EMPLOYERS[3]),
        draft::workplace("Own programme: two days at work", date, EMPLOYERS[4], 10),
        draft::provider("Own programme: college", date, COLLEGES[1], ProviderType::College),
        draft::provider(
            "Own programme: training provider",
            date,
            TRAINING_PROVIDERS[1],
            ProviderType::TrainingProvider,
        ),
        draft::provider("Own programme: university", date, UNIVERSITIES[1], ProviderType::University),
        draft::guidance("Own programme: guidance meeting", date),
    ] {
        let index = book.hold(activity);
        book.note(learner, index, ParticipationStatus::Attended);
    }
    let enough = phase.year_group == 9;
    let partly = Expected::Due { planned: false, partly: true };
    for (requirement, count, expected) in [
        ("bm2.1.ks3", 2, Expected::UNPLANNED),
        ("bm2.1.ks4", 2, Expected::UNPLANNED),
        ("bm2.1.ks5", 2, Expected::UNPLANNED),
        ("bm5.1", 2, Expected::UNPLANNED),
        ("bm6.1", if enough { 1 } else { 3 }, if enough { Expected::Met } else { partly }),
        ("bm6.2", 2, Expected::UNPLANNED),
        ("bm7.1", 3, Expected::Met),
        ("bm7.2", 1, Expected::Met),
        ("bm8.1", 2, Expected::UNPLANNED),
        ("bm8.2", 2, Expected::UNPLANNED),
        ("wex.ks3", 10, Expected::Met),
        ("wex.ks4", 40, Expected::UNPLANNED),
    ] {
        if !phase.requirements.contains(&requirement) {
            continue;
        }
        let reason = "Agreed at the annual review with the learner and the family";
        book.adapt(learner, requirement, Adapted::Count(count), reason, "SENCO, Waymark Demo Academy");
        let shows = "another number applies, and is shown beside the status";
        let found = scenario(book, learner, (phase.framework, phase.as_of), requirement, expected, shows);
        scenarios.push(Scenario { adapted: true, ..found });
    }
}
