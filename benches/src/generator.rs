//! Random institutions: 11–18 academies of 1,200 learners, about 143 participations each.

use std::collections::BTreeMap;

use domain::{
    AcademicYear, Activity, ActivityIndex, Adaptation, Adapted, Check, Checks, Date, Hours, Institution,
    InstitutionType, Kind, Learner, LearnerIndex, Mode, Participation, ParticipationStatus, ProviderType, Records,
    Review, Sen, Source, YearGroup, YearRecord,
};
use jiff::ToSpan;
use rules::{Columns, LearnerColumns, Taken};

use crate::random::Random;

/// The day of the evaluation: after the provider access windows of this year have closed.
pub(crate) const AS_OF: Date = Date::constant(2027, 3, 15);
/// The academic year of that day.
pub(crate) const NOW: i16 = 2026;

const LEARNERS: u32 = 1200;
const SUBJECTS: [&str; 14] = [
    "English",
    "Mathematics",
    "Science",
    "PSHE",
    "Physical Education",
    "Religious Education",
    "Art",
    "Computing",
    "Design",
    "Drama",
    "French",
    "Geography",
    "History",
    "Music",
];
const ORGANISATIONS: u32 = 40;

/// One institution, the same for the same number.
pub(crate) fn institution(number: u64) -> Columns {
    let mut random = Random::seeded(number + 1);
    let mut activities = Vec::new();
    let mut for_cohort: BTreeMap<(i16, i8), Vec<u32>> = BTreeMap::new();
    for year in NOW - 6..=NOW {
        for year_group in 7..=13_i8 {
            for _ in 0..2 {
                activities.extend(SUBJECTS.map(|subject| {
                    let lesson = activity(Kind::Curriculum, year, &mut random);
                    (year, year_group, Activity { subject: Some(subject.to_owned()), ..lesson })
                }));
            }
            for kind in [
                Kind::EmployerEncounter,
                Kind::EmployerEncounter,
                Kind::WorkplaceExperience,
                Kind::ProviderEncounter,
                Kind::ProviderEncounter,
                Kind::ProviderEncounter,
                Kind::LabourMarket,
                Kind::GuidanceMeeting,
                Kind::Programme,
                Kind::Programme,
            ] {
                activities.push((year, year_group, activity(kind, year, &mut random)));
            }
        }
    }
    activities.sort_by_key(|(_, _, activity)| activity.date);
    let activities: Vec<Activity> = activities
        .into_iter()
        .enumerate()
        .map(|(position, (year, year_group, activity))| {
            for_cohort.entry((year, year_group)).or_default().push(position as u32);
            Activity { reference: format!("{position:05}"), ..activity }
        })
        .collect();

    let mut columns = Columns {
        institution: described(number),
        activities,
        learners: Vec::new(),
        trajectories: trajectories(),
        ends: Vec::new(),
        taken: Vec::new(),
        reviews: Vec::new(),
        adaptations: Vec::new(),
    };
    for _ in 0..LEARNERS {
        add_learner(&mut columns, &for_cohort, &mut random);
    }
    columns
}

/// One institution as records: what its columns say, with invented names.
pub(crate) fn records(number: u64) -> Records {
    let columns = institution(number);
    let mut records = Records::new(columns.institution);
    let mut from = 0;
    for (index, (learner, end)) in columns.learners.into_iter().zip(columns.ends).enumerate() {
        let whose = LearnerIndex(index as u32);
        for (academic_year, year_group) in &columns.trajectories[learner.trajectory as usize] {
            let (academic_year, year_group) = (*academic_year, *year_group);
            records.year_records.push(YearRecord { learner: whose, academic_year, year_group });
        }
        for taken in &columns.taken[from..end as usize] {
            let status = if taken.is_invited() { ParticipationStatus::Invited } else { ParticipationStatus::Attended };
            let activity = ActivityIndex(taken.position() as u32);
            records.participations.push(Participation { learner: whose, activity, status });
        }
        from = end as usize;
        records.learners.push(Learner {
            reference: format!("L{index:05}"),
            upn: None,
            uln: None,
            forename: format!("Forename{index}"),
            surname: format!("Surname{}", index % 311),
            date_of_birth: Date::constant(2012, 1, 1),
            sex: learner.sex,
            form: learner.form,
            sen: learner.sen,
            fsm: learner.fsm,
            looked_after: learner.looked_after,
            considering_he: Some(learner.considering_he),
            subjects: learner.subjects,
            joined: learner.joined,
            left: learner.left,
            programme_starts: None,
            programme_ends: None,
        });
    }
    records.activities = columns.activities;
    for activity in &mut records.activities {
        activity.title = format!("Activity {}", activity.reference);
    }
    records.reviews = columns.reviews;
    records.adaptations = columns.adaptations;
    for adaptation in &mut records.adaptations {
        (adaptation.reason, adaptation.person) = ("Agreed".to_owned(), "SENCO".to_owned());
    }
    records
}

fn described(number: u64) -> Institution {
    let listed: Vec<String> = SUBJECTS.iter().map(|&name| name.to_owned()).collect();
    Institution {
        name: format!("Random Academy {number}"),
        kind: InstitutionType::Academy,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: (7..=11).map(|year_group| (YearGroup::new(year_group), listed.clone())).collect(),
        calendar: Default::default(),
        parameters: BTreeMap::new(),
    }
}

