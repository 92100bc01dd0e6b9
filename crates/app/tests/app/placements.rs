use app::{
    CheckForm, EmployerAnswer, EmployerOpinion, Error, Group, Holding, JournalEntry, LinkPurpose, ParentAnswer,
    PlacementFilter, PlacementForm, Reach, Refusal, RequirementFilter, Role, SeasonForm, Status,
};
use domain::{CHECK_SET, Check, CheckedBy, Hours, PlacementCheck, PlacementStage, Records, YearGroup};

use crate::harness::{School, World, on_both_engines, year_nine};

/// Learners of Year 10, the last of them in another form.
fn year_ten(learners: u32) -> Records {
    let mut records = year_nine(learners);
    for record in &mut records.year_records {
        record.year_group = YearGroup::new(10);
    }
    for learner in &mut records.learners {
        learner.date_of_birth = jiff::civil::date(2012, 1, 15);
        learner.form = Some("10A".to_owned());
    }
    if let Some(last) = records.learners.last_mut() {
        last.form = Some("10B".to_owned());
    }
    records
}

/// A week of five hours a day: 2 to 6 November 2026 were a Monday to a Friday.
fn week() -> PlacementForm {
    PlacementForm {
        employer: "Fernhill Surveyors".to_owned(),
        starts_on: "2/11/2026".to_owned(),
        ends_on: "6/11/2026".to_owned(),
        hours_a_day: "5".to_owned(),
        ..PlacementForm::default()
    }
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Problems(problems)) => problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join(" "),
        other => panic!("problems, not {other:?}"),
    }
}

fn check_everything(school: &School<'_>, id: domain::PlacementId) {
    for rule in CHECK_SET.iter().filter(|rule| rule.by == CheckedBy::Approval) {
        let expires_on = if rule.expires { "31/03/2028".to_owned() } else { String::new() };
        let form = CheckForm { status: "seen".to_owned(), expires_on, ..CheckForm::default() };
        school.app.set_placement_check(&school.leader, school.id, id, rule.check, &form).unwrap();
    }
}

