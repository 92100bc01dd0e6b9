//! The engine agrees with the slow implementation on random institutions.

mod oracle;
mod random;
mod rulebook_files;

use domain::{Date, InstitutionType, LearnerIndex, Records};
use jiff::civil::date;
use oracle::{Oracle, Outcome};
use proptest::prelude::*;
use random::{Random, Size, date_near, records, some_date};
use rules::*;

thread_local! {
    static RULEBOOK: Rulebook = rulebook_files::rulebook();
}

fn pack(kind: InstitutionType, as_of: Date) -> Pack {
    RULEBOOK.with(|rulebook| rulebook.framework(kind, as_of).clone())
}

const KINDS: [InstitutionType; 4] = [
    InstitutionType::Academy,
    InstitutionType::SpecialSchool,
    InstitutionType::FeCollege,
    InstitutionType::TrainingProvider,
];

fn outcome_of(finding: &ReportFinding, adapted: bool) -> Outcome {
    Outcome {
        status: finding.status.word(),
        reason: finding.reason.map(Reason::word),
        on: finding.on,
        evidence: finding.evidence.clone().unwrap_or_default(),
        deadline: finding.deadline,
        forecast: finding.forecast.map(|f| if f == Forecast::Planned { "planned" } else { "unplanned" }),
        partly_met: finding.partly_met,
        adapted,
    }
}

fn check(records: &Records, as_of: Date) {
    let pack = pack(records.institution.kind, as_of);
    let oracle = Oracle::new(records, as_of);
    let facts = Facts::new(records);
    let evaluation = evaluate(&pack, &facts, as_of);
    let report = Report::of(&pack, records, &facts, &evaluation);

    let ids: Vec<&str> = pack.requirements.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, oracle.requirements(), "requirements of {} on {as_of}", pack.id);
    let on_roll = oracle.on_roll();
    assert_eq!(evaluation.learners.iter().map(|l| l.0 as usize).collect::<Vec<_>>(), on_roll);
    assert_eq!(report.learners.len(), on_roll.len());
    assert!(report.learners.is_sorted_by_key(|learner| learner.learner.clone()));

    for (position, id) in ids.iter().enumerate() {
        let mut expected = Tally::default();
        for learner in &on_roll {
            let outcome = oracle.outcome(*learner, id);
            let reference = &records.learners[*learner].reference;
            let line = report.learners.iter().find(|line| line.learner == *reference).unwrap();
            let finding = &line.requirements.0[position].1;
            let standing = evaluation.standing(LearnerIndex(*learner as u32), position).unwrap();
            let what = format!("{id} of {reference} (learner {learner}) on {as_of}");
            assert_eq!(outcome_of(finding, standing.is_adapted()), outcome, "{what}");
            assert_eq!(standing.is_planned(), outcome.forecast == Some("planned"), "{what}");
            assert_eq!(i16::from(line.year_group.unwrap()), i16::from(oracle.years.group_on(*learner, as_of)));

            let explanation = explain(&pack, records, &facts, as_of, LearnerIndex(*learner as u32), id).unwrap();
            assert_eq!(explanation.status, standing.status(), "{what}");
            assert_eq!(explanation.reason, standing.reason(), "{what}");
            assert_eq!(explanation.on, outcome.on, "{what}");
            assert_eq!(explanation.missing.is_empty(), outcome.status != "due", "{what}: something is missing if due");
            for (_, why) in &explanation.not_counted {
                assert!(!why.is_empty(), "{what}: each that does not count says why");
            }

            match outcome.status {
                "met" => expected.met += 1,
                "due" => expected.due += 1,
                "missed" => expected.missed += 1,
                "upcoming" => expected.upcoming += 1,
                _ => {}
            }
            expected.in_scope += u32::from(outcome.status != "not-applicable");
            expected.partly_met += u32::from(outcome.partly_met);
            expected.adapted += u32::from(outcome.adapted);
            expected.planned += u32::from(outcome.forecast == Some("planned"));
        }
        assert_eq!(evaluation.tallies[position], expected, "{id} on {as_of}");
        for grouping in [Grouping::YearGroup, Grouping::Form, Grouping::Sex, Grouping::Sen, Grouping::LookedAfter] {
            let groups = evaluation.by(&facts, grouping);
            let sum = groups.iter().fold(Tally::default(), |sum, group| sum.plus(group.tallies[position]));
            assert_eq!(sum, expected, "{id} by {grouping:?} adds up");
        }
        if id.starts_with("pal.") {
            let offered: Vec<_> = evaluation.offered[position]
                .iter()
                .map(|o| (o.year_group.number(), (o.status.word(), o.occasions as usize, o.on)))
                .collect();
            assert_eq!(offered, oracle.offered(id).into_iter().collect::<Vec<_>>(), "{id} offered on {as_of}");
        }
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_the_slow_implementation(
        seed in any::<u64>(), kind in 0..KINDS.len(), learners in 1..8_u64, activities in 0..70_u64, day in any::<u64>(),
    ) {
        let records = records(seed, KINDS[kind], Size { learners, activities });
        check(&records, date_near(seed, &mut Random::new(day, 0)));
        check(&records, some_date(&mut Random::new(day, 1)));
    }
}

