//! Registers: two people at once, links without an account, codes on the board, lists, workbooks.

use app::{
    ActivityForm, Actor, CheckInForm, Error, Found, LinkPurpose, Mark, Origin, PlanForm, Refusal, RegisterLinkForm,
    Role, SheetProblem,
};
use domain::{ActivityId, LearnerId, ParticipationStatus, Records};
use jiff::ToSpan;

use crate::harness::{School, World, on_both_engines, year_nine};

use ParticipationStatus::{Absent, Attended, Excused};

/// Year 9 in 9A without any mark; the last of them is in 9B.
fn unmarked(learners: u32) -> Records {
    let mut records = year_nine(learners);
    records.participations.clear();
    if let Some(last) = records.learners.last_mut() {
        last.form = Some("9B".to_owned());
    }
    records
}

fn activity(school: &School<'_>) -> ActivityId {
    school.app.activities(&school.leader, school.today(), &Default::default()).unwrap().activities[0].id
}

fn ids(school: &School<'_>) -> Vec<LearnerId> {
    let register = school.app.register(&school.leader, school.today(), activity(school)).unwrap();
    register.rows.iter().map(|row| row.id).collect()
}

fn marks(school: &School<'_>) -> Vec<Option<ParticipationStatus>> {
    let register = school.app.register(&school.leader, school.today(), activity(school)).unwrap();
    register.rows.iter().map(|row| row.status).collect()
}

fn said(error: Error) -> String {
    match error {
        Error::Problems(problems) => problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join(" "),
        Error::Refusal(refusal) => refusal.to_string(),
        Error::Fault(fault) => panic!("{fault}"),
    }
}

fn is_missing<T>(answer: app::Result<T>) -> bool {
    matches!(answer, Err(Error::Refusal(Refusal::NotFound)))
}

