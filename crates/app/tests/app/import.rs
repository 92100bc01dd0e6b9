use app::{
    Error, Refusal,
    import::{Choose, ImportKind, State, Upload, Work},
};
use domain::ImportId;

use crate::harness::{School, World, on_both_engines, year_nine};

const ROSTER: &str = "\
Adno,Legal Surname,Legal Forename,DOB,Year,Reg Group,Enrolment Date
L1,Learner,Test1,15/01/2013,Year 9,9A,02/09/2024
L2,Learner,Test2,15/01/2013,Year 9,9C,02/09/2024
L99,Newcomer,Nia,16/02/2013,Year 9,9A,03/11/2026
";

fn upload(school: &School<'_>, text: &str) -> ImportId {
    let upload =
        Upload { institution: school.id, kind: ImportKind::Learners, file_name: "roster.csv", bytes: text.as_bytes() };
    school.app.upload(&school.leader, &upload).unwrap()
}

on_both_engines! {
    fn a_roster_is_planned_reviewed_applied_and_undone(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let before = app.export_folder(&school.leader, school.id).unwrap();
        let id = upload(&school, ROSTER);
        let page = app.import(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.row.state, State::Planned);
        let summary = page.row.summary;
        assert_eq!((summary.new, summary.changed, summary.same, summary.bad), (1, 1, 1, 0));
        // Nothing is written before it is applied.
        assert_eq!(app.export_folder(&school.leader, school.id).unwrap(), before);

        app.apply_import(&school.leader, school.id, id, false).unwrap();
        let list = app.learners(&school.leader, school.today(), &Default::default()).unwrap();
        assert_eq!(list.matching, 4);
        assert!(list.learners.iter().any(|learner| learner.name == "Newcomer, Nia"));
        assert!(list.learners.iter().any(|learner| learner.reference == "L2" && learner.form.as_deref() == Some("9C")));

        app.undo_import(&school.leader, school.id, id).unwrap();
        assert_eq!(app.export_folder(&school.leader, school.id).unwrap(), before);
        assert_eq!(app.import(&school.leader, school.today(), id).unwrap().row.state, State::Undone);
    }

    fn the_same_roster_twice_changes_nothing(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let first = upload(&school, ROSTER);
        app.apply_import(&school.leader, school.id, first, false).unwrap();
        let second = upload(&school, ROSTER);
        let page = app.import(&school.leader, school.today(), second).unwrap();
        assert!(page.seen_before);
        assert!(page.work.as_ref().is_some_and(Work::is_empty), "{:?}", page.work);
        assert_eq!(page.row.summary.same, 3);
    }

    fn a_bad_row_keeps_the_file_out_until_the_good_rows_are_asked_for(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let id = upload(&school, &format!("{ROSTER}L10,Nobody,Ned,31/02/2013,Year 9,9A,03/11/2026\n"));
        let page = app.import(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.row.summary.bad, 1);
        let problem = page.bad().next().unwrap();
        assert_eq!((problem.place.line, problem.value.as_deref()), (Some(5), Some("31/02/2013")));
        let refused = app.apply_import(&school.leader, school.id, id, false);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Conflict(_)))), "{refused:?}");
        assert_eq!(app.learners(&school.leader, school.today(), &Default::default()).unwrap().matching, 3);
        app.apply_import(&school.leader, school.id, id, true).unwrap();
        assert_eq!(app.learners(&school.leader, school.today(), &Default::default()).unwrap().matching, 4);
    }

    fn a_plan_is_refused_when_the_records_moved_on(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let id = upload(&school, ROSTER);
        let activity = app.activities(&school.leader, school.today(), &Default::default()).unwrap().activities[0].id;
        app.delete_activity(&school.leader, school.id, activity).unwrap();
        let refused = app.apply_import(&school.leader, school.id, id, false);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Conflict(_)))), "{refused:?}");
        app.replan_import(&school.leader, school.id, id).unwrap();
        app.apply_import(&school.leader, school.id, id, false).unwrap();
    }

    fn an_import_that_was_built_on_cannot_be_undone(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let first = upload(&school, ROSTER);
        app.apply_import(&school.leader, school.id, first, false).unwrap();
        let second = upload(&school, &ROSTER.replace("9A,03/11/2026", "9D,03/11/2026"));
        app.apply_import(&school.leader, school.id, second, false).unwrap();
        let refused = app.undo_import(&school.leader, school.id, first);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Conflict(_)))), "{refused:?}");
        app.undo_import(&school.leader, school.id, second).unwrap();
        app.undo_import(&school.leader, school.id, first).unwrap();
        assert_eq!(app.learners(&school.leader, school.today(), &Default::default()).unwrap().matching, 3);
    }

    fn a_short_file_makes_nobody_leave_without_a_word(world: &World) {
        let school = world.school(&year_nine(30));
        let app = &world.app;
        let id = upload(&school, ROSTER);
        let page = app.import(&school.leader, school.today(), id).unwrap();
        let mut mapping = page.mapping.unwrap();
        mapping.extent = exchange::roster::Extent::Bulk;
        app.map_import(&school.leader, school.id, id, &mapping).unwrap();
        let page = app.import(&school.leader, school.today(), id).unwrap();
        assert_eq!((page.row.summary.absent, page.row.summary.unconfirmed), (28, 28));
        assert!(!page.is_ready());
        assert!(app.apply_import(&school.leader, school.id, id, false).is_err());

        let Some(Work::Learners(plan)) = page.work else { panic!("no plan") };
        let choices: Vec<_> = plan
            .absent
            .iter()
            .enumerate()
            .map(|(at, absent)| Choose::Absent { learner: absent.learner, leaves: at == 0 })
            .collect();
        app.decide_import(&school.leader, school.id, id, &choices).unwrap();
        app.apply_import(&school.leader, school.id, id, false).unwrap();
        assert_eq!(app.learners(&school.leader, school.today(), &Default::default()).unwrap().matching, 30);
        // The next file with the same headings is read the same way.
        let next = upload(&school, ROSTER);
        let page = app.import(&school.leader, school.today(), next).unwrap();
        assert_eq!(page.mapping.unwrap().extent, exchange::roster::Extent::Bulk);
    }

    fn an_import_can_be_given_up(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let id = upload(&school, ROSTER);
        app.cancel_import(&school.leader, school.id, id).unwrap();
        assert!(app.apply_import(&school.leader, school.id, id, false).is_err());
        assert_eq!(app.imports(&school.leader, school.today(), None).unwrap().imports[0].state, State::Cancelled);
    }
}