#[test]
fn they_agree_on_every_edge_of_a_few_institutions() {
    for seed in 0..6 {
        let records = records(seed, KINDS[seed as usize % 4], Size { learners: 6, activities: 60 });
        for year in [2022, 2023, 2025, 2026, 2028] {
            for (month, day) in [(2, 28), (3, 1), (8, 31), (9, 1), (12, 31), (1, 1)] {
                check(&records, date(year, month, day));
            }
        }
    }
}

#[test]
fn the_random_institutions_reach_every_status_of_every_requirement() {
    let mut seen = std::collections::BTreeMap::<(String, String), u32>::new();
    for seed in 0..4000 {
        let kind = KINDS[seed as usize % 3];
        let records = records(seed, kind, Size { learners: 5, activities: 30 + seed % 70 });
        let as_of = date_near(seed, &mut Random::new(seed, 0));
        let pack = pack(kind, as_of);
        let facts = Facts::new(&records);
        let evaluation = evaluate(&pack, &facts, as_of);
        for position in 0..evaluation.on_roll() {
            for (requirement, standing) in pack.requirements.iter().zip(evaluation.of_position(position)) {
                let mut word = standing.reason().map_or(standing.status().word(), Reason::word).to_owned();
                if standing.is_planned() {
                    word += " planned";
                }
                if standing.is_partly_met() {
                    word += " partly";
                }
                *seen.entry((format!("{} {}", pack.id, requirement.id), word)).or_default() += 1;
            }
        }
    }
    let has = |requirement: &str, standing: &str| seen.contains_key(&(requirement.to_owned(), standing.to_owned()));
    let ids: std::collections::BTreeSet<&String> = seen.keys().map(|(requirement, _)| requirement).collect();
    for id in ids {
        for standing in ["met", "due", "due planned"] {
            // Two planned encounters in person with a university are too rare to wait for.
            let rare = id.ends_with("bm7.2") && standing == "due planned";
            assert!(rare || has(id, standing) || has(id, &format!("{standing} partly")), "{id} is never {standing}");
        }
        let windows_close_inside_scope = id.contains("pal.") || id.contains("post16");
        assert_eq!(has(id, "missed"), windows_close_inside_scope || id.ends_with("bm5.1.all"), "{id} missed");
    }
    for (id, standing) in [
        ("england-schools-2025 pal.second", "joined-after-window"),
        ("england-schools-2018 pal.first", "window-before-duty"),
        ("england-schools-2025 bm4.1", "no-subjects"),
        ("england-schools-2025 bm6.1", "due partly"),
        ("england-schools-2025 bm6.1", "adapted"),
        ("england-post16-2025 bm2.1", "upcoming"),
    ] {
        assert!(has(id, standing), "{id} is never {standing}");
    }
}
