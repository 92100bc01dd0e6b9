//! Every worked case of the rulebook, run through the engine.

use std::{collections::BTreeSet, fs, path::PathBuf};

use rules::{
    Cases, Explanation, Facts, InstitutionStatus, RULEBOOK_FILES, Reason, Rulebook, Status, WholeCase, WorkedCase,
    evaluate, evaluate_institution, explain, sentence,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebook")
}

fn rulebook() -> Rulebook {
    let files: Vec<(&str, String)> =
        RULEBOOK_FILES.iter().map(|path| (*path, fs::read_to_string(folder().join(path)).unwrap())).collect();
    Rulebook::load(&files).unwrap()
}

fn cases(rulebook: &Rulebook) -> Cases {
    let mut files = Vec::new();
    for framework in fs::read_dir(folder().join("cases")).unwrap() {
        let framework = framework.unwrap();
        for file in fs::read_dir(framework.path()).unwrap() {
            let file = file.unwrap();
            let (folder, name) = (framework.file_name(), file.file_name());
            let path = format!("cases/{}/{}", folder.to_string_lossy(), name.to_string_lossy());
            files.push((path, fs::read_to_string(file.path()).unwrap()));
        }
    }
    Cases::load(rulebook, &files).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("the cases have faults:\n{}", lines.join("\n"))
    })
}

