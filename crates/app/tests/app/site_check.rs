use std::{thread, time::Duration};

use app::{Actor, App, ContactForm, Error, Refusal, SavedPage, SiteCheckPage, SiteCheckState, View};
use domain::SiteCheckId;
use jiff::ToSpan;
use publication::{Item, State};
use testkit::website::{Reply, Website};

use crate::harness::{World, on_both_engines, year_nine};

const CAREERS: &str =
    "<!DOCTYPE html><title>Careers</title><h1>Careers</h1><a href=/provider-access>Provider access</a>
<p>Our careers leader is Robin Ashdown, careers@larkfield.example, telephone 01632 960001.</p>
<p>Next review of this information: 1 September 2025</p>";

fn saved(name: &str, text: &str) -> SavedPage {
    SavedPage { name: name.into(), bytes: text.as_bytes().to_vec() }
}

/// The same database with another program over it, a minute later, that may read websites of this machine.
fn restarted(world: &World) -> App {
    let app = crate::harness::app(world.store.clone()).with_websites_of_this_machine_for_tests();
    app.context().set_now(world.app.context().now() + 1.minute());
    app
}

fn until_over(app: &App, actor: &Actor, view: View, id: SiteCheckId) -> SiteCheckPage {
    for _ in 0..200 {
        let page = app.website_check(actor, view, id).expect("a check");
        if page.row.state != SiteCheckState::Running {
            return page;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("the check does not end");
}

fn leader(app: &App, school: domain::InstitutionId, name: &str) {
    let form = ContactForm {
        name: name.to_owned(),
        email: "careers@larkfield.example".to_owned(),
        phone: "01632 960001".to_owned(),
        ..ContactForm::default()
    };
    app.set_careers_post(&Actor::operator(), school, "careers-leader", &form).expect("a post");
}

on_both_engines! {
    fn a_website_is_read_and_compared_with_the_record(world: &World) {
        let school = world.school(&year_nine(1));
        leader(&world.app, school.id, "Jo Beckett");
        let website = Website::start(|path| match path {
            "/" => Reply::Page(CAREERS.into()),
            "/provider-access" => Reply::Status(404),
            _ => Reply::Status(404),
        });
        let (app, view) = (restarted(world), school.today());
        let id = app.start_website_check(&school.leader, school.id, &website.address()).unwrap();
        let page = until_over(&app, &school.leader, view, id);
        assert_eq!(page.row.state, SiteCheckState::Finished);
        let report = page.report.unwrap();
        let found = report.findings.iter().find(|finding| finding.item == Item::CareersLeader).unwrap();
        assert_eq!(found.state, State::Found);
        let notes: Vec<_> = found.notes.iter().map(publication::Note::code).collect();
        assert_eq!(notes, ["name-differs"], "the record has another name, and the same address and number");
        let review = report.findings.iter().find(|finding| finding.item == Item::NextReview).unwrap();
        assert!(review.notes.iter().any(|note| note.code() == "date-passed"), "{review:?}");
        assert_eq!(report.unread.len(), 1, "the link that is broken is listed");
        assert!(page.may_check && page.progress.is_none());
        let list = app.website_checks(&school.leader, view).unwrap();
        assert_eq!((list.rows.len(), list.address), (1, website.address()));
        assert!(list.rows[0].by.is_some());
        assert_eq!(app.website(&school.leader, view).unwrap().check.map(|check| check.id), Some(id));
    }
}

on_both_engines! {
    fn what_cannot_be_read_is_told_with_the_reason(world: &World) {
        let school = world.school(&year_nine(1));
        let website = Website::start(|_| Reply::Status(503));
        let app = restarted(world);
        let id = app.start_website_check(&school.leader, school.id, &website.address()).unwrap();
        let page = until_over(&app, &school.leader, school.today(), id);
        assert_eq!(page.row.state, SiteCheckState::Unread);
        assert!(page.unread[0].reason.contains("error 503"), "{:?}", page.unread);
        let files = vec![saved("policy.docx", "no document")];
        let id = app.check_saved_pages(&school.leader, school.id, files).unwrap();
        let page = app.website_check(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.row.state, SiteCheckState::Unread);
    }
}

on_both_engines! {
    fn addresses_that_are_not_public_are_refused_before_anything_is_kept(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        for address in ["", "http://127.0.0.1/", "http://10.0.0.1/", "file:///etc/passwd", "careers", "http://school.example:8080/"] {
            let refused = app.start_website_check(&school.leader, school.id, address);
            assert!(matches!(&refused, Err(Error::Problems(problems)) if problems[0].field == "address"), "{address}: {refused:?}");
        }
        assert!(app.website_checks(&school.leader, school.today()).unwrap().rows.is_empty());
        // A name that leads to this machine is known only once it is looked up.
        let id = app.start_website_check(&school.leader, school.id, "http://localhost/").unwrap();
        let page = until_over(app, &school.leader, school.today(), id);
        assert_eq!(page.row.state, SiteCheckState::Unread);
        assert!(page.unread[0].reason.contains("this machine itself"), "{:?}", page.unread);
    }
}

on_both_engines! {
    fn one_check_at_a_time_and_not_too_often(world: &World) {
        let school = world.school(&year_nine(1));
        let website = Website::start(|path| match path {
            "/robots.txt" => Reply::Status(404),
            _ => Reply::Silence(Duration::from_secs(3)),
        });
        let app = restarted(world);
        let id = app.start_website_check(&school.leader, school.id, &website.address()).unwrap();
        let second = app.start_website_check(&school.leader, school.id, &website.address());
        assert!(matches!(second, Err(Error::Refusal(Refusal::Conflict(_)))), "{second:?}");
        let running = app.website_check(&school.leader, school.today(), id).unwrap();
        assert_eq!(running.row.state, SiteCheckState::Running);
        assert!(running.progress.is_some());
        until_over(&app, &school.leader, school.today(), id);
        let again = || app.check_saved_pages(&school.leader, school.id, vec![saved("a.html", CAREERS)]);
        for _ in 0..7 {
            again().unwrap();
        }
        assert!(matches!(again(), Err(Error::Refusal(Refusal::TooMany))), "eight in a quarter of an hour are enough");
    }
}

on_both_engines! {
    fn a_check_that_ran_when_the_server_stopped_is_interrupted(world: &World) {
        let school = world.school(&year_nine(1));
        let website = Website::start(|path| match path {
            "/robots.txt" => Reply::Status(404),
            _ => Reply::Silence(Duration::from_secs(3)),
        });
        let before = restarted(world);
        let id = before.start_website_check(&school.leader, school.id, &website.address()).unwrap();
        // Another program over the same database, which knows nothing of the first one's threads.
        let after = restarted(world);
        after.context().set_now(before.context().now() + 10.minutes());
        let page = after.website_check(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.row.state, SiteCheckState::Interrupted);
        assert_eq!(after.website_checks(&school.leader, school.today()).unwrap().rows[0].state, SiteCheckState::Interrupted);
        after.check_saved_pages(&school.leader, school.id, vec![saved("a.html", CAREERS)]).unwrap();
        until_over(&before, &school.leader, school.today(), id);
    }
}

on_both_engines! {
    fn files_are_counted_and_none_is_kept(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let many = (0..21).map(|number| saved(&format!("{number}.html"), CAREERS)).collect();
        assert!(matches!(app.check_saved_pages(&school.leader, school.id, many), Err(Error::Problems(_))));
        let id = app.start_check_of_saved_pages(&school.leader, school.id, vec![saved("careers.html", CAREERS)]).unwrap();
        let page = until_over(app, &school.leader, school.today(), id);
        assert_eq!(page.row.state, SiteCheckState::Finished);
        assert_eq!((page.row.address.as_str(), page.row.counts.map(|(found, ..)| found > 0)), ("", Some(true)));
        // Somebody else's check is not found.
        let mut records = year_nine(1);
        (records.institution.name, records.institution.urn) = ("Another Academy".into(), None);
        let other = world.school(&records);
        let refused = app.website_check(&other.leader, other.today(), id);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::NotFound))), "{refused:?}");
    }
}
