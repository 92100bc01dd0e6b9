use app::{PostSecurity, PostSettings};
use axum::http::StatusCode;
use testkit::mail::MailServer;

use crate::harness::{Browser, Installation, Page, install};

const PASSWORD: &str = "mossgreen umbrella nine";

fn send_by(installation: &Installation, server: &MailServer) {
    let settings = PostSettings {
        host: "127.0.0.1".to_owned(),
        port: server.port(),
        security: PostSecurity::None,
        login: None,
        from: "careers@school.example".to_owned(),
        authority: None,
        public_address: "https://careers.example".to_owned(),
    };
    installation.app.open_post(&settings).unwrap();
}

/// The path of the link that a page shows or a letter carries.
#[track_caller]
fn link(text: &str, start: &str) -> String {
    let at = text.find(start).unwrap_or_else(|| panic!("no {start} in:\n{text}"));
    text[at..].split(|c: char| c != '/' && !c.is_alphanumeric()).next().unwrap().to_owned()
}

async fn invite(browser: &mut Browser, academy: &str, by: &str) -> Page {
    let form = format!("{academy}/settings/people/invite");
    let fields = [
        ("name", "Barnaby Wrenfield"),
        ("email", "barnaby@school.example"),
        ("role", "tutor"),
        ("reach", "groups"),
        ("form", "9A"),
        ("form", "9B"),
        ("by", by),
    ];
    browser.submit(&form, &form, &fields).await
}

