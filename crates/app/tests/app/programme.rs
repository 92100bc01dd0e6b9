//! The programme of a year, its approval, the curriculum map, the roadmap.

use app::{
    ApprovalForm, Approver, CurriculumLinkForm, Error, Group, Holding, OutcomeForm, ProgrammeForm, Reach, Refusal,
    RoadmapForm, Role, Saved, View,
};
use domain::YearGroup;
use jiff::civil::date;

use crate::harness::{World, on_both_engines, year_nine};

fn form(statement: &str, stage: &str) -> OutcomeForm {
    OutcomeForm {
        statement: statement.to_owned(),
        sort: "skill".to_owned(),
        stage: stage.to_owned(),
        thread: "Routes".to_owned(),
        tags: vec!["Staying Positive".to_owned(), "bm7".to_owned()],
        own: "Houses".to_owned(),
        ..OutcomeForm::default()
    }
}

fn text(aims: &str) -> ProgrammeForm {
    ProgrammeForm { aims: aims.to_owned(), ..ProgrammeForm::default() }
}

on_both_engines! {
    fn last_years_programme_is_copied_and_its_approval_is_not(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let before = View { institution: school.id, as_of: Some(date(2026, 6, 1)) };
        app.change_programme(leader, before, &text("Find a way")).unwrap();
        app.add_outcomes(leader, before, YearGroup::new(9), &form("• Compare\n• Choose", "introduced")).unwrap();
        let senior = ApprovalForm { by: "Robin Example".to_owned(), on: "2026-09-14".to_owned(), ..Default::default() };
        app.approve_programme(leader, before, Approver::Senior, &senior).unwrap();
        assert_eq!(app.copy_programme(leader, school.today()).unwrap().to_string(), "2025/26");
        let page = app.programme(leader, school.today()).unwrap();
        let year = page.groups.iter().find(|plan| plan.year_group == YearGroup::new(9)).unwrap();
        let said: Vec<_> = year.outcomes.iter().map(|outcome| outcome.statement.as_str()).collect();
        assert_eq!((page.form.aims.as_str(), said), ("Find a way", vec!["Compare", "Choose"]));
        assert!(page.approvals.senior.is_none() && page.earlier.is_none());
        // A skill goes by the name of today, whichever it was given.
        let tags: Vec<_> = year.outcomes[0].tags.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(tags, ["Adapting", "Benchmark 7", "Houses"]);
        let again = app.copy_programme(leader, school.today());
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");
    }

    fn an_approval_says_what_was_changed_since_and_holds_again_when_it_is_changed_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        app.change_programme(leader, view, &text("One")).unwrap();
        let outcome = app.add_outcomes(leader, view, YearGroup::new(9), &form("Compare", "introduced")).unwrap()[0];
        let governors = ApprovalForm { by: "minute 6".to_owned(), seen: "a text of before".to_owned(), ..Default::default() };
        let stale = app.approve_programme(leader, view, Approver::Governors, &governors);
        assert!(matches!(stale, Err(Error::Refusal(Refusal::Conflict(_)))), "only what was looked at is approved: {stale:?}");
        let seen = app.programme(leader, view).unwrap().approvals.text;
        let governors = ApprovalForm { seen, ..governors };
        app.approve_programme(leader, view, Approver::Governors, &governors).unwrap();
        let changes = || app.programme(leader, view).unwrap().approvals.governors.unwrap().changes;
        assert_eq!(changes(), []);
        app.change_programme(leader, view, &text("Two")).unwrap();
        let (_, event) = app.remove_outcome(leader, view, outcome).unwrap();
        let found: Vec<_> = changes().into_iter().map(|one| (one.label, one.before, one.after.is_some())).collect();
        assert_eq!(
            found,
            [
                ("Aims".to_owned(), Some("One".to_owned()), true),
                ("Year 9: outcome".to_owned(), Some("Compare (skill, introduced, Routes)".to_owned()), false),
            ]
        );
        app.change_programme(leader, view, &text("One")).unwrap();
        app.restore_outcome(leader, view, outcome, event).unwrap();
        assert_eq!(changes(), []);
    }

    fn two_people_who_write_at_once_see_each_others_text(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let seen = app.programme(leader, view).unwrap().form.seen;
        let mine = ProgrammeForm { seen: seen.clone(), ..text("Mine") };
        assert_eq!(app.change_programme(leader, view, &mine).unwrap(), Saved::Done);
        let theirs = ProgrammeForm { seen, ..text("Theirs") };
        let Saved::Meanwhile(stored) = app.change_programme(leader, view, &theirs).unwrap() else { panic!("saved") };
        assert_eq!((stored.aims.as_str(), app.programme(leader, view).unwrap().form.aims.as_str()), ("Mine", "Mine"));
        let decided = ProgrammeForm { seen: stored.seen, ..theirs };
        assert_eq!(app.change_programme(leader, view, &decided).unwrap(), Saved::Done);
        assert_eq!(app.programme(leader, view).unwrap().form.aims, "Theirs");
    }

    fn progression_names_what_is_missing(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        for (year, stage) in [(7, "introduced"), (9, "secured")] {
            app.add_outcomes(leader, view, YearGroup::new(year), &form(&format!("Step {year}"), stage)).unwrap();
        }
        let progression = app.progression(&school.viewer, view).unwrap();
        assert_eq!(
            progression.threads[0].remarks,
            ["It is not taken up in Year 8.", "It goes from introduced to secured without being practised."]
        );
        assert_eq!(progression.unserved.len(), 2);
    }

    fn outcomes_come_in_from_the_file_that_they_went_out_in_and_a_bad_line_keeps_all_out(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        app.add_outcomes(leader, view, YearGroup::new(9), &form("=Compare", "introduced")).unwrap();
        let file = app.export_outcomes(leader, view, app::ListFormat::Xlsx).unwrap();
        assert_eq!(app.import_outcomes(leader, view, "outcomes.xlsx", &file.bytes).unwrap(), (0, 1));
        let next = View { institution: school.id, as_of: Some(date(2027, 10, 1)) };
        assert_eq!(app.import_outcomes(leader, next, "outcomes.xlsx", &file.bytes).unwrap(), (1, 0));
        let bad = b"Year group,Sort,Outcome\n9,skill,One\n15,skill,Two\n9,talent,Three\n";
        let Err(Error::Problems(problems)) = app.import_outcomes(leader, view, "bad.csv", bad) else { panic!("kept") };
        let lines: Vec<_> = problems.iter().map(|one| one.message.split(':').next().unwrap()).collect();
        assert_eq!(lines, ["Line 3", "Line 4"]);
        assert_eq!(app.progression(leader, view).unwrap().unserved.len(), 1);
    }

    fn a_subject_lead_writes_in_their_own_subject_and_records_its_lesson(world: &World) {
        let mut records = year_nine(2);
        for learner in &mut records.learners {
            learner.subjects = vec!["Art".to_owned(), "Music".to_owned()];
        }
        let school = world.school(&records);
        let (app, view) = (&world.app, school.today());
        let reach = Reach::Groups(vec![Group::Subject("art".to_owned())]);
        let lead = world.person(school.id, "Leads Art", Holding { role: Role::SubjectLead, reach });
        let link = |subject: &str| CurriculumLinkForm {
            subject: subject.to_owned(),
            year_group: "9".to_owned(),
            topic: "Portraits".to_owned(),
            about: "Who paints for a living".to_owned(),
            ..CurriculumLinkForm::default()
        };
        let own = app.add_curriculum_link(&lead, view, &link("Art")).unwrap();
        let other = app.add_curriculum_link(&lead, view, &link("Music"));
        assert!(matches!(other, Err(Error::Refusal(Refusal::NotAllowed))), "{other:?}");
        let music = app.add_curriculum_link(&school.leader, view, &link("Music")).unwrap();
        let other = app.remove_curriculum_link(&lead, view, music);
        assert!(matches!(other, Err(Error::Refusal(Refusal::NotAllowed))), "{other:?}");
        // Whoever is named as its lead may write there too.
        let named = [("Music".to_owned(), "Leads Art".to_owned())];
        app.set_subject_leads(&school.leader, school.id, &named).unwrap();
        assert!(app.curriculum_link(&lead, view, music).is_ok());
        let cell = |subject: &str| app.curriculum_cell(&lead, view, subject, YearGroup::new(9)).unwrap().cell;
        assert!(!cell("Art").is_recorded && cell("Art").links == 1);
        let (_, learners) = app.record_curriculum_link(&lead, view, own, "2026-11-20").unwrap();
        assert_eq!((learners, cell("Art").is_recorded, cell("Music").is_recorded), (2, true, false));
        // One of two subjects: nobody has met Benchmark 4 yet.
        let met = |app: &app::App| app.requirement(&school.leader, view, "bm4.1", &Default::default()).unwrap();
        assert_eq!(met(app).requirement.tally.met, 0);
        app.record_curriculum_link(&school.leader, view, music, "2026-11-19").unwrap();
        assert_eq!(met(app).requirement.tally.met, 2);
        let again = app.record_curriculum_link(&lead, view, own, "2026-11-20");
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");
    }

    fn a_standard_decision_is_changed_hidden_and_shown_again(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let all = app.roadmap(leader, view).unwrap().points.len();
        let changed = RoadmapForm {
            year_group: "9".to_owned(),
            term: "2".to_owned(),
            held_on: "2027-03-04".to_owned(),
            title: "Options <evening>".to_owned(),
            about: "Come".to_owned(),
            does: "Explain".to_owned(),
        };
        app.change_roadmap_point(leader, view, "9-options", &changed).unwrap();
        app.hide_roadmap_point(leader, view, "9-fourteen", true).unwrap();
        let roadmap = app.roadmap(&school.viewer, view).unwrap();
        assert_eq!(roadmap.points.len(), all - 1);
        assert!(roadmap.svg.contains("Options &lt;evening&gt;") && !roadmap.svg.contains("Moving at 14"));
        app.hide_roadmap_point(leader, view, "9-fourteen", false).unwrap();
        assert_eq!(app.roadmap(&school.viewer, view).unwrap().points.len(), all);
        let poster = app.roadmap_poster(&school.viewer, view).unwrap();
        assert!(poster.bytes.starts_with(b"%PDF-"));
        let next = View { institution: school.id, as_of: Some(date(2027, 10, 1)) };
        assert!(app.roadmap(leader, next).unwrap().points.iter().all(|point| point.is_standard));
    }

    fn the_journey_shows_what_is_for_a_whole_year_group_and_names_nobody(world: &World) {
        let school = world.school(&year_nine(4));
        let journey = world.app.journey(&school.viewer, school.today()).unwrap();
        let nine = journey.years.iter().find(|year| year.year_group == YearGroup::new(9)).unwrap();
        assert!(nine.terms[0].iter().any(|stop| stop.title == "Meet an engineer" && stop.is_over));
        assert!(!journey.svg.contains("Test1") && journey.svg.contains("Meet an engineer"));
        let poster = world.app.journey_poster(&school.viewer, school.today()).unwrap();
        assert!(poster.bytes.starts_with(b"%PDF-"));
    }
}
