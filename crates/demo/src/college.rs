//! Waymark Demo College: further education, about 600 learners of 16 to 19 in ten curriculum areas.

use std::collections::BTreeMap;

use domain::{
    AcademicYear, Activity, Adapted, Date, Institution, InstitutionType, Learner, LearnerIndex, ParticipationStatus,
    ProviderType, Records, Sen, YearGroup,
};
use jiff::{ToSpan, civil::date};

use crate::{
    AS_OF,
    book::Book,
    draft::{self, Otherwise},
    name::{self, EMPLOYERS, TRAINING_PROVIDERS, UNIVERSITIES},
    random::Random,
    scenario::{Expected, Place, Scenario},
    term::{school_day, school_day_plus},
};

const FIRST: i16 = 2021;
const NOW: i16 = 2026;
const FRAMEWORK: &str = "england-post16-2025";

const AREAS: [&str; 10] = [
    "Animal Care",
    "Business",
    "Catering",
    "Construction",
    "Creative Media",
    "Digital",
    "Early Years",
    "Engineering",
    "Hair and Beauty",
    "Health",
];

/// The college's records, the same each time.
pub fn college() -> Records {
    write().0
}

struct Member {
    learner: LearnerIndex,
    /// The calendar year in which they were in year 12 from September.
    cohort: i16,
    area: usize,
    absence: usize,
}

/// The records together with what its named learners show.
pub(crate) fn write() -> (Records, Vec<Scenario>) {
    let mut book = Book::new(institution());
    let mut random = Random::of("college");
    let mut members = Vec::new();
    for cohort in FIRST - 1..=NOW {
        for _ in 0..292 + random.below(12) {
            let member = enrol(&mut book, cohort, &mut random);
            members.push(member);
        }
    }
    let named: Vec<_> =
        NAMED.iter().map(|(_, name)| enrol_named(&mut book, &mut members, *name, &mut random)).collect();
    for year in (FIRST..=NOW).map(AcademicYear::starting) {
        run(&mut book, &members, year, &mut random);
    }
    let scenarios = NAMED.iter().zip(named).flat_map(|(&(act, _), learner)| tell(&mut book, act, learner)).collect();
    (book.close(), scenarios)
}

fn institution() -> Institution {
    Institution {
        name: "Waymark Demo College".to_owned(),
        kind: InstitutionType::FeCollege,
        urn: Some("999903".to_owned()),
        ukprn: Some("99999903".to_owned()),
        lowest_year: YearGroup::new(12),
        highest_year: YearGroup::new(14),
        subjects: BTreeMap::new(),
        calendar: Default::default(),
        parameters: BTreeMap::new(),
    }
}

fn enrol(book: &mut Book, cohort: i16, random: &mut Random) -> Member {
    let (forename, surname) = name::person(random);
    let area = random.below(AREAS.len());
    // One-year courses, two-year programmes, and those who stay for a third year.
    let years = match random.below(100) {
        0..22 if cohort >= FIRST => 1,
        22..88 => 2,
        _ => 3,
    };
    let mut joined = date(cohort.max(FIRST), 9, 1);
    if random.chance(60) && cohort >= FIRST {
        joined = school_day_plus(AcademicYear::starting(cohort), 9, 21, random.below(40));
    }
    let ends = date(cohort + years, 7, 15);
    let mut left = Some(ends);
    if random.chance(70) {
        left = Some(school_day_plus(AcademicYear::starting(cohort.max(FIRST)), 11, 16, random.below(100)));
    }
    left = left.filter(|&left| left < AS_OF && left > joined);
    if left.is_none() && ends < AS_OF {
        left = Some(ends);
    }
    let year = domain::Calendar::default().year_of(left.unwrap_or(AS_OF));
    let year_group = (year.start() - cohort + 12) as i8;
    let learner = Learner {
        reference: format!("C{:05}", 20_001 + book.learners().len()),
        upn: None,
        uln: None,
        forename,
        surname,
        date_of_birth: date(cohort - 17, 9, 1).saturating_add((random.below(365) as i64).days()),
        sex: Some(if random.chance(470) { "F" } else { "M" }.to_owned()),
        form: Some(format!("{} {}", AREAS[area], year_group - 11)),
        sen: Some(if random.chance(60) { Sen::Ehcp } else { Sen::None }),
        fsm: Some(random.chance(240)),
        looked_after: Some(random.chance(12)),
        considering_he: Some(random.chance(280)),
        subjects: Vec::new(),
        joined,
        left,
        programme_starts: Some(joined),
        programme_ends: Some(ends),
    };
    let learner = book.enrol(learner, year, YearGroup::new(year_group));
    Member { learner, cohort, area, absence: *random.pick(&[20, 40, 60, 120, 300]) }
}

