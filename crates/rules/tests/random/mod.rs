//! Random institutions, small and full of edges: repeated and skipped years, early first days, leap days, joiners and
//! leavers, transferred records, virtual activities, adaptations, parameters. The same seed gives the same records, and a
//! smaller size the same beginning of them, so that a failure shrinks.

use std::collections::BTreeMap;

use domain::*;
use jiff::{ToSpan, civil::date};

/// A sequence of numbers that look random (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64, what: u64) -> Self {
        Self(seed ^ what.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    fn maybe<T>(&mut self, times: u64, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.one_in(times)).then(|| value(self))
    }
}

/// A date of the years that the tests live in, often one where something changes.
pub(crate) fn some_date(random: &mut Random) -> Date {
    let year = 2019 + random.below(11) as i16;
    date_in(random, year)
}

/// A date of the three years around which one random institution's records lie.
pub(crate) fn date_near(seed: u64, random: &mut Random) -> Date {
    let year = Random::new(seed, 4).pick(&[2021, 2022, 2024, 2025, 2026, 2027]) + random.below(3) as i16;
    date_in(random, year)
}

fn date_in(random: &mut Random, year: i16) -> Date {
    match random.below(10) {
        0 => date(year, 9, 1),
        1 => date(year, 8, 31),
        2 => date(year, 2, 28),
        3 => date(year, 3, 1),
        4 => date(year, 3, 1).saturating_sub(1.day()),
        5 => date(year, 8, 25 + random.below(6) as i8),
        6 => [date(year, 12, 31), date(year, 1, 1), date(2023, 1, 1), date(2022, 12, 31)][random.below(4) as usize],
        _ => date(year, 1, 1).saturating_add((random.below(365) as i64).days()),
    }
}

/// How large a random institution is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) learners: u64,
    pub(crate) activities: u64,
}

const SUBJECTS: [&str; 6] = ["English", "Mathematics", "science", "PSHE", "Art", "music"];
const ORGANISATIONS: [&str; 5] = ["Northfield College", " northfield  COLLEGE", "Westmoor Training", "  ", "Eastholme"];
const CONDITIONS: [&str; 13] = [
    "bm2.1.ks3",
    "bm4.1",
    "bm5.1",
    "bm5.1.all",
    "bm6.1",
    "bm6.2",
    "bm7.1",
    "bm7.2",
    "bm8.1",
    "pal.first",
    "wex.ks3",
    "ehcp.pfa",
    "bm2.1",
];

fn institution(seed: u64, kind: InstitutionType) -> Institution {
    let random = &mut Random::new(seed, 1);
    let post16 = kind.sector() == Sector::Post16;
    let (lowest, highest) =
        if post16 { (12, 14) } else { random.pick(&[(7, 13), (7, 13), (7, 11), (9, 13), (7, 14), (10, 11)]) };
    let subject = |random: &mut Random| {
        let name = random.pick(&SUBJECTS);
        if random.one_in(3) { format!(" {} ", name.to_uppercase()) } else { name.to_owned() }
    };
    let mut first_days = BTreeMap::new();
    for year in 2018..2031 {
        if random.one_in(3) {
            let day = if random.one_in(6) { date(year, 7, 20) } else { date(year, 8, 24 + random.below(8) as i8) };
            first_days.insert(AcademicYear::starting(year), day);
        }
    }
    let mut parameters = BTreeMap::new();
    for (name, values) in [
        ("bm6-by-16", ["1", "2", "3"]),
        ("wex-ks3-hours", ["5", "25", "30"]),
        ("wex-ks4-hours", ["1", "25", "nonsense"]),
        ("bm7-range", ["1", "2", "3"]),
        ("virtual-alone-counts", ["yes", "no", "true"]),
    ] {
        if random.one_in(4) {
            parameters.insert(name.to_owned(), random.pick(&values).to_owned());
        }
    }
    Institution {
        name: "Random".into(),
        kind,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(lowest),
        highest_year: YearGroup::new(highest),
        subjects: (lowest..=highest)
            .filter_map(|year| {
                let count = random.below(4);
                random.maybe(4, |random| (YearGroup::new(year), (0..count).map(|_| subject(random)).collect()))
            })
            .collect(),
        calendar: Calendar::new(first_days),
        parameters,
    }
}

