//! What is decided about a request by mistake, and what is taken out of it.

use app::{Error, Refusal, VisitorForm};
use domain::ProviderRequestState;
use jiff::ToSpan;

use crate::{
    harness::{World, on_both_engines, year_nine},
    requests::{ask, form, grant, later, problems},
};

on_both_engines! {
    fn every_letter_since_the_decision_is_caught_with_it(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        later(&school, 60);
        let activity = app.grant_provider_request(leader, id, asked.id, 0, &grant()).unwrap();
        let page = || app.provider_request(leader, school.today(), asked.id).unwrap();
        let goes = app.context().now() + 2.minutes();
        assert_eq!(page().taken_back, Some(app::DecisionLetter::Waits(Some(goes))));
        // The room changes, and the provider is told: neither letter may go once the decision is taken back.
        let (activity_form, mut plan) = app.activity_forms(leader, school.today(), activity).unwrap();
        plan.place = "Library".to_owned();
        app.change_plan(leader, id, activity, &activity_form, &plan).unwrap();
        app.tell_provider_of_change(leader, id, asked.id, 1).unwrap();
        assert_eq!(page().letters.iter().filter(|letter| letter.sent_at.is_none()).count(), 3);
        assert!(!app.take_back_decision(leader, id, asked.id, 2, "").unwrap());
        let left: Vec<_> = page().letters.into_iter().map(|letter| letter.subject).collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(left[0].contains("has your request"));
    }

    fn a_withdrawal_noted_by_mistake_is_taken_back_and_one_of_the_provider_is_not(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let asked = ask(&school);
        let page = || app.provider_request(leader, school.today(), asked.id).unwrap();
        app.grant_provider_request(leader, id, asked.id, 0, &grant()).unwrap();
        app.withdraw_provider_request(leader, id, asked.id, 1, "").unwrap();
        // The letter that said “you are welcome” had not gone, and goes no more.
        assert!(page().letters.iter().all(|letter| !letter.subject.contains("You are welcome")), "{:?}", page().letters);
        assert!(!app.take_back_decision(leader, id, asked.id, 2, "").unwrap());
        assert_eq!(page().request.state, ProviderRequestState::Reviewing);
        assert!(page().letters.iter().all(|letter| !letter.subject.contains("is withdrawn")));
        app.withdraw_by_link(id, asked.token.reveal(), "Too far").unwrap();
        assert_eq!(page().taken_back, None);
        assert!(matches!(
            app.take_back_decision(leader, id, asked.id, 4, ""),
            Err(Error::Refusal(Refusal::Conflict(_)))
        ));
    }

    fn visitors_are_taken_out_with_whoever_asked_and_their_checks_stay(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let taken = app::TakenForm {
            request: app::RequestForm { needs: "Step-free access for Kit".to_owned(), ..form() },
            came_on: "2026-11-20".to_owned(),
            came_by: "letter".to_owned(),
            taken_by: "Ms Example".to_owned(),
        };
        let asked = app.add_provider_request(leader, id, &taken).unwrap();
        let activity = app.grant_provider_request(leader, id, asked, 0, &grant()).unwrap();
        let kit = VisitorForm {
            name: "Kit Example".to_owned(),
            post: "Course leader".to_owned(),
            id_seen: true,
            checks: "assured".to_owned(),
            supervised_by: "Ms Example".to_owned(),
            ..VisitorForm::default()
        };
        let late = VisitorForm { arrived_at: "ten".to_owned(), ..kit.clone() };
        let found = problems(app.set_request_visitors(leader, id, asked, 1, &[kit.clone(), late]));
        assert_eq!(found, [("visitors", "Visitor 2: “ten” is not a time. Enter one such as 09:30.".to_owned())]);
        app.set_request_visitors(leader, id, asked, 1, std::slice::from_ref(&kit)).unwrap();
        app.forget_requester(leader, id, asked).unwrap();
        let page = app.provider_request(leader, school.today(), asked).unwrap();
        let one = &page.request;
        assert_eq!((one.contact.as_str(), one.email.as_str(), one.needs.as_str()), ("", "", ""));
        assert!(page.steps.iter().all(|step| step.note.is_none()));
        assert_eq!(page.visitors.len(), 1);
        let left = &page.visitors[0];
        assert_eq!((left.name.as_str(), left.post.as_str(), left.id_seen, left.checks.as_str()), ("Name taken out", "", true, "assured"));
        let shown = format!("{page:?} {:?}", app.activity_forms(leader, school.today(), activity).unwrap());
        assert!(!shown.contains("Kit") && !shown.contains("Sam Example"), "{shown}");
    }
}