/// Holds a year's programme: of the whole college by year of study, and of each curriculum area.
fn run(book: &mut Book, members: &[Member], year: AcademicYear, random: &mut Random) {
    for study_year in 1..=3_i16 {
        let cohort: Vec<&Member> = members.iter().filter(|m| year.start() - m.cohort + 1 == study_year).collect();
        let turn = (year.start() - FIRST + study_year) as usize;
        let on = |month, day| school_day(year, month, day);
        let year_group = [11 + study_year as i8];
        let mut planned = vec![
            draft::programme("Tutorial: your programme and where it leads", on(9, 10)),
            draft::employer("Employers' fair", on(11, 4), EMPLOYERS[turn * 3 % EMPLOYERS.len()]),
        ];
        match study_year {
            1 => planned.extend([
                draft::labour_market("Vacancies, pay and progression in your sector", on(11, 12)),
                draft::provider(
                    "Apprenticeship roadshow",
                    on(2, 11),
                    TRAINING_PROVIDERS[turn % 3],
                    ProviderType::TrainingProvider,
                )
                .offered_to(&year_group),
            ]),
            _ => planned.extend([
                draft::provider("Higher education day", on(10, 7), UNIVERSITIES[turn % 3], ProviderType::University)
                    .offered_to(&year_group),
                draft::labour_market("Sector figures for leavers", on(1, 28)),
            ]),
        }
        for activity in planned {
            hold(book, &cohort, activity, random);
        }
        for area in 0..AREAS.len() {
            let cohort: Vec<&Member> = cohort.iter().copied().filter(|m| m.area == area).collect();
            for activity in area_events(year, study_year, area) {
                hold(book, &cohort, activity, random);
            }
        }
    }
}

fn area_events(year: AcademicYear, study_year: i16, area: usize) -> Vec<Activity> {
    let turn = (year.start() - FIRST + study_year) as usize + area * 2;
    let employer = |place: usize| EMPLOYERS[(turn + place * 5) % EMPLOYERS.len()];
    let name = AREAS[area];
    let workshop = |place: usize, date: Date| {
        draft::employer(format!("{name}: master class"), date, employer(place)).in_curriculum_area()
    };
    let mut planned = vec![
        // Three areas out of ten have theirs in December.
        workshop(0, school_day(year, if area.is_multiple_of(4) { 12 } else { 10 }, 7)),
        workshop(1, school_day_plus(year, 2, 24, area)),
        draft::curriculum(format!("{name}: how the sector works here"), school_day_plus(year, 9, 28, area), name),
        draft::guidance(
            format!("{name}: guidance meetings"),
            school_day_plus(year, if study_year == 1 { 3 } else { 10 }, 9, area * 4),
        ),
    ];
    let placement = draft::workplace(format!("{name}: industry placement"), school_day(year, 5, 4), employer(2), 35);
    if study_year == 1 {
        planned.push(placement);
    }
    planned
}