fn learner(seed: u64, index: u64, post16: bool) -> (Learner, Vec<(AcademicYear, YearGroup)>) {
    let random = &mut Random::new(seed, 1000 + index);
    let mut years = Vec::new();
    let lowest = if post16 { 12 } else { 7 };
    let mut year = if random.one_in(3) {
        2018 + random.below(10) as i16
    } else {
        date_near(seed, random).year() - random.below(2) as i16
    };
    let mut group = lowest + random.below(if post16 { 3 } else { 7 }) as i8;
    for _ in 0..=(if random.one_in(2) { 0 } else { random.below(4) }) {
        years.push((AcademicYear::starting(year), YearGroup::new(group.clamp(lowest, 14))));
        year += 1 + if random.one_in(4) { random.below(3) as i16 } else { 0 };
        group += random.pick(&[1, 1, 1, 0, 2, -1]);
    }
    let joined = if random.one_in(3) { some_date(random) } else { date(2016, 9, 1) };
    let left = random.one_in(5).then(|| some_date(random).max(joined));
    let programme_starts = (post16 && random.one_in(3)).then(|| some_date(random));
    let programme_ends =
        (post16 && random.one_in(3)).then(|| some_date(random).max(programme_starts.unwrap_or(Date::MIN)));
    let learner = Learner {
        reference: format!("L{}", (index * 7) % 13),
        upn: None,
        uln: None,
        forename: "A".into(),
        surname: "B".into(),
        date_of_birth: date(2010, 1, 1),
        sex: random.maybe(3, |random| random.pick(&["M", "f", "F"]).to_owned()),
        form: random.maybe(3, |random| random.pick(&["9A", "9B"]).to_owned()),
        sen: random.maybe(4, |random| random.pick(&[Sen::None, Sen::Support, Sen::Ehcp, Sen::Ehcp])),
        fsm: random.maybe(3, |random| random.one_in(2)),
        looked_after: random.maybe(3, |random| random.one_in(2)),
        considering_he: random.maybe(4, |random| !random.one_in(4)),
        subjects: (0..random.pick(&[0, 0, 1, 2, 3])).map(|_| random.pick(&SUBJECTS).to_owned()).collect(),
        joined,
        left,
        programme_starts,
        programme_ends,
    };
    (learner, years)
}