on_both_engines! {
    fn of_two_who_mark_at_once_no_mark_is_lost_and_what_differs_comes_back(world: &World) {
        let school = world.school(&unmarked(3));
        let (app, id, ids) = (school.app, school.id, ids(&school));
        let other = world.person(id, "Ms Example", Role::CareersLeader);
        let register = activity(&school);
        // Both saw an empty register. The first marks two.
        let first = [Mark::over(ids[0], None, Some(Attended)), Mark::over(ids[1], None, Some(Attended))];
        assert_eq!(app.mark(&other, id, register, &first).unwrap().saved, 2);
        // The second agrees about one, differs about one, and marks a third.
        let second = [Mark::over(ids[0], None, Some(Attended)), Mark::over(ids[1], None, Some(Absent)), Mark::over(ids[2], None, Some(Excused))];
        let marked = app.mark(&school.leader, id, register, &second).unwrap();
        assert_eq!((marked.saved, marked.conflicts.len()), (1, 1));
        let conflict = &marked.conflicts[0];
        assert_eq!((conflict.learner, conflict.said, conflict.now), (ids[1], Some(Absent), Some(Attended)));
        assert_eq!((conflict.by.as_deref(), &*conflict.name), (Some("Ms Example"), "Learner, Test2"));
        assert_eq!(conflict.at, Some(app.context().now()));
        assert_eq!(marks(&school), [Some(Attended), Some(Attended), Some(Excused)]);
        // Whoever sends the same once more changes nothing, and nothing is noted.
        let before = app.audit_trail(&school.leader, school.today(), &Default::default()).unwrap().entries.len();
        assert_eq!(app.mark(&other, id, register, &first).unwrap(), app::Marked::default());
        assert_eq!(app.audit_trail(&school.leader, school.today(), &Default::default()).unwrap().entries.len(), before);
        // Having seen theirs, mine takes its place.
        let mine = [Mark::over(ids[1], Some(Attended), Some(Absent))];
        assert_eq!(app.mark(&school.leader, id, register, &mine).unwrap().saved, 1);
        assert_eq!(marks(&school)[1], Some(Absent));
    }

    fn marks_that_came_together_are_taken_back_together(world: &World) {
        let school = world.school(&unmarked(2));
        let (app, id, ids, register) = (school.app, school.id, ids(&school), activity(&school));
        let both = ids.iter().map(|learner| Mark::new(*learner, Some(Absent))).collect::<Vec<_>>();
        let event = app.mark(&school.leader, id, register, &both).unwrap().event.unwrap();
        app.mark(&school.leader, id, register, &[Mark::new(ids[1], Some(Excused))]).unwrap();
        assert_eq!(app.unmark(&school.leader, id, register, event).unwrap(), 1);
        assert_eq!(marks(&school), [None, Some(Excused)]);
    }

    fn a_link_opens_one_form_of_one_register_until_it_ends_or_is_ended(world: &World) {
        let school = world.school(&unmarked(3));
        let (app, id, ids, register) = (school.app, school.id, ids(&school), activity(&school));
        let form = RegisterLinkForm { label: "Cover".to_owned(), form: "9A".to_owned(), days: String::new() };
        let made = app.make_register_link(&school.leader, id, register, &form).unwrap();
        // 23 November, 9 o'clock: until the end of the 24th.
        assert_eq!(made.until.to_string(), "2026-11-25T00:00:00Z");
        let opened = app.linked_register(id, made.token.reveal()).unwrap();
        assert_eq!(opened.rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids[..2]);
        let marked = app.mark_by_link(id, made.token.reveal(), &[Mark::over(ids[0], None, Some(Attended))]).unwrap();
        assert_eq!(marked.saved, 1);
        // Nobody of another form; not by another purpose; not at another institution.
        let outside = [Mark::over(ids[1], None, Some(Absent)), Mark::over(ids[2], None, Some(Absent))];
        assert!(is_missing(app.mark_by_link(id, made.token.reveal(), &outside)));
        assert_eq!(marks(&school), [Some(Attended), None, None]);
        let mut other = unmarked(1);
        other.institution.urn = Some("99902".to_owned());
        let elsewhere = world.school(&other);
        assert!(is_missing(app.linked_register(elsewhere.id, made.token.reveal())));
        // What staff marked meanwhile is not written over.
        let conflict = app.mark_by_link(id, made.token.reveal(), &[Mark::over(ids[0], None, Some(Absent))]).unwrap();
        assert_eq!((conflict.saved, conflict.conflicts[0].by.as_deref()), (0, Some("somebody with a link")));
        // It is listed, and ends.
        let links = app.register_links(&school.leader, school.today(), register).unwrap().links;
        assert_eq!((links.len(), links[0].uses, links[0].label.as_deref()), (1, 2, Some("Cover")));
        app.close_link(&school.leader, id, LinkPurpose::Register, made.id).unwrap();
        assert!(said(app.linked_register(id, made.token.reveal()).unwrap_err()).contains("ended by the school"));
        let made = app.make_register_link(&school.leader, id, register, &RegisterLinkForm::default()).unwrap();
        app.context().set_now(made.until);
        assert!(said(app.mark_by_link(id, made.token.reveal(), &[]).unwrap_err()).contains("ended on 25 November 2026"));
    }

    fn a_link_shows_a_form_that_nobody_invited(world: &World) {
        let school = world.school(&unmarked(3));
        let (app, id, ids) = (school.app, school.id, ids(&school));
        let visit = ActivityForm {
            title: "Visit to the works".to_owned(),
            date: "2026-11-24".to_owned(),
            kind: "employer-encounter".to_owned(),
            ..ActivityForm::default()
        };
        let plan = PlanForm { forms: vec!["9A".to_owned()], ..PlanForm::default() };
        let made = app.plan_activity(&school.leader, id, &visit, &plan).unwrap().activities[0];
        let link = app.make_register_link(&school.leader, id, made, &RegisterLinkForm::default()).unwrap();
        let opened = app.linked_register(id, link.token.reveal()).unwrap();
        // The last is in 9B.
        assert_eq!(opened.rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids[..2]);
    }

    fn whoever_marks_one_form_makes_links_for_that_form_only(world: &World) {
        let school = world.school(&unmarked(3));
        let groups = app::Reach::Groups(vec![app::Group::Form("9A".to_owned())]);
        let tutor = world.person(school.id, "Tutor", app::Holding { role: Role::Tutor, reach: groups });
        let register = activity(&school);
        let make = |form: &str| {
            let form = RegisterLinkForm { form: form.to_owned(), ..RegisterLinkForm::default() };
            school.app.make_register_link(&tutor, school.id, register, &form)
        };
        assert!(make("9A").is_ok());
        assert!(said(make("9B").unwrap_err()).contains("all yours"));
        assert!(said(make("").unwrap_err()).contains("all yours"));
        assert!(said(make("9Z").unwrap_err()).contains("Nobody"));
    }

    fn a_learner_checks_in_with_the_code_their_name_and_their_birthday(world: &World) {
        let mut records = unmarked(3);
        records.learners[0].forename = "Zoë Ann".to_owned();
        records.learners[0].surname = "O’Test".to_owned();
        let school = world.school(&records);
        let (app, id, register) = (school.app, school.id, activity(&school));
        app.open_check_in(&school.leader, id, register, "15").unwrap();
        let open = app.check_in(&school.leader, school.today(), register).unwrap().open.unwrap();
        assert_eq!(open.code.len(), 6);
        let form = |code: &str, forename: &str, surname: &str, day: &str, month: &str| CheckInForm {
            code: code.to_owned(),
            forename: forename.to_owned(),
            surname: surname.to_owned(),
            day: day.to_owned(),
            month: month.to_owned(),
        };
        let from = |place: &str| Origin { address: place.to_owned(), ..Origin::default() };
        let code = open.code.to_lowercase();
        let mut wrong: Vec<String> = [
            form(&code, "Zoe", "OTest", "16", "1"),
            form(&code, "Zoe", "Test", "15", "1"),
            form(&code, "Nobody", "Here", "15", "1"),
            form("AAAAAA", "Zoe", "OTest", "15", "1"),
            form(&code, "", "", "", ""),
        ]
        .iter()
        .map(|form| said(app.check_in_by_code(id, form, &from("a")).unwrap_err()))
        .collect();
        // Whatever is wrong, the answer is the same: it confirms nobody.
        wrong.dedup();
        assert_eq!(wrong.len(), 1);
        app.check_in_by_code(id, &form(&code, "zoe", "o'test", "15", "01"), &from("a")).unwrap();
        let page = app.check_in(&school.leader, school.today(), register).unwrap();
        assert_eq!(page.came.iter().map(|came| &*came.name).collect::<Vec<_>>(), ["O’Test, Zoë Ann"]);
        // Once more is no trouble; what staff said is not changed.
        app.check_in_by_code(id, &form(&code, "zoe", "o'test", "15", "01"), &from("a")).unwrap();
        let second = ids(&school)[0];
        let name = app.register(&school.leader, school.today(), register).unwrap().rows[0].name.clone();
        app.mark(&school.leader, id, register, &[Mark::new(second, Some(Absent))]).unwrap();
        let forename = name.split(", ").nth(1).unwrap().to_owned();
        let refused = app.check_in_by_code(id, &form(&code, &forename, "Learner", "15", "1"), &from("a"));
        assert!(said(refused.unwrap_err()).contains("member of staff"));
        // Guessing at one name ends after ten tries, and the code after its minutes.
        let guess = form(&code, "Test3", "Learner", "1", "1");
        let refusals: Vec<_> =
            (0..11).map(|_| app.check_in_by_code(id, &guess, &from("b")).unwrap_err()).collect();
        assert!(matches!(refusals.last(), Some(Error::Refusal(Refusal::TooMany))));
        app.context().set_now(app.context().now() + 15.minutes());
        let late = app.check_in_by_code(id, &form(&code, "Test3", "Learner", "15", "1"), &from("c"));
        assert!(said(late.unwrap_err()).contains("ended"));
        assert!(app.open_check_in(&school.leader, id, register, "5").is_err());
    }

    fn a_list_is_understood_line_by_line_before_anything_is_marked(world: &World) {
        let mut records = unmarked(3);
        records.learners[2].left = Some(jiff::civil::date(2026, 9, 30));
        let school = world.school(&records);
        let (app, register) = (school.app, activity(&school));
        let check = |text: &str| app.check_list(&school.leader, school.today(), register, text);
        let lines = check("L1\n\n2. test2 LEARNER\nNobody Here\nLearner, Test3\nl 1").unwrap().lines;
        let found: Vec<_> = lines
            .iter()
            .map(|line| match &line.found {
                Found::One(row) => (line.number, row.reference.clone(), line.same_as),
                Found::NotOnRoll(row) => (line.number, format!("left {}", row.reference), None),
                other => (line.number, format!("{other:?}"), None),
            })
            .collect();
        let expected = [
            (1, "L1".to_owned(), None),
            (3, "L2".to_owned(), None),
            (4, "Nobody".to_owned(), None),
            (5, "left L3".to_owned(), None),
            (6, "L1".to_owned(), Some(1)),
        ];
        assert_eq!(found, expected);
        assert_eq!(marks(&school), [None, None]);
        assert!(said(check("").unwrap_err()).contains("one on each line"));
        assert!(said(check(&"Test1 Learner\n".repeat(750_000)).unwrap_err()).contains("kB of text"));
        assert!(said(check(&"L1\n".repeat(2_001)).unwrap_err()).contains("2001 lines"));
    }

    fn a_workbook_that_comes_back_is_checked_cell_by_cell(world: &World) {
        let mut records = unmarked(5);
        records.learners[4].left = Some(jiff::civil::date(2026, 9, 30));
        let school = world.school(&records);
        let (app, id, register) = (school.app, school.id, activity(&school));
        let check = |bytes: &[u8]| app.check_register_sheet(&school.leader, school.today(), register, "back.xlsx", bytes);
        let out = app.register_sheet(&school.leader, school.today(), register).unwrap();
        let back = check(&out.bytes).unwrap();
        assert_eq!((back.changes.len(), back.unchanged, back.problems.len()), (0, 4, 0));

        let csv = format!(
            "Register number,{id}-{register}\nReference,Name,Form,Mark\nL1,,,Present\nL2,,,Preesnt\nL9,,,Absent\nL5,,,Absent\nL1,,,Absent\n,\"Learner, Test3\",,a\nL4,,,\n"
        );
        let back = check(csv.as_bytes()).unwrap();
        let changes: Vec<_> = back.changes.iter().map(|change| (&*change.learner.reference, change.seen, change.status)).collect();
        assert_eq!(changes, [("L1", None, Attended), ("L3", None, Absent)]);
        assert_eq!(back.unchanged, 1);
        let cell = |problem: &SheetProblem| (problem.cell.clone(), problem.value.clone());
        let cells: Vec<_> = back.problems.iter().map(cell).collect();
        let expected = [("D4", "Preesnt"), ("A5", "L9"), ("A6", "L5"), ("A7", "L1")];
        assert_eq!(cells, expected.map(|(cell, value)| (cell.to_owned(), value.to_owned())));
        assert_eq!(marks(&school), [None; 4]);

        let other = check(b"Register number,1-1\nReference,Mark\nL1,Present\n").unwrap();
        assert!(other.changes.is_empty() && other.problems[0].message.contains("another activity"));
        assert!(said(check(b"Name\nAsh\n").unwrap_err()).contains("heading"));
        assert!(check(&vec![b' '; 6 << 20]).is_err());
        let operator = Actor::operator();
        assert!(app.check_register_sheet(&operator, school.today(), register, "a.csv", csv.as_bytes()).is_ok());
    }
}
