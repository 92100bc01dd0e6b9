//! What is written as a folder comes back: for any records, every value and every year group of every year.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AcademicYear, Activity, ActivityIndex, Adaptation, Adapted, Calendar, Check, Date, Hours, Institution,
    InstitutionType, Kind, Learner, LearnerIndex, Mode, Participation, ParticipationStatus, ProviderType, Records,
    Review, Sen, Source, Through, YearGroup, YearRecord,
};
use exchange::folder::{self, Known, KnownParameter, KnownRequirement, Options, ParameterKind};
use proptest::{collection::vec, option, prelude::*, sample::select};

const KNOWN: Known<'static> = Known {
    requirements: &[
        KnownRequirement { id: "bm5.1", countable: true },
        KnownRequirement { id: "bm6.1", countable: true },
    ],
    parameters: &[
        KnownParameter { name: "bm6-by-16", kind: ParameterKind::Number },
        KnownParameter { name: "virtual-alone-counts", kind: ParameterKind::YesNo },
    ],
};
const YEAR: AcademicYear = AcademicYear::starting(2026);

/// Trimmed, not blank, with everything that a CSV file or a spreadsheet could trip over.
fn text() -> impl Strategy<Value = String> {
    "[-=+@' \",;#éβa-z\r\n|\\\\]{0,6}[a-zA-Z0-9=']".prop_map(|text| text.trim().to_owned())
}

fn plain() -> impl Strategy<Value = String> {
    "[-=+@'a-z,\" ]{0,4}[a-z]".prop_map(|text| text.trim().to_owned())
}

