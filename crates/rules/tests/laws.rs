//! What must hold of every evaluation, whatever the records.

mod random;
mod rulebook_files;

use domain::*;
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;
use random::{Random, Size, activity, date_near, records};
use rules::*;

const KINDS: [InstitutionType; 3] =
    [InstitutionType::Academy, InstitutionType::IndependentSchool, InstitutionType::SixthFormCollege];

thread_local! {
    static RULEBOOK: Rulebook = rulebook_files::rulebook();
}

fn pack(kind: InstitutionType, as_of: Date) -> Pack {
    RULEBOOK.with(|rulebook| rulebook.framework(kind, as_of).clone())
}

fn report(records: &Records, as_of: Date) -> Report {
    Report::new(&pack(records.institution.kind, as_of), records, &Facts::new(records), as_of)
}

fn evaluation(records: &Records, as_of: Date) -> Evaluation {
    evaluate(&pack(records.institution.kind, as_of), &Facts::new(records), as_of)
}

fn shuffle<T>(list: &mut [T], random: &mut Random) {
    for last in (1..list.len()).rev() {
        list.swap(last, random.below(last as u64 + 1) as usize);
    }
}

/// The same records with learners and activities in another order.
fn reordered(records: &Records, random: &mut Random) -> Records {
    let mut learners: Vec<usize> = (0..records.learners.len()).collect();
    let mut activities: Vec<usize> = (0..records.activities.len()).collect();
    shuffle(&mut learners, random);
    shuffle(&mut activities, random);
    let learner =
        |old: LearnerIndex| LearnerIndex(learners.iter().position(|at| *at == old.0 as usize).unwrap() as u32);
    let activity_at =
        |old: ActivityIndex| ActivityIndex(activities.iter().position(|at| *at == old.0 as usize).unwrap() as u32);
    let mut other = Records {
        institution: records.institution.clone(),
        learners: learners.iter().map(|at| records.learners[*at].clone()).collect(),
        year_records: records.year_records.iter().map(|r| YearRecord { learner: learner(r.learner), ..*r }).collect(),
        activities: activities.iter().map(|at| records.activities[*at].clone()).collect(),
        participations: records
            .participations
            .iter()
            .map(|p| Participation { learner: learner(p.learner), activity: activity_at(p.activity), status: p.status })
            .collect(),
        reviews: records.reviews.iter().map(|r| Review { learner: learner(r.learner), ..*r }).collect(),
        adaptations: records
            .adaptations
            .iter()
            .map(|a| Adaptation { learner: learner(a.learner), ..a.clone() })
            .collect(),
    };
    shuffle(&mut other.year_records, random);
    shuffle(&mut other.participations, random);
    shuffle(&mut other.reviews, random);
    shuffle(&mut other.adaptations, random);
    other
}

