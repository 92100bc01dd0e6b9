//! The programme in a browser: every page is open to everybody, and a lesson that is recorded changes the map.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

#[tokio::test]
async fn every_page_of_the_programme_is_open_to_everybody() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    for (page, name) in [
        ("", "overview"),
        ("/edit", "edit"),
        ("/years/9", "year"),
        ("/years/9/outcomes", "outcome-new"),
        ("/outcomes", "outcomes-file"),
        ("/progression", "progression"),
        ("/approval", "approval"),
        ("/document", "document"),
        ("/curriculum", "curriculum"),
        ("/curriculum/cell?subject=Science&year=9", "curriculum-cell"),
        ("/curriculum/leads", "curriculum-leads"),
        ("/training", "training"),
        ("/journey", "journey"),
        ("/roadmap", "roadmap"),
        ("/roadmap/points/9-options", "roadmap-point"),
        ("/roadmap/points/new", "roadmap-new"),
    ] {
        let address = format!("{home}/programme{page}");
        browser.visit_and_check_axe(&address, &format!("programme-{name}")).await.unwrap();
    }
}

#[tokio::test]
async fn an_outcome_is_added_and_a_decision_left_out_and_both_are_taken_back() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    browser.visit(&format!("{home}/programme/years/9/outcomes")).await.unwrap();
    browser.fill("What will learners know", "say which two ways on suit them").await.unwrap();
    browser.choose("Skill: they can do it").await.unwrap();
    browser.choose("Practised").await.unwrap();
    browser.choose("Adapting (until 2025: Staying Positive)").await.unwrap();
    browser.press("Add the outcomes").await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(text.contains("One outcome is added.") && text.contains("say which two ways on suit them"), "{text}");
    browser.examine("programme-outcome-added").await.unwrap();
    browser.press("say which two ways on suit them").await.unwrap();
    browser.press("Take this outcome away").await.unwrap();
    assert!(!browser.text().await.unwrap().contains("say which two ways on suit them"));
    browser.press("Undo").await.unwrap();
    assert!(browser.text().await.unwrap().contains("say which two ways on suit them"));

    browser.visit(&format!("{home}/programme/roadmap/points/11-results")).await.unwrap();
    browser.press("Leave it out this year").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Left out this year"));
    browser.press("Undo").await.unwrap();
    assert!(browser.text().await.unwrap().contains("on the roadmap again"));
}

/// Signs in, and returns the address of the institution's Home.
async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}
