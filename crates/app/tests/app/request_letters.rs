//! What becomes of letters about requests when a decision is taken back, and what they say to whom.

use app::{
    DecisionLetter, Error, Group, Holding, Origin, Reach, Refusal, RequestContactForm, RequestForm, Role, TakenForm,
};
use domain::{InstitutionType, LetterId, ProviderRequestState, YearGroup};
use jiff::{ToSpan, civil::date};

use crate::{
    harness::{School, World, on_both_engines, year_nine},
    requests::{ask, form, grant, guard, later, problems, state},
};

fn contact(email: &str) -> RequestContactForm {
    RequestContactForm { contact: "Kim Example".to_owned(), email: email.to_owned(), phone: String::new() }
}

/// Begins to send a letter, which fails; it is tried again an hour later, or never.
fn fails(world: &World, school: &School<'_>, letter: LetterId, is_tried_again: bool) {
    let now = world.app.context().now();
    let again = is_tried_again.then(|| now + 1.hour());
    let taken = world.store.write(school.id, |tx| store::letter::take(tx, school.id, letter, (now, now + 5.minutes())));
    assert!(taken.unwrap().is_some());
    world.store.write(school.id, |tx| store::letter::failed(tx, school.id, letter, "it was busy", again)).unwrap();
}

fn rang() -> TakenForm {
    TakenForm {
        request: form(),
        came_on: "09/11/2026".to_owned(),
        came_by: "telephone".to_owned(),
        taken_by: "Ms Example".to_owned(),
    }
}

