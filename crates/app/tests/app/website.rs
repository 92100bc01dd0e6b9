use std::collections::BTreeMap;

use app::{
    Actor, AnswerForm, ContactForm, Error, LetterTakenBack, Origin, PostSecurity, PostSettings, QuestionForm, Refusal,
};

use policy::Paper;
use testkit::mail::MailServer;

use crate::{
    harness::{World, on_both_engines, year_nine},
    policy::{applies, does, mend, published},
};

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
        assert!(differences[0].sentence.contains("still names “Ash Before”"), "{differences:?}");
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
        let Err(Error::Problems(problems)) = ask(&form("https://me.example")) else { panic!("a browser may have filled it") };
        assert!(problems[0].message.contains("still here"), "{problems:?}");
        let two = QuestionForm { email: "jo@example.org,lee@example.org".to_owned(), ..form("") };
        assert!(matches!(ask(&two), Err(Error::Problems(problems)) if problems[0].field == "email"));
        assert!(app.questions(&school.leader, view).unwrap().rows.is_empty());
        let reference = ask(&form("")).unwrap();
        let row = app.questions(&school.leader, view).unwrap().rows.remove(0);
        assert_eq!((row.reference, row.answered_at), (reference, None));
        let answer = AnswerForm { text: "On Thursday.".to_owned(), is_letter: false };
        app.answer_question(&school.leader, school.id, row.id, &answer).unwrap();
        assert_eq!(app.website(&school.leader, view).unwrap().questions, Some(0));
        app.delete_question(&school.leader, school.id, row.id).unwrap();
        assert!(app.questions(&school.leader, view).unwrap().rows.is_empty());
        let many: Vec<_> = (0..30).filter_map(|_| ask(&form("")).err()).collect();
        assert!(!many.is_empty(), "whoever sends many is slowed down");
        // What was typed is kept: it is said at the form.
        assert!(many.iter().all(|error| matches!(error, Error::Problems(_))), "{many:?}");
    }
}

on_both_engines! {
    fn papers_are_public_with_their_review_until_later_ones_apply(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let word = school.id.to_string();
        app.set_careers_post(&Actor::operator(), school.id, "careers-leader", &self::leader("Robin Example")).unwrap();
        app.publish_website(leader, school.id, "").unwrap();
        let site = app.public_site(&word).unwrap();
        assert!(site.file("policy.html").is_none() && site.file("files/policy.pdf").is_none());
        published(world, &school, Paper::CareersPolicy);
        published(world, &school, Paper::ProviderAccess);
        let differences = app.website(leader, view).unwrap().differences;
        let told = |what: &str| differences.iter().any(|one| one.sentence.contains(what));
        assert!(told("The careers policy is not public"), "{differences:?}");
        assert!(told("The provider access policy statement is not public"), "{differences:?}");
        assert!(app.home(leader, view).unwrap().tasks.iter().any(|task| task.page == "website"));
        app.publish_website(leader, school.id, "").unwrap();
        assert!(app.website(leader, view).unwrap().differences.is_empty());
        assert!(!app.home(leader, view).unwrap().tasks.iter().any(|task| task.page == "website"));
        for paper in ["policy", "provider-access"] {
            let said = page(app, &word, &format!("{paper}.html"));
            assert!(said.contains("Next review") && said.contains("1 September 2027"), "{paper}");
            let site = app.public_site(&word).unwrap();
            for file in ["pdf", "docx"] {
                assert!(site.file(&format!("files/{paper}.{file}")).is_some(), "{paper}.{file}");
            }
        }
        // A later version: the earlier one stays public, said to be no longer in force, until the pages are published again.
        let next = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        mend(world, &school, next);
        applies(&school, next);
        let differences = app.website(leader, view).unwrap().differences;
        assert!(
            differences[0].sentence.contains("version 1 of the careers policy") && differences[0].sentence.contains("version 2 applies"),
            "{differences:?}"
        );
        assert!(app.home(leader, view).unwrap().tasks.iter().any(|task| task.page == "website"));
        app.publish_website(leader, school.id, "").unwrap();
        assert!(app.website(leader, view).unwrap().differences.is_empty());
    }

    fn a_signed_paper_that_counts_few_or_names_a_learner_is_not_public(world: &World) {
        let records = year_nine(3);
        let school = world.school(&records);
        let (app, leader) = (&world.app, &school.leader);
        let one = &records.learners[0];
        for (said, is_refused) in [
            ("This year 3 learners had a placement abroad.".to_owned(), true),
            (format!("{} {} spoke to the governors.", one.forename, one.surname), true),
            ("Every learner has two encounters in each phase.".to_owned(), false),
        ] {
            let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
            mend(world, &school, id);
            let sections = app.policy(leader, school.today(), id).unwrap().sections;
            let rows = sections.iter().flat_map(|section| &section.clauses);
            let own = rows.map(|row| &row.clause).find(|clause| clause.provenance == policy::Provenance::Example).unwrap();
            app.change_clause(leader, school.id, id, &own.key, &does("replaced", &said)).unwrap();
            applies(&school, id);
            let tried = app.publish_website(leader, school.id, "");
            assert_eq!(matches!(tried, Err(Error::Problems(_))), is_refused, "{said}: {tried:?}");
        }
    }
}

