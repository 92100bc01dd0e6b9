use app::{Actor, App, Error, Origin, PasskeyAnswer, Proof, Proofs, RecoveryCodes, Refusal, RelyingParty, Result};
use domain::InstitutionId;
use jiff::SignedDuration;
use totp_rs::{Builder, Secret, Totp};

use crate::harness::{School, World, on_both_engines, year_nine};

const PASSWORD: &str = "three words together";

/// Somebody's app on their phone.
struct Phone(Totp);

impl Phone {
    fn code(&self, app: &App) -> String {
        self.code_at(app, 0)
    }

    /// The code so many seconds from now.
    fn code_at(&self, app: &App, seconds: i64) -> String {
        format!("{:06}", self.0.generate((app.context().now().as_second() + seconds) as u64))
    }
}

fn pass(app: &App, time: SignedDuration) {
    app.context().set_now(app.context().now() + time);
}

/// Somebody sets up an app.
fn set_up(world: &World, actor: &Actor) -> (Phone, RecoveryCodes) {
    let app = &world.app;
    app.offer_totp(actor).unwrap();
    let offer = app.totp_offer(actor).unwrap().expect("an offer");
    let secret = Secret::try_from_base32(offer.secret.replace(' ', "")).unwrap();
    let phone = Phone(Builder::new().with_secret(secret).build().unwrap());
    let wrong = app.confirm_totp(actor, "000000");
    assert!(is_problem(&wrong, "code"), "{wrong:?}");
    let codes = app.confirm_totp(actor, &phone.code(app)).unwrap().expect("the first codes");
    assert_eq!(codes.reveal().len(), 10);
    assert!(app.totp_offer(actor).unwrap().is_none());
    // What was entered to set it up does not sign in as well.
    pass(app, SignedDuration::from_secs(60));
    (phone, codes)
}

fn is_problem<T>(result: &Result<T>, field: &str) -> bool {
    matches!(result, Err(Error::Problems(problems)) if problems.len() == 1 && problems[0].field == field)
}

fn is_refused<T>(result: &Result<T>, refusal: &Refusal) -> bool {
    matches!(result, Err(Error::Refusal(found)) if found == refusal)
}

fn from(address: &str) -> Origin {
    Origin { address: address.to_owned(), ..Origin::default() }
}

fn viewers_address(app: &App, school: &School<'_>) -> String {
    let people = app.people(&school.leader, school.id).unwrap();
    people.into_iter().find(|person| Some(person.id) == school.viewer.account()).unwrap().email
}

/// What is noted of the installation as a whole.
fn trail(app: &App) -> Vec<String> {
    let mut lines = Vec::new();
    let mut keep = |line: &str| {
        lines.push(line.to_owned());
        Ok(())
    };
    app.export_chain(&Actor::operator(), InstitutionId(0), &mut keep).unwrap();
    lines
}

fn events(app: &App, action: &str) -> usize {
    trail(app).iter().filter(|line| line.contains(&format!("\"{action}\""))).count()
}

