//! Waymark Demo Special School: 11–16, about ninety on roll, every one with an education, health and care plan.

use std::collections::BTreeMap;

use domain::{
    AcademicYear, Activity, Adapted, Check, Institution, InstitutionType, Learner, LearnerIndex, ParticipationStatus,
    ProviderType, Records, Sen, Subjects, YearGroup,
};
use jiff::{ToSpan, civil::date};

use crate::{
    AS_OF,
    book::Book,
    draft::{self, Otherwise},
    identifier,
    name::{self, COLLEGES, EMPLOYERS, SIXTH_FORMS, TRAINING_PROVIDERS, UNIVERSITIES},
    random::Random,
    scenario::{Expected, Place, Scenario},
    term::{school_day, school_day_plus},
};

const FIRST: i16 = 2021;
const NOW: i16 = 2026;
const FRAMEWORK: &str = "england-schools-2025";
const SENCO: &str = "SENCO, Waymark Demo Special School";

const SUBJECTS: [&str; 7] =
    ["English", "Mathematics", "Science", "PSHE", "Creative Arts", "Life Skills", "Physical Education"];

/// What is adapted, for how many in a hundred, and why.
const ADAPTATIONS: [(&str, Adapted, usize, &str); 6] = [
    ("bm6.1", Adapted::Count(1), 30, "One longer, supported experience suits better than two short ones"),
    ("bm7.1", Adapted::Count(2), 35, "Meets the two kinds of provider that have suitable courses"),
    ("wex.ks3", Adapted::Count(10), 45, "Fatigue: two hours at a time at most"),
    ("wex.ks4", Adapted::Count(10), 40, "Fatigue: two hours at a time at most"),
    ("bm5.1", Adapted::Out, 4, "Severe anxiety with strangers; encounters begin with familiar staff"),
    ("bm4.1", Adapted::Out, 5, "Follows a sensory curriculum without separate subjects"),
];

/// The special school's records, the same each time.
pub fn special_school() -> Records {
    write().0
}

struct Member {
    learner: LearnerIndex,
    cohort: i16,
    absence: usize,
}

/// The records together with what its named learners show.
pub(crate) fn write() -> (Records, Vec<Scenario>) {
    let mut book = Book::new(institution());
    let mut random = Random::of("special school");
    let mut members = Vec::new();
    for cohort in FIRST - 4..=NOW {
        for _ in 0..17 + random.below(4) {
            let member = enrol(&mut book, cohort, &mut random);
            members.push(member);
        }
    }
    let named = name_some(&mut book, &members);
    for year in FIRST..=NOW {
        for year_group in 7..=11 {
            let cohort: Vec<&Member> = members.iter().filter(|m| year - m.cohort + 7 == year_group).collect();
            for activity in events(AcademicYear::starting(year), year_group as i8) {
                hold(&mut book, &cohort, activity, &mut random);
            }
        }
    }
    review(&mut book, &members, &mut random);
    let scenarios = tell(&mut book, &named);
    (book.close(), scenarios)
}

fn institution() -> Institution {
    let listed: Vec<String> = SUBJECTS.iter().map(|&name| name.to_owned()).collect();
    let subjects: Subjects = (7..=11).map(|y| (YearGroup::new(y), listed.clone())).collect();
    Institution {
        name: "Waymark Demo Special School".to_owned(),
        kind: InstitutionType::SpecialSchool,
        urn: Some("999902".to_owned()),
        ukprn: Some("99999902".to_owned()),
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(11),
        subjects,
        calendar: Default::default(),
        parameters: BTreeMap::new(),
    }
}