on_both_engines! {
    fn an_answer_goes_by_letter_and_can_be_taken_back_before(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, view, word) = (&world.app, school.today(), school.id.to_string());
        let server = MailServer::start();
        app.open_post(&PostSettings {
            host: "127.0.0.1".to_owned(),
            port: server.port(),
            security: PostSecurity::None,
            login: None,
            from: "Waymark <careers@school.example>".to_owned(),
            authority: None,
            public_address: "https://careers.example".to_owned(),
        })
        .unwrap();
        app.set_careers_post(&Actor::operator(), school.id, "careers-leader", &leader("Robin Example")).unwrap();
        app.publish_website(&school.leader, school.id, "").unwrap();
        let form = QuestionForm {
            name: "Jo Example".to_owned(),
            email: "jo@example.org".to_owned(),
            audience: "parent".to_owned(),
            message: "When is the evening?".to_owned(),
            trap: String::new(),
        };
        let reference = app.ask_question(&word, &form, &Origin::default()).unwrap();
        let told = server.next();
        assert_eq!(told.to, ["careers@example.org"]);
        assert!(told.text().contains("https://careers.example/institutions/") && !told.text().contains("evening"));
        let id = app.questions(&school.leader, view).unwrap().rows[0].id;
        let answer = |text: &str| AnswerForm { text: text.to_owned(), is_letter: true };
        let say = |text: &str| app.answer_question(&school.leader, school.id, id, &answer(text));
        assert!(matches!(say(" "), Err(Error::Problems(_))), "a letter says something");
        say("On Wednesday.").unwrap();
        assert!(matches!(say("Twice"), Err(Error::Refusal(Refusal::Conflict(_)))));
        let again = || app.open_question_again(&school.leader, school.id, id).unwrap();
        assert_eq!(again(), Some(LetterTakenBack::NeverTried));
        say("On Thursday.\n\nCome at six.").unwrap();
        let context = app.context();
        context.set_now(context.now() + jiff::SignedDuration::from_secs(31));
        app.send_waiting_letters();
        let letter = server.next();
        assert_eq!(letter.to, ["jo@example.org"]);
        assert!(letter.header("subject").contains(&reference), "{}", letter.header("subject"));
        let text = letter.text();
        assert!(text.contains("On Thursday.") && text.contains("Come at six.") && text.contains("01632 960001"), "{text}");
        assert!(!text.contains("Wednesday"));
        for _ in 0..100 {
            let row = app.questions(&school.leader, view).unwrap().rows.remove(0);
            if row.letter.is_some_and(|letter| letter.sent_at.is_some()) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(again(), Some(LetterTakenBack::Gone));
        app.answer_question(&school.leader, school.id, id, &AnswerForm { text: "Said.".to_owned(), is_letter: false }).unwrap();
        assert_eq!(again(), None, "an answer that was only noted has no letter");
        app.delete_question(&school.leader, school.id, id).unwrap();
        let kept = world.store.read(school.id, |tx| store::letter::about(tx, school.id, "information-request", id.0));
        assert!(kept.unwrap().iter().all(|letter| letter.recipient.is_empty()));
    }
}