pub(crate) fn activity(seed: u64, index: u64) -> Activity {
    let random = &mut Random::new(seed, 1_000_000 + index);
    // Most activities of one institution are of one kind, so that what asks for several of a kind is met at times; and in
    // some institutions nearly all are virtual, so that it matters where the others stand.
    let most = Random::new(seed, 7).pick(&[
        Kind::EmployerEncounter,
        Kind::EmployerEncounter,
        Kind::WorkplaceExperience,
        Kind::ProviderEncounter,
        Kind::ProviderEncounter,
        Kind::Curriculum,
        Kind::GuidanceMeeting,
    ]);
    let mostly_virtual = Random::new(seed, 8).one_in(2);
    let kind = if !random.one_in(Random::new(seed, 9).pick(&[2, 4])) {
        most
    } else {
        random.pick(&[
            Kind::EmployerEncounter,
            Kind::EmployerEncounter,
            Kind::WorkplaceExperience,
            Kind::WorkplaceExperience,
            Kind::ProviderEncounter,
            Kind::ProviderEncounter,
            Kind::ProviderEncounter,
            Kind::GuidanceMeeting,
            Kind::LabourMarket,
            Kind::Curriculum,
            Kind::Curriculum,
            Kind::Programme,
        ])
    };
    let mut checks: Checks = kind.checklist().iter().copied().collect();
    if random.one_in(4) {
        let left_out = random.pick(kind.checklist().first().map_or(Check::ALL, |_| kind.checklist()));
        checks = checks.iter().filter(|check| *check != left_out).collect();
    }
    if random.one_in(6) {
        checks = checks.iter().filter(|c| !matches!(c, Check::Reflection | Check::Feedback)).collect();
    }
    Activity {
        reference: format!("A{}", (index * 37) % 101),
        title: "T".into(),
        // Few dates, so that several activities share one.
        date: {
            let random = &mut Random::new(seed, 5000 + random.below(30));
            if random.one_in(4) { some_date(random) } else { date_near(seed, random) }
        },
        kind,
        provider_type: random.maybe(8, |random| {
            let often = Random::new(seed, 10).pick(ProviderType::ALL);
            if random.one_in(2) { often } else { random.pick(ProviderType::ALL) }
        }),
        organisation: random.maybe(6, |random| random.pick(&ORGANISATIONS).to_owned()),
        mode: if mostly_virtual && !random.one_in(6) {
            Mode::Virtual
        } else {
            random.pick(&[Mode::InPerson, Mode::InPerson, Mode::Virtual, Mode::Virtual, Mode::Blended])
        },
        subject: random.maybe(6, |random| format!("{} ", random.pick(&SUBJECTS).to_lowercase())),
        hours: random.maybe(5, |random| random.pick(&["5", "12.5", "25", "0.333", "0"]).parse().unwrap()),
        year_groups: (7..15).filter(|_| random.one_in(2)).map(YearGroup::new).collect(),
        checks,
        through: random.one_in(2).then_some(Through::CurriculumArea),
        source: random.one_in(5).then_some(Source::Transferred),
        state: if random.one_in(12) { random.pick(ActivityState::ALL) } else { ActivityState::Planned },
    }
}

/// A random institution of this type.
pub(crate) fn records(seed: u64, kind: InstitutionType, size: Size) -> Records {
    let mut records = Records::new(institution(seed, kind));
    for index in 0..size.activities.min(100) {
        records.activities.push(activity(seed, index));
    }
    for index in 0..size.learners.min(12) {
        let (learner, years) = learner(seed, index, kind.sector() == Sector::Post16);
        let learner_index = LearnerIndex(index as u32);
        records.learners.push(learner);
        records.year_records.extend(years.into_iter().map(|(academic_year, year_group)| YearRecord {
            learner: learner_index,
            academic_year,
            year_group,
        }));
        let random = &mut Random::new(seed, 2000 + index);
        let often = random.pick(&[1, 3, 8]);
        for activity in 0..size.activities.min(100) {
            let (takes_part, status) = (random.below(12) < often, random.below(10));
            if takes_part {
                let status = match status {
                    0..6 => ParticipationStatus::Attended,
                    6..9 => ParticipationStatus::Invited,
                    _ => random.pick(&[ParticipationStatus::Absent, ParticipationStatus::Excused]),
                };
                records.participations.push(Participation {
                    learner: learner_index,
                    activity: ActivityIndex(activity as u32),
                    status,
                });
            }
        }
        let random = &mut Random::new(seed, 3000 + index);
        for _ in 0..random.below(4) {
            let review = Review {
                learner: learner_index,
                date: date_near(seed, random),
                preparing_for_adulthood: !random.one_in(4),
            };
            records.reviews.push(review);
        }
        for requirement in CONDITIONS {
            if random.one_in(12) {
                let adapted = if random.one_in(2) { Adapted::Out } else { Adapted::Count(1 + random.below(4) as u32) };
                records.adaptations.push(Adaptation {
                    learner: learner_index,
                    requirement: requirement.into(),
                    adapted,
                    reason: "R".into(),
                    person: "P".into(),
                });
            }
        }
    }
    records
}
