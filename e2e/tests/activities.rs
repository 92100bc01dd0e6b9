//! Activities: planned from a template, carried through their states, and every page of theirs examined wide and on a phone.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

/// Signs in as the academy's careers leader, and returns the address of its Home.
async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    Ok(browser.address().await?.split('?').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn an_activity_is_planned_invited_to_and_done_again() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/activities?when=this-year"), "activities-list").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/activities/budget"), "activities-budget").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/activities/templates"), "activities-templates").await.unwrap();

    browser.press("Employer talk").await.unwrap();
    browser.examine("activities-new").await.unwrap();
    browser.press("Save the activity").await.unwrap();
    browser.examine("activities-new-with-problems").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Enter a day such as 12/11/2026."));
    let fill_day = "document.getElementById('date').value = '2027-01-14'; return true";
    browser.asked(fill_day).await.unwrap();
    browser.choose("Year 9").await.unwrap();
    browser.press("Save the activity").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("learners are invited."), "{said}");
    browser.examine("activities-one").await.unwrap();

    browser.press("Add what else it was").await.unwrap();
    browser.choose("Career and labour market information").await.unwrap();
    browser.examine("activities-part").await.unwrap();
    browser.press("Save").await.unwrap();
    assert!(browser.text().await.unwrap().contains("It counts as this as well."));

    browser.press("Back to draft").await.unwrap();
    browser.press("Undo").await.unwrap();
    assert!(browser.text().await.unwrap().contains("The activity is as it was before."));
    browser.unfold("Cancel it, keep it as a template, or delete it").await.unwrap();
    browser.press("Cancel the activity").await.unwrap();
    browser.examine("activities-one-with-problem").await.unwrap();
    browser.fill("Why does it not take place?", "The speaker is ill").await.unwrap();
    browser.press("Cancel the activity").await.unwrap();
    assert!(browser.text().await.unwrap().contains("It was cancelled: The speaker is ill"));
    browser.examine("activities-cancelled").await.unwrap();

    browser.press("Do it again").await.unwrap();
    browser
        .asked("document.querySelectorAll('main details').forEach(one => one.open = true); return true")
        .await
        .unwrap();
    browser.examine("activities-again").await.unwrap();
}

#[tokio::test]
async fn without_scripts_an_activity_is_planned_as_well() {
    let server = Server::demo();
    let browser = Browser::open_without_scripts().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();
    browser.visit(&format!("{home}/activities/new")).await.unwrap();
    browser.choose("Career and labour market information").await.unwrap();
    browser.fill("What is it called?", "Local jobs fair online").await.unwrap();
    browser.fill("On which day?", "01/21/2027").await.unwrap();
    browser.press("Save as a draft").await.unwrap();
    assert_eq!(browser.heading().await.unwrap(), "Local jobs fair online");
}
