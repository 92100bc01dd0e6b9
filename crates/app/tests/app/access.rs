use app::{Action, Actor, Error, Refusal};
use domain::{ActivityId, ImportId, LearnerId, ParticipationStatus};

use crate::harness::{World, on_both_engines, year_nine};

on_both_engines! {
    fn another_institution_is_not_found_whatever_is_asked(world: &World) {
        let ours = world.school(&year_nine(2));
        let mut other = year_nine(2);
        other.institution.urn = Some("99902".to_owned());
        let theirs = world.school(&other);
        let app = &world.app;
        let view = theirs.today();
        let learner = app.learners(&theirs.leader, view, &Default::default()).unwrap().learners[0].id;
        let activity = app.activities(&theirs.leader, view, &Default::default()).unwrap().activities[0].id;
        let us = &ours.leader;
        let not_found = |outcome: Result<(), Error>| {
            assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotFound))), "{outcome:?}");
        };
        not_found(app.home(us, view).map(drop));
        not_found(app.benchmarks(us, view).map(drop));
        not_found(app.provider_access(us, view).map(drop));
        not_found(app.heat_map(us, view).map(drop));
        not_found(app.requirement(us, view, "bm5.1", &Default::default()).map(drop));
        not_found(app.learners(us, view, &Default::default()).map(drop));
        not_found(app.learner(us, view, learner).map(drop));
        not_found(app.activities(us, view, &Default::default()).map(drop));
        not_found(app.activity(us, view, activity).map(drop));
        not_found(app.register(us, view, activity).map(drop));
        not_found(app.mark(us, theirs.id, activity, &[]).map(drop));
        not_found(app.mark_everybody(us, view, activity, ParticipationStatus::Attended).map(drop));
        not_found(app.add_activity(us, theirs.id, &Default::default()).map(drop));
        not_found(app.change_activity(us, theirs.id, activity, &Default::default()));
        not_found(app.delete_activity(us, theirs.id, activity).map(drop));
        not_found(app.restore_activity(us, theirs.id, activity, 1));
        not_found(app.unmark(us, theirs.id, activity, 1).map(drop));
        not_found(app.imports(us, view, None).map(drop));
        not_found(app.import(us, view, ImportId(1)).map(drop));
        not_found(app.apply_import(us, theirs.id, ImportId(1), false).map(drop));
        not_found(app.undo_import(us, theirs.id, ImportId(1)));
        not_found(app.export_folder(us, theirs.id).map(drop));
        not_found(app.institution(us, view).map(drop));
        not_found(app.change_institution(us, theirs.id, &Default::default()));
        not_found(app.attest(us, theirs.id, "bm1.1", &Default::default()));
        not_found(app.people(us, theirs.id).map(drop));
        not_found(app.audit_trail(us, view, &Default::default()).map(drop));
        // Their records by way of our institution are not found either.
        not_found(app.learner(us, ours.today(), learner).map(drop));
        not_found(app.activity(us, ours.today(), activity).map(drop));
        not_found(app.mark(us, ours.id, activity, &[]).map(drop));
        not_found(app.delete_activity(us, ours.id, activity).map(drop));
        let event = app.delete_activity(&theirs.leader, theirs.id, activity).unwrap();
        not_found(app.restore_activity(us, ours.id, activity, event));
        not_found(app.learner(us, ours.today(), LearnerId(1)).map(drop));
        not_found(app.register(us, ours.today(), ActivityId(1)).map(drop));
    }

    fn a_viewer_changes_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let activity = app.activities(&school.viewer, school.today(), &Default::default()).unwrap().activities[0].id;
        let not_allowed = |outcome: Result<(), Error>| {
            assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotAllowed))), "{outcome:?}");
        };
        not_allowed(app.mark(&school.viewer, school.id, activity, &[]).map(drop));
        not_allowed(app.add_activity(&school.viewer, school.id, &Default::default()).map(drop));
        not_allowed(app.delete_activity(&school.viewer, school.id, activity).map(drop));
        not_allowed(app.restore_activity(&school.viewer, school.id, activity, 1));
        not_allowed(app.imports(&school.viewer, school.today(), None).map(drop));
        not_allowed(app.attest(&school.viewer, school.id, "bm1.1", &Default::default()));
        not_allowed(app.change_institution(&school.viewer, school.id, &Default::default()));
        not_allowed(app.add_institution(&school.viewer, &Default::default()).map(drop));
        not_allowed(app.reset_password(&school.viewer, "a@b.example", "three words together"));
    }

    fn reading_a_learner_and_every_change_stand_in_the_audit_trail(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let learner = app.learners(&school.viewer, school.today(), &Default::default()).unwrap().learners[0].id;
        app.learner(&school.viewer, school.today(), learner).unwrap();
        let activity = app.activities(&school.leader, school.today(), &Default::default()).unwrap().activities[0].id;
        app.mark(&school.leader, school.id, activity, &[app::Mark::new(learner, Some(ParticipationStatus::Absent))]).unwrap();
        let trail = app.audit_trail(&school.leader, school.today(), &Default::default()).unwrap().entries;
        let actions: Vec<_> = trail.iter().map(|row| (row.action.as_str(), row.who.as_str())).collect();
        assert_eq!(actions[0], ("register.marked", "Careers Leader"));
        assert_eq!(actions[1], ("learner.read", "Just Looking"));
    }
}

#[test]
fn the_operator_reaches_everything_and_nobody_reaches_nothing() {
    let id = domain::InstitutionId(1);
    let nobody = Actor::person(domain::AccountId(1), String::new(), Vec::new());
    for action in Action::ALL {
        assert!(Actor::operator().can(action, id));
        assert!(!nobody.can(action, id));
    }
}