#[tokio::test]
async fn a_link_that_is_shown_once_lets_somebody_in_with_their_role() {
    let installation = install();
    let (mut leader, academy) = Browser::careers_leader(&installation).await;
    let page = invite(&mut leader, &academy, "link").await;
    page.says("Hand over this link");
    let join = link(&page.text, "/join/");
    let people = leader.get(&format!("{academy}/settings/people")).await;
    people.says("Barnaby Wrenfield").says("Tutor or teacher, 9A, 9B").says("30 November 2026");
    assert!(!people.text.contains(&join), "the link is shown once");

    let mut newcomer = Browser::new(&installation);
    newcomer.get(&join).await.says("Join Larkfield Academy").says("barnaby@school.example");
    let weak = newcomer.submit(&join, &join, &[("name", "Barnaby Wrenfield"), ("password", "LarkfieldAcademy1")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    weak.says("This is easy to guess");
    let page = newcomer.submit(&join, &join, &[("name", "Barnaby Wrenfield"), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.address.as_str()), (StatusCode::OK, academy.as_str()));
    assert_eq!(newcomer.get(&format!("{academy}/settings/people")).await.status, StatusCode::FORBIDDEN);

    let used = Browser::new(&installation).get(&join).await;
    assert_eq!(used.status, StatusCode::CONFLICT);
    used.says("has been accepted already");
    leader.get(&format!("{academy}/settings/people")).await.says("Nobody is invited at the moment");
    let nothing = Browser::new(&installation).get("/join/7/abc").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    nothing.says("There is no such invitation");
}

#[tokio::test]
async fn somebody_who_signs_in_already_accepts_as_themselves() {
    let installation = install();
    let (mut leader, academy) = Browser::careers_leader(&installation).await;
    let join = link(&invite(&mut leader, &academy, "link").await.text, "/join/");
    let mut browser = Browser::new(&installation);
    let way = browser.get(&join).await.link("sign in to accept");
    let fields = [("email", "robin@school.example"), ("password", "lantern otter kettle"), ("next", join.as_str())];
    let page = browser.submit(&way, "/sign-in", &fields).await;
    assert_eq!(page.address, join);
    page.says("You are signed in as Robin Example");
    browser.submit(&join, &join, &[]).await.says("You can work here from now on");
    leader.get(&format!("{academy}/settings/people")).await.says("Tutor or teacher");
}

#[tokio::test]
async fn an_invitation_is_withdrawn_and_that_is_undone() {
    let installation = install();
    let (mut leader, academy) = Browser::careers_leader(&installation).await;
    let join = link(&invite(&mut leader, &academy, "link").await.text, "/join/");
    let people = format!("{academy}/settings/people");
    let withdraw = leader.get(&people).await.action("Withdraw");
    let page = leader.submit(&people, &withdraw, &[]).await;
    page.says("The invitation is withdrawn");
    Browser::new(&installation).get(&join).await.says("was withdrawn");
    let undo = page.action("Undo");
    leader.submit(&people, &undo, &[]).await.says("holds again");
    Browser::new(&installation).get(&join).await.says("Join Larkfield Academy");
    let again = leader.get(&people).await.action("New link");
    let page = leader.submit(&people, &again, &[("by", "link")]).await;
    assert_ne!(link(&page.text, "/join/"), join);
    Browser::new(&installation).get(&join).await.says("There is no such invitation");
    // Opened by itself, the address of a button leads to its page.
    assert_eq!(leader.get(&again).await.address, people);
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_said_at_its_field_and_nothing_typed_is_lost() {
    let installation = install();
    let (mut leader, academy) = Browser::careers_leader(&installation).await;
    let form = format!("{academy}/settings/people/invite");
    leader.get(&form).await.says("This server sends no e-mail");
    let page = leader.submit(&form, &form, &[("name", "Barnaby Wrenfield"), ("reach", "groups"), ("by", "link")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("Choose what the person is here.").says("value=\"Barnaby Wrenfield\"");
    let fields = [("name", ""), ("email", "barnaby"), ("role", "tutor"), ("reach", "groups")];
    let page = leader.submit(&form, &form, &fields).await;
    page.says("Enter the person’s name.").says("Enter an e-mail address such as").says("Choose at least one form");
}

#[tokio::test]
async fn a_forgotten_password_is_answered_alike_for_everybody_and_set_anew_by_the_letter() {
    let installation = install();
    Browser::careers_leader(&installation).await;
    let mut browser = Browser::new(&installation);
    browser.get("/forgotten").await.says("Ask an administrator of your institution");
    let server = MailServer::start();
    send_by(&installation, &server);
    let way = browser.get("/sign-in").await.link("Forgotten your password?");
    let unknown = browser.submit(&way, "/forgotten", &[("email", "nobody@school.example")]).await;
    let known = browser.submit(&way, "/forgotten", &[("email", "robin@school.example")]).await;
    known.says("a message with a link is on its way");
    assert_eq!((unknown.status, &unknown.text), (known.status, &known.text));
    let wrong = browser.submit(&way, "/forgotten", &[("email", "robin")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let letter = tokio::task::spawn_blocking(move || server.next()).await.unwrap();
    assert_eq!(letter.to, ["robin@school.example"]);
    let reset = link(&letter.text(), "/reset/");
    browser.get(&reset).await.says("New password");
    browser.submit(&reset, &reset, &[("password", "short")]).await.says("Use at least 12 characters");
    let page = browser.submit(&reset, &reset, &[("password", PASSWORD)]).await;
    assert_eq!(page.address, "/sign-in");
    page.says("Your new password is set. Sign in with it.");
    browser.get(&reset).await.says("This link does not work any more");
    let fields = [("email", "robin@school.example"), ("password", PASSWORD)];
    browser.submit("/sign-in", "/sign-in", &fields).await.says("Larkfield Academy");
}

#[tokio::test]
async fn somebody_signs_out_elsewhere() {
    let installation = install();
    let (mut here, _) = Browser::careers_leader(&installation).await;
    let mut elsewhere = Browser::new(&installation);
    let fields = [("email", "robin@school.example"), ("password", "lantern otter kettle")];
    elsewhere.submit("/sign-in", "/sign-in", &fields).await;
    let account = here.get("/account").await;
    account.says("Where you are signed in").says("This is where you are now").says("23 November 2026, 09:00");
    let end = account.action("Sign out everywhere else");
    here.submit("/account", &end, &[]).await.says("You are signed out in one other place");
    assert!(elsewhere.get("/account").await.address.starts_with("/sign-in"));
    elsewhere.submit("/sign-in", "/sign-in", &fields).await;
    let text = here.get("/account").await.text;
    let at = text.find("/account/sessions/").unwrap();
    let end = text[at..].split('"').next().unwrap().to_owned();
    here.submit("/account", &end, &[]).await.says("You are signed out there");
    assert!(elsewhere.get("/account").await.address.starts_with("/sign-in"));
}
