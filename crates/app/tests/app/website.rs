use std::collections::BTreeMap;

use app::{Actor, ContactForm, Error, Origin, QuestionForm, Refusal};

use crate::harness::{World, on_both_engines, year_nine};

fn leader(name: &str) -> ContactForm {
    ContactForm {
        name: name.to_owned(),
        email: "careers@example.org".to_owned(),
        phone: "01632 960001".to_owned(),
        ..ContactForm::default()
    }
}

fn page(app: &app::App, word: &str, path: &str) -> String {
    let site = app.public_site(word).expect("a public site");
    String::from_utf8(site.file(path).expect("a page").bytes.clone()).expect("text")
}

on_both_engines! {
    fn a_publication_stays_as_it_was_until_the_next_and_can_be_withdrawn(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, view) = (&world.app, school.today());
        let (operator, word) = (Actor::operator(), school.id.to_string());
        app.set_careers_post(&operator, school.id, "careers-leader", &leader("Ash Before")).unwrap();
        assert!(matches!(app.public_site(&word), Err(Error::Refusal(Refusal::NotFound))));
        let first = app.publish_website(&school.leader, school.id, "First").unwrap();
        assert!(page(app, &word, "").contains("Ash Before"));
        assert!(app.website(&school.leader, view).unwrap().differences.is_empty());
        app.set_careers_post(&operator, school.id, "careers-leader", &leader("Sam After")).unwrap();
        let differences = app.website(&school.leader, view).unwrap().differences;
        assert!(differences[0].contains("still names “Ash Before”"), "{differences:?}");
        assert!(page(app, &word, "").contains("Ash Before"));
        app.publish_website(&school.leader, school.id, "").unwrap();
        assert!(page(app, &word, "index.html").contains("Sam After"));
        let before = app.published_file(&school.leader, view, first, "index.html").unwrap();
        assert!(String::from_utf8(before.bytes).unwrap().contains("Ash Before"));
        assert!(app.export_website(&school.leader, view, Some(first)).unwrap().bytes.starts_with(b"PK"));
        app.withdraw_website(&school.leader, school.id).unwrap();
        assert!(matches!(app.public_site(&word), Err(Error::Refusal(Refusal::NotFound))));
        app.show_website_again(&school.leader, school.id).unwrap();
        assert!(page(app, &word, "").contains("Sam After"));
    }
}

on_both_engines! {
    fn nothing_about_a_single_learner_is_published(world: &World) {
        let records = year_nine(3);
        let school = world.school(&records);
        let app = &world.app;
        let write = |text: String| {
            app.change_website_texts(&school.leader, school.id, &BTreeMap::from([("strengths", text)]))
        };
        app.publish_website(&school.leader, school.id, "").unwrap();
        let site = app.public_site(&school.id.to_string()).unwrap();
        for path in ["index.html", "learners.html", "programme.html", "journey.html", "embed/fragment.html"] {
            let text = String::from_utf8(site.file(path).unwrap().bytes.clone()).unwrap();
            for learner in &records.learners {
                let name = format!("{} {}", learner.forename, learner.surname);
                assert!(!text.contains(&name), "{path} names a learner");
            }
        }
        assert!(write("Two learners became apprentices.".to_owned()).is_err());
        let one = &records.learners[0];
        write(format!("{} {} became an apprentice.", one.forename, one.surname)).unwrap();
        assert!(matches!(app.publish_website(&school.leader, school.id, ""), Err(Error::Problems(_))));
    }
}

on_both_engines! {
    fn a_question_from_the_public_is_kept_answered_and_deleted(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, view, word) = (&world.app, school.today(), school.id.to_string());
        let form = |trap: &str| QuestionForm {
            name: "Jo Example".to_owned(),
            email: "jo@example.org".to_owned(),
            audience: "parent".to_owned(),
            message: "When is the evening?".to_owned(),
            trap: trap.to_owned(),
        };
        let ask = |form: &QuestionForm| app.ask_question(&word, form, &Origin::default());
        assert!(ask(&form("")).is_err(), "nothing is public");
        app.publish_website(&school.leader, school.id, "").unwrap();
        ask(&form("a program")).unwrap();
        assert!(app.questions(&school.leader, view).unwrap().rows.is_empty());
        let reference = ask(&form("")).unwrap();
        let row = app.questions(&school.leader, view).unwrap().rows.remove(0);
        assert_eq!((row.reference, row.answered_at), (reference, None));
        app.answer_question(&school.leader, school.id, row.id, Some("On Thursday.")).unwrap();
        assert_eq!(app.website(&school.leader, view).unwrap().questions, Some(0));
        app.delete_question(&school.leader, school.id, row.id).unwrap();
        assert!(app.questions(&school.leader, view).unwrap().rows.is_empty());
        let many = (0..30).map(|_| ask(&form(""))).filter(Result::is_err).count();
        assert!(many > 0, "whoever sends many is slowed down");
    }
}