fn enrol(book: &mut Book, cohort: i16, random: &mut Random) -> Member {
    const CLASSES: [&str; 10] =
        ["Ash", "Beech", "Cherry", "Elm", "Hawthorn", "Holly", "Larch", "Maple", "Oak", "Rowan"];
    let serial = book.learners().len();
    let (forename, surname) = name::person(random);
    let leaves = date(cohort + 5, 8, 31);
    let left = (leaves < AS_OF).then_some(leaves);
    let year = if left.is_some() { cohort + 4 } else { NOW };
    let year_group = (year - cohort + 7) as i8;
    let mut joined = date(cohort.max(FIRST), 9, 1);
    if random.chance(120) && cohort >= FIRST {
        // Places are named in a plan at any time of the year.
        joined = school_day_plus(AcademicYear::starting(cohort), 10, 5, random.below(150));
        if joined > AS_OF {
            joined = school_day(AcademicYear::starting(NOW), 11, 9);
        }
    }
    let learner = Learner {
        reference: format!("SP{:03}", serial + 1),
        upn: Some(identifier::upn(9908, cohort - 7, serial)),
        uln: None,
        forename,
        surname,
        date_of_birth: date(cohort - 12, 9, 1).saturating_add((random.below(365) as i64).days()),
        sex: Some(if random.chance(310) { "F" } else { "M" }.to_owned()),
        form: Some(CLASSES[(year_group as usize - 7) * 2 + random.below(2)].to_owned()),
        sen: Some(Sen::Ehcp),
        fsm: Some(random.chance(470)),
        looked_after: Some(random.chance(35)),
        considering_he: None,
        subjects: Vec::new(),
        joined,
        left,
        programme_starts: None,
        programme_ends: None,
    };
    let learner = book.enrol(learner, AcademicYear::starting(year), YearGroup::new(year_group));
    for (requirement, adapted, percent, reason) in ADAPTATIONS {
        if left.is_none() && random.chance(percent * 10) {
            book.adapt(learner, requirement, adapted, reason, SENCO);
        }
    }
    let absence = *random.pick(&[20, 40, 60, 90, 250]);
    Member { learner, cohort, absence }
}

fn hold(book: &mut Book, cohort: &[&Member], activity: Activity, random: &mut Random) {
    let date = activity.date;
    let lesson = activity.subject.is_some();
    let index = book.hold(activity);
    for member in cohort {
        if !book.learner(member.learner).is_on_roll(date) {
            continue;
        }
        let absence = if lesson { member.absence / 8 } else { member.absence };
        let status = if date > AS_OF {
            ParticipationStatus::Invited
        } else if random.chance(absence) {
            *random.pick(&[ParticipationStatus::Absent, ParticipationStatus::Absent, ParticipationStatus::Excused])
        } else {
            ParticipationStatus::Attended
        };
        book.note(member.learner, index, status);
    }
}

fn events(year: AcademicYear, year_group: i8) -> Vec<Activity> {
    let turn = (year.start() - FIRST) as usize + year_group as usize;
    let on = |month, day| school_day(year, month, day);
    let employer = |place: usize| EMPLOYERS[(turn * 5 + place * 7) % EMPLOYERS.len()];
    let all = [year_group];
    let college = COLLEGES[turn % COLLEGES.len()];
    let training = TRAINING_PROVIDERS[turn % TRAINING_PROVIDERS.len()];
    let mut planned = vec![
        draft::programme("Preparing for adulthood assembly", on(9, 10)),
        draft::employer("A visitor with a job", on(10, 6), employer(0)),
        draft::employer("Tools of the trade table", on(3, 3), employer(1)),
    ];
    for (place, subject) in SUBJECTS.into_iter().enumerate() {
        let date = school_day_plus(year, 9, 21, place * 4);
        planned.push(draft::curriculum(format!("{subject}: a job that uses it"), date, subject));
        planned.push(draft::curriculum(
            format!("{subject}: try the job"),
            school_day_plus(year, 4, 21, place * 4),
            subject,
        ));
    }
    match year_group {
        7 => planned.push(draft::workplace("Walk to work: the bakery", on(6, 8), employer(2), 3)),
        8 => planned.extend([
            draft::access("The college comes to us", on(11, 3), college, ProviderType::College).offered_to(&all),
            draft::workplace("A morning at the garden centre", on(5, 12), employer(2), 4),
            draft::labour_market("Jobs near home, in pictures", on(2, 3)),
        ]),
        9 => planned.extend([
            draft::access("Supported apprenticeships", on(11, 18), training, ProviderType::TrainingProvider)
                .offered_to(&all),
            draft::workplace("A week of mornings at the café", on(5, 18), employer(3), 12),
            // Nobody at the depot had time to say how it went.
            draft::workplace("Recycling depot visit", on(10, 21), employer(4), 3).without(Check::Feedback),
        ]),
        10 => planned.extend([
            draft::access("College taster", on(10, 14), college, ProviderType::College).offered_to(&all),
            draft::labour_market("What helps me at work", on(1, 20)),
            draft::workplace("Supported placement, summer", on(6, 15), employer(3), 15),
            draft::provider("University open garden", on(6, 29), UNIVERSITIES[turn % 3], ProviderType::University),
            draft::guidance("Guidance meetings with family and adviser", on(5, 11)),
        ]),
        _ => planned.extend([
            draft::access("Supported internships, first hand", on(1, 21), training, ProviderType::TrainingProvider)
                .offered_to(&all),
            draft::provider("Sixth form visit", on(11, 10), SIXTH_FORMS[0], ProviderType::SixthForm).offered_to(&all),
            draft::workplace("Supported placement, autumn", on(10, 12), employer(5), 10),
            draft::guidance("Guidance meetings before leaving", on(12, 2)),
        ]),
    }
    planned
}

