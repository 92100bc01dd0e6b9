//! Letting go of what has outlived its term.

use std::collections::BTreeMap;

use app::{Actor, Error, Refusal, Role};
use domain::{Records, Sen};
use jiff::civil::date;

use crate::harness::{World, on_both_engines, year_nine};

/// Of five learners, the first two left in 2019 and were 25 in November 2026, the second with a plan; the third is of that
/// age and has no last day on roll; two are on roll.
fn records() -> Records {
    let mut records = year_nine(5);
    for one in &mut records.learners[0..3] {
        one.date_of_birth = date(2001, 11, 23);
        one.joined = date(2013, 9, 1);
        one.left = Some(date(2019, 7, 31));
    }
    records.learners[1].sen = Some(Sen::Ehcp);
    records.learners[2].left = None;
    records
}

fn line(plan: &app::RetentionPlan, rule: &str) -> u64 {
    plan.lines.iter().find(|line| line.rule == rule).expect("a line").count
}

on_both_engines! {
    fn a_dry_run_changes_nothing_and_a_run_does_what_it_said(world: &World) {
        let school = world.school(&records());
        let page = school.app.retention(&school.leader, school.today()).expect("a page");
        assert_eq!((line(&page.plan, "learner-record"), line(&page.plan, "learner-with-plan")), (1, 0));
        assert_eq!(page.plan.without_leaving_date, 1);
        let oldest = page.plan.lines.iter().find(|line| line.rule == "learner-record").and_then(|line| line.oldest);
        assert_eq!(oldest, Some(date(2026, 11, 23)));
        assert!(page.runs.is_empty());
        let again = school.app.retention_plan(&school.leader, school.id).expect("a plan");
        assert_eq!(again, page.plan, "looking changes nothing");

        let refused = school.app.run_retention(&school.leader, school.id, Some(page.plan.total() + 1));
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Conflict(_)))), "other records than were seen");
        let done = school.app.run_retention(&school.leader, school.id, Some(page.plan.total())).expect("a run");
        assert_eq!(done, page.plan);
        let after = school.app.retention(&school.leader, school.today()).expect("a page");
        assert_eq!(line(&after.plan, "learner-record"), 0);
        assert_eq!(after.runs.len(), 1);
        assert_eq!(after.runs[0].gone, [("A learner's careers record".to_owned(), 1)]);
        assert_eq!(after.runs[0].who, "Careers Leader");
        let frame = school.app.frame(&school.leader, school.today()).expect("a frame");
        assert_eq!(frame.recorded, 4);
        let trail = school.app.audit_trail(&school.leader, school.today(), &Default::default()).expect("the trail").entries;
        assert!(trail.iter().any(|row| row.action == "retention.applied"));
        assert!(trail.iter().any(|row| row.action == "learner.erased"));
    }

    fn an_institution_sets_its_own_terms(world: &World) {
        let school = world.school(&records());
        let set = |rule: &str, text: &str| {
            let typed = BTreeMap::from([(rule.to_owned(), text.to_owned())]);
            school.app.set_retention(&school.leader, school.id, &typed)
        };
        let due = || line(&school.app.retention_plan(&school.leader, school.id).expect("a plan"), "learner-record");
        set("learner-record", "26 years").expect("a longer term");
        assert_eq!(due(), 0);
        let refused = set("learner-record", "5 years");
        assert!(matches!(&refused, Err(Error::Problems(all)) if all[0].field == "learner-record"), "{refused:?}");
        assert!(matches!(set("sign-in", "1 year"), Err(Error::Refusal(Refusal::NotFound))), "a fixed rule");
        set("learner-record", "").expect("back to the default");
        assert_eq!(due(), 1);
        // Eight years after 31 July 2019 is later than the 25th birthday.
        set("after-leaving", "8 years").expect("a longer rest");
        assert_eq!(due(), 0);
    }

    fn only_who_answers_for_data_protection_runs_it(world: &World) {
        let school = world.school(&records());
        for role in [Role::CareersLeader, Role::SeniorLeader, Role::Viewer, Role::Governor] {
            let somebody = world.person(school.id, &format!("Some {}", role.word()), role);
            assert!(school.app.retention(&somebody, school.today()).is_err(), "{role:?}");
            assert!(school.app.run_retention(&somebody, school.id, None).is_err(), "{role:?}");
        }
        assert!(school.app.run_retention(&Actor::operator(), school.id, None).is_ok());
        assert!(school.app.expire_sign_ins(&school.leader).is_err());
        assert!(school.app.expire_sign_ins(&Actor::operator()).is_ok());
    }
}
