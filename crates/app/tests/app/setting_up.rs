use app::{Error, InstitutionForm, NewAccount, Refusal, SetUp};

use crate::harness::{World, on_both_engines};

fn somebody() -> NewAccount {
    NewAccount {
        name: "First Administrator".to_owned(),
        email: "first@school.example".to_owned(),
        password: "three words together".to_owned(),
    }
}

on_both_engines! {
    fn the_printed_code_makes_the_first_administrator_once(world: &World) {
        let app = &world.app;
        assert_eq!(app.set_up().unwrap(), SetUp::NeedsAdministrator);
        let code = app.offer_set_up().unwrap().unwrap();
        assert!(matches!(app.create_administrator("WRONG-CODE2-33333", &somebody(), &from("test")), Err(Error::Problems(_))));
        let typed = code.to_lowercase().replace('-', " ");
        let session = app.create_administrator(&typed, &somebody(), &from("test")).unwrap();
        assert_eq!(app.set_up().unwrap(), SetUp::Done);
        assert_eq!(app.offer_set_up().unwrap(), None);
        let again = app.create_administrator(&code, &somebody(), &from("test"));
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))));

        let actor = app.session(session.token.reveal()).unwrap().actor;
        assert!(actor.may_set_up());
        let form = InstitutionForm {
            name: "Larchwood Test Academy".to_owned(),
            kind: "academy".to_owned(),
            lowest_year: "7".to_owned(),
            highest_year: "13".to_owned(),
            ..InstitutionForm::default()
        };
        let id = app.add_institution(&actor, &form).unwrap();
        let actor = app.session(session.token.reveal()).unwrap().actor;
        let home = app.home(&actor, app::View { institution: id, as_of: None }).unwrap();
        assert_eq!(home.frame.on_roll, 0);
        assert_eq!(home.benchmarks.len(), 8);
    }

    fn every_problem_of_a_form_is_told_at_once(world: &World) {
        let form = InstitutionForm { urn: "12".to_owned(), lowest_year: "13".to_owned(), highest_year: "7".to_owned(), ..InstitutionForm::default() };
        let Err(Error::Problems(problems)) = world.app.add_institution(&app::Actor::operator(), &form) else { panic!("no problems") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "kind", "urn", "highest_year"]);
    }

    fn signing_in_does_not_tell_an_unknown_address_from_a_wrong_password(world: &World) {
        let app = &world.app;
        let code = app.offer_set_up().unwrap().unwrap();
        app.create_administrator(&code, &somebody(), &from("test")).unwrap();
        let wrong = app.sign_in("first@school.example", "not the password", &from("here")).unwrap_err().to_string();
        let unknown = app.sign_in("nobody@school.example", "not the password", &from("here")).unwrap_err().to_string();
        assert_eq!(wrong, unknown);
        let session = app.sign_in("First@School.example", "three words together", &from("here")).unwrap();
        assert!(app.session(session.token.reveal()).is_ok());
        app.sign_out(session.token.reveal()).unwrap();
        assert!(matches!(app.session(session.token.reveal()), Err(Error::Refusal(Refusal::NotSignedIn))));
    }

    fn a_session_ends_when_it_lies_idle(world: &World) {
        let app = &world.app;
        let code = app.offer_set_up().unwrap().unwrap();
        let session = app.create_administrator(&code, &somebody(), &from("test")).unwrap();
        app.context().set_now("2026-11-23T10:59:00Z".parse().unwrap());
        assert!(app.session(session.token.reveal()).is_ok());
        app.context().set_now("2026-11-23T13:00:00Z".parse().unwrap());
        assert!(matches!(app.session(session.token.reveal()), Err(Error::Refusal(Refusal::NotSignedIn))));
    }

    fn guessing_is_slowed_down_without_locking_others_out(world: &World) {
        let app = &world.app;
        let code = app.offer_set_up().unwrap().unwrap();
        app.create_administrator(&code, &somebody(), &from("test")).unwrap();
        for _ in 0..10 {
            assert!(app.sign_in("first@school.example", "a wrong password", &from("elsewhere")).is_err());
        }
        let refused = app.sign_in("first@school.example", "three words together", &from("elsewhere"));
        assert!(matches!(refused, Err(Error::Refusal(Refusal::TooMany))));
        assert!(app.sign_in("first@school.example", "three words together", &from("at school")).is_ok());
    }
}

/// A browser there.
fn from(address: &str) -> app::Origin {
    app::Origin { address: address.to_owned(), device: "Firefox on Linux".to_owned() }
}
