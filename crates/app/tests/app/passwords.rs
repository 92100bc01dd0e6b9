use app::{Actor, Error, Holding, NewAccount, Origin, PostSecurity, PostSettings, Refusal, Role, Secret};
use jiff::SignedDuration;
use testkit::{certificate::Authority, mail::MailServer};

use crate::{
    harness::{World, on_both_engines, year_nine},
    invitations::send_by,
};

const OLD: &str = "three words together";
const NEW: &str = "lantern otter kettle";

fn token(link: &str) -> &str {
    link.rsplit('/').next().unwrap()
}

on_both_engines! {
    fn a_forgotten_password_is_set_anew_by_a_letter_once_within_an_hour(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let server = MailServer::start();
        send_by(app, &server);
        let email = app.people(&school.leader, school.id).unwrap()[0].email.clone();
        let session = app.sign_in(&email, OLD, &Origin::default()).unwrap();
        app.ask_for_reset(&format!(" {} ", email.to_uppercase()), &Origin::default()).unwrap();
        let letter = server.next();
        assert_eq!((letter.header("subject"), &letter.to), ("Set a new password for Waymark".to_owned(), &vec![email.clone()]));
        let link = letter.link("https://careers.example/reset/");
        app.check_reset(token(&link)).unwrap();
        let weak = app.set_password_by_link(token(&link), "CareersLeader1");
        assert!(matches!(&weak, Err(Error::Problems(problems)) if problems[0].field == "password"), "{weak:?}");
        app.set_password_by_link(token(&link), NEW).unwrap();
        assert_eq!(server.next().header("subject"), "Your Waymark password was changed");

        assert!(app.session(session.token.reveal()).is_err(), "every session has ended");
        assert!(app.sign_in(&email, OLD, &Origin::default()).is_err());
        app.sign_in(&email, NEW, &Origin::default()).unwrap();
        for outcome in [app.check_reset(token(&link)), app.set_password_by_link(token(&link), OLD)] {
            assert!(matches!(outcome, Err(Error::Refusal(Refusal::Conflict(_)))), "{outcome:?}");
        }

        app.ask_for_reset(&email, &Origin::default()).unwrap();
        let link = server.next().link("https://careers.example/reset/");
        app.context().set_now(app.context().now() + SignedDuration::from_hours(1));
        assert!(app.check_reset(token(&link)).is_err(), "an hour has passed");
    }

    fn nobody_learns_whether_an_address_is_known(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let without = app.ask_for_reset("nobody@school.example", &Origin::default());
        assert!(matches!(without, Err(Error::Refusal(Refusal::Conflict(_)))), "{without:?}");
        let server = MailServer::start();
        send_by(app, &server);
        let email = app.people(&school.leader, school.id).unwrap()[0].email.clone();
        // More are answered alike, but only five letters are sent; another place is counted for itself.
        for turn in 0..14 {
            let origin = Origin { address: format!("192.0.2.{}", turn % 2), ..Origin::default() };
            app.ask_for_reset("nobody@school.example", &origin).unwrap();
            app.ask_for_reset(&email, &origin).unwrap();
        }
        for _ in 0..5 {
            assert_eq!(server.next().to, std::slice::from_ref(&email));
        }
        let elsewhere = Origin { address: "192.0.2.9".to_owned(), ..Origin::default() };
        for turn in 0..30 {
            app.ask_for_reset(&format!("somebody-{turn}@school.example"), &elsewhere).unwrap();
        }
        let many = app.ask_for_reset("another@school.example", &elsewhere);
        assert!(matches!(many, Err(Error::Refusal(Refusal::TooMany))), "{many:?}");
        assert!(server.arrived().is_none());
        for wrong in ["", "robin"] {
            let wrong = app.ask_for_reset(wrong, &Origin::default());
            assert!(matches!(&wrong, Err(Error::Problems(problems)) if problems[0].field == "email"), "{wrong:?}");
        }
    }

    fn an_administrator_hands_over_a_link_unless_the_account_reaches_further_than_theirs(world: &World) {
        let school = world.school(&year_nine(1));
        let mut other = year_nine(1);
        other.institution.urn = Some("99902".to_owned());
        let theirs = world.school(&other);
        let app = &world.app;
        let viewer = school.viewer.account().unwrap();
        let link = app.reset_link(&school.leader, school.id, viewer).unwrap();
        app.set_password_by_link(link.reveal(), NEW).unwrap();
        let email = app.people(&school.leader, school.id).unwrap().into_iter().find(|one| one.id == viewer).unwrap().email;
        app.sign_in(&email, NEW, &Origin::default()).unwrap();

        assert!(matches!(app.reset_link(&theirs.leader, theirs.id, viewer), Err(Error::Refusal(Refusal::NotFound))));
        assert!(matches!(app.reset_link(&school.viewer, school.id, viewer), Err(Error::Refusal(Refusal::NotAllowed))));
        app.add_person(&Actor::operator(), theirs.id, &NewAccount { email, ..NewAccount::default() }, Holding::from(Role::Viewer)).unwrap();
        assert!(matches!(app.reset_link(&school.leader, school.id, viewer), Err(Error::Refusal(Refusal::Conflict(_)))));
    }

    fn a_changed_password_ends_every_session_and_is_told_to_its_owner(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let server = MailServer::start();
        send_by(app, &server);
        let email = app.people(&school.leader, school.id).unwrap()[1].email.clone();
        let session = app.sign_in(&email, OLD, &Origin::default()).unwrap();
        let actor = app.session(session.token.reveal()).unwrap().actor;
        let weak = app.change_password(&actor, OLD, "LarchwoodAcademy1");
        assert!(matches!(&weak, Err(Error::Problems(problems)) if problems[0].field == "password"), "{weak:?}");
        app.change_password(&actor, OLD, NEW).unwrap();
        assert!(app.session(session.token.reveal()).is_err());
        let letter = server.next();
        assert_eq!(letter.to, [email]);
        assert!(letter.text().contains("https://careers.example/sign-in"));
    }
}

