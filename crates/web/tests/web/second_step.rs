//! Proving again who is there, and a second step that an institution asks for.

use jiff::SignedDuration;

use crate::harness::{Browser, install};

#[tokio::test]
async fn a_session_left_open_proves_who_is_there_and_comes_back() {
    let installation = install();
    let (mut browser, _) = Browser::careers_leader(&installation).await;
    let context = installation.app.context();
    context.set_now(context.now() + SignedDuration::from_mins(16));
    let page = browser.get("/account/security/code").await;
    page.says("Confirm that it is you");
    assert_eq!(page.address, "/account/confirm?next=%2Faccount%2Fsecurity%2Fcode");
    let wrong = [("how", "password"), ("password", "not this one"), ("next", "/account/security")];
    browser.submit("/account/confirm", "/account/confirm", &wrong).await.says("This is not your password.");
    let elsewhere = [("how", "password"), ("password", "lantern otter kettle"), ("next", "//evil.example")];
    let page = browser.submit("/account/confirm", "/account/confirm", &elsewhere).await;
    assert!(page.address.starts_with("/institutions/"), "{}", page.address);
    let page = browser.submit("/account/security", "/account/security/code", &[]).await;
    page.says("Enter the code that it shows");
    assert_eq!(page.address, "/account/security/code");
    // The picture is part of the page: nothing is asked of another address, and the policy stays as it is.
    page.says("<svg class=\"qr\"");
}

#[tokio::test]
async fn an_institution_that_asks_for_a_second_step_leads_to_it_first() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let settings = format!("{academy}/settings");
    browser.get(&settings).await.says("is up to each person");
    let page = browser.submit(&settings, &format!("{settings}/second-step/ask"), &[]).await;
    page.says("asks everybody for a second step of signing in");
    assert_eq!(page.address, "/account/security");
    for page in ["", "/learners", "/settings", "/settings/people"] {
        assert_eq!(browser.get(&format!("{academy}{page}")).await.address, "/account/security");
    }
    // What belongs to the person and to no institution stays open.
    browser.get("/account").await.says("Your account");
}

#[tokio::test]
async fn nothing_waits_for_a_second_step_without_a_first_one() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    assert_eq!(browser.get("/sign-in/second-step").await.address, academy);
    let mut stranger = Browser::new(&installation);
    assert_eq!(stranger.get("/sign-in/second-step").await.address, "/sign-in");
}
