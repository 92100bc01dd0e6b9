//! Organisations, and what learners, employers and providers thought: from adding one to the box that its feedback ticks.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}

/// The link that the page shows this once.
async fn link(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    let text = browser.asked("return document.getElementById('link').value").await?;
    let text = text.as_str().unwrap_or_default().to_owned();
    Ok(if text.starts_with('/') { server.at(&text) } else { text })
}

#[tokio::test]
async fn an_organisation_is_added_asked_once_and_merged_with_its_other_name() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/organisations"), "organisations").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/organisations/import"), "organisations-import").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/organisations/new"), "organisation-new").await.unwrap();
    browser.fill("What is it called?", "Fernhill Surveyors").await.unwrap();
    browser.choose("Employer").await.unwrap();
    browser.press("Add the organisation").await.unwrap();
    browser.unfold("Add a person").await.unwrap();
    browser.fill("Name", "Sam Example").await.unwrap();
    browser.press("Add the person").await.unwrap();
    browser.select("Whom did you contact?", "Sam Example").await.unwrap();
    browser.fill("What was it about?", "A talk in spring").await.unwrap();
    browser.press("Note the contact").await.unwrap();
    assert!(browser.text().await.unwrap().contains("The contact is noted."));
    // The same person again, a moment later.
    browser.select("Whom did you contact?", "Sam Example").await.unwrap();
    browser.fill("What was it about?", "A visit").await.unwrap();
    browser.press("Note the contact").await.unwrap();
    assert!(browser.text().await.unwrap().contains("contacted them on"));
    browser.examine("organisation-asked-already").await.unwrap();
    browser.choose("Note it all the same").await.unwrap();
    browser.press("Note the contact").await.unwrap();
    browser.examine("organisation").await.unwrap();

    browser.visit_and_check_axe(&format!("{home}/organisations/duplicates"), "organisations-duplicates").await.unwrap();
    browser.press("Keep this name").await.unwrap();
    assert!(browser.text().await.unwrap().contains("They are one"));
    browser.press("Undo").await.unwrap();
    assert!(browser.text().await.unwrap().contains("They are two again"));
}

#[tokio::test]
async fn an_employer_and_a_learner_say_what_they_thought_and_it_ticks_a_box() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();
    browser.visit(&format!("{home}/activities?kind=employer-encounter")).await.unwrap();
    browser.press_at("main table a[href*='/activities/']").await.unwrap();
    let activity = browser.address().await.unwrap();
    let activity = activity.split(['?', '#']).next().unwrap().to_owned();
    browser.visit_and_check_axe(&format!("{activity}/voices"), "voices").await.unwrap();
    browser.press("Ask an employer or provider").await.unwrap();
    let employer = link(&server, &browser).await.unwrap();
    browser.press("Ask learners").await.unwrap();
    browser.examine("voices-link").await.unwrap();
    let learners = link(&server, &browser).await.unwrap();

    let outside = Browser::open().await.unwrap();
    outside.visit_and_check_axe(&employer, "feedback-form").await.unwrap();
    outside.fill("What went well?", "Good questions").await.unwrap();
    outside.press("Send").await.unwrap();
    outside.examine("feedback-sent").await.unwrap();
    assert_eq!(outside.heading().await.unwrap(), "Thank you");
    outside.visit_and_check_axe(&learners, "reflection-form").await.unwrap();
    outside.press("Send").await.unwrap();
    outside.examine("reflection-problem").await.unwrap();
    outside.visit_and_check_axe(&format!("{learners}?easy=yes"), "reflection-easy").await.unwrap();
    outside.press_at("main form button").await.unwrap();
    outside.visit(&learners).await.unwrap();
    outside.fill("What did you learn?", "How a bridge is measured").await.unwrap();
    outside.press("Send").await.unwrap();
    assert_eq!(outside.heading().await.unwrap(), "Thank you");

    browser.visit_and_check_axe(&format!("{activity}/voices"), "voices-answered").await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(text.contains("How a bridge is measured") && text.contains("Good questions"), "{text}");
    if text.contains("Tick this box") {
        browser.press("Tick this box").await.unwrap();
        assert!(browser.text().await.unwrap().contains("Ticked:"));
        browser.press("Undo").await.unwrap();
    }
}
