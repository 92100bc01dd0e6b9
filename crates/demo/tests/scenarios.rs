//! The rules say of every named learner what the demo says they show, and nothing that can be shown is left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use demo::{Expected, Place};
use domain::{InstitutionType, LearnerIndex, Records};
use rules::{Facts, RULEBOOK_FILES, Reason, Rulebook, Standing, Status, evaluate};

fn rulebook() -> Rulebook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let read =
        |path: &&str| (path.to_string(), std::fs::read_to_string(folder.join(path)).expect("the rulebook is there"));
    Rulebook::load(&RULEBOOK_FILES.iter().map(read).collect::<Vec<_>>()).expect("the rulebook has no faults")
}

fn as_expected(standing: Standing) -> Expected {
    match standing.status() {
        Status::NotApplicable => Expected::NotApplicable(standing.reason().map_or("", Reason::word)),
        Status::Upcoming => Expected::Upcoming,
        Status::Met => Expected::Met,
        Status::Due => Expected::Due { planned: standing.is_planned(), partly: standing.is_partly_met() },
        Status::Missed => Expected::Missed,
    }
}

#[test]
fn the_rules_agree_with_every_scenario() {
    let rulebook = rulebook();
    let places: BTreeMap<Place, (Records, Facts)> = [
        (Place::Academy, demo::academy()),
        (Place::SpecialSchool, demo::special_school()),
        (Place::College, demo::college()),
    ]
    .into_iter()
    .map(|(place, records)| {
        let facts = Facts::new(&records);
        (place, (records, facts))
    })
    .collect();
    let mut evaluations = BTreeMap::new();
    let mut wrong = Vec::new();
    for scenario in demo::scenarios() {
        let (records, facts) = &places[&scenario.place];
        let pack = rulebook.framework(records.institution.kind, scenario.as_of);
        assert_eq!(pack.id, scenario.framework);
        let evaluation = evaluations
            .entry((scenario.place, scenario.as_of))
            .or_insert_with(|| evaluate(pack, facts, scenario.as_of));
        let index =
            records.learners.iter().position(|l| l.reference == scenario.learner).expect("a learner of the place");
        let learner = LearnerIndex(index as u32);
        let requirement = pack.requirements.iter().position(|r| r.id == scenario.requirement).expect("a requirement");
        let found = evaluation.standing(learner, requirement);
        let agrees = found.is_some_and(|s| as_expected(s) == scenario.expected && s.is_adapted() == scenario.adapted);
        if !agrees {
            let name = &records.learners[index];
            wrong.push(format!("{} {}: {scenario:?} but {:?}", name.forename, name.surname, found.map(as_expected)));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a status looks like, without regard to how it comes about.
fn look(expected: Expected) -> &'static str {
    match expected {
        Expected::NotApplicable(reason) => reason,
        Expected::Upcoming => "upcoming",
        Expected::Met => "met",
        Expected::Due { planned: true, partly: true } => "due, partly met, planned",
        Expected::Due { planned: false, partly: true } => "due, partly met, unplanned",
        Expected::Due { planned: true, .. } => "due, planned",
        Expected::Due { planned: false, .. } => "due, unplanned",
        Expected::Missed => "missed",
    }
}

#[test]
fn every_status_that_a_requirement_can_have_is_shown() {
    let rulebook = rulebook();
    let shown: BTreeSet<(&str, &str, &str)> =
        demo::scenarios().iter().map(|s| (s.framework, s.requirement, look(s.expected))).collect();
    let adapted_count: BTreeSet<_> = demo::scenarios()
        .iter()
        .filter(|s| s.adapted && s.expected != Expected::NotApplicable("adapted"))
        .map(|s| (s.framework, s.requirement))
        .collect();
    let day = demo::AS_OF;
    let before = domain::Date::constant(2025, 1, 20);
    let mut absent = Vec::new();
    for pack in [
        rulebook.framework(InstitutionType::Academy, day),
        rulebook.framework(InstitutionType::Academy, before),
        rulebook.framework(InstitutionType::FeCollege, day),
    ] {
        for requirement in &pack.requirements {
            let id = requirement.id.as_str();
            let post16 = pack.id.contains("post16");
            let access = id.starts_with("pal.");
            let mut wanted = vec!["met", "due, planned", "due, unplanned", "adapted"];
            if !post16 {
                wanted.push("out-of-scope");
            }
            // Windows that close with their scope are never missed, and windows of year groups in scope are always open.
            if access || id == "bm5.1.all" || post16 && id != "bm5.1" {
                wanted.push("missed");
            }
            if post16 && id != "bm5.1" {
                wanted.push("upcoming");
            }
            if access {
                wanted.push("joined-after-window");
                if pack.id.contains("2018") {
                    wanted.push("window-before-duty");
                }
            }
            if id == "bm6.1" && pack.id == "england-schools-2025" {
                wanted.extend(["due, partly met, planned", "due, partly met, unplanned"]);
            }
            if id == "bm4.1" && pack.id.contains("2025") {
                wanted.push("no-subjects");
            }
            absent.extend(
                wanted
                    .into_iter()
                    .filter(|look| !shown.contains(&(&pack.id, id, look)))
                    .map(|look| format!("{} {id} {look}", pack.id)),
            );
            let numbered = !access && !["bm4.1", "bm5.1.all", "ehcp.pfa"].contains(&id);
            if numbered && !adapted_count.contains(&(pack.id.as_str(), id)) {
                absent.push(format!("{} {id} adapted to another number", pack.id));
            }
        }
    }
    assert!(absent.is_empty(), "not shown:\n{}", absent.join("\n"));
}
