use app::{
    ActivityFilter, ActivityForm, ActivityTask, Beginning, Error, Group, Holding, ListFormat, Mark, PlanForm, Reach,
    Refusal, RequirementFilter, Role, SessionForm,
};
use domain::{AcademicYear, ActivityState, Check, Kind, ParticipationStatus, Records, Sen};

use crate::harness::{World, on_both_engines, year_nine};

/// Four learners of Year 9 without a record of anything: two in 9A, two in 9B, one with a plan, one who has left.
fn four() -> Records {
    let mut records = year_nine(4);
    records.participations.clear();
    records.activities.clear();
    records.learners[1].form = Some("9B".to_owned());
    records.learners[1].sen = Some(Sen::Ehcp);
    records.learners[2].form = Some("9B".to_owned());
    records.learners[3].left = Some(jiff::civil::date(2026, 10, 1));
    records
}

fn visit() -> ActivityForm {
    ActivityForm {
        title: "Visit to a surveyor".to_owned(),
        date: "10/12/2026".to_owned(),
        kind: "employer-encounter".to_owned(),
        organisation: "Fernhill Surveyors".to_owned(),
        year_groups: "9".to_owned(),
        checks: ["purpose-shared", "outcomes-fit", "two-way", "reflection"].map(str::to_owned).to_vec(),
        ..ActivityForm::default()
    }
}

fn invited() -> PlanForm {
    PlanForm { invites: true, ..PlanForm::default() }
}