on_both_engines! {
    fn a_letter_that_was_tried_is_stopped_with_its_decision_and_corrected(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let page = || app.provider_request(leader, school.today(), asked.id).unwrap();
        app.grant_provider_request(leader, id, asked.id, 0, &grant()).unwrap();
        assert!(matches!(page().taken_back, Some(DecisionLetter::Waits(Some(_)))));
        later(&school, 600);
        let letter = page().letters[0].id;
        fails(world, &school, letter, true);
        assert_eq!(page().taken_back, Some(DecisionLetter::Tried));
        let found = problems(app.take_back_decision(leader, id, asked.id, 1, ""));
        assert!(found[0].0 == "why" && found[0].1.contains("may have gone"), "{found:?}");
        assert!(app.take_back_decision(leader, id, asked.id, 1, "The hall is closed").unwrap());
        let letters = page().letters;
        let stopped = letters.iter().find(|one| one.id == letter).unwrap();
        assert!(stopped.is_stopped && stopped.try_at.is_none() && stopped.text.is_empty(), "{stopped:?}");
        assert!(letters[0].text.contains("You may have had a letter from us"), "{}", letters[0].text);
        // One that was given up for good is told as such, and no longer as gone.
        app.grant_provider_request(leader, id, asked.id, 2, &grant()).unwrap();
        later(&school, 600);
        fails(world, &school, page().letters[0].id, false);
        assert_eq!(page().taken_back, Some(DecisionLetter::GivenUp));
    }

    fn a_decision_is_taken_back_with_its_letter_though_somebody_else_is_written_to_by_now(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        app.grant_provider_request(leader, id, asked.id, 0, &grant()).unwrap();
        app.change_contact_by_link(id, asked.token.reveal(), &contact("kim@riverbank.example")).unwrap();
        let page = app.provider_request(leader, school.today(), asked.id).unwrap();
        assert!(matches!(page.taken_back, Some(DecisionLetter::Waits(Some(_)))), "{:?}", page.taken_back);
        assert!(!app.take_back_decision(leader, id, asked.id, 2, "").unwrap());
        let letters = app.provider_request(leader, school.today(), asked.id).unwrap().letters;
        assert!(letters.iter().all(|one| !one.subject.contains("You are welcome")), "{letters:?}");
        // The link of whoever is written to now still comes, and promises no answer to what was decided then.
        let theirs = letters.iter().find(|one| one.to == "kim@riverbank.example").unwrap();
        assert!(theirs.text.contains("/provider-access/request/") && !theirs.text.contains("you will have an answer"));
        let before = letters.iter().find(|one| one.subject.contains("Somebody else is written to")).unwrap();
        assert!(before.to == "sam@riverbank.example" && !before.text.contains("Riverbank College"), "{}", before.text);
    }

    fn an_address_has_few_letters_whichever_form_it_is_typed_into(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id) = (school.app, school.id);
        let (first, second) = (ask(&school), ask(&school));
        for email in ["kim@riverbank.example", "lee@riverbank.example", "KIM@riverbank.example", "lee@riverbank.example"] {
            app.change_contact_by_link(id, first.token.reveal(), &contact(email)).unwrap();
        }
        let again = |token: &str| app.change_contact_by_link(id, token, &contact("Kim@Riverbank.example"));
        again(second.token.reveal()).unwrap();
        let found = problems(again(first.token.reveal()));
        assert!(found[0].1.contains("still here"), "{found:?}");
        // Nor does the public form write there.
        let opened = app.request_offer(id).unwrap().opened;
        later(&school, 10);
        let theirs = RequestForm { email: "kim@riverbank.example".to_owned(), ..form() };
        let found = problems(app.ask_for_access(id, &theirs, &guard(opened), &Origin::default()));
        assert!(found[0].1.contains("still here"), "{found:?}");
    }

    fn the_link_of_a_provider_is_for_those_alone_who_may_decide(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id) = (school.app, school.id);
        let asked = ask(&school);
        let reach = Reach::Groups(vec![Group::YearGroup(YearGroup::new(9))]);
        let adviser = world.person(id, "Adviser", Holding { role: Role::CareersAdviser, reach });
        let page = app.provider_request(&adviser, school.today(), asked.id).unwrap();
        assert!(page.sees_people && !page.may_decide);
        assert!(page.letters.iter().all(|letter| letter.text.is_empty() && !letter.is_stopped), "{:?}", page.letters);
        let letter = page.letters[0].id;
        assert!(matches!(
            app.send_letter_again(&adviser, id, asked.id, letter),
            Err(Error::Refusal(Refusal::NotAllowed))
        ));
        app.send_letter_again(&school.leader, id, asked.id, letter).unwrap();
    }

    fn letters_say_that_the_law_asks_to_those_alone_whom_it_binds(world: &World) {
        for (kind, says) in [
            (InstitutionType::Academy, "as the law has us ask"),
            (InstitutionType::IndependentSchool, "We ask you to cover four things"),
        ] {
            let mut records = year_nine(1);
            records.institution.kind = kind;
            let school = world.school(&records);
            let asked = ask(&school);
            assert_eq!(school.app.request_offer(school.id).unwrap().has_duty, kind.has_access_duty());
            school.app.grant_provider_request(&school.leader, school.id, asked.id, 0, &grant()).unwrap();
            let page = school.app.provider_request(&school.leader, school.today(), asked.id).unwrap();
            let text = page.letters[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(says), "{text}");
            assert_eq!(text.contains("the law"), kind.has_access_duty());
        }
    }

    fn a_request_that_was_noted_late_is_promised_nothing_that_has_passed(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (school.app, &school.leader);
        let received = |request| {
            let letters = app.provider_request(leader, school.today(), request).unwrap().letters;
            let theirs = letters.into_iter().find(|one| one.subject.contains("has your request")).unwrap();
            theirs.text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let in_time = app.add_provider_request(leader, school.id, &rang()).unwrap();
        assert!(received(in_time).contains("you will have an answer by 23 November 2026"));
        later(&school, 86_400);
        let late = app.add_provider_request(leader, school.id, &rang()).unwrap();
        assert!(!received(late).contains("answer by"), "{}", received(late));
    }

    fn an_answer_by_telephone_is_noted_and_the_clock_begins_anew(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        app.ask_provider(leader, id, asked.id, 0, "Which courses?").unwrap();
        later(&school, 86_400);
        assert_eq!(problems(app.review_provider_request(leader, id, asked.id, 1, " "))[0].0, "answered");
        app.review_provider_request(leader, id, asked.id, 1, "Sam rang: health and science").unwrap();
        let page = app.provider_request(leader, school.today(), asked.id).unwrap();
        assert_eq!(page.request.state, ProviderRequestState::Reviewing);
        assert_eq!(page.request.due_on, date(2026, 12, 8));
        assert_eq!(page.steps.last().unwrap().note.as_deref(), Some("Sam rang: health and science"));
        // What was noted here is not for the provider.
        let shown = app.request_by_link(id, asked.token.reveal()).unwrap();
        assert!(shown.steps.iter().all(|step| step.note.as_deref() != Some("Sam rang: health and science")));
    }

    fn nothing_of_an_earlier_decision_is_left_when_another_is_made(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let request = || app.provider_request(leader, school.today(), asked.id).unwrap().request;
        let seen = || state(&school, &asked).1;
        let defer = || app.defer_provider_request(leader, id, asked.id, seen(), ("01/12/2026", "Examinations")).unwrap();
        let nothing = |one: &store::provider_request::ProviderRequest| {
            (one.decided_on, one.deferred_until, one.ground.clone(), one.reason.clone()) == (None, None, None, None)
        };
        defer();
        app.review_provider_request(leader, id, asked.id, seen(), "").unwrap();
        assert!(nothing(&request()));
        defer();
        app.ask_provider(leader, id, asked.id, seen(), "Which courses?").unwrap();
        assert!(nothing(&request()));
        defer();
        let ground = app.request_offer(id).unwrap().grounds.list[0].clone();
        app.refuse_provider_request(leader, id, asked.id, seen(), (&ground, "A college comes in March.")).unwrap();
        assert_eq!((request().deferred_until, request().ground), (None, Some(ground)));
        app.take_back_decision(leader, id, asked.id, seen(), "").unwrap();
        defer();
        app.grant_provider_request(leader, id, asked.id, seen(), &grant()).unwrap();
        let granted = request();
        assert_eq!((granted.reason, granted.deferred_until, granted.ground), (None, None, None));
        assert!(granted.decided_on.is_some() && granted.activity.is_some());
    }
}
