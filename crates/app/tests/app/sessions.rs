use app::{Error, Method, Origin, Refusal, Session};
use jiff::SignedDuration;

use crate::harness::{School, World, on_both_engines, year_nine};

fn device(name: &str) -> Origin {
    Origin { device: name.to_owned(), ..Origin::default() }
}

fn sign_in(school: &School<'_>, from: &str) -> (String, Session) {
    let email = school.app.people(&school.leader, school.id).unwrap()[1].email.clone();
    let session = school.app.sign_in(&email, "three words together", &device(from)).unwrap();
    (session.token.reveal().to_owned(), school.app.session(session.token.reveal()).unwrap())
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

on_both_engines! {
    fn somebody_sees_where_they_are_signed_in_and_ends_what_they_like(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        app.end_other_sessions(&school.viewer, domain::SessionId(1)).unwrap();
        let (_, first) = sign_in(&school, "Firefox on Windows");
        app.context().set_now(app.context().now() + minutes(10));
        let (second_token, second) = sign_in(&school, "Safari on an iPhone");
        let (third_token, third) = sign_in(&school, "Edge on Windows");
        let list = app.sessions(&first.actor, first.id).unwrap();
        let devices: Vec<_> = list.iter().map(|session| (session.device.as_str(), session.is_this)).collect();
        assert_eq!(devices, [("Firefox on Windows", true), ("Edge on Windows", false), ("Safari on an iPhone", false)]);
        assert_eq!((list[0].method, list[1].since), (Some(Method::Password), app.context().now()));
        // Somebody else's are neither seen nor ended.
        let stranger = app.end_session(&school.leader, second.id);
        assert!(matches!(stranger, Err(Error::Refusal(Refusal::NotFound))), "{stranger:?}");
        app.end_session(&first.actor, second.id).unwrap();
        assert!(app.session(&second_token).is_err() && app.session(&third_token).is_ok());
        assert_eq!(app.end_other_sessions(&third.actor, third.id).unwrap(), 1);
        assert_eq!(app.sessions(&third.actor, third.id).unwrap().len(), 1);
        app.sign_out(&third_token).unwrap();
        assert!(app.session(&third_token).is_err());
    }

    fn a_session_ends_two_hours_after_the_last_page(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let (token, _) = sign_in(&school, "");
        let start = app.context().now();
        let after = |span| { app.context().set_now(start + span); app.session(&token) };
        after(minutes(119)).unwrap();
        after(minutes(119 + 119)).unwrap();
        assert!(matches!(after(minutes(119 + 119 + 120)), Err(Error::Refusal(Refusal::NotSignedIn))));
    }

    fn a_session_ends_twelve_hours_after_signing_in_however_busy(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let (token, _) = sign_in(&school, "");
        let start = app.context().now();
        for hour in 1..12 {
            app.context().set_now(start + SignedDuration::from_hours(hour));
            app.session(&token).unwrap();
        }
        app.context().set_now(start + minutes(12 * 60 - 1));
        app.session(&token).unwrap();
        app.context().set_now(start + minutes(12 * 60));
        assert!(matches!(app.session(&token), Err(Error::Refusal(Refusal::NotSignedIn))));
    }
}