on_both_engines! {
    fn a_password_alone_opens_nothing_once_an_app_is_set_up(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let (phone, _) = set_up(world, &school.viewer);
        let email = viewers_address(app, &school);
        let first = app.sign_in(&email, PASSWORD, &origin).unwrap();
        assert!(first.awaits_second_step);
        let first = first.token.reveal();
        assert!(is_refused(&app.session(first), &Refusal::NotSignedIn));
        let asked = app.second_step(first).unwrap();
        assert_eq!(asked.proofs, Proofs { password: false, code: true, passkey: false, recovery_code: true });

        let wrong = app.take_second_step(first, Proof::Code("123456"), &origin);
        assert!(is_problem(&wrong, "code"), "{wrong:?}");
        let code = phone.code(app);
        let taken = app.take_second_step(first, Proof::Code(&format!(" {} {}", &code[..3], &code[3..])), &origin).unwrap();
        assert_eq!(taken.recovery_codes_left, None);
        let second = taken.session.token.reveal();
        assert_ne!(first, second);
        assert_eq!(app.session(second).unwrap().actor.account(), school.viewer.account());
        // The token of the first step is gone.
        assert!(is_refused(&app.second_step(first).map(|_| ()), &Refusal::NotSignedIn));
        assert!(is_refused(&app.take_second_step(first, Proof::Code(&code), &origin), &Refusal::NotSignedIn));
        assert_eq!((events(app, "second-step.added"), events(app, "second-step.refused")), (1, 1));
    }

    fn a_code_works_once_and_a_step_early_or_late(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let (phone, _) = set_up(world, &school.viewer);
        let email = viewers_address(app, &school);
        let first = || app.sign_in(&email, PASSWORD, &origin).unwrap().token;
        let takes = |code: &str| app.take_second_step(first().reveal(), Proof::Code(code), &origin).is_ok();
        // The clock stands at the beginning of a step: so its own code, the one before and the one after are right, each once, and
        // none that is older than one that was used.
        assert!(!takes(&phone.code_at(app, -60)) && !takes(&phone.code_at(app, 60)));
        assert!(takes(&phone.code_at(app, -30)));
        assert!(!takes(&phone.code_at(app, -30)));
        assert!(takes(&phone.code_at(app, 30)));
        assert!(!takes(&phone.code(app)) && !takes(&phone.code_at(app, 30)));
        pass(app, SignedDuration::from_secs(60));
        assert!(takes(&phone.code(app)));
    }

    fn the_second_step_waits_ten_minutes_and_ten_wrong_codes(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let (phone, codes) = set_up(world, &school.viewer);
        let email = viewers_address(app, &school);
        let late = app.sign_in(&email, PASSWORD, &from("192.0.2.1")).unwrap().token;
        pass(app, SignedDuration::from_mins(10));
        let too_late = app.take_second_step(late.reveal(), Proof::Code(&phone.code(app)), &from("192.0.2.1"));
        assert!(is_refused(&too_late, &Refusal::NotSignedIn));

        let sign_in = |place: &str| app.sign_in(&email, PASSWORD, &from(place)).unwrap().token;
        let guess = |place: &str, code: &str| {
            app.take_second_step(sign_in(place).reveal(), Proof::Code(code), &from(place)).map(|_| ())
        };
        for _ in 0..10 {
            assert!(is_problem(&guess("192.0.2.1", "111111"), "code"));
        }
        assert!(is_refused(&guess("192.0.2.1", &phone.code(app)), &Refusal::TooMany));
        // Somebody who knows the password and guesses elsewhere does not lock the person out here …
        guess("198.51.100.7", &phone.code(app)).unwrap();
        // … until thirty were guessed from anywhere; a recovery code still works then.
        for place in 0..20 {
            assert!(is_problem(&guess(&format!("203.0.113.{place}"), "111111"), "code"));
        }
        pass(app, SignedDuration::from_secs(60));
        assert!(is_refused(&guess("198.51.100.7", &phone.code(app)), &Refusal::TooMany));
        let proof = Proof::RecoveryCode(&codes.reveal()[0]);
        app.take_second_step(sign_in("198.51.100.7").reveal(), proof, &from("198.51.100.7")).unwrap();
        pass(app, SignedDuration::from_mins(15));
        guess("192.0.2.1", &phone.code(app)).unwrap();
    }

    fn a_recovery_code_works_once_and_says_how_many_are_left(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let (_, codes) = set_up(world, &school.viewer);
        let email = viewers_address(app, &school);
        let uses = |code: &str| {
            let first = app.sign_in(&email, PASSWORD, &origin).unwrap().token;
            app.take_second_step(first.reveal(), Proof::RecoveryCode(code), &origin)
        };
        let code = &codes.reveal()[3];
        let taken = uses(&code.to_lowercase().replace('-', "")).unwrap();
        assert_eq!(taken.recovery_codes_left, Some(9));
        assert!(is_problem(&uses(code), "recovery_code"));
        let viewer = app.session(taken.session.token.reveal()).unwrap().actor;
        assert_eq!(app.security(&viewer).unwrap().recovery_codes_left, 9);
        let new = app.new_recovery_codes(&viewer).unwrap();
        assert!(is_problem(&uses(&codes.reveal()[4]), "recovery_code"));
        assert_eq!(uses(&new.reveal()[0]).unwrap().recovery_codes_left, Some(9));
        assert_eq!((events(app, "recovery-codes.made"), events(app, "recovery-code.used")), (2, 2));
        let shown = format!("{:?} {:?}", codes, trail(app));
        assert!(codes.reveal().iter().all(|code| !shown.contains(code.as_str())));
    }

    fn what_changes_the_second_step_needs_a_fresh_proof(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let session = app.sign_in(&viewers_address(app, &school), PASSWORD, &origin).unwrap();
        let token = session.token.reveal();
        pass(app, SignedDuration::from_mins(15));
        let stale = app.session(token).unwrap().actor;
        assert!(is_refused(&app.offer_totp(&stale), &Refusal::ConfirmFirst));
        assert!(is_refused(&app.new_recovery_codes(&stale), &Refusal::ConfirmFirst));
        let wrong = app.confirm(&stale, token, Proof::Password("not this one"), &origin);
        assert!(is_problem(&wrong, "password"), "{wrong:?}");
        app.confirm(&stale, token, Proof::Password(PASSWORD), &origin).unwrap();
        let fresh = app.session(token).unwrap().actor;
        let (phone, _) = set_up(world, &fresh);

        // With a second step, the password is no proof any more: somebody else may know it.
        pass(app, SignedDuration::from_mins(15));
        let stale = app.session(token).unwrap().actor;
        assert!(is_refused(&app.turn_off_totp(&stale), &Refusal::ConfirmFirst));
        let password = app.confirm(&stale, token, Proof::Password(PASSWORD), &origin);
        assert!(is_refused(&password, &Refusal::NotAllowed), "{password:?}");
        app.confirm(&stale, token, Proof::Code(&phone.code(app)), &origin).unwrap();
        let fresh = app.session(token).unwrap().actor;
        app.turn_off_totp(&fresh).unwrap();
        // The recovery codes go with what they stood in for.
        let security = app.security(&fresh).unwrap();
        assert_eq!((security.code_since, security.recovery_codes_left), (None, 0));
        let again = app.sign_in(&viewers_address(app, &school), PASSWORD, &origin).unwrap();
        assert!(!again.awaits_second_step);
        assert!(matches!(app.turn_off_totp(&fresh), Err(Error::Refusal(Refusal::Conflict(_)))));
        assert_eq!((events(app, "confirmed"), events(app, "confirmation.refused")), (2, 1));
    }

    fn an_app_that_is_set_up_is_not_replaced_by_accident(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let (phone, _) = set_up(world, &school.viewer);
        let again = app.offer_totp(&school.viewer);
        assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");
        let first = app.sign_in(&viewers_address(app, &school), PASSWORD, &origin).unwrap().token;
        app.take_second_step(first.reveal(), Proof::Code(&phone.code(app)), &origin).unwrap();
    }

    fn an_institution_asks_its_people_for_a_second_step(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        assert!(is_refused(&app.require_second_step(&school.viewer, school.id, true), &Refusal::NotAllowed));
        set_up(world, &school.leader);
        app.require_second_step(&school.leader, school.id, true).unwrap();
        let viewer = world.signed_in(school.id, "Just Looking");
        let shut = app.frame(&viewer, school.today());
        assert!(matches!(shut, Err(Error::Refusal(Refusal::SecondStepFirst))), "{shut:?}");
        assert!(is_refused(&app.people(&viewer, school.id).map(|_| ()), &Refusal::SecondStepFirst));
        assert_eq!(app.security(&viewer).unwrap().wanted_by, ["Larchwood Test Academy"]);
        set_up(world, &viewer);
        let email = viewers_address(app, &school);
        let first = app.sign_in(&email, PASSWORD, &Origin::default()).unwrap();
        assert!(first.awaits_second_step);
        // The administrator, who has one, is not kept out.
        app.people(&school.leader, school.id).unwrap();
        app.require_second_step(&school.leader, school.id, false).unwrap();
        assert!(!app.institution(&school.leader, school.today()).unwrap().second_step_required);
    }

    fn the_operator_helps_somebody_who_lost_everything(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        set_up(world, &school.viewer);
        let email = viewers_address(app, &school);
        assert!(is_refused(&app.reset_second_step(&school.leader, &email), &Refusal::NotAllowed));
        assert!(is_problem(&app.reset_second_step(&Actor::operator(), "nobody@school.example"), "email"));
        let waiting = app.sign_in(&email, PASSWORD, &origin).unwrap().token;
        app.reset_second_step(&Actor::operator(), &format!(" {} ", email.to_uppercase())).unwrap();
        assert!(is_refused(&app.second_step(waiting.reveal()).map(|_| ()), &Refusal::NotSignedIn));
        let session = app.sign_in(&email, PASSWORD, &origin).unwrap();
        assert!(!session.awaits_second_step);
        let actor = app.session(session.token.reveal()).unwrap().actor;
        assert_eq!(app.security(&actor).unwrap().recovery_codes_left, 0);
        assert_eq!(events(app, "second-step.reset"), 1);
    }

    fn a_passkey_that_nobody_asked_for_is_refused_whoever_is_meant(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, origin) = (&world.app, Origin::default());
        let party = RelyingParty::of("https://careers.school.example").unwrap();
        let asked = app.begin_passkey_sign_in(&party, &origin).unwrap();
        // Nothing of anybody is in what a device is asked for.
        assert_eq!(asked.options["publicKey"]["allowCredentials"], serde_json::json!([]));
        let credential = r#"{"id":"AQ","rawId":"AQ","type":"public-key","response":{"authenticatorData":"AQ","clientDataJSON":"AQ","signature":"AQ","userHandle":"AAAAAAAAAAAAAAAAAAAAAQ"},"extensions":{}}"#;
        for (ceremony, credential) in [
            (asked.ceremony.reveal(), credential),
            (asked.ceremony.reveal(), credential),
            ("unknown", credential),
            ("", "{"),
        ] {
            let answer = PasskeyAnswer { ceremony: ceremony.to_owned(), credential: credential.to_owned() };
            let refused = app.sign_in_with_passkey(&party, &answer, &origin);
            assert!(is_problem(&refused, "passkey"), "{refused:?}");
        }
        assert_eq!(events(app, "sign-in.refused"), 4);
        // A ceremony of one sort is none of another.
        let register = app.begin_passkey(&school.viewer, &party).unwrap();
        assert_eq!(register.options["publicKey"]["authenticatorSelection"]["residentKey"], "preferred");
        assert!(!register.options.to_string().contains(&school.viewer.account().unwrap().to_string()));
        let answer = PasskeyAnswer { ceremony: register.ceremony.reveal().to_owned(), credential: credential.to_owned() };
        assert!(is_problem(&app.sign_in_with_passkey(&party, &answer, &origin), "passkey"));
        assert!(is_problem(&app.add_passkey(&school.viewer, &party, &answer, "Phone"), "passkey"));
        let missing = app.remove_passkey(&school.viewer, domain::PasskeyId(1));
        assert!(matches!(missing, Err(Error::Refusal(Refusal::NotFound))), "{missing:?}");
    }
}