#[test]
fn letters_go_over_tls_to_a_server_that_asks_who_we_are_and_to_no_other() {
    let world = World::on_sqlite();
    let school = world.school(&year_nine(1));
    let authority = Authority::new();
    let server = MailServer::start_with_tls(&authority.issue("mail", "DNS:localhost"), "waymark", "a password of ours");
    let settings = |password: &str, authority: Option<Vec<u8>>| PostSettings {
        host: "localhost".to_owned(),
        port: server.port(),
        security: PostSecurity::StartTls,
        login: Some(("waymark".to_owned(), Secret::new(password))),
        from: "careers@school.example".to_owned(),
        authority,
        public_address: "https://careers.example".to_owned(),
    };
    assert!(!format!("{:?}", settings("a password of ours", None)).contains("a password of ours"));
    let trusted = std::fs::read(authority.certificate()).unwrap();
    // A server whose certificate nobody vouches for, and a wrong password: nothing is sent.
    for wrong in [settings("a password of ours", None), settings("another", Some(trusted.clone()))] {
        let world = World::on_sqlite();
        let school = world.school(&year_nine(1));
        world.app.open_post(&wrong).unwrap();
        let email = world.app.people(&school.leader, school.id).unwrap()[0].email.clone();
        world.app.ask_for_reset(&email, &Origin::default()).unwrap();
        // Ends the post, which tries once.
        drop(world);
        assert!(server.arrived().is_none());
    }
    let email = world.app.people(&school.leader, school.id).unwrap()[0].email.clone();
    world.app.open_post(&settings("a password of ours", Some(trusted))).unwrap();
    world.app.ask_for_reset(&email, &Origin::default()).unwrap();
    let letter = server.next();
    assert!(letter.secure);
    assert_eq!((letter.user.as_deref(), letter.to.as_slice()), (Some("waymark"), &[email][..]));
}