on_both_engines! {
    fn what_is_planned_with_its_cohort_shows_in_the_forecast_and_a_draft_does_not(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let planned = || {
            let tally = app.requirement(leader, view, "bm5.1", &RequirementFilter::default()).unwrap().requirement.tally;
            (tally.due, tally.planned)
        };
        // Three of the four are on roll.
        assert_eq!(planned(), (3, 0));
        let draft = ActivityForm { state: "draft".to_owned(), ..visit() };
        let made = app.plan_activity(leader, school.id, &draft, &invited()).unwrap();
        assert_eq!((made.activities.len(), made.invited), (1, 0));
        assert_eq!(planned(), (3, 0));
        let id = made.activities[0];

        let event = app.set_activity_state(leader, school.id, id, ActivityState::Planned, "").unwrap();
        assert_eq!(app.invite_cohort(leader, school.id, id).unwrap(), 3);
        assert_eq!(planned(), (3, 3));
        app.undo_activity_state(leader, school.id, id, event).unwrap();
        assert_eq!(planned(), (3, 0));
        assert!(matches!(app.invite_cohort(leader, school.id, id), Err(Error::Refusal(Refusal::Conflict(_)))));

        app.set_activity_state(leader, school.id, id, ActivityState::Planned, "").unwrap();
        let reason = app.set_activity_state(leader, school.id, id, ActivityState::Cancelled, " ");
        assert!(matches!(&reason, Err(Error::Problems(problems)) if problems[0].field == "reason"), "{reason:?}");
        let event = app.set_activity_state(leader, school.id, id, ActivityState::Cancelled, "No coach").unwrap();
        assert_eq!(planned(), (3, 0));
        assert_eq!(app.activity_plan(leader, view, id).unwrap().plan.ended_because.as_deref(), Some("No coach"));
        app.undo_activity_state(leader, school.id, id, event).unwrap();
        assert_eq!(planned(), (3, 3));
        assert_eq!(app.activity_plan(leader, view, id).unwrap().plan.ended_because, None);
        assert!(app.undo_activity_state(leader, school.id, id, event).is_err());
        assert!(app.set_activity_state(&school.viewer, school.id, id, ActivityState::Draft, "").is_err());
    }

    fn inviting_never_overwrites_a_mark(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let id = app.plan_activity(leader, school.id, &visit(), &PlanForm::default()).unwrap().activities[0];
        let rows = app.register(leader, view, id).unwrap().rows;
        let excused = Mark::new(rows[0].id, Some(ParticipationStatus::Excused));
        app.mark(leader, school.id, id, &[excused]).unwrap();
        assert_eq!(app.activity_plan(leader, view, id).unwrap().to_invite, 2);
        assert_eq!(app.invite_cohort(leader, school.id, id).unwrap(), 2);
        assert_eq!(app.invite_cohort(leader, school.id, id).unwrap(), 0);
        let after = app.register(leader, view, id).unwrap().rows;
        assert_eq!(after[0].status, Some(ParticipationStatus::Excused));
        assert!(after[1..].iter().all(|row| row.status == Some(ParticipationStatus::Invited)));
    }

    fn everything_that_is_wrong_is_said_at_once(world: &World) {
        let school = world.school(&four());
        let form = ActivityForm { title: String::new(), ..visit() };
        let plan = PlanForm {
            ends_on: "09/12/2026".to_owned(),
            starts_at: "half past".to_owned(),
            cost: "much".to_owned(),
            learners: "Test1 Learner\nTest4 Learner\nNobody Known".to_owned(),
            repeat: "week".to_owned(),
            sessions: vec![SessionForm { date: "01/12/2026".to_owned(), ..SessionForm::default() }],
            ..PlanForm::default()
        };
        let Err(Error::Problems(problems)) = world.app.plan_activity(&school.leader, school.id, &form, &plan) else {
            panic!("there are problems")
        };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        let wanted =
            ["title", "ends_on", "starts_at", "cost", "sessions", "learners", "learners", "repeat_times"];
        assert_eq!(fields, wanted, "{problems:?}");
        assert!(problems.iter().any(|one| one.message == "“Test4 Learner” left on 1 October 2026, so cannot be invited."));
        assert_eq!(world.app.activities(&school.leader, school.today(), &Default::default()).unwrap().matching, 0);
    }

    fn what_was_several_things_at_once_is_marked_moved_and_deleted_together(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let past = ActivityForm { date: "10/11/2026".to_owned(), ..visit() };
        let id = app.plan_activity(leader, school.id, &past, &PlanForm::default()).unwrap().activities[0];
        let first = app.register(leader, view, id).unwrap().rows[0].id;
        let mark = |status| app.mark(leader, school.id, id, &[Mark::new(first, status)]).unwrap();
        mark(Some(ParticipationStatus::Attended));
        let lesson = ActivityForm {
            kind: "labour-market".to_owned(),
            organisation: "Fernhill Surveyors".to_owned(),
            ..ActivityForm::default()
        };
        let part = app.add_part(leader, school.id, id, &lesson).unwrap();
        assert!(app.add_part(leader, school.id, part, &lesson).is_err());
        let marks = |id| app.register(leader, view, id).unwrap().rows.iter().map(|row| row.status).collect::<Vec<_>>();
        assert_eq!(marks(part), marks(id));
        app.mark_everybody(leader, view, id, ParticipationStatus::Attended).unwrap();
        assert_eq!(marks(part), [Some(ParticipationStatus::Attended); 3]);

        let list = app.activities(leader, view, &Default::default()).unwrap();
        assert_eq!((list.matching, list.activities[0].parts[0].1), (1, Kind::LabourMarket));
        let all = ActivityFilter { parts: true, ..ActivityFilter::default() };
        assert_eq!(app.activities(leader, view, &all).unwrap().matching, 2);

        let moved = ActivityForm { date: "12/11/2026".to_owned(), ..past.clone() };
        let (_, opened) = app.activity_forms(leader, view, id).unwrap();
        let other = PlanForm { notes: "Bring coats".to_owned(), ..opened.clone() };
        app.change_plan(leader, school.id, id, &past, &other).unwrap();
        let stale = app.change_plan(leader, school.id, id, &moved, &opened);
        let Err(Error::Problems(problems)) = stale else { panic!("{stale:?}") };
        assert_eq!(problems[0].message, app::CHANGED_MEANWHILE);
        let long = PlanForm {
            seen: String::new(),
            notes: "x".repeat(5_001),
            ends_on: "2026-11-13".to_owned(),
            sessions: vec![SessionForm { date: "2026-11-14".to_owned(), ..Default::default() }; 61],
            ..opened
        };
        let wrong = app.change_plan(leader, school.id, id, &ActivityForm { date: "12/11/2016".to_owned(), ..past.clone() }, &PlanForm::default());
        let Err(Error::Problems(problems)) = wrong else { panic!("{wrong:?}") };
        assert!(problems.iter().any(|one| one.field == "date" && one.message.starts_with("2016?")), "{problems:?}");
        let wrong = app.change_plan(leader, school.id, id, &moved, &long);
        let Err(Error::Problems(problems)) = wrong else { panic!("{wrong:?}") };
        let fields: Vec<_> = problems.iter().map(|one| one.field).collect();
        assert!(fields.contains(&"notes") && fields.contains(&"sessions"), "{problems:?}");
        app.change_plan(leader, school.id, id, &moved, &PlanForm::default()).unwrap();
        let row = |id| app.activity(leader, view, id).unwrap().row.activity;
        assert_eq!(row(part).date, jiff::civil::date(2026, 11, 12));
        app.set_activity_state(leader, school.id, id, ActivityState::Cancelled, "Snow").unwrap();
        assert_eq!(row(part).state, ActivityState::Cancelled);
        let event = app.delete_activity(leader, school.id, id).unwrap();
        assert!(app.activity(leader, view, part).is_err());
        app.restore_activity(leader, school.id, id, event).unwrap();
        assert_eq!(row(part).state, ActivityState::Cancelled);
        app.delete_activity(leader, school.id, part).unwrap();
        assert!(app.activity(leader, view, id).is_ok());
        assert_eq!(app.whole_of_deleted(leader, view, part).unwrap(), Some(id));
    }

    fn a_series_is_as_many_activities_with_a_register_each(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let plan = PlanForm {
            repeat: "fortnight".to_owned(),
            repeat_until: "2027-01-10".to_owned(),
            ends_on: "11/12/2026".to_owned(),
            ..invited()
        };
        let made = app.plan_activity(leader, school.id, &visit(), &plan).unwrap().activities;
        // 10 and 24 December, 7 January.
        assert_eq!(made.len(), 3);
        let page = app.activity_plan(leader, view, made[2]).unwrap();
        assert_eq!(page.plan.ends_on, Some(jiff::civil::date(2027, 1, 8)));
        let others: Vec<_> = page.series.iter().map(|other| (other.id, other.date.day())).collect();
        assert_eq!(others, [(made[0], 10), (made[1], 24)]);
        assert!(app.register(leader, view, made[1]).unwrap().rows.iter().all(|row| row.status.is_some()));
    }

    fn doing_it_again_takes_everything_but_the_day_the_marks_and_the_files(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let plan = PlanForm {
            place: "Hall".to_owned(),
            cost: "£1,250.50".to_owned(),
            forms: vec!["9B".to_owned()],
            attending: vec![app::AttendingForm { name: "The hub".to_owned(), role: "helps".to_owned() }],
            ..PlanForm::default()
        };
        let id = app.plan_activity(leader, school.id, &visit(), &plan).unwrap().activities[0];
        let talk = ActivityForm { kind: "labour-market".to_owned(), ..ActivityForm::default() };
        app.add_part(leader, school.id, id, &talk).unwrap();
        app.add_activity_file(leader, school.id, id, "risk.pdf", b"%PDF").unwrap();

        let (form, plan) = app.begin_activity(leader, view, &Beginning::Again(id)).unwrap();
        assert_eq!((form.date.as_str(), form.reference.as_str(), form.title.as_str()), ("", "", "Visit to a surveyor"));
        assert!(!form.checks.contains(&Check::Reflection.to_string()) && form.checks.len() == 3);
        assert_eq!((plan.place.as_str(), plan.cost.as_str(), plan.forms.len()), ("Hall", "1250.50", 1));
        let form = ActivityForm { date: "2027-03-03".to_owned(), ..form };
        let again = app.plan_activity(leader, school.id, &form, &plan).unwrap().activities[0];
        let page = app.activity_plan(leader, view, again).unwrap();
        assert_eq!((page.parts.len(), page.files.len(), page.attending.len()), (1, 0, 1));
        assert_eq!(page.groups.len(), 1);

        let template = app.save_template(leader, school.id, id, "Surveyor").unwrap();
        let (form, plan) = app.begin_activity(leader, view, &Beginning::Template(template)).unwrap();
        assert_eq!((form.kind.as_str(), plan.place.as_str(), plan.again.as_str()), ("employer-encounter", "Hall", ""));
        let event = app.delete_template(leader, school.id, template).unwrap();
        assert!(app.beginnings(leader, view).unwrap().own.is_empty());
        app.restore_template(leader, school.id, event).unwrap();
        assert_eq!(app.beginnings(leader, view).unwrap().own[0].1, "Surveyor");
        for (word, _, _) in app.beginnings(leader, view).unwrap().ours {
            let (form, _) = app.begin_activity(leader, view, &Beginning::Ours(word.to_owned())).unwrap();
            assert!(form.kind.parse::<Kind>().is_ok(), "{word}");
            assert!(form.provider_type.is_empty() || form.provider_type.parse::<domain::ProviderType>().is_ok(), "{word}");
        }
    }

    fn a_cohort_is_made_of_forms_needs_and_names(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let only = |plan: PlanForm| {
            let form = ActivityForm { year_groups: String::new(), ..visit() };
            let id = app.plan_activity(leader, school.id, &form, &plan).unwrap().activities[0];
            let rows = app.register(leader, view, id).unwrap().rows;
            rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
        };
        assert_eq!(only(PlanForm { forms: vec!["9B".to_owned()], ..invited() }), ["L2", "L3"]);
        let need = |years: &[&str]| PlanForm {
            needs: vec!["E".to_owned()],
            need_years: years.iter().map(|year| (*year).to_owned()).collect(),
            ..invited()
        };
        assert_eq!((only(need(&[])), only(need(&["9"]))), (vec!["L2".to_owned()], vec!["L2".to_owned()]));
        assert_eq!(only(need(&["10"])), Vec::<String>::new());
        assert_eq!(only(PlanForm { learners: "Learner, Test3\nl1".to_owned(), ..PlanForm::default() }), ["L1", "L3"]);

        // A tutor who may not see needs neither chooses such a group nor reads of it.
        let id = app.plan_activity(leader, school.id, &visit(), &need(&[])).unwrap().activities[0];
        let reach = Reach::Groups(vec![Group::Form("9A".to_owned())]);
        let tutor = world.person(school.id, "Tutor", Holding { role: Role::Tutor, reach });
        let page = app.activity_plan(&tutor, view, id).unwrap();
        assert!(page.groups.is_empty() && page.hides_groups);
    }

    fn files_are_kept_handed_out_deleted_and_put_back(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let id = app.plan_activity(leader, school.id, &visit(), &PlanForm::default()).unwrap().activities[0];
        let add = |name: &str, bytes: &[u8]| app.add_activity_file(leader, school.id, id, name, bytes);
        let file = add(r"C:\papers\risk.pdf", b"%PDF-1.7").unwrap();
        let problem = |made: Result<domain::ActivityFileId, Error>| matches!(made, Err(Error::Problems(_)));
        assert!(problem(add("page.html", b"<script>")) && problem(add("empty.pdf", b"")));
        assert!(problem(add("large.pdf", &vec![0; app::MOST_IN_A_FILE + 1])));
        let saved = app.activity_file(leader, view, id, file).unwrap();
        assert_eq!((saved.name.as_str(), saved.media_type, saved.bytes.as_slice()), ("risk.pdf", "application/pdf", &b"%PDF-1.7"[..]));
        assert!(app.activity_file(&school.viewer, view, id, file).is_err());
        app.remove_activity_file(leader, school.id, id, file).unwrap();
        assert!(app.activity_plan(leader, view, id).unwrap().files.is_empty());
        assert!(app.activity_file(leader, view, id, file).is_err());
        app.restore_activity_file(leader, school.id, id, file).unwrap();
        assert_eq!(app.activity_plan(leader, view, id).unwrap().files[0].size, 8);
    }

    fn the_list_names_what_is_to_be_done_and_what_things_cost(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let cost = |pounds: &str| PlanForm { cost: pounds.to_owned(), ..PlanForm::default() };
        let plan = |date: &str, state: &str, pounds: &str| {
            let form = ActivityForm { date: date.to_owned(), state: state.to_owned(), ..visit() };
            app.plan_activity(leader, school.id, &form, &cost(pounds)).unwrap().activities[0]
        };
        let past = plan("10/11/2026", "delivered", "100");
        plan("10/12/2026", "planned", "50.50");
        plan("11/12/2026", "draft", "1000");
        plan("10/11/2025", "delivered", "7");
        let list = app.activities(leader, view, &Default::default()).unwrap();
        assert_eq!((list.to_do.registers, list.to_do.boxes, list.to_do.drafts), (1, 0, 1));
        let to_do = ActivityFilter { to_do: true, state: Some(ActivityState::Delivered), ..ActivityFilter::default() };
        let tasks: Vec<_> = app.activities(leader, view, &to_do).unwrap().activities.iter().map(|row| row.task).collect();
        assert_eq!(tasks, [Some(ActivityTask::Register), Some(ActivityTask::Register)]);
        app.mark_everybody(leader, view, past, ParticipationStatus::Attended).unwrap();
        assert_eq!(app.activities(leader, view, &Default::default()).unwrap().to_do.registers, 0);

        app.set_budget(leader, school.id, AcademicYear::starting(2026), "120").unwrap();
        let budget = app.budget(&school.viewer, view).unwrap();
        assert_eq!((budget.spent, budget.planned, budget.left), (10_000, 5_050, Some(-3_050)));
        assert!(app.set_budget(&school.viewer, school.id, AcademicYear::starting(2026), "1").is_err());

        let csv = app.export_activities(leader, view, &ActivityFilter::default(), ListFormat::Csv).unwrap();
        let text = String::from_utf8(csv.bytes).unwrap();
        assert_eq!(text.lines().count(), 5);
        assert!(text.contains("delivered,employer-encounter,Fernhill Surveyors"), "{text}");
    }

    fn a_step_for_benchmark_1_is_offered_as_evidence_there(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let form = ActivityForm {
            title: "Governors look at the programme".to_owned(),
            date: "02/11/2026".to_owned(),
            kind: "programme".to_owned(),
            ..ActivityForm::default()
        };
        let plan = |shows: &str| PlanForm { shows: vec![shows.to_owned()], ..PlanForm::default() };
        assert!(app.plan_activity(leader, school.id, &form, &plan("bm9.9")).is_err());
        let id = app.plan_activity(leader, school.id, &form, &plan("bm1.1")).unwrap().activities[0];
        let steps = app.steps_for(leader, view, "bm1.1").unwrap();
        assert_eq!(steps, [(id, form.title.clone(), jiff::civil::date(2026, 11, 2))]);
        assert!(app.steps_for(leader, view, "bm1.2").unwrap().is_empty());
        assert_eq!(app.activity_plan(leader, view, id).unwrap().shows[0].0, "bm1.1");
    }

    fn a_day_on_which_nobody_is_there_is_pointed_out(world: &World) {
        let school = world.school(&four());
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let on = |date: &str| {
            let form = ActivityForm { date: date.to_owned(), ..visit() };
            let id = app.plan_activity(leader, school.id, &form, &PlanForm::default()).unwrap().activities[0];
            app.activity_plan(leader, view, id).unwrap().warnings
        };
        assert_eq!(on("2026-12-10"), Vec::<String>::new());
        assert_eq!(on("2026-12-12"), ["12 December 2026 is a Saturday."]);
        let form = ActivityForm { date: "2036-12-10".to_owned(), ..visit() };
        let Err(Error::Problems(problems)) = app.plan_activity(leader, school.id, &form, &PlanForm::default()) else {
            panic!("a mistyped year is asked about")
        };
        assert_eq!(problems[0].message, "2036? Enter a day from 2025/26 to 2028/29.");
    }
}
