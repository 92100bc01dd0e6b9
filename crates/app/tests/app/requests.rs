//! Requests of providers: from the public form to what counts, with letters over a real mail server.

use app::{
    ActivityFilter, Asked, DeliveryForm, Error, EvaluationForm, GrantForm, Mark, Origin, PostSecurity, PostSettings,
    Refusal, RequestForm, RequestGuard, TakenForm,
};
use domain::{Checks, ParticipationStatus, ProviderRequestState};
use jiff::ToSpan;
use testkit::mail::MailServer;

use crate::harness::{School, World, on_both_engines, year_nine};

pub(crate) fn form() -> RequestForm {
    let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
    RequestForm {
        organisation: "Riverbank College".to_owned(),
        provider_type: "college".to_owned(),
        contact: "Sam Example".to_owned(),
        email: "sam@riverbank.example".to_owned(),
        offers: "T Levels in health".to_owned(),
        covers: words(&["pal-offer", "pal-careers", "pal-experience", "pal-questions"]),
        year_groups: words(&["9"]),
        wanted: "Any Tuesday".to_owned(),
        ..RequestForm::default()
    }
}

/// What a person's browser sends with a form that was opened then.
pub(crate) fn guard(opened: String) -> RequestGuard {
    RequestGuard { opened, trap: String::new() }
}

pub(crate) fn ask(school: &School<'_>) -> Asked {
    let offer = school.app.request_offer(school.id).unwrap();
    later(school, 10);
    school.app.ask_for_access(school.id, &form(), &guard(offer.opened), &Origin::default()).unwrap()
}

pub(crate) fn later(school: &School<'_>, seconds: i64) {
    let context = school.app.context();
    context.set_now(context.now() + seconds.seconds());
}

pub(crate) fn state(school: &School<'_>, asked: &Asked) -> (ProviderRequestState, i64) {
    let found = school.app.provider_request(&school.leader, school.today(), asked.id).unwrap().request;
    (found.state, found.revision)
}

pub(crate) fn grant() -> GrantForm {
    GrantForm {
        title: "Riverbank College: T Levels".to_owned(),
        provider_type: "college".to_owned(),
        date: "2026-11-24".to_owned(),
        starts_at: "09:30".to_owned(),
        ends_at: "10:30".to_owned(),
        room: "Hall".to_owned(),
        year_groups: vec!["9".to_owned()],
        host: "Ms Example".to_owned(),
        is_approved: true,
        is_school_day: true,
        ..GrantForm::default()
    }
}

pub(crate) fn problems<T>(answer: app::Result<T>) -> Vec<(&'static str, String)> {
    match answer {
        Err(Error::Problems(problems)) => problems.into_iter().map(|one| (one.field, one.message)).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("no problems"),
    }
}