on_both_engines! {
    fn activities_and_then_their_registers_are_taken_from_files(world: &World) {
        let school = world.school(&year_nine(2));
        let app = &world.app;
        let take = |kind, text: &str| {
            let upload = Upload { institution: school.id, kind, file_name: "file.csv", bytes: text.as_bytes() };
            let id = app.upload(&school.leader, &upload).unwrap();
            let page = app.import(&school.leader, school.today(), id).unwrap();
            assert_eq!(page.row.summary.bad, 0, "{:?}", page.problems);
            app.apply_import(&school.leader, school.id, id, false).unwrap();
            id
        };
        let activities = take(ImportKind::Activities, "\
activity,title,date,kind,organisation,year-groups,checks
TALK-1,Talk by a surveyor,2026-11-10,employer-encounter,Fernhill Surveyors,9,purpose-shared;outcomes-fit;two-way;reflection
");
        let registers = take(ImportKind::Participation, "activity,learner,status\nTALK-1,L1,attended\nTALK-1,L2,absent\n");
        let list = app.activities(&school.leader, school.today(), &Default::default()).unwrap();
        assert_eq!((list.activities[0].activity.reference.as_str(), list.activities[0].attended, list.activities[0].missed), ("TALK-1", 1, 1));
        // The activities cannot be undone while registers build on them.
        assert!(app.undo_import(&school.leader, school.id, activities).is_err());
        app.undo_import(&school.leader, school.id, registers).unwrap();
        app.undo_import(&school.leader, school.id, activities).unwrap();
        assert_eq!(app.activities(&school.leader, school.today(), &Default::default()).unwrap().matching, 1);
    }

    fn a_file_comes_back_with_its_problems(world: &World) {
        let school = world.school(&year_nine(1));
        let id = upload(&school, &format!("{ROSTER}L10,Nobody,Ned,31/02/2013,Year 9,9A,03/11/2026\n"));
        let file = world.app.annotated_import(&school.leader, school.id, id).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(file.name, "roster with problems.csv");
        assert!(text.lines().next().unwrap().ends_with("Problems"));
        assert!(text.lines().nth(4).unwrap().contains("31/02/2013"));
        assert!(!text.lines().nth(4).unwrap().ends_with("03/11/2026"));
    }
}