/// One annual review in each year; in the story's year some are still ahead.
fn review(book: &mut Book, members: &[Member], random: &mut Random) {
    for member in members {
        let (month, day) = *random.pick(&[(10, 5), (10, 20), (11, 9), (11, 17), (12, 7), (1, 18), (2, 8)]);
        for year in FIRST..=NOW {
            let date = school_day(AcademicYear::starting(year), month, day);
            if book.learner(member.learner).is_on_roll(date) {
                let with_its_part = year - member.cohort + 7 >= 9 && !random.chance(60);
                book.review(member.learner, date, with_its_part);
            }
        }
    }
}

/// The first learner on roll of a cohort gets a name that says what they show.
fn name_some(book: &mut Book, members: &[Member]) -> Vec<LearnerIndex> {
    [
        (2024, "Nia", "Toosoon"),
        (2022, "Ember", "Oneisenough"),
        (2023, "Perry", "Planreview"),
        (2025, "Quinn", "Quietly"),
    ]
    .into_iter()
    .map(|(cohort, forename, surname)| {
        let from_the_start = |m: &&Member| m.cohort == cohort && book.learner(m.learner).joined == date(cohort, 9, 1);
        let member = members.iter().find(from_the_start).expect("every cohort has learners from its start");
        let learner = book.learner_mut(member.learner);
        learner.forename = forename.to_owned();
        learner.surname = surname.to_owned();
        book.strike_adaptations(member.learner);
        member.learner
    })
    .collect()
}

fn tell(book: &mut Book, named: &[LearnerIndex]) -> Vec<Scenario> {
    let [too_soon, one_is_enough, plan_review, quietly] = named else { return Vec::new() };
    book.rewrite(*one_is_enough, |activity, status| activity.hours.is_none().then_some(status));
    let visit = draft::workplace("Supported placement at the nursery", date(2026, 6, 17), EMPLOYERS[14], 12);
    let index = book.hold(visit);
    book.note(*one_is_enough, index, ParticipationStatus::Attended);
    let reason = "One longer, supported experience suits better than two short ones";
    book.adapt(*one_is_enough, "bm6.1", Adapted::Count(1), reason, SENCO);
    book.adapt(*one_is_enough, "wex.ks4", Adapted::Count(10), "Fatigue: two hours at a time at most", SENCO);
    book.strike_reviews(*plan_review, date(2026, 9, 1));
    book.review(*plan_review, date(2027, 1, 18), true);
    let reason = "Severe anxiety with strangers; encounters begin with familiar staff";
    book.adapt(*quietly, "bm5.1", Adapted::Out, reason, SENCO);
    let out = Expected::NotApplicable("out-of-scope");
    [
        (too_soon, "bm2.1.ks5", out, false, "the school ends with year 11: benchmarks for the sixth form never apply"),
        (one_is_enough, "bm6.1", Expected::Met, true, "one supported placement is enough by agreement"),
        (one_is_enough, "wex.ks4", Expected::Met, true, "ten hours instead of twenty-five"),
        (plan_review, "ehcp.pfa", Expected::PLANNED, false, "this year's annual review is in January"),
        (
            quietly,
            "bm5.1",
            Expected::NotApplicable("adapted"),
            true,
            "no employer encounter this year, with the reason",
        ),
    ]
    .map(|(learner, requirement, expected, adapted, shows)| Scenario {
        place: Place::SpecialSchool,
        learner: book.learner(*learner).reference.clone(),
        as_of: AS_OF,
        framework: FRAMEWORK,
        requirement,
        expected,
        adapted,
        shows,
    })
    .into()
}