on_both_engines! {
    fn a_request_is_granted_takes_place_and_counts_for_those_who_were_there(world: &World) {
        let school = world.school(&year_nine(6));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let (_, seen) = state(&school, &asked);
        let activity = app.grant_provider_request(leader, id, asked.id, seen, &grant()).unwrap();
        // Whoever saw the request before is told, and nothing is planned twice.
        assert!(problems(app.grant_provider_request(leader, id, asked.id, seen, &grant()))[0].1.contains("Somebody changed"));
        let shown = app.request_by_link(id, asked.token.reveal()).unwrap();
        assert!(shown.agreed.iter().any(|(_, value)| value == "24 November 2026"), "{:?}", shown.agreed);
        // Before the day nothing can be confirmed; then the register comes first.
        let (_, seen) = state(&school, &asked);
        let all = DeliveryForm {
            checks: Checks::PROVIDER_ACCESS.iter().map(|check| check.word().to_owned()).collect(),
            ask_feedback: true,
        };
        assert!(problems(app.deliver_provider_request(leader, id, asked.id, seen, &all))[0].1.contains("still to come"));
        later(&school, 2 * 86_400);
        assert!(problems(app.deliver_provider_request(leader, id, asked.id, seen, &all))[0].1.contains("register first"));
        let learners: Vec<_> =
            app.register(leader, school.today(), activity).unwrap().rows.iter().map(|row| row.id).collect();
        assert_eq!(learners.len(), 6);
        let marks: Vec<_> = learners[..5]
            .iter()
            .map(|learner| Mark::over(*learner, Some(ParticipationStatus::Invited), Some(ParticipationStatus::Attended)))
            .collect();
        assert_eq!(app.mark(leader, id, activity, &marks).unwrap().saved, 5);
        assert!(app.deliver_provider_request(leader, id, asked.id, seen, &all).unwrap());
        let page = app.provider_request(leader, school.today(), asked.id).unwrap();
        let counts = page.counts.unwrap();
        assert_eq!((counts.numbers, counts.is_provider_access), (Some((5, 5)), true));
        assert!(counts.learners.iter().all(|learner| learner.says.starts_with("Counts")), "{:?}", counts.learners);
        let well = EvaluationForm { rating: "4".to_owned(), text: "Good questions".to_owned() };
        app.evaluate_provider_request(leader, id, asked.id, page.request.revision, &well).unwrap();
        assert_eq!(state(&school, &asked).0, ProviderRequestState::Evaluated);
    }

    fn a_form_tells_every_problem_at_once_and_programs_from_people(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id) = (school.app, school.id);
        let offer = app.request_offer(id).unwrap();
        let guard = RequestGuard { opened: offer.opened, trap: "https://spam.example".to_owned() };
        let found = problems(app.ask_for_access(id, &RequestForm::default(), &guard, &Origin::default()));
        let fields: Vec<_> = found.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["organisation", "contact", "email", "offers", "wanted", "year_groups", "", ""]);
        // A proof of another institution, or none, is none.
        let made_up = RequestGuard { opened: "1764000000.00".to_owned(), trap: String::new() };
        assert!(problems(app.ask_for_access(id, &form(), &made_up, &Origin::default()))[0].1.contains("too long ago"));
        for _ in 0..3 {
            ask(&school);
        }
        let offer = app.request_offer(id).unwrap();
        later(&school, 10);
        let guard = RequestGuard { opened: offer.opened, trap: String::new() };
        let found = problems(app.ask_for_access(id, &form(), &guard, &Origin::default()));
        assert!(found[0].1.contains("still here"), "{found:?}");
    }

    fn what_came_by_telephone_is_taken_down_with_who_took_it_and_its_clock_runs_from_that_day(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let offer = app.taken_offer(leader, school.today()).unwrap();
        assert_eq!((offer.begins_with.came_on.as_str(), offer.days), ("2026-11-23", 10));
        let empty = TakenForm { came_on: "24/11/2026".to_owned(), ..TakenForm::default() };
        let found = problems(app.add_provider_request(leader, id, &empty));
        let fields: Vec<_> = found.iter().map(|(field, _)| *field).collect();
        let all = ["came_on", "came_by", "taken_by", "organisation", "contact", "email", "offers", "wanted", "year_groups"];
        assert_eq!(fields, all);
        // Somebody who rang has no need of e-mail; a telephone number is enough, and then no letter is written.
        let rang = TakenForm {
            request: RequestForm { email: String::new(), phone: "01632 960150".to_owned(), ..form() },
            came_on: "09/11/2026".to_owned(),
            came_by: "telephone".to_owned(),
            taken_by: "Ms Example".to_owned(),
        };
        let request = app.add_provider_request(leader, id, &rang).unwrap();
        let page = app.provider_request(leader, school.today(), request).unwrap();
        assert_eq!(page.steps[0].note.as_deref(), Some("It came by telephone, and Ms Example took it."));
        assert_eq!(page.steps[0].who, leader.name());
        assert_eq!(app.context().day_of(page.request.received_at), jiff::civil::date(2026, 11, 9));
        assert_eq!((page.request.due_on, page.is_late), (jiff::civil::date(2026, 11, 23), false));
        assert!(page.letters.iter().all(|letter| !letter.subject.contains("has your request")), "{:?}", page.letters);
        later(&school, 86_400);
        assert!(app.provider_request(leader, school.today(), request).unwrap().is_late);
        assert!(matches!(
            app.add_provider_request(&school.viewer, id, &rang),
            Err(Error::Refusal(Refusal::NotAllowed))
        ));
    }

    fn a_decision_is_taken_back_without_a_letter_or_with_one_that_corrects_it(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let page = app.provider_request(leader, school.today(), asked.id).unwrap();
        let competes = ("They compete with our sixth form", "They do");
        assert_eq!(problems(app.refuse_provider_request(leader, id, asked.id, 0, competes))[0].0, "ground");
        let ground = page.grounds.list[0].clone();
        app.refuse_provider_request(leader, id, asked.id, 0, (&ground, "A college comes in March.")).unwrap();
        assert!(!app.take_back_decision(leader, id, asked.id, 1, "").unwrap());
        let activity = app.grant_provider_request(leader, id, asked.id, 2, &grant()).unwrap();
        // The letter was begun to be sent meanwhile.
        let letter = app.provider_request(leader, school.today(), asked.id).unwrap().letters[0].clone();
        later(&school, 600);
        let (now, again) = (app.context().now(), app.context().now() + 300.seconds());
        world.store.write(id, |tx| store::letter::take(tx, id, letter.id, (now, again))).unwrap().unwrap();
        assert_eq!(problems(app.take_back_decision(leader, id, asked.id, 3, ""))[0].0, "why");
        assert!(app.take_back_decision(leader, id, asked.id, 3, "The hall is closed").unwrap());
        assert_eq!(state(&school, &asked).0, ProviderRequestState::Reviewing);
        let found = app.activity(leader, school.today(), activity).unwrap().row.activity;
        assert_eq!(found.state, domain::ActivityState::Cancelled);
        assert_eq!(app.activities(leader, school.today(), &ActivityFilter::default()).unwrap().matching, 2);
    }

    fn a_provider_answers_changes_the_contact_and_withdraws_by_link(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let token = asked.token.reveal();
        app.ask_provider(leader, id, asked.id, 0, "Which courses?").unwrap();
        app.answer_by_link(id, token, "Health and science").unwrap();
        assert_eq!(state(&school, &asked), (ProviderRequestState::Reviewing, 2));
        let contact = app::RequestContactForm {
            contact: "Kim Example".to_owned(),
            email: "kim@riverbank.example".to_owned(),
            phone: String::new(),
        };
        app.change_contact_by_link(id, token, &contact).unwrap();
        app.withdraw_by_link(id, token, "Too far").unwrap();
        assert!(matches!(
            app.withdraw_by_link(id, token, ""),
            Err(Error::Refusal(Refusal::Conflict(_)))
        ));
        assert!(matches!(app.request_by_link(id, "none"), Err(Error::Refusal(Refusal::NotFound))));
        // Whoever sees totals sees what was asked, and nobody.
        let page = app.provider_request(&school.viewer, school.today(), asked.id).unwrap();
        assert_eq!((page.request.contact.as_str(), page.request.email.as_str()), ("", ""));
        assert!(page.letters.iter().all(|letter| letter.to.is_empty() && letter.text.is_empty()));
        assert!(page.steps.iter().all(|step| step.note.is_none()));
    }

    fn a_letter_outlives_a_restart_is_tried_again_and_emptied(world: &World) {
        let school = world.school(&year_nine(1));
        let asked = ask(&school);
        let letters = || school.app.provider_request(&school.leader, school.today(), asked.id).unwrap().letters;
        assert!(letters()[0].text.contains("PA-"), "{:?}", letters());
        // The program was without post; now it has one, whose server is busy at first.
        let server = MailServer::busy_at_first(1);
        school
            .app
            .open_post(&PostSettings {
                host: "127.0.0.1".to_owned(),
                port: server.port(),
                security: PostSecurity::None,
                login: None,
                from: "Waymark <careers@school.example>".to_owned(),
                authority: None,
                public_address: "https://careers.school.example".to_owned(),
            })
            .unwrap();
        for _ in 0..100 {
            if letters()[0].failed.is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert!(letters()[0].failed.is_some());
        later(&school, 60);
        school.app.send_waiting_letters();
        let letter = server.next();
        assert_eq!(letter.to, ["sam@riverbank.example"]);
        let address = letter.link("https://careers.school.example/");
        let token = address.rsplit('/').next().unwrap();
        assert_eq!(school.app.request_by_link(school.id, token).unwrap().request.reference, asked.reference);
        for _ in 0..100 {
            if letters()[0].sent_at.is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!((letters()[0].text.as_str(), letters()[0].failed.clone()), ("", None));
    }
}