fn date() -> impl Strategy<Value = Date> {
    (2018_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn word<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn learner() -> impl Strategy<Value = Learner> {
    let names =
        (option::of(select(&["R201100018042", "A0"][..])), option::of(Just("1000000019")), text(), text(), date());
    let rest = (
        option::of(text()),
        option::of(plain()),
        option::of(word(Sen::ALL)),
        any::<[Option<bool>; 3]>(),
        vec(plain(), 0..3),
    );
    let dates = (date(), option::of(0_i32..900), option::of((date(), 0_i32..900)));
    (names, rest, dates).prop_map(
        |((upn, uln, forename, surname, date_of_birth), (sex, form, sen, flags, subjects), dates)| {
            let after = |date: Date, days: i32| date.checked_add(jiff::Span::new().days(days)).unwrap();
            let (joined, stayed, programme) = dates;
            Learner {
                reference: String::new(),
                upn: upn.map(str::to_owned),
                uln: uln.map(str::to_owned),
                forename,
                surname,
                date_of_birth,
                sex,
                form,
                sen,
                fsm: flags[0],
                looked_after: flags[1],
                considering_he: flags[2],
                subjects,
                joined,
                left: stayed.map(|days| after(joined, days)),
                programme_starts: programme.map(|(starts, _)| starts),
                programme_ends: programme.map(|(starts, days)| after(starts, days)),
            }
        },
    )
}

fn activity() -> impl Strategy<Value = Activity> {
    let what = (text(), date(), word(Kind::ALL), option::of(word(ProviderType::ALL)), option::of(text()));
    let how = (word(Mode::ALL), option::of(text()), option::of(0_i64..90_000_000_000), vec(7_i8..15, 0..4));
    let more =
        (vec(word(Check::ALL), 0..5), option::of(Just(Through::CurriculumArea)), option::of(Just(Source::Transferred)));
    (what, how, more).prop_map(
        |((title, date, kind, provider_type, organisation), (mode, subject, hours, years), more)| Activity {
            reference: String::new(),
            title,
            date,
            kind,
            provider_type,
            organisation,
            mode,
            subject,
            hours: hours.and_then(Hours::from_billionths),
            year_groups: years.into_iter().map(YearGroup::new).collect(),
            checks: more.0.into_iter().collect(),
            through: more.1,
            source: more.2,
            state: domain::ActivityState::Planned,
        },
    )
}

fn institution() -> impl Strategy<Value = Institution> {
    let subjects = proptest::collection::btree_map((7_i8..14).prop_map(YearGroup::new), vec(text(), 0..3), 0..3);
    let days = proptest::collection::btree_map(2018_i16..2030, 20_i8..=31, 0..3);
    (
        text(),
        word(InstitutionType::ALL),
        7_i8..=11,
        0_i8..=3,
        subjects,
        days,
        option::of(1_u32..9),
        any::<Option<bool>>(),
    )
        .prop_map(|(name, kind, lowest, more, subjects, days, by_16, alone)| {
            let first_days =
                days.into_iter().map(|(year, day)| (AcademicYear::starting(year), Date::constant(year, 8, day)));
            let number = by_16.map(|count| ("bm6-by-16".to_owned(), count.to_string()));
            let yes = alone.map(|yes| ("virtual-alone-counts".to_owned(), yes.to_string()));
            Institution {
                name,
                kind,
                urn: Some("123456".into()),
                ukprn: None,
                lowest_year: YearGroup::new(lowest),
                highest_year: YearGroup::new(lowest + more),
                subjects,
                calendar: Calendar::new(first_days.collect()),
                parameters: number.into_iter().chain(yes).collect(),
            }
        })
}

type Years = BTreeMap<i16, i8>;

fn records() -> impl Strategy<Value = Records> {
    // Somewhere near a straight line, with years repeated and skipped.
    let years =
        (5_i8..9, proptest::collection::btree_map(2017_i16..2030, -2_i8..=2, 1..5)).prop_map(|(start, years)| {
            years.into_iter().map(|(year, off)| (year, start + (year - 2017) as i8 + off)).collect::<Years>()
        });
    let learners = vec((learner(), years), 1..5);
    let lists = (vec(activity(), 0..4), vec((0_u32..5, 0_u32..4, word(ParticipationStatus::ALL)), 0..8));
    let rest = (vec((0_u32..5, date(), any::<bool>()), 0..4), vec((0_u32..5, any::<bool>(), 0_u32..4, text()), 0..4));
    (institution(), learners, lists, rest, text()).prop_map(
        |(institution, learners, (activities, took), (reviews, adapted), prefix)| {
            let mut records = Records::new(institution);
            let count = learners.len() as u32;
            let learners: Vec<(Learner, Years)> = learners;
            for (at, (mut learner, years)) in learners.into_iter().enumerate() {
                learner.reference = format!("{prefix}{at}");
                records.learners.push(learner);
                for (year, group) in years {
                    let (academic_year, year_group) = (AcademicYear::starting(year), YearGroup::new(group));
                    records.year_records.push(YearRecord {
                        learner: LearnerIndex(at as u32),
                        academic_year,
                        year_group,
                    });
                }
            }
            for (at, mut activity) in activities.into_iter().enumerate() {
                activity.reference = format!("{prefix}{at}");
                records.activities.push(activity);
            }
            let mut pairs = BTreeSet::new();
            for (learner, activity, status) in took {
                if learner < count
                    && (activity as usize) < records.activities.len()
                    && pairs.insert((learner, activity))
                {
                    let (learner, activity) = (LearnerIndex(learner), ActivityIndex(activity));
                    records.participations.push(Participation { learner, activity, status });
                }
            }
            for (learner, date, preparing_for_adulthood) in reviews {
                if learner < count {
                    records.reviews.push(Review { learner: LearnerIndex(learner), date, preparing_for_adulthood });
                }
            }
            let mut pairs = BTreeSet::new();
            for (learner, bm5, number, reason) in adapted {
                let requirement = if bm5 { "bm5.1" } else { "bm6.1" }.to_owned();
                if learner < count && pairs.insert((learner, bm5)) {
                    let adapted = if number == 0 { Adapted::Out } else { Adapted::Count(number) };
                    let person = "A. Person".to_owned();
                    records.adaptations.push(Adaptation {
                        learner: LearnerIndex(learner),
                        requirement,
                        adapted,
                        reason,
                        person,
                    });
                }
            }
            records
        },
    )
}

/// The year group in a year, counted from the nearest recorded one; of two equally near, from the earlier. Written anew
/// here, slow and plain.
fn counted(records: &Records, learner: LearnerIndex, year: i16) -> i16 {
    let mut nearest: Option<&YearRecord> = None;
    for record in records.year_records.iter().filter(|record| record.learner == learner) {
        let distance = |record: &YearRecord| (record.academic_year.start() - year).abs();
        let nearer = nearest.is_none_or(|best| {
            distance(record) < distance(best)
                || (distance(record) == distance(best) && record.academic_year < best.academic_year)
        });
        if nearer {
            nearest = Some(record);
        }
    }
    let nearest = nearest.expect("every learner has a recorded year");
    i16::from(nearest.year_group.number()) + year - nearest.academic_year.start()
}

fn sorted<T: std::fmt::Debug>(values: &[T]) -> Vec<String> {
    let mut shown: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    shown.sort();
    shown
}

fn read_back(records: &Records, year: AcademicYear) -> folder::Reading {
    let options = Options { as_of: Date::constant(2027, 1, 15), known: KNOWN, good_rows_alone: false };
    folder::read(folder::write(records, year), &options)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_that_is_written_is_a_formula(records in records()) {
        for (name, bytes) in folder::write(&records, YEAR).into_iter().filter(|(name, _)| name.ends_with(".csv")) {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            for row in reader.records() {
                for cell in &row.expect("rows of equal width") {
                    prop_assert!(!cell.starts_with(exchange::sheet::STARTS), "{}: {:?}", name, cell);
                }
            }
        }
    }

    #[test]
    fn everything_comes_back(records in records()) {
        let reading = read_back(&records, YEAR);
        prop_assert_eq!(&reading.problems, &[]);
        let back = reading.records.expect("no problems");
        prop_assert_eq!(&back.institution, &records.institution);
        prop_assert_eq!(&back.learners, &records.learners);
        prop_assert_eq!(&back.activities, &records.activities);
        prop_assert_eq!(sorted(&back.participations), sorted(&records.participations));
        prop_assert_eq!(sorted(&back.reviews), sorted(&records.reviews));
        prop_assert_eq!(sorted(&back.adaptations), sorted(&records.adaptations));
        for learner in 0..records.learners.len() as u32 {
            for year in 2010..2040 {
                let index = LearnerIndex(learner);
                prop_assert_eq!(counted(&back, index, year), counted(&records, index, year), "learner {} in {}", learner, year);
            }
        }
        // And what came back is written the same again.
        prop_assert_eq!(folder::write(&back, YEAR), folder::write(&read_back(&back, YEAR).records.expect("no problems"), YEAR));
    }
}

#[test]
fn a_year_group_that_is_recorded_for_the_year_needs_no_second_file() {
    let text = "learner,forename,surname,date-of-birth,year-group,joined,left\n\
        L1,Ada,Quillfeather,2013-10-02,9,2024-09-03,\nL2,Bo,Thistlewick,2010-10-02,11,2021-09-03,2026-07-10\n";
    let files = [
        ("institution.toml", "name = \"Fernhollow\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 11\n"),
        ("learners.csv", text),
        ("activities.csv", "activity,title,date,kind\n"),
        ("participation.csv", "activity,learner\n"),
    ];
    let options = Options { as_of: Date::constant(2027, 1, 15), known: KNOWN, good_rows_alone: false };
    let reading = folder::read(files, &options);
    let records = reading.records.expect("no problems");
    assert_eq!(records.year_records[1].academic_year, AcademicYear::starting(2025));
    assert_eq!(folder::year_groups_of(&records), Some(YEAR));
    let written: Vec<String> = folder::write(&records, YEAR).into_iter().map(|(name, _)| name).collect();
    assert_eq!(written, ["institution.toml", "learners.csv", "activities.csv", "participation.csv"]);
    assert_eq!(read_back(&records, YEAR).records, Some(records));
}
