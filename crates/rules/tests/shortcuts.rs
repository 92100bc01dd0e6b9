//! The bulk pass finds what the exact function finds, for requirements that no edition asks (yet) and records that no
//! school has: the shortcuts' limits never change a finding.

mod random;
mod rulebook_files;

use std::collections::BTreeMap;

use domain::*;
use jiff::ToSpan;
use proptest::prelude::*;
use random::{Random, Size, date_near, records};
use rules::*;

/// Compares the bulk pass with the explanation of every learner and requirement.
fn check(pack: &Pack, records: &Records, as_of: Date) {
    let facts = Facts::new(records);
    let evaluation = evaluate(pack, &facts, as_of);
    for (position, learner) in evaluation.learners.iter().enumerate() {
        for (standing, requirement) in evaluation.of_position(position).iter().zip(&pack.requirements) {
            let exact = explain(pack, records, &facts, as_of, *learner, &requirement.id).unwrap();
            assert_eq!(
                (standing.status(), standing.reason(), standing.is_partly_met(), standing.is_planned()),
                (exact.status, exact.reason, exact.partly_met, exact.forecast == Some(Forecast::Planned)),
                "learner {learner:?} on {as_of}: {requirement:#?}"
            );
        }
    }
}

fn year_group(random: &mut Random) -> YearGroup {
    YearGroup::new(7 + random.below(8) as i8)
}

fn counted(random: &mut Random) -> Counted {
    Counted {
        kind: random.pick(&[
            Kind::EmployerEncounter,
            Kind::WorkplaceExperience,
            Kind::ProviderEncounter,
            Kind::LabourMarket,
        ]),
        checklist: random.one_in(2),
        provider_type: random.one_in(4).then(|| random.pick(ProviderType::ALL)),
        mode: random.one_in(4).then(|| random.pick(Mode::ALL)),
    }
}

fn shape(random: &mut Random, counts: &[String]) -> Shape {
    let virtual_rule = random.pick(&[Virtual::Counts, Virtual::NotAlone, Virtual::WithinKeyStage]);
    let at_least = Amount::Fixed(1 + random.below(3) as u32);
    match random.below(8) {
        0 => Shape::ProviderTypes { counted: counted(random), at_least, virtual_rule },
        1 => Shape::TwoOccasions,
        2 => Shape::Hours { kind: Kind::WorkplaceExperience, at_least: Amount::Fixed(5 + random.below(30) as u32) },
        3 => Shape::EverySubject(if random.one_in(2) {
            SubjectsAsked::Taught
        } else {
            SubjectsAsked::These(vec!["English".into(), "art".into()][..random.below(3) as usize].to_vec())
        }),
        4 if !counts.is_empty() => Shape::EveryYear { of: counts[random.below(counts.len() as u64) as usize].clone() },
        5 => Shape::AnnualReview,
        _ => Shape::Count {
            counted: counted(random),
            at_least,
            different_dates: random.one_in(2),
            virtual_rule,
            through_curriculum: if random.one_in(4) { 1 } else { 0 },
            partly: random.one_in(2),
        },
    }
}

fn window(random: &mut Random, shape: &Shape) -> Window {
    if matches!(shape, Shape::EveryYear { .. }) {
        return Window::EachYearFrom(year_group(random));
    }
    let (first, last) = (year_group(random), year_group(random));
    match random.below(4) {
        0 => Window::CurrentYear,
        1 => Window::Programme,
        _ => Window::Years {
            first: first.min(last),
            last: first.max(last),
            closes: random.pick(&[Bound::EndOfYear, Bound::EndOfFebruary]),
            opened_from: random.one_in(4).then(|| Date::constant(2022, 9, 1)),
        },
    }
}