fn hold(book: &mut Book, cohort: &[&Member], activity: Activity, random: &mut Random) {
    let date = activity.date;
    let index = book.hold(activity);
    for member in cohort {
        if !book.learner(member.learner).is_on_roll(date) {
            continue;
        }
        let status = if date > AS_OF {
            ParticipationStatus::Invited
        } else if random.chance(member.absence) {
            if random.chance(200) { ParticipationStatus::Excused } else { ParticipationStatus::Absent }
        } else {
            ParticipationStatus::Attended
        };
        book.note(member.learner, index, status);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Complete,
    Planned,
    Nothing,
    Out,
    Count,
    Ended,
    Starting,
}

const NAMED: [(Act, (&str, &str)); 7] = [
    (Act::Complete, ("Carys", "Alldone")),
    (Act::Planned, ("Cosmo", "Comingup")),
    (Act::Nothing, ("Clio", "Notyet")),
    (Act::Out, ("Corin", "Otherwise")),
    (Act::Count, ("Cleo", "Ownmeasure")),
    (Act::Ended, ("Cato", "Overrun")),
    (Act::Starting, ("Calla", "Startssoon")),
];

const REQUIREMENTS: [&str; 5] = ["bm2.1", "bm5.1", "bm6.1", "bm7.1", "bm8.1"];

fn enrol_named(book: &mut Book, members: &mut Vec<Member>, name: (&str, &str), random: &mut Random) -> LearnerIndex {
    let mut member = enrol(book, NOW, random);
    while book.learner(member.learner).left.is_some() {
        member = enrol(book, NOW, random);
    }
    let learner = book.learner_mut(member.learner);
    (learner.forename, learner.surname) = (name.0.to_owned(), name.1.to_owned());
    learner.joined = date(NOW, 9, 1);
    learner.programme_starts = Some(date(NOW, 9, 1));
    learner.programme_ends = Some(date(NOW + 2, 7, 15));
    let index = member.learner;
    members.push(member);
    index
}

/// One of everything, on consecutive days.
fn whole_programme(book: &mut Book, learner: LearnerIndex, from: Date, status: ParticipationStatus) {
    let day = |number: i64| from.saturating_add(number.days());
    for activity in [
        draft::labour_market("Induction: labour market", day(0)),
        draft::employer("Induction: an employer of the sector", day(1), EMPLOYERS[0]).in_curriculum_area(),
        draft::employer("Induction: employers' breakfast", day(2), EMPLOYERS[1]),
        draft::workplace("Induction: a week at work", day(3), EMPLOYERS[2], 30),
        draft::provider("Induction: university", day(3), UNIVERSITIES[0], ProviderType::University),
        draft::provider("Induction: training provider", day(4), TRAINING_PROVIDERS[0], ProviderType::TrainingProvider),
        draft::guidance("Induction: guidance meeting", day(4)),
    ] {
        let index = book.hold(activity);
        book.note(learner, index, status);
    }
}

fn tell(book: &mut Book, act: Act, learner: LearnerIndex) -> Vec<Scenario> {
    if act != Act::Complete {
        book.rewrite(learner, |_, _| None);
    }
    let reason = "Agreed with the learner and the learning support team";
    let person = "Head of learning support, Waymark Demo College";
    let found: Vec<(&str, Expected, &str)> = match act {
        Act::Complete => {
            whole_programme(book, learner, date(2026, 11, 9), ParticipationStatus::Attended);
            REQUIREMENTS.map(|id| (id, Expected::Met, "everything asked has been done")).into()
        }
        Act::Planned => {
            whole_programme(book, learner, date(2027, 1, 11), ParticipationStatus::Invited);
            REQUIREMENTS.map(|id| (id, Expected::PLANNED, "everything is planned for January")).into()
        }
        Act::Nothing => REQUIREMENTS.map(|id| (id, Expected::UNPLANNED, "nothing on record, nothing planned")).into(),
        Act::Out => {
            for requirement in REQUIREMENTS {
                book.adapt(learner, requirement, Adapted::Out, reason, person);
            }
            REQUIREMENTS
                .map(|id| (id, Expected::NotApplicable("adapted"), "adapted out, with a reason and a person"))
                .into()
        }
        Act::Count => {
            whole_programme(book, learner, date(2026, 11, 9), ParticipationStatus::Attended);
            let other = "another number applies, and is shown beside the status";
            let counts = [("bm2.1", 2), ("bm5.1", 3), ("bm6.1", 2), ("bm7.1", 1), ("bm8.1", 2)];
            for (requirement, count) in counts {
                book.adapt(learner, requirement, Adapted::Count(count), reason, person);
            }
            counts.map(|(id, n)| (id, if n == 1 { Expected::Met } else { Expected::UNPLANNED }, other)).into()
        }
        Act::Ended => {
            book.learner_mut(learner).programme_ends = Some(date(2026, 10, 30));
            let shows = "the programme ended in October without it; the learner is still on roll";
            ["bm2.1", "bm6.1", "bm7.1", "bm8.1"].map(|id| (id, Expected::Missed, shows)).into()
        }
        Act::Starting => {
            book.learner_mut(learner).programme_starts = Some(date(2027, 1, 11));
            let shows = "enrolled, and the programme begins in January";
            let mut found: Vec<_> =
                ["bm2.1", "bm6.1", "bm7.1", "bm8.1"].map(|id| (id, Expected::Upcoming, shows)).into();
            found.push((
                "bm5.1",
                Expected::UNPLANNED,
                "asked by academic year, so it is due before the programme begins",
            ));
            found
        }
    };
    found
        .into_iter()
        .map(|(requirement, expected, shows)| Scenario {
            place: Place::College,
            learner: book.learner(learner).reference.clone(),
            as_of: AS_OF,
            framework: FRAMEWORK,
            requirement,
            expected,
            adapted: matches!(act, Act::Out | Act::Count),
            shows,
        })
        .collect()
}