/// Year groups 7 to 13 now; then the same for those who repeated last year.
fn trajectories() -> Vec<Vec<(AcademicYear, YearGroup)>> {
    let record = |year, group| (AcademicYear::starting(year), YearGroup::new(group));
    let usual = (7..=13).map(|group| vec![record(NOW, group)]);
    let repeated = (7..=13).map(|group| vec![record(NOW - 1, group), record(NOW, group)]);
    usual.chain(repeated).collect()
}

fn activity(kind: Kind, year: i16, random: &mut Random) -> Activity {
    let date = Date::constant(year, 9, 4).saturating_add(i64::from(random.below(320)).days());
    let mut checks: Checks = kind.meaningful().union(match kind {
        Kind::ProviderEncounter if random.chance(700) => Checks::PROVIDER_ACCESS,
        Kind::GuidanceMeeting if random.chance(950) => Checks::of(&[Check::QualifiedAdviser]),
        _ => Checks::NONE,
    });
    if random.chance(250) {
        let boxes: Vec<Check> = checks.iter().collect();
        let dropped = boxes.get(random.below(boxes.len().max(1) as u32) as usize).copied();
        checks = boxes.into_iter().filter(|&check| Some(check) != dropped).collect();
    }
    let outside = matches!(kind, Kind::EmployerEncounter | Kind::WorkplaceExperience | Kind::ProviderEncounter);
    Activity {
        reference: String::new(),
        title: String::new(),
        date,
        kind,
        provider_type: (kind == Kind::ProviderEncounter).then(|| ProviderType::ALL[random.below(4) as usize]),
        organisation: (outside && !random.chance(30)).then(|| format!("Organisation {}", random.below(ORGANISATIONS))),
        mode: match random.below(10) {
            0 | 1 => Mode::Virtual,
            2 => Mode::Blended,
            _ => Mode::InPerson,
        },
        subject: None,
        hours: (kind == Kind::WorkplaceExperience).then(|| Hours::whole([5, 5, 10, 15, 30][random.below(5) as usize])),
        year_groups: Default::default(),
        checks,
        through: None,
        source: random.chance(10).then_some(Source::Transferred),
        state: domain::ActivityState::Planned,
    }
}

fn add_learner(columns: &mut Columns, for_cohort: &BTreeMap<(i16, i8), Vec<u32>>, random: &mut Random) {
    let index = LearnerIndex(columns.learners.len() as u32);
    let year_group = 7 + random.below(7) as i8;
    let repeats = random.chance(10);
    let in_year_7 = NOW - i16::from(year_group - 7) - i16::from(repeats);
    let mut joined = Date::constant(in_year_7, 9, 1);
    if random.chance(60) {
        joined = joined.saturating_add(i64::from(random.below(700)).days());
    }
    let left = random.chance(20).then(|| joined.saturating_add(i64::from(100 + random.below(1500)).days()));
    let sen = match random.below(100) {
        0..5 => Some(Sen::Ehcp),
        5..19 => Some(Sen::Support),
        19..98 => Some(Sen::None),
        _ => None,
    };
    let own_subjects = year_group >= 10;
    let subjects = if own_subjects {
        let from = random.below(5) as usize;
        SUBJECTS[from..from + if year_group >= 12 { 3 } else { 9 }].iter().map(|&name| name.to_owned()).collect()
    } else {
        Vec::new()
    };
    for year in in_year_7.max(NOW - 6)..=NOW {
        let counted = i16::from(year_group) - (NOW - year);
        let then = if repeats && year < NOW { counted + 1 } else { counted };
        for &position in for_cohort.get(&(year, then as i8)).map_or(&[][..], Vec::as_slice) {
            let date = columns.activities[position as usize].date;
            if random.chance(60) {
                continue;
            }
            columns.taken.push(if date > AS_OF { Taken::invited(position) } else { Taken::attended(position) });
        }
    }
    columns.ends.push(columns.taken.len() as u32);
    if sen == Some(Sen::Ehcp) && random.chance(800) {
        let date = Date::constant(NOW, 9, 10).saturating_add(i64::from(random.below(250)).days());
        columns.reviews.push(Review { learner: index, date, preparing_for_adulthood: random.chance(850) });
    }
    for requirement in ["bm6.1", "bm7.1", "bm8.2", "wex.ks3", "pal.first"] {
        if random.chance(8) {
            let adapted = if requirement != "pal.first" && random.chance(500) {
                Adapted::Count(1 + random.below(3))
            } else {
                Adapted::Out
            };
            let requirement = requirement.to_owned();
            columns.adaptations.push(Adaptation {
                learner: index,
                requirement,
                adapted,
                reason: String::new(),
                person: String::new(),
            });
        }
    }
    columns.learners.push(LearnerColumns {
        joined,
        left,
        trajectory: (year_group - 7) as u32 + if repeats { 7 } else { 0 },
        sen,
        fsm: Some(random.chance(250)),
        looked_after: Some(random.chance(8)),
        considering_he: year_group >= 12 && random.chance(600),
        form: Some(format!("{year_group}{}", char::from(b'A' + random.below(6) as u8))),
        sex: Some(if random.chance(500) { "F" } else { "M" }.to_owned()),
        subjects,
        programme_starts: None,
        programme_ends: None,
    });
}
