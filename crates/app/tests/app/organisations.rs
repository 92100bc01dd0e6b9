use app::{
    ContactPersonForm, Error, FeedbackForm, LinkPurpose, NoteForm, OrganisationFilter, OrganisationForm,
    ReflectionForm, Refusal, RequirementFilter, Role,
};
use domain::{ActivityIndex, Check, Checks, Kind, Participation, ParticipationStatus};

use crate::harness::{World, employer_encounter, on_both_engines, year_nine};

fn named(name: &str) -> OrganisationForm {
    OrganisationForm { name: name.to_owned(), ..OrganisationForm::default() }
}

fn note(text: &str) -> NoteForm {
    NoteForm { note: text.to_owned(), ..NoteForm::default() }
}

fn message<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Problems(problems)) => problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join(" "),
        other => panic!("problems, not {other:?}"),
    }
}

on_both_engines! {
    fn merging_two_names_of_one_organisation_changes_no_number_and_can_be_undone(world: &World) {
        let mut records = year_nine(4);
        records.activities.push(domain::Activity {
            organisation: Some("ASHDOWN Engineering Ltd".to_owned()),
            ..employer_encounter("ACT-2", jiff::civil::date(2026, 10, 13))
        });
        // Two of the four were at both.
        for learner in 0..2 {
            records.participations.push(Participation {
                learner: domain::LearnerIndex(learner),
                activity: ActivityIndex(1),
                status: ParticipationStatus::Attended,
            });
        }
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let tally = || app.requirement(leader, view, "bm5.1", &RequirementFilter::default()).unwrap().requirement.tally;
        let names = || -> Vec<_> {
            let list = app.activities(leader, view, &Default::default()).unwrap().activities;
            list.into_iter().map(|row| row.activity.organisation.unwrap()).collect()
        };
        let before = (tally(), names());
        assert_eq!(app.add_organisations_of_activities(leader, school.id).unwrap(), 2);
        let (_, pairs) = app.organisation_duplicates(leader, view).unwrap();
        assert_eq!(pairs.len(), 1);
        let all = app.organisations(leader, view, &OrganisationFilter::default()).unwrap().organisations;
        let id = |name: &str| all.iter().find(|row| row.name == name).unwrap().id;
        let (keep, gone) = (id("Ashdown Engineering"), id("ASHDOWN Engineering Ltd"));
        let person = ContactPersonForm { name: "Sam Example".to_owned(), ..ContactPersonForm::default() };
        app.add_contact(leader, school.id, gone, &person).unwrap();

        let careful = OrganisationForm { safeguarding: "Sign in at the gate".to_owned(), ..named("ASHDOWN Engineering Ltd") };
        app.change_organisation(leader, school.id, gone, &careful).unwrap();
        let merged = app.merge_organisations(leader, school.id, gone, keep).unwrap();
        assert_eq!((merged.activities, names()), (1, vec!["Ashdown Engineering".to_owned(); 2]));
        assert_eq!(tally(), before.0);
        let page = app.organisation(leader, view, keep).unwrap();
        assert_eq!((page.visits.len(), page.contacts.len()), (2, 1));
        let safeguarding = || {
            let all = world.store.read(school.id, |tx| store::organisation::get(tx, school.id, keep)).unwrap();
            all.safeguarding
        };
        assert_eq!(safeguarding(), "Sign in at the gate");
        assert!(matches!(app.organisation(leader, view, gone), Err(Error::Refusal(Refusal::NotFound))));

        app.unmerge_organisations(leader, school.id, gone, merged.event).unwrap();
        assert_eq!((tally(), names()), before);
        assert_eq!(safeguarding(), "");
        assert_eq!(app.organisation(leader, view, gone).unwrap().contacts.len(), 1);
        let again = app.unmerge_organisations(leader, school.id, gone, merged.event);
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");
    }

    fn another_name_is_the_name_in_activities(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let id = app.add_organisation(leader, school.id, &named("ashdown engineering")).unwrap();
        assert!(message(app.add_organisation(leader, school.id, &named("Ashdown  Engineering"))).contains("already"));
        app.change_organisation(leader, school.id, id, &named("Ashdown Works")).unwrap();
        let activities = app.activities(leader, view, &Default::default()).unwrap().activities;
        assert_eq!(activities[0].activity.organisation.as_deref(), Some("Ashdown Works"));
        assert_eq!(app.organisation(leader, view, id).unwrap().visits.len(), 1);
    }

    fn whoever_was_contacted_a_short_time_ago_is_not_contacted_again_without_a_warning(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.add_organisation(leader, school.id, &named("Fernhill Surveyors")).unwrap();
        let person = |name: &str| ContactPersonForm { name: name.to_owned(), ..ContactPersonForm::default() };
        let sam = app.add_contact(leader, school.id, id, &person("Sam Example")).unwrap();
        let to_sam = |text: &str, again| NoteForm { contact: sam.to_string(), again, ..note(text) };
        app.note_contact(leader, school.id, id, &to_sam("A talk", false)).unwrap();
        let warned = message(app.note_contact(leader, school.id, id, &to_sam("A visit", false)));
        assert_eq!(warned, "Careers Leader contacted them on 23 November 2026. Tick “all the same” if it has to be now, or wait.");
        let already = app.asked_already(leader, school.id, id, Some(sam), jiff::civil::date(2026, 11, 23)).unwrap();
        assert_eq!(already.map(|one| one.note).as_deref(), Some("A talk"));
        app.note_contact(leader, school.id, id, &to_sam("A visit", true)).unwrap();
        // Ninety days from 23 November are over on 21 February.
        app.context().set_now("2027-02-21T09:00:00Z".parse().unwrap());
        app.note_contact(leader, school.id, id, &to_sam("A fair", false)).unwrap();
        app.set_ask_again(leader, school.id, "0").unwrap();
        app.note_contact(leader, school.id, id, &to_sam("Once more", false)).unwrap();

        let alum = ContactPersonForm { is_alumnus: true, ..person("Alex Example") };
        let alum = app.add_contact(leader, school.id, id, &alum).unwrap();
        let gone = app.add_contact(leader, school.id, id, &person("Kim Example")).unwrap();
        let names_kim = || {
            let found = app::AuditFilter { kind: Some(app::AuditKind::People), ..Default::default() };
            let entries = app.audit_trail(leader, school.today(), &found).unwrap().entries;
            entries.iter().flat_map(|entry| &entry.changes).any(|change| format!("{change:?}").contains("Kim Example"))
        };
        assert!(names_kim());
        app.erase_contact(leader, school.id, gone).unwrap();
        assert!(!names_kim());
        let silent = ContactPersonForm { asked_not_to: true, ..person("Robin Example") };
        let silent = app.add_contact(leader, school.id, id, &silent).unwrap();
        for (contact, why) in [(alum, "Has not agreed"), (silent, "Asked not to be")] {
            let form = NoteForm { contact: contact.to_string(), again: true, ..note("A talk") };
            assert!(message(app.note_contact(leader, school.id, id, &form)).starts_with(why));
        }
    }

    fn a_list_of_organisations_is_taken_whole_or_not_at_all(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let count = || app.organisations(leader, view, &OrganisationFilter::default()).unwrap().organisations.len();
        let wrong = "Organisation,Size,E-mail,Contact\nFernhill,Enormous,,\nAshdown,,nowhere,Sam Example\n,,,\n,Small,,\n";
        let read = app.import_organisations(leader, school.id, "list.csv", wrong.as_bytes()).unwrap();
        assert_eq!((read.added, count()), (0, 0));
        let lines: Vec<_> = read.problems.iter().map(|text| text.split(':').next().unwrap()).collect();
        // The line of commas alone is nothing to read.
        assert_eq!(lines, ["Line 2", "Line 3", "Line 5"]);
        let right = "Organisation,What it is,Offers,Contact,E-mail,Shoe size\nFernhill,Employer; Other,Talks; visit,Sam Example,sam@fernhill.example,9\nFernhill,,,Kit Example,,\n";
        let read = app.import_organisations(leader, school.id, "list.csv", right.as_bytes()).unwrap();
        assert_eq!((read.problems.len(), read.added, read.contacts, count()), (0, 1, 2, 1));
        assert_eq!(read.left_out, ["Shoe size"]);
        let file = app.export_organisations(leader, school.id, app::ListFormat::Csv).unwrap();
        let read = app.import_organisations(leader, school.id, &file.name, &file.bytes).unwrap();
        assert_eq!((read.problems, read.added, read.filled, read.contacts), (vec![], 0, 0, 0));
    }

    fn a_link_opens_one_form_and_what_is_sent_can_tick_the_box(world: &World) {
        let mut records = year_nine(2);
        records.activities[0].kind = Kind::WorkplaceExperience;
        records.activities[0].checks = Checks::of(&[Check::PurposeShared]);
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let link = |purpose| app.make_voice_link(leader, school.id, activity, purpose, "").unwrap();
        let (id, token) = link(LinkPurpose::Reflection);
        let (_, employer) = link(LinkPurpose::Feedback);
        let other = app.voice_request(school.id, LinkPurpose::Feedback, token.reveal());
        assert!(matches!(other, Err(Error::Refusal(Refusal::NotFound))), "{other:?}");
        let form = ReflectionForm { learnt: "How a bridge is measured".to_owned(), rating: "4".to_owned(), ..ReflectionForm::default() };
        app.send_reflection(school.id, token.reveal(), &form).unwrap();
        let thought = FeedbackForm { went_well: "Good questions".to_owned(), boxes: vec!["two-way".to_owned()], ..FeedbackForm::default() };
        app.send_feedback(school.id, employer.reveal(), &thought).unwrap();
        assert!(message(app.send_reflection(school.id, token.reveal(), &ReflectionForm::default())).contains("learnt"));

        let page = app.activity_voices(leader, view, activity).unwrap();
        assert_eq!((page.reflections.len(), page.average, page.feedback.len()), (1, Some(4.0), 1));
        let suggested: Vec<_> = page.suggestions.iter().map(|one| one.check).collect();
        assert_eq!(suggested, [Check::TwoWay, Check::Feedback, Check::Reflection]);
        app.tick_box(leader, school.id, activity, Check::Feedback, true).unwrap();
        let boxes = || app.activity(leader, view, activity).unwrap().row.activity.checks;
        assert!(boxes().contains(Check::Feedback));
        app.tick_box(leader, school.id, activity, Check::Feedback, false).unwrap();
        assert!(!boxes().contains(Check::Feedback));

        // Whoever sees totals only learns nothing of so few answers.
        let governor = world.person(school.id, "A Governor", Role::Governor);
        let page = app.activity_voices(&governor, view, activity).unwrap();
        assert_eq!((page.is_withheld, page.average, page.reflections.len(), page.feedback.len()), (true, None, 0, 0));

        app.close_link(leader, school.id, LinkPurpose::Reflection, id).unwrap();
        let ended = app.send_reflection(school.id, token.reveal(), &form);
        assert!(matches!(ended, Err(Error::Refusal(Refusal::Conflict(_)))), "{ended:?}");
    }
}
