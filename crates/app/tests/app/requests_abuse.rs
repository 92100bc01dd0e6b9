//! Requests of providers by those who mean no good, or whose program ended at the wrong moment.

use std::time::Duration;

use app::{
    Asked, Error, Group, Holding, ListFormat, Origin, PostSecurity, PostSettings, ProviderRequestFilter, Reach,
    Refusal, RequestContactForm, RequestForm, RequestGuard, Role, TakenForm,
};
use testkit::mail::MailServer;

use crate::{
    harness::{School, World, on_both_engines, year_nine},
    requests::{ask, form, later, problems},
};

/// Text that does harm wherever it is taken for more than text.
const HOSTILE: &str = "<script>alert(1)</script>\r\nBcc: all@school.example\u{202e}";
/// What a spreadsheet would take for a formula.
const FORMULA: &str = "=HYPERLINK(\"https://bad.example\")";

fn send(school: &School<'_>, form: &RequestForm, from: &str) -> app::Result<Asked> {
    let offer = school.app.request_offer(school.id).unwrap();
    later(school, 10);
    let guard = RequestGuard { opened: offer.opened, trap: String::new() };
    let origin = Origin { address: from.to_owned(), ..Origin::default() };
    school.app.ask_for_access(school.id, form, &guard, &origin)
}

fn post(server: &MailServer) -> PostSettings {
    PostSettings {
        host: "127.0.0.1".to_owned(),
        port: server.port(),
        security: PostSecurity::None,
        login: None,
        from: "Waymark <careers@school.example>".to_owned(),
        authority: None,
        public_address: "https://careers.school.example".to_owned(),
    }
}