#[test]
fn every_worked_case_comes_out_as_it_says() {
    let rulebook = rulebook();
    let mut run = 0;
    let mut wrong = Vec::new();
    for of in cases(&rulebook).iter() {
        for case in &of.cases {
            run += 1;
            for difference in differences(&rulebook, &of.framework, &of.requirement, case) {
                wrong.push(format!("{} {} | {}: {difference}", of.framework, of.requirement, case.that));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 100, "only {run} cases were found");
}

/// What the engine says differently from the case.
fn differences(rulebook: &Rulebook, framework: &str, requirement: &str, case: &WorkedCase) -> Vec<String> {
    let records = &case.given;
    let pack = rulebook.framework(records.institution.kind, case.as_of);
    if pack.id != framework {
        return vec![format!("{} belongs to {}", case.as_of, pack.id)];
    }
    let facts = Facts::new(records);
    let learner = domain::LearnerIndex(0);
    let found =
        explain(pack, records, &facts, case.as_of, learner, requirement).expect("the requirement is in the pack");
    let expected = &case.expected;
    let mut differences = Vec::new();
    let mut same = |what: &str, found: String, expected: String| {
        if found != expected {
            differences.push(format!("{what} is {found}, the case says {expected}"));
        }
    };
    same("status", format!("{:?}", found.status), format!("{:?}", expected.status));
    same("reason", format!("{:?}", found.reason), format!("{:?}", expected.reason));
    same("on", format!("{:?}", found.on), format!("{:?}", expected.on));
    same("deadline", format!("{:?}", found.deadline), format!("{:?}", expected.deadline));
    same("partly met", found.partly_met.to_string(), expected.partly_met.to_string());
    if let Some(evidence) = &expected.evidence {
        let numbers: Vec<&str> =
            found.evidence.iter().map(|index| records.activity(*index).reference.as_str()).collect();
        same("evidence", format!("{numbers:?}"), format!("{evidence:?}"));
    }
    if expected.forecast.is_some() {
        same("forecast", format!("{:?}", found.forecast), format!("{:?}", expected.forecast));
    }
    if let Some(words) = expected.still_needed.as_ref().filter(|words| !found.missing_sentence().contains(*words)) {
        same("what is still needed", found.missing_sentence(), words.clone());
    }
    for (number, because) in &expected.not_counted {
        let reasons = why_not(&found, case, number);
        if !reasons.contains(because.as_str()) {
            same(&format!("activity {number}"), format!("not counted because “{reasons}”"), because.clone());
        }
    }
    let evaluation = evaluate(pack, &facts, case.as_of);
    let position = pack.requirements.iter().position(|other| other.id == requirement).unwrap();
    if let Some(standing) = evaluation.standing(learner, position) {
        same("bulk status", format!("{:?}", standing.status()), format!("{:?}", found.status));
        same("bulk reason", format!("{:?}", standing.reason()), format!("{:?}", found.reason));
        same("bulk partly met", standing.is_partly_met().to_string(), found.partly_met.to_string());
        if found.status == Status::Due {
            let planned = found.forecast == Some(rules::Forecast::Planned);
            same("bulk forecast", standing.is_planned().to_string(), planned.to_string());
        }
    } else {
        same("reason, off roll", format!("{:?}", found.reason), format!("{:?}", Some(Reason::NotOnRoll)));
    }
    if let Some(offer) = &expected.offered {
        let year_group = found.year_group.unwrap();
        let offered = evaluation.offered[position].iter().find(|offered| offered.year_group == year_group);
        match offered {
            Some(offered) => {
                same("offer", format!("{:?}", offered.status), format!("{:?}", offer.status));
                same("occasions offered", offered.occasions.to_string(), offer.occasions.to_string());
                same("offered on", format!("{:?}", offered.on), format!("{:?}", offer.on));
            }
            None => same("offer", "none".to_owned(), format!("{offer:?}")),
        }
    }
    differences
}

fn why_not(found: &Explanation, case: &WorkedCase, number: &str) -> String {
    let reasons = found.not_counted.iter().find(|(index, _)| case.given.activity(*index).reference == number);
    reasons.map_or(String::new(), |(_, reasons)| reasons.iter().map(sentence::why_not).collect::<Vec<_>>().join("; "))
}

#[test]
fn every_requirement_on_learners_has_a_case_that_is_met_one_that_is_not_and_one_at_the_edge() {
    let rulebook = rulebook();
    let cases = cases(&rulebook);
    let mut lacking = Vec::new();
    let mut ids: Vec<(&str, &str)> = Vec::new();
    for pack in rulebook.packs() {
        ids.extend(pack.requirements.iter().map(|requirement| (pack.id.as_str(), requirement.id.as_str())));
    }
    ids.sort_unstable();
    ids.dedup();
    for (framework, id) in ids {
        let of = cases.of(framework, id);
        let with = |statuses: &[Status]| of.iter().filter(|case| statuses.contains(&case.expected.status)).count();
        let (met, not_met) = (with(&[Status::Met]), with(&[Status::Due, Status::Missed]));
        if met == 0 || not_met == 0 || of.len() < 3 {
            lacking.push(format!("{framework} {id}: {met} met, {not_met} not met, {} in all", of.len()));
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn every_worked_case_on_an_institution_comes_out_as_it_says() {
    let rulebook = rulebook();
    let cases = cases(&rulebook);
    let (mut run, mut wrong) = (0, Vec::new());
    let mut lacking = Vec::new();
    for (framework, id) in whole_ids(&rulebook) {
        let of = cases.whole(&framework, &id);
        let is_met = |case: &WholeCase| case.status == InstitutionStatus::Met;
        if of.len() < 3 || !of.iter().any(is_met) || of.iter().all(is_met) {
            lacking.push(format!("{framework} {id}: {} cases", of.len()));
        }
        for case in of {
            run += 1;
            let kind = case.records.institution.kind;
            let pack = rulebook.framework(kind, case.as_of);
            assert_eq!(pack.id, framework, "{id}: {}", case.that);
            let findings = evaluate_institution(pack, kind, &case.holdings, case.as_of);
            let finding = findings.iter().find(|finding| finding.requirement == id).unwrap();
            if (finding.status, finding.holds_until) != (case.status, case.holds_until) {
                let found = format!("{:?} until {:?}", finding.status, finding.holds_until);
                let expected = format!("{:?} until {:?}", case.status, case.holds_until);
                wrong.push(format!("{framework} {id} | {}: {found}, the case says {expected}", case.that));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

fn whole_ids(rulebook: &Rulebook) -> BTreeSet<(String, String)> {
    let packs = rulebook.packs().iter();
    packs.flat_map(|pack| pack.institution_requirements.iter().map(|r| (pack.id.clone(), r.id.clone()))).collect()
}
