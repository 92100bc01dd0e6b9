//! Requirements on the institution as a whole, and the eight benchmarks, with the rulebook itself.

mod rulebook_files;

use std::collections::BTreeSet;

use domain::InstitutionType;
use jiff::civil::date;
use rules::*;

#[test]
fn a_benchmark_without_any_record_is_not_achieved() {
    let rulebook = rulebook_files::rulebook();
    let as_of = date(2026, 11, 23);
    let pack = rulebook.framework(InstitutionType::Academy, as_of);
    let records = domain::Records::new(rulebook_files::academy());
    let evaluation = evaluate(pack, &Facts::new(&records), as_of);
    let findings = evaluate_institution(pack, InstitutionType::Academy, &Holdings::default(), as_of);
    assert_eq!(findings.len(), pack.institution_requirements.len());
    assert!(findings.iter().all(|finding| finding.status == InstitutionStatus::NotYet));
    for summary in benchmarks(pack, &evaluation, &findings) {
        let expected = if summary.institution_requirements.is_empty() {
            (BenchmarkStatus::NothingToCount, None)
        } else {
            (BenchmarkStatus::NotAchieved, Some(0.0))
        };
        assert_eq!((summary.status, summary.percent), expected, "benchmark {}", summary.benchmark);
    }
}

#[test]
fn attesting_everything_achieves_what_no_learner_is_counted_in() {
    let rulebook = rulebook_files::rulebook();
    let as_of = date(2026, 11, 23);
    let pack = rulebook.framework(InstitutionType::Academy, as_of);
    let records = domain::Records::new(rulebook_files::academy());
    let evaluation = evaluate(pack, &Facts::new(&records), as_of);
    let attestation = |requirement: &InstitutionRequirement| Attestation {
        requirement: requirement.id.clone(),
        answer: Answer::Met,
        attested_on: as_of,
        evidence: "Minutes".into(),
        owner: "Someone".into(),
    };
    let holdings = Holdings {
        attestations: pack.institution_requirements.iter().map(attestation).collect(),
        ..Holdings::default()
    };
    let findings = evaluate_institution(pack, InstitutionType::Academy, &holdings, as_of);
    let derived: BTreeSet<&str> =
        findings.iter().filter(|f| f.status == InstitutionStatus::NotYet).map(|f| f.requirement.as_str()).collect();
    for finding in &findings {
        assert_eq!(matches!(finding.basis, Basis::Derived(_)), derived.contains(finding.requirement.as_str()));
    }
    let summaries = benchmarks(pack, &evaluation, &findings);
    assert_eq!((summaries[0].status, summaries[0].percent), (BenchmarkStatus::Achieved, Some(100.0)));
}