on_both_engines! {
    fn a_placement_counts_when_it_is_complete_and_no_longer_when_that_is_taken_back(world: &World) {
        let school = world.school(&year_ten(3));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        let hours = || {
            let filter = PlacementFilter { year_group: Some(YearGroup::new(10)), form: None };
            let ledger = app.placement_hours(leader, view, &filter).unwrap();
            assert_eq!(ledger.expected.1, Some(Hours::whole(25)));
            let row = ledger.rows.into_iter().find(|row| row.id == learner).unwrap().upper.unwrap();
            (row.done, row.planned, row.status)
        };
        let met = || app.requirement(leader, view, "wex.ks4", &RequirementFilter::default()).unwrap().requirement.tally.met;
        let none = (Hours::ZERO, Hours::ZERO, Status::Due);
        assert_eq!((hours(), met()), (none, 0));

        let id = app.add_placement(leader, view, &learner.to_string(), &week()).unwrap().id;
        let to = |stage| app.move_placement(leader, school.id, id, stage, "");
        for stage in [PlacementStage::Requested, PlacementStage::Agreed, PlacementStage::Checks] {
            to(stage).unwrap();
        }
        let refused = problem(to(PlacementStage::Approved));
        assert!(refused.contains("Employers’ liability insurance") && refused.contains("Parent’s or carer’s agreement"), "{refused}");
        check_everything(&school, id);
        to(PlacementStage::Approved).unwrap();
        let planned = app.placement(leader, view, id).unwrap().activity.clone().unwrap().0;
        to(PlacementStage::Live).unwrap();
        assert_eq!(app.placement(leader, view, id).unwrap().activity.unwrap().0, planned);
        // Ahead of today nothing is planned any more: the week has passed, so it waits to be marked complete.
        assert_eq!((hours().0, met()), (Hours::ZERO, 0));
        to(PlacementStage::Complete).unwrap();
        // Five working days of five hours.
        assert_eq!((hours(), met()), ((Hours::whole(25), Hours::ZERO, Status::Met), 1));
        let page = app.placement(leader, view, id).unwrap();
        let activity = page.activity.clone().unwrap().0;
        let counted = app.activity(leader, view, activity).unwrap().row;
        assert_eq!((counted.activity.organisation.as_deref(), counted.attended), (Some("Fernhill Surveyors"), 1));
        assert!(counted.activity.checks.contains(Check::PurposeShared));
        assert!(!counted.activity.title.contains("Learner"));

        let last = || app.placement(leader, view, id).unwrap().steps.last().unwrap().position;
        let undo = |position| app.undo_placement_step(leader, school.id, id, position);
        let complete = last();
        undo(complete).unwrap();
        assert_eq!((hours().0, met()), (Hours::ZERO, 0));
        // Pressed twice, it is taken back once.
        assert!(matches!(undo(complete), Err(Error::Refusal(Refusal::Conflict(_)))));
        undo(last()).unwrap();
        assert_eq!(app.placement(leader, view, id).unwrap().stage, PlacementStage::Approved);
        undo(last()).unwrap();
        assert_eq!(hours(), none);
        assert!(matches!(app.activity(leader, view, activity), Err(Error::Refusal(Refusal::NotFound))));
        assert_eq!(app.placement(leader, view, id).unwrap().stage, PlacementStage::Checks);
        to(PlacementStage::Approved).unwrap();
        to(PlacementStage::Live).unwrap();
        to(PlacementStage::Complete).unwrap();
        assert_eq!((hours().0, met()), (Hours::whole(25), 1));
        assert!(problem(to(PlacementStage::FellThrough)).contains("why"));
        app.move_placement(leader, school.id, id, PlacementStage::FellThrough, "It was a mistake").unwrap();
        assert_eq!((hours(), met()), (none, 0));
    }

    fn what_staff_say_of_a_placements_activity_is_not_undone_by_what_comes_by_links(world: &World) {
        let school = world.school(&year_ten(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        let form = PlacementForm { needs: Some("An inhaler".to_owned()), ..week() };
        let id = app.add_placement(leader, view, &learner.to_string(), &form).unwrap().id;
        let link = |purpose| app.make_placement_link(leader, school.id, id, purpose).unwrap().1;
        let (employer, parent) = (link(LinkPurpose::PlacementEmployer), link(LinkPurpose::PlacementParent));
        let journal = link(LinkPurpose::PlacementJournal);
        let opinion = EmployerOpinion { went_well: "Asked good questions".to_owned(), ..EmployerOpinion::default() };
        let is_conflict = |outcome: Result<(), Error>| matches!(outcome, Err(Error::Refusal(Refusal::Conflict(_))));
        assert!(is_conflict(app.send_employer_opinion(school.id, employer.reveal(), &opinion)));

        // What came from home joins what the school knew, and somebody reads both.
        let home = |needs: &str| ParentAnswer {
            agrees: "yes".to_owned(),
            name: "Kit Example".to_owned(),
            emergency_name: "Kit Example".to_owned(),
            emergency_phone: "01632 960002".to_owned(),
            needs: needs.to_owned(),
            travel: "Bus 7".to_owned(),
        };
        let needs = || app.placement(leader, view, id).unwrap().details.needs.unwrap();
        app.send_parent_answer(school.id, parent.reveal(), &home("")).unwrap();
        assert_eq!(needs(), "An inhaler");
        app.send_parent_answer(school.id, parent.reveal(), &home("No nuts")).unwrap();
        assert!(needs().starts_with("An inhaler") && needs().ends_with("No nuts"), "{}", needs());
        // Whoever sees the trail and no needs does not read them there.
        let office = world.person(school.id, "An Office", Role::Administrator);
        let told = |actor| {
            let found = app::AuditFilter { kind: Some(app::AuditKind::Records), ..Default::default() };
            let entries = app.audit_trail(actor, view, &found).unwrap().entries;
            assert!(entries.iter().any(|entry| entry.action == "placement.parent-answered"));
            entries.iter().flat_map(|entry| &entry.changes).any(|change| format!("{change:?}").contains("No nuts"))
        };
        assert_eq!((told(leader), told(&office)), (true, false));
        let page = app.placement(leader, view, id).unwrap();
        let check = page.checks.iter().find(|check| check.rule.check == PlacementCheck::Needs).unwrap();
        assert_eq!(check.status, domain::CheckStatus::Asked);
        let own = CheckForm { status: "seen".into(), note: Some("Ask about the ladder".into()), ..CheckForm::default() };
        app.set_placement_check(leader, school.id, id, PlacementCheck::Risk, &own).unwrap();
        assert_eq!(app.parent_request(school.id, parent.reveal()).unwrap().risks, "");

        // Of another length of day, the hours are others; what was changed meanwhile is not overwritten.
        let shown = app.placement(leader, view, id).unwrap().details;
        let longer = PlacementForm { hours_a_day: "6".to_owned(), ..shown };
        app.change_placement(leader, school.id, id, &longer).unwrap();
        assert_eq!(app.placement(leader, view, id).unwrap().details.hours, "30");
        assert!(is_conflict(app.change_placement(leader, school.id, id, &longer)));

        check_everything(&school, id);
        let to = |stage| app.move_placement(leader, school.id, id, stage, "").unwrap();
        to(PlacementStage::Live);
        to(PlacementStage::Complete);
        let activity = app.placement(leader, view, id).unwrap().activity.unwrap().0;
        let mark = domain::ParticipationStatus::Absent;
        app.mark(leader, school.id, activity, &[app::Mark::new(learner, Some(mark))]).unwrap();
        app.send_employer_opinion(school.id, employer.reveal(), &opinion).unwrap();
        let wrote = JournalEntry { text: "I like maps".to_owned(), is_reflection: true, ..JournalEntry::default() };
        app.send_journal_entry(school.id, journal.reveal(), &wrote).unwrap();
        let row = app.activity(leader, view, activity).unwrap().row;
        assert_eq!(row.attended, 0);
        assert!(row.activity.checks.contains(Check::Feedback));
        let no = EmployerAnswer { agrees: "no".to_owned(), ..EmployerAnswer::default() };
        assert!(is_conflict(app.send_employer_answer(school.id, employer.reveal(), &no)));
        app.delete_activity(leader, school.id, activity).unwrap();
        app.send_journal_entry(school.id, journal.reveal(), &wrote).unwrap();
        assert!(matches!(app.activity(leader, view, activity), Err(Error::Refusal(Refusal::NotFound))));
    }

    fn a_placement_ahead_is_planned_while_it_is_live(world: &World) {
        let school = world.school(&year_ten(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        // 7 to 11 December 2026 are a Monday to a Friday.
        let ahead = PlacementForm { starts_on: "7/12/2026".into(), ends_on: "11/12/2026".into(), ..week() };
        let id = app.add_placement(leader, view, &learner.to_string(), &ahead).unwrap().id;
        check_everything(&school, id);
        app.move_placement(leader, school.id, id, PlacementStage::Live, "").unwrap();
        let filter = PlacementFilter { year_group: Some(YearGroup::new(10)), form: None };
        let row = app.placement_hours(leader, view, &filter).unwrap().rows[0].upper.clone().unwrap();
        assert_eq!((row.done, row.planned), (Hours::ZERO, Hours::whole(25)));
    }

    fn an_employer_and_a_parent_answer_by_links_that_show_little(world: &World) {
        let school = world.school(&year_ten(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        let form = PlacementForm { needs: Some("An inhaler".to_owned()), ..week() };
        let id = app.add_placement(leader, view, &learner.to_string(), &form).unwrap().id;
        let link = |purpose| app.make_placement_link(leader, school.id, id, purpose).unwrap().1;
        let (employer, parent) = (link(LinkPurpose::PlacementEmployer), link(LinkPurpose::PlacementParent));
        let asked = app.employer_request(school.id, employer.reveal()).unwrap();
        assert_eq!((asked.learner.as_str(), asked.details.needs), ("Test1 L.", None));
        let wrong = app.parent_request(school.id, employer.reveal());
        assert!(matches!(wrong, Err(Error::Refusal(Refusal::NotFound))), "{wrong:?}");

        let answer = EmployerAnswer {
            agrees: "yes".to_owned(),
            details: PlacementForm {
                supervisor: "Sam Example".into(),
                supervisor_phone: "01632 960001".into(),
                tasks: "Measure with the team".into(),
                // What the school said of days stays.
                starts_on: "1/1/2020".into(),
                ..PlacementForm::default()
            },
            insurance_number: "EL 1".to_owned(),
            insurance_expires: "31/03/2028".to_owned(),
            risks: "Traffic; never alone on site".to_owned(),
            knows_safeguarding: true,
            ..EmployerAnswer::default()
        };
        let blank = EmployerAnswer { agrees: "yes".to_owned(), ..EmployerAnswer::default() };
        assert!(problem(app.send_employer_answer(school.id, employer.reveal(), &blank)).contains("look after"));
        app.send_employer_answer(school.id, employer.reveal(), &answer).unwrap();
        let page = app.placement(leader, view, id).unwrap();
        assert_eq!((page.stage, page.details.starts_on.as_str()), (PlacementStage::Agreed, "2026-11-02"));
        assert_eq!(app.parent_request(school.id, parent.reveal()).unwrap().risks, "Traffic; never alone on site");
        let agreed = ParentAnswer {
            agrees: "yes".to_owned(),
            name: "Kit Example".to_owned(),
            emergency_name: "Kit Example".to_owned(),
            emergency_phone: "01632 960002".to_owned(),
            needs: "An inhaler, in the bag".to_owned(),
            travel: "Bus 7".to_owned(),
        };
        app.send_parent_answer(school.id, parent.reveal(), &agreed).unwrap();
        let page = app.placement(leader, view, id).unwrap();
        let open: Vec<_> = page.checks.iter().filter(|check| check.is_open()).map(|check| check.rule.check).collect();
        assert_eq!(open, [PlacementCheck::Preparation]);
        assert_eq!((page.details.travel.as_str(), page.details.needs.as_deref()), ("Bus 7", Some("An inhaler, in the bag")));

        let seen = CheckForm { status: "seen".to_owned(), ..CheckForm::default() };
        app.set_placement_check(leader, school.id, id, PlacementCheck::Preparation, &seen).unwrap();
        for stage in [PlacementStage::Live, PlacementStage::Complete] {
            app.move_placement(leader, school.id, id, stage, "").unwrap();
        }
        let opinion = EmployerOpinion { went_well: "Asked good questions".to_owned(), ..EmployerOpinion::default() };
        app.send_employer_opinion(school.id, employer.reveal(), &opinion).unwrap();
        let journal = link(LinkPurpose::PlacementJournal);
        let wrote = JournalEntry { text: "I like maps".to_owned(), is_reflection: true, ..JournalEntry::default() };
        app.send_journal_entry(school.id, journal.reveal(), &wrote).unwrap();
        let page = app.placement(leader, view, id).unwrap();
        assert_eq!((page.feedback.len(), page.entries.len()), (1, 2));
        let checks = app.activity(leader, view, page.activity.unwrap().0).unwrap().row.activity.checks;
        assert!(checks.contains(Check::Feedback) && checks.contains(Check::Reflection));
        let of_link = page.links.iter().find(|one| one.purpose == LinkPurpose::PlacementEmployer).unwrap();
        app.close_placement_link(leader, school.id, id, of_link.id).unwrap();
        let ended = app.employer_request(school.id, employer.reveal());
        assert!(matches!(ended, Err(Error::Refusal(Refusal::Conflict(_)))), "{ended:?}");
    }

    fn a_season_is_begun_for_everybody_who_has_none_and_a_tutor_sees_their_own_form(world: &World) {
        let school = world.school(&year_ten(4));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let learner = app.learners(leader, view, &Default::default()).unwrap().learners[0].id;
        let needs = PlacementForm { needs: Some("An inhaler".to_owned()), ..week() };
        let id = app.add_placement(leader, view, &learner.to_string(), &needs).unwrap().id;
        let season = SeasonForm { year_group: "10".to_owned(), ..SeasonForm::default() };
        assert_eq!(app.add_placements(leader, view, &season).unwrap(), 3);
        assert_eq!(app.add_placements(leader, view, &season).unwrap(), 0);
        assert!(problem(app.add_placements(leader, view, &SeasonForm { year_group: "9".to_owned(), ..season })).contains("Year 10"));
        let filter = PlacementFilter { year_group: Some(YearGroup::new(10)), form: None };
        let cards = |actor| -> usize {
            app.placements(actor, view, &filter).unwrap().columns.iter().map(|column| column.cards.len()).sum()
        };
        assert_eq!(cards(leader), 4);
        let reach = Reach::Groups(vec![Group::Form("10B".to_owned())]);
        let tutor = world.person(school.id, "A Tutor", Holding { role: Role::Tutor, reach });
        assert_eq!(cards(&tutor), 1);
        assert!(matches!(app.placement(&tutor, view, id), Err(Error::Refusal(Refusal::NotFound))));
        let page = app.placement(&school.viewer, view, id).unwrap();
        assert_eq!((page.may_change, page.sees_needs, page.details.needs), (false, false, None));
        let governor = world.person(school.id, "A Governor", Role::Governor);
        assert!(matches!(app.placements(&governor, view, &filter), Err(Error::Refusal(Refusal::NotAllowed))));
        let file = app.export_placements(leader, view, &filter, (app::PlacementFile::Register, app::ListFormat::Csv)).unwrap();
        // The headings and four placements.
        assert_eq!(String::from_utf8(file.bytes).unwrap().trim().lines().count(), 5);
    }
}