/// The report as data, without its sentences: these may spell a subject as the first of several records does.
fn without_sentences(mut report: Report) -> Report {
    for learner in &mut report.learners {
        for (_, finding) in &mut learner.requirements.0 {
            finding.missing = None;
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_does_not_matter(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 1..8_u64, activities in 0..60_u64,
    ) {
        let records = records(seed, KINDS[kind], Size { learners, activities });
        let random = &mut Random::new(seed, 99);
        let as_of = date_near(seed, random);
        let other = reordered(&records, random);
        prop_assert_eq!(without_sentences(report(&records, as_of)), without_sentences(report(&other, as_of)));
    }

    #[test]
    fn a_record_that_is_added_never_turns_met_into_not_met(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 1..6_u64, activities in 0..60_u64,
    ) {
        let records = records(seed, KINDS[kind], Size { learners, activities });
        let random = &mut Random::new(seed, 98);
        let as_of = date_near(seed, random);
        let before = evaluation(&records, as_of);

        // One more activity that everybody attended, and one more review of everybody.
        let mut more = records.clone();
        more.activities.push(Activity { reference: "one more".into(), ..activity(seed, 1000) });
        for learner in (0..records.learners.len() as u32).map(LearnerIndex) {
            let activity = ActivityIndex(more.activities.len() as u32 - 1);
            more.participations.push(Participation { learner, activity, status: ParticipationStatus::Attended });
            more.reviews.push(Review { learner, date: date_near(seed, random), preparing_for_adulthood: true });
        }
        let after = evaluation(&more, as_of);
        prop_assert_eq!(before.standings.len(), after.standings.len());
        for (before, after) in before.standings.iter().zip(&after.standings) {
            if before.status() == Status::Met {
                prop_assert_eq!(after.status(), Status::Met);
            }
            if before.is_planned() {
                prop_assert!(after.is_planned() || after.status() == Status::Met);
            }
        }
        for (before, after) in before.offered.iter().flatten().zip(after.offered.iter().flatten()) {
            prop_assert!(after.occasions >= before.occasions);
        }
    }

    #[test]
    fn another_learner_changes_nothing(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 2..8_u64, activities in 0..60_u64,
    ) {
        let records = records(seed, KINDS[kind], Size { learners, activities });
        let as_of = date_near(seed, &mut Random::new(seed, 97));
        let last = learners as u32 - 1;
        let mut fewer = records.clone();
        fewer.learners.pop();
        fewer.year_records.retain(|record| record.learner.0 != last);
        fewer.participations.retain(|record| record.learner.0 != last);
        fewer.reviews.retain(|record| record.learner.0 != last);
        fewer.adaptations.retain(|record| record.learner.0 != last);
        let (all, fewer) = (evaluation(&records, as_of), evaluation(&fewer, as_of));
        for (position, learner) in fewer.learners.iter().enumerate() {
            let in_all = all.position_of(*learner).unwrap();
            prop_assert_eq!(fewer.of_position(position), all.of_position(in_all));
        }
    }

    #[test]
    fn nothing_panics_on_any_day(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 0..5_u64, activities in 0..40_u64, year in -9999..=9999_i16,
        month in 1..=12_i8, day in 1..=28_i8,
    ) {
        let records = records(seed, KINDS[kind], Size { learners, activities });
        for as_of in [date(year, month, day), Date::MIN, Date::MAX] {
            let report = report(&records, as_of);
            prop_assert_eq!(report.institution.on_roll, report.learners.len());
            let facts = Facts::new(&records);
            let pack = pack(records.institution.kind, as_of);
            for learner in 0..learners as u32 {
                for requirement in &pack.requirements {
                    prop_assert!(explain(&pack, &records, &facts, as_of, LearnerIndex(learner), &requirement.id).is_some());
                }
            }
            let holdings = Holdings { programme: ProgrammeYear::of(&records, as_of), ..Holdings::default() };
            evaluate_institution(&pack, records.institution.kind, &holdings, as_of);
        }
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_do_not_panic(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 1..5_u64, activities in 1..40_u64,
    ) {
        let mut records = records(seed, KINDS[kind], Size { learners, activities });
        let random = &mut Random::new(seed, 96);
        for activity in &mut records.activities {
            if random.one_in(3) {
                activity.date = random.pick(&[Date::MIN, Date::MAX, Date::MIN.saturating_add(1.day()), date(9999, 8, 31)]);
            }
        }
        for learner in &mut records.learners {
            learner.joined = random.pick(&[Date::MIN, learner.joined, Date::MAX]);
            learner.left = random.pick(&[None, Some(Date::MAX), learner.left]);
        }
        for record in &mut records.year_records {
            if random.one_in(3) {
                record.academic_year = AcademicYear::starting(random.pick(&[-9999, 9999, 1000, 2020]));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        records.year_records.retain(|record| seen.insert((record.learner, record.academic_year)));
        for as_of in [Date::MIN, date(2026, 9, 1), Date::MAX] {
            let facts = Facts::new(&records);
            let pack = pack(records.institution.kind, as_of);
            let evaluation = evaluate(&pack, &facts, as_of);
            let report = Report::of(&pack, &records, &facts, &evaluation);
            prop_assert_eq!(report.learners.len(), evaluation.on_roll());
        }
    }
}

#[test]
fn another_institution_changes_nothing() {
    let as_of = date(2026, 11, 23);
    let first = records(1, InstitutionType::Academy, Size { learners: 6, activities: 60 });
    let alone = report(&first, as_of);
    let second = Facts::new(&records(2, InstitutionType::Academy, Size { learners: 6, activities: 60 }));
    evaluate(&pack(InstitutionType::Academy, as_of), &second, as_of);
    assert_eq!(report(&first, as_of), alone);
}