on_both_engines! {
    fn what_is_too_long_is_said_at_each_field_and_nothing_is_kept(world: &World) {
        let school = world.school(&year_nine(1));
        let long = |length: usize| "a".repeat(length);
        let fits = RequestForm {
            organisation: long(200),
            contact: long(200),
            phone: long(200),
            offers: long(2_000),
            wanted: long(2_000),
            needs: long(2_000),
            message: long(2_000),
            ..form()
        };
        send(&school, &fits, "192.0.2.1").unwrap();
        let too_long = RequestForm {
            organisation: long(201),
            contact: long(201),
            email: format!("{}@riverbank.example", long(200)),
            phone: long(201),
            offers: long(2_001),
            wanted: long(1_000_000),
            needs: long(2_001),
            message: long(2_001),
            visitors: "99999999999999999999".to_owned(),
            ..form()
        };
        let mut fields: Vec<_> =
            problems(send(&school, &too_long, "192.0.2.1")).into_iter().map(|(field, _)| field).collect();
        fields.sort_unstable();
        let all = ["contact", "email", "message", "needs", "offers", "organisation", "phone", "visitors", "wanted"];
        assert_eq!(fields, all);
        let list = school.app.provider_requests(&school.leader, school.today(), &ProviderRequestFilter::default());
        assert_eq!(list.unwrap().all, 1);
    }

    fn one_place_sends_six_and_others_are_not_kept_out(world: &World) {
        let school = world.school(&year_nine(1));
        let of = |number: u32| RequestForm { email: format!("sam{number}@riverbank.example"), ..form() };
        for number in 0..6 {
            send(&school, &of(number), "192.0.2.1").unwrap();
        }
        let found = problems(send(&school, &of(6), "192.0.2.1"));
        assert!(found[0].1.contains("What you typed is still here"), "{found:?}");
        send(&school, &of(7), "192.0.2.2").unwrap();
        // After a while the first place may send again.
        later(&school, 15 * 60);
        send(&school, &of(8), "192.0.2.1").unwrap();
    }

    fn our_first_letter_carries_nobodys_advertisement_and_goes_to_one_address(world: &World) {
        let school = world.school(&year_nine(1));
        let named = |contact: &str| RequestForm { contact: contact.to_owned(), ..form() };
        for contact in ["Win at https://bad.example", "www.bad.example", "see HTTP://bad.example now"] {
            let found = problems(send(&school, &named(contact), "192.0.2.1"));
            assert_eq!(found[0].0, "contact", "{contact}: {found:?}");
        }
        for email in ["a@one.example,b@two.example", "a@one.example;b@two.example", "Sam <a@one.example>", "a@b@c.example"] {
            let found = problems(send(&school, &RequestForm { email: email.to_owned(), ..form() }, "192.0.2.1"));
            assert_eq!(found[0].0, "email", "{email}: {found:?}");
        }
        let asked = send(&school, &form(), "192.0.2.1").unwrap();
        let contact = RequestContactForm { email: "a@one.example,b@two.example".to_owned(), ..RequestContactForm::default() };
        let found = problems(school.app.change_contact_by_link(school.id, asked.token.reveal(), &contact));
        assert!(found.iter().any(|(field, _)| *field == "email"), "{found:?}");
    }

    fn a_reference_opens_nothing_and_links_cannot_be_guessed(world: &World) {
        let school = world.school(&year_nine(1));
        let mut elsewhere = year_nine(1);
        elsewhere.institution.name = "Old Mill School".to_owned();
        elsewhere.institution.urn = Some("999977".to_owned());
        elsewhere.institution.ukprn = None;
        let other = world.school(&elsewhere);
        let (first, second) = (ask(&school), ask(&school));
        assert_ne!(first.reference, second.reference);
        assert_eq!(first.token.reveal().len(), 64, "256 random bits");
        for guess in [first.reference.as_str(), &first.id.to_string(), "", &"0".repeat(64), &first.token.reveal()[..63]] {
            assert!(matches!(school.app.request_by_link(school.id, guess), Err(Error::Refusal(Refusal::NotFound))), "{guess}");
        }
        // A link opens its own request, in its own institution, and no other.
        assert_eq!(school.app.request_by_link(school.id, second.token.reveal()).unwrap().request.id, second.id);
        assert!(matches!(
            school.app.request_by_link(other.id, second.token.reveal()),
            Err(Error::Refusal(Refusal::NotFound))
        ));
        // Somebody of another institution finds neither the list nor the request.
        let view = school.today();
        let filter = ProviderRequestFilter::default();
        assert!(matches!(other.app.provider_requests(&other.leader, view, &filter), Err(Error::Refusal(Refusal::NotFound))));
        assert!(matches!(other.app.provider_request(&other.leader, view, first.id), Err(Error::Refusal(Refusal::NotFound))));
    }

    fn hostile_text_is_text_in_letters_and_files(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id, leader) = (school.app, school.id, &school.leader);
        let server = MailServer::start();
        app.open_post(&post(&server)).unwrap();
        let leads = app::ContactForm {
            name: "Careers Leader".to_owned(),
            email: "leader@school.example".to_owned(),
            ..app::ContactForm::default()
        };
        app.set_careers_post(leader, id, "careers-leader", &leads).unwrap();
        let hostile = RequestForm {
            organisation: format!("{FORMULA} {HOSTILE}"),
            contact: HOSTILE.to_owned(),
            phone: HOSTILE.to_owned(),
            offers: format!("{FORMULA} {HOSTILE}"),
            wanted: HOSTILE.to_owned(),
            needs: HOSTILE.to_owned(),
            message: HOSTILE.to_owned(),
            ..form()
        };
        let asked = send(&school, &hostile, "192.0.2.1").unwrap();
        app.ask_provider(leader, id, asked.id, 0, HOSTILE).unwrap();
        for _ in 0..3 {
            let letter = server.next();
            let (head, _) = letter.raw.split_once("\r\n\r\n").unwrap();
            assert!(letter.to == ["sam@riverbank.example"] || letter.to == ["leader@school.example"], "{:?}", letter.to);
            assert!(!head.to_lowercase().lines().any(|line| line.starts_with("bcc:")), "{head}");
            assert!(head.contains("Content-Type: text/plain"), "{head}");
        }
        let (view, filter) = (school.today(), ProviderRequestFilter::default());
        let file = app.export_provider_requests(leader, view, &filter, ListFormat::Csv).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("\"'=HYPERLINK") && !text.contains(",\"=HYPERLINK"), "{text}");
    }

    fn a_letter_that_was_saved_when_the_program_ended_goes_when_it_starts_again(world: &World) {
        let school = world.school(&year_nine(1));
        let asked = ask(&school);
        // It had even begun to send the letter, and did not live to note it.
        let letter = school.app.provider_request(&school.leader, school.today(), asked.id).unwrap().letters.remove(0);
        let (now, again) = (school.app.context().now(), school.app.context().now() + Duration::from_secs(300));
        world.store.write(school.id, |tx| store::letter::take(tx, school.id, letter.id, (now, again))).unwrap().unwrap();
        let server = MailServer::start();
        let restarted = world.restarted(6);
        restarted.open_post(&post(&server)).unwrap();
        restarted.send_waiting_letters();
        let came = server.next();
        assert_eq!((came.to, came.raw.contains(&asked.reference)), (vec!["sam@riverbank.example".to_owned()], true));
        assert!(came.raw.contains(&format!("letter.{}@", letter.id)), "its message id tells that it is the same");
    }

    fn each_role_sees_of_requests_what_it_should(world: &World) {
        let school = world.school(&year_nine(6));
        let (app, id) = (school.app, school.id);
        let asked = ask(&school);
        let reach = Reach::Groups(vec![Group::Form("9A".to_owned())]);
        let tutor = world.person(id, "Tutor", Holding { role: Role::Tutor, reach });
        let governor = world.person(id, "Governor", Role::Governor);
        let filter = ProviderRequestFilter::default();
        for actor in [&tutor, &governor, &school.viewer] {
            let list = app.provider_requests(actor, school.today(), &filter).unwrap();
            assert_eq!((list.requests.len(), list.may_decide), (1, false), "{}", actor.name());
            let page = app.provider_request(actor, school.today(), asked.id).unwrap();
            assert_eq!((page.may_decide, page.taken_back), (false, None), "{}", actor.name());
            assert!(matches!(
                app.refuse_provider_request(actor, id, asked.id, 0, ("", "")),
                Err(Error::Refusal(Refusal::NotAllowed))
            ));
            assert!(app.add_provider_request(actor, id, &TakenForm::default()).is_err());
        }
        let page = app.provider_request(&governor, school.today(), asked.id).unwrap();
        let one = &page.request;
        assert_eq!((one.contact.as_str(), one.email.as_str(), one.needs.as_str(), one.message.as_str()), ("", "", "", ""));
        assert!(page.visitors.is_empty() && page.counts.is_none_or(|counts| counts.learners.is_empty()));
        // Who may not write into the record rings nobody up.
        let seen = app.provider_request(&tutor, school.today(), asked.id).unwrap();
        assert_eq!((seen.request.email.as_str(), seen.sees_people), ("", false));
        let leads = app.provider_request(&school.leader, school.today(), asked.id).unwrap();
        assert_eq!((leads.request.email.as_str(), leads.may_decide), ("sam@riverbank.example", true));
    }
}
