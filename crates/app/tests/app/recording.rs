use app::{ActivityForm, Error, Mark, Refusal, RequirementFilter, Status};
use domain::ParticipationStatus;

use crate::harness::{World, on_both_engines, year_nine};

fn talk() -> ActivityForm {
    ActivityForm {
        title: "Talk by a surveyor".to_owned(),
        date: "10/11/2026".to_owned(),
        kind: "employer-encounter".to_owned(),
        organisation: "Fernhill Surveyors".to_owned(),
        year_groups: "9".to_owned(),
        checks: ["purpose-shared", "outcomes-fit", "two-way"].map(str::to_owned).to_vec(),
        ..ActivityForm::default()
    }
}

on_both_engines! {
    fn a_cohort_is_marked_at_once_and_the_absent_are_corrected(world: &World) {
        let mut records = year_nine(4);
        records.participations.clear();
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let before = app.register(leader, view, activity).unwrap();
        assert_eq!((before.rows.len(), before.marked), (4, 0));

        assert_eq!(app.mark_everybody(leader, view, activity, ParticipationStatus::Attended).unwrap().saved, 4);
        let absent = before.rows[1].id;
        app.mark(leader, school.id, activity, &[Mark::new(absent, Some(ParticipationStatus::Absent))]).unwrap();
        assert_eq!(app.register(leader, view, activity).unwrap().attended, 3);

        let page = app.requirement(leader, view, "bm5.1", &RequirementFilter::default()).unwrap();
        assert_eq!((page.requirement.tally.met, page.requirement.tally.due), (3, 1));
        let due = RequirementFilter { status: Some(Status::Due), ..RequirementFilter::default() };
        let due = app.requirement(leader, view, "bm5.1", &due).unwrap();
        assert_eq!(due.learners.iter().map(|learner| learner.id).collect::<Vec<_>>(), [absent]);
        assert_eq!(due.learners[0].explanation.deadline, Some(jiff::civil::date(2027, 8, 31)));
        assert_eq!(due.deadlines, [jiff::civil::date(2027, 8, 31)]);
        let by = |deadline| RequirementFilter { deadline: Some(deadline), ..RequirementFilter::default() };
        let matching = |deadline| app.requirement(leader, view, "bm5.1", &by(deadline)).unwrap().matching;
        assert_eq!((matching(jiff::civil::date(2027, 8, 31)), matching(jiff::civil::date(2028, 8, 31))), (1, 0));
    }

    fn marking_everybody_can_be_taken_back_except_where_somebody_was_marked_otherwise_since(world: &World) {
        let mut records = year_nine(4);
        records.participations.clear();
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let marks = || app.register(leader, view, activity).unwrap().rows.iter().map(|row| row.status).collect::<Vec<_>>();
        let ids: Vec<_> = app.register(leader, view, activity).unwrap().rows.iter().map(|row| row.id).collect();
        let mark = |at: usize, status| app.mark(leader, school.id, activity, &[Mark::new(ids[at], Some(status))]).unwrap();
        use ParticipationStatus::{Absent, Attended, Excused, Invited};
        mark(0, Invited);
        mark(1, Excused);
        let before = marks();

        let marked = app.mark_everybody(leader, view, activity, Attended).unwrap();
        assert_eq!(marked.saved, 3);
        assert_eq!(marks(), [Some(Attended), Some(Excused), Some(Attended), Some(Attended)]);
        assert_eq!(app.unmark(leader, school.id, activity, marked.event.unwrap()).unwrap(), 3);
        assert_eq!(marks(), before);

        let marked = app.mark_everybody(leader, view, activity, Attended).unwrap().event.unwrap();
        mark(3, Absent);
        assert_eq!(app.unmark(leader, school.id, activity, marked).unwrap(), 2);
        assert_eq!(marks(), [Some(Invited), Some(Excused), None, Some(Absent)]);
        assert!(app.unmark(leader, school.id, activity, 1).is_err());
        assert!(app.unmark(&school.viewer, school.id, activity, marked).is_err());
    }

    fn what_does_not_count_says_which_box_is_missing(world: &World) {
        let mut records = year_nine(1);
        records.participations.clear();
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let id = app.add_activity(leader, school.id, &talk()).unwrap();
        app.mark_everybody(leader, view, id, ParticipationStatus::Attended).unwrap();
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        let page = app.learner(leader, view, learner).unwrap();
        assert_eq!(page.timeline.len(), 1);
        assert!(page.timeline[0].counts_for.is_empty());
        let finding = page.findings.iter().find(|finding| finding.requirement == "bm5.1").unwrap();
        assert_eq!(finding.status, Status::Due);
        assert_eq!(finding.not_counted.len(), 1);

        let mut form = talk();
        form.checks.push("reflection".to_owned());
        app.change_activity(leader, school.id, id, &form).unwrap();
        let page = app.learner(leader, view, learner).unwrap();
        let finding = page.findings.iter().find(|finding| finding.requirement == "bm5.1").unwrap();
        assert_eq!(finding.status, Status::Met);
        assert_eq!(finding.evidence.len(), 1);
    }

    fn a_mark_for_an_unknown_learner_is_refused_with_all_the_others(world: &World) {
        let mut records = year_nine(2);
        records.participations.clear();
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let known = app.register(leader, view, activity).unwrap().rows[0].id;
        let marks = [known, domain::LearnerId(1)].map(|learner| Mark::new(learner, Some(ParticipationStatus::Attended)));
        assert!(app.mark(leader, school.id, activity, &marks).is_err());
        assert_eq!(app.register(leader, view, activity).unwrap().marked, 0);
    }

    fn a_trend_that_begins_before_its_edition_leaves_the_older_editions_days_alone(world: &World) {
        let mut records = year_nine(2);
        let early = jiff::civil::date(2025, 8, 27);
        records.institution.calendar =
            domain::Calendar::new([(domain::AcademicYear::starting(2025), early)].into_iter().collect());
        let with_trend = world.school(&records);
        records.institution.urn = Some("99902".to_owned());
        let without = world.school(&records);
        let on = |institution, month, day| app::View { institution, as_of: Some(jiff::civil::date(2025, month, day)) };
        let trend = world.app.benchmarks(&with_trend.leader, on(with_trend.id, 10, 1)).unwrap().trend;
        assert_eq!(trend.points[0].on, jiff::civil::date(2025, 8, 31));
        let page = world.app.heat_map(&with_trend.leader, on(with_trend.id, 8, 31)).unwrap();
        assert_eq!(page.frame.framework.id, "england-schools-2018");
        assert_eq!(page.rows, world.app.heat_map(&without.leader, on(without.id, 8, 31)).unwrap().rows);
    }

    fn deleting_an_activity_takes_its_register_along(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        app.delete_activity(leader, school.id, activity).unwrap();
        assert_eq!(app.activities(leader, view, &Default::default()).unwrap().matching, 0);
        let page = app.requirement(leader, view, "bm5.1", &RequirementFilter::default()).unwrap();
        assert_eq!(page.requirement.tally.met, 0);
    }

    fn a_deleted_activity_comes_back_as_it_was(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let id = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let seen = || (app.activity(leader, view, id).unwrap().row.activity, app.register(leader, view, id).unwrap().rows);
        let before = seen();
        let event = app.delete_activity(leader, school.id, id).unwrap();
        assert!(app.activity(leader, view, id).is_err());
        app.restore_activity(leader, school.id, id, event).unwrap();
        assert_eq!(seen(), before);
        let again = app.restore_activity(leader, school.id, id, event);
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");

        let event = app.delete_activity(leader, school.id, id).unwrap();
        let same = ActivityForm { reference: before.0.reference.clone(), ..talk() };
        app.add_activity(leader, school.id, &same).unwrap();
        let taken = app.restore_activity(leader, school.id, id, event);
        assert!(matches!(taken, Err(Error::Refusal(Refusal::Conflict(_)))), "{taken:?}");
        assert_eq!(app.activities(leader, view, &Default::default()).unwrap().matching, 1);
        let trail = app.audit_trail(leader, view, &Default::default()).unwrap().entries;
        let actions: Vec<_> = trail.iter().filter(|row| row.action != "learners.listed").take(4).map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["activity.added", "activity.deleted", "activity.restored", "activity.deleted"]);
    }

    fn a_form_with_problems_changes_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let form = ActivityForm { date: "30/02/2027".to_owned(), hours: "-1".to_owned(), year_groups: "9; 99".to_owned(), ..ActivityForm::default() };
        let Err(Error::Problems(problems)) = world.app.add_activity(&school.leader, school.id, &form) else { panic!("no problems") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["title", "date", "kind", "hours", "year_groups"]);
        assert_eq!(world.app.activities(&school.leader, school.today(), &Default::default()).unwrap().matching, 1);
    }
}
