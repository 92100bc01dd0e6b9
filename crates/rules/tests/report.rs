//! The report's shape, and when it says that a duty is missed.

mod rulebook_files;
mod story;

use domain::*;
use jiff::civil::date;
use rules::*;
use story::Story;

fn report(story: &Story, as_of: Date) -> Report {
    let rulebook = rulebook_files::rulebook();
    let pack = rulebook.framework(story.records.institution.kind, as_of);
    Report::new(pack, &story.records, &Facts::new(&story.records), as_of)
}

#[test]
fn it_is_printed_in_the_documented_order_and_leaves_out_what_does_not_belong() {
    let mut story = Story::new();
    let learner = story.learner("A001", 9);
    story.who(learner).sen = Some(Sen::Ehcp);
    for (reference, day, organisation) in
        [("ACT-31", date(2026, 11, 12), "Northfield College"), ("ACT-7", date(2026, 1, 12), "Westmoor Training")]
    {
        let visit = story.attended(learner, reference, day, Kind::ProviderEncounter);
        story.what(visit).organisation = Some(organisation.into());
        story.what(visit).year_groups = [YearGroup::new(8), YearGroup::new(9)].into_iter().collect();
    }
    story.attended(learner, "ACT-2", date(2026, 6, 1), Kind::WorkplaceExperience);
    let mut report = report(&story, date(2027, 1, 15));
    report.requirements.retain(|requirement| ["pal.first", "bm8.2"].contains(&requirement.id.as_str()));
    for learner in &mut report.learners {
        learner.requirements.0.retain(|(id, _)| ["pal.first", "bm6.1", "bm7.2"].contains(&id.as_str()));
    }
    insta::assert_json_snapshot!(report, @r#"
    {
      "as_of": "2027-01-15",
      "framework": "england-schools-2025",
      "institution": {
        "name": "Example Academy",
        "type": "academy",
        "on_roll": 1
      },
      "requirements": [
        {
          "id": "bm8.2",
          "force": "regard",
          "in_scope": 0,
          "met": 0,
          "due": 0,
          "missed": 0,
          "upcoming": 0,
          "partly_met": 0,
          "adapted": 0,
          "percent": null,
          "by_year_group": {},
          "by_sen": {},
          "by_fsm": {}
        },
        {
          "id": "pal.first",
          "force": "must",
          "in_scope": 1,
          "met": 1,
          "due": 0,
          "missed": 0,
          "upcoming": 0,
          "partly_met": 0,
          "adapted": 0,
          "percent": 100.0,
          "by_year_group": {
            "9": {
              "met": 1,
              "due": 0,
              "missed": 0
            }
          },
          "by_sen": {
            "E": {
              "met": 1,
              "due": 0,
              "missed": 0
            }
          },
          "by_fsm": {
            "unknown": {
              "met": 1,
              "due": 0,
              "missed": 0
            }
          },
          "offered": {
            "9": {
              "status": "met",
              "occasions": 2,
              "on": "2026-11-12"
            }
          }
        }
      ],
      "learners": [
        {
          "learner": "A001",
          "year_group": 9,
          "requirements": {
            "bm6.1": {
              "status": "due",
              "partly_met": true,
              "deadline": "2029-08-31",
              "missing": "one more workplace experience that counts, on another date, by 31 August 2029",
              "forecast": "unplanned"
            },
            "bm7.2": {
              "status": "not-applicable",
              "reason": "out-of-scope"
            },
            "pal.first": {
              "status": "met",
              "on": "2026-11-12",
              "evidence": [
                "ACT-7",
                "ACT-31"
              ]
            }
          }
        }
      ]
    }
    "#);
}

#[test]
fn a_must_that_a_learner_missed_is_a_duty_missed() {
    let mut story = Story::new();
    story.learner("A001", 9);
    assert!(!report(&story, date(2027, 2, 28)).must_missed());
    assert!(report(&story, date(2027, 3, 1)).must_missed());
    story.records.institution.kind = InstitutionType::IndependentSchool;
    assert!(!report(&story, date(2027, 3, 1)).must_missed());
}

#[test]
fn the_third_phase_is_a_duty_to_offer_and_not_to_attend() {
    let mut story = Story::new();
    story.learner("A001", 13);
    for (reference, day) in [("A", date(2026, 10, 1)), ("B", date(2026, 10, 2))] {
        let visit = story.activity(reference, day, Kind::ProviderEncounter);
        story.what(visit).organisation = Some("Northfield College".into());
        story.what(visit).year_groups = [YearGroup::new(13)].into_iter().collect();
    }
    let offered = report(&story, date(2027, 3, 1));
    let third = offered.requirements.iter().find(|requirement| requirement.id == "pal.third").unwrap();
    assert_eq!((third.force, third.missed), (Force::Should, 1));
    assert_eq!(third.offered.as_ref().unwrap().0[0].1.on, Some(date(2026, 10, 2)));
    assert!(!offered.must_missed());
    story.records.activities.pop();
    assert!(report(&story, date(2027, 3, 1)).must_missed());
}