/// An edition that asks for anything that can be asked.
fn random_pack(random: &mut Random, sector: Sector) -> Pack {
    let mut requirements: Vec<Requirement> = Vec::new();
    for index in 0..8 {
        let counts: Vec<String> =
            requirements.iter().filter(|r| matches!(r.shape, Shape::Count { .. })).map(|r| r.id.clone()).collect();
        let shape = shape(random, &counts);
        let (first, last) = (year_group(random), year_group(random));
        requirements.push(Requirement {
            id: format!("r{index}"),
            area: Area::Benchmark(1),
            force: Force::Must,
            force_for: BTreeMap::new(),
            offered: random.one_in(2),
            scope: Scope {
                years: random.one_in(2).then(|| (first.min(last), first.max(last))),
                only: random.one_in(5).then(|| random.pick(&[ScopeOnly::ConsideringHe, ScopeOnly::Ehcp])),
            },
            window: window(random, &shape),
            shape,
            wording: Wording::default(),
            sources: Vec::new(),
        });
    }
    Pack {
        id: "random".into(),
        title: "Random".into(),
        sector,
        from: None,
        until: None,
        parameters: Vec::new(),
        requirements,
        institution_requirements: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edition_is_found_the_same_in_bulk(
        seed in any::<u64>(), post16 in any::<bool>(), learners in 1..6_u64, activities in 0..70_u64,
    ) {
        let kind = if post16 { InstitutionType::FeCollege } else { InstitutionType::Academy };
        let random = &mut Random::new(seed, 95);
        let mut records = records(seed, kind, Size { learners, activities });
        let sector = if random.one_in(4) { Sector::School } else { kind.sector() };
        let pack = random_pack(random, sector);
        for adaptation in &mut records.adaptations {
            adaptation.requirement = format!("r{}", random.below(8));
        }
        let mut seen = std::collections::BTreeSet::new();
        records.adaptations.retain(|adaptation| seen.insert((adaptation.learner, adaptation.requirement.clone())));
        check(&pack, &records, date_near(seed, random));
    }
}

#[test]
fn more_subjects_than_bits_are_found_the_same() {
    let rulebook = rulebook_files::rulebook();
    for seed in 0..20 {
        let mut records = records(seed, InstitutionType::Academy, Size { learners: 6, activities: 90 });
        let random = &mut Random::new(seed, 94);
        let as_of = date_near(seed, random);
        let subject = |number: u64| format!("Subject {number}");
        for (number, learner) in records.learners.iter_mut().enumerate() {
            learner.subjects = (0..2).map(|_| subject(random.below(90))).collect();
            learner.joined = Date::constant(2016, 9, 1);
            learner.left = None;
            if number == 0 {
                learner.subjects = (0..90).map(subject).collect();
            }
        }
        for activity in &mut records.activities {
            activity.kind = Kind::Curriculum;
            activity.date = as_of.saturating_sub((random.below(40) as i64).days());
            activity.subject = Some(subject(random.below(90)));
        }
        check(rulebook.framework(InstitutionType::Academy, as_of), &records, as_of);
    }
}

#[test]
fn more_programmes_than_segments_are_found_the_same() {
    let rulebook = rulebook_files::rulebook();
    let mut records = records(3, InstitutionType::FeCollege, Size { learners: 1, activities: 90 });
    let first = Learner { left: None, joined: Date::constant(2016, 9, 1), ..records.learners[0].clone() };
    let random = &mut Random::new(3, 93);
    records.learners.clear();
    records.participations.clear();
    records.adaptations.clear();
    for number in 0..300_u32 {
        let starts = Date::constant(2022, 9, 1).saturating_add((random.below(1000) as i64).days());
        let ends = starts.saturating_add((random.below(700) as i64).days());
        let reference = number.to_string();
        records.learners.push(Learner {
            reference,
            programme_starts: Some(starts),
            programme_ends: Some(ends),
            ..first.clone()
        });
        let learner = LearnerIndex(number);
        let academic_year = AcademicYear::starting(2024);
        records.year_records.push(YearRecord { learner, academic_year, year_group: YearGroup::new(12) });
        for activity in (0..90).map(ActivityIndex) {
            if !random.one_in(3) {
                continue;
            }
            let status = random.pick(&[ParticipationStatus::Attended, ParticipationStatus::Invited]);
            records.participations.push(Participation { learner, activity, status });
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    records.year_records.retain(|record| seen.insert(record.learner));
    let as_of = Date::constant(2024, 6, 1);
    check(rulebook.framework(InstitutionType::FeCollege, as_of), &records, as_of);
}
