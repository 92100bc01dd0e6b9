//! From an absence to a gap that is closed: catch-up, a session for those who missed, free places, a proposal accepted.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

#[tokio::test]
async fn whoever_was_absent_gets_a_session_and_a_gap_is_closed() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    catch_up(&browser, &home).await.unwrap();
    free_places(&browser, &home).await.unwrap();
    proposal(&browser, &home).await.unwrap();
}

/// The activity with the most to do: its absent learners are invited to a session, which can be taken back.
async fn catch_up(browser: &Browser, home: &str) -> WebDriverResult<()> {
    browser.visit_and_check_axe(&format!("{home}/catch-up"), "catch-up").await?;
    browser.visit_and_check_axe(&format!("{home}/catch-up?standing=any"), "catch-up-any").await?;
    browser.visit(&format!("{home}/catch-up")).await?;
    browser.press_at("main a[href*='activity=']").await?;
    browser.examine("catch-up-of-one").await?;
    let of_one = browser.address().await?;
    browser.press("Close by hand").await?;
    browser.examine("catch-up-close").await?;
    browser.press("Close it").await?;
    assert!(browser.text().await?.contains("Say why it is not needed"), "a reason is asked for");
    browser.visit(&of_one).await?;
    let open = browser.asked("return document.querySelectorAll('input[name=learners]').length").await?;
    let open = open.as_u64().unwrap_or_default();
    assert!(open > 0, "somebody is to catch up");
    browser.press("Plan a catch-up session").await?;
    assert!(browser.text().await?.contains("Enter the day of the session"), "a day is asked for");
    set_day(browser, "2027-01-12").await?;
    browser.press("Plan a catch-up session").await?;
    assert!(browser.heading().await?.starts_with("Catch-up: "), "the new activity is shown");
    let numbers = browser.text().await?;
    assert!(numbers.contains("The session is planned"), "{numbers}");
    browser.visit(&format!("{of_one}&standing=planned")).await?;
    let planned = browser.asked("return document.querySelectorAll('#learners tbody tr').length").await?;
    assert!(planned.as_u64().unwrap_or_default() >= open, "those who were open are planned");
    Ok(())
}

/// Six Tuesdays of an adviser in one go.
async fn free_places(browser: &Browser, home: &str) -> WebDriverResult<()> {
    browser.visit_and_check_axe(&format!("{home}/slots"), "slots").await?;
    let before = slots(browser).await?;
    browser.press("Enter free places").await?;
    browser.examine("slot-form").await?;
    browser.press("Enter the free places").await?;
    browser.examine("slot-form-problems").await?;
    tick(browser, "input[name=kind][value=guidance-meeting]").await?;
    browser.fill("What is it called?", "More guidance interviews").await?;
    browser.fill("For how many learners?", "5").await?;
    set_day(browser, "2027-03-02").await?;
    browser.fill("How many days like this?", "6").await?;
    tick(browser, "input[name=checks-guidance-meeting]").await?;
    browser.press("Enter the free places").await?;
    assert_eq!(slots(browser).await?, before + 6);
    browser.press("Undo").await?;
    assert_eq!(slots(browser).await?, before);
    Ok(())
}

/// Ticks a box that lies beneath its drawing.
async fn tick(browser: &Browser, css: &str) -> WebDriverResult<()> {
    browser.asked(&format!("document.querySelector('{css}').click(); return true")).await?;
    Ok(())
}

/// Sets the field for a day: what keys do in it depends on the browser's language.
async fn set_day(browser: &Browser, day: &str) -> WebDriverResult<()> {
    browser.asked(&format!("document.querySelector('main input[name=date]').value = '{day}'; return true")).await?;
    Ok(())
}

async fn slots(browser: &Browser) -> WebDriverResult<u64> {
    let count = browser.asked("return document.querySelectorAll(\"form[action*='/remove']\").length").await?;
    Ok(count.as_u64().unwrap_or_default())
}

/// What is ticked is planned, and the requirement says so; then it is taken back.
async fn proposal(browser: &Browser, home: &str) -> WebDriverResult<()> {
    browser.visit_and_check_axe(&format!("{home}/gaps"), "gaps").await?;
    browser.visit_and_check_axe(&format!("{home}/gaps?year=11"), "gaps-by-form").await?;
    let planned = format!("{home}/requirements/bm8.1?status=planned");
    let count = "return document.querySelectorAll('main tbody th a[href*=\"/learners/\"]').length";
    browser.visit(&planned).await?;
    let before = browser.asked(count).await?.as_u64().unwrap_or_default();
    browser.visit_and_check_axe(&format!("{home}/proposal?requirement=bm8.1"), "proposal").await?;
    assert!(browser.text().await?.contains("How the proposal was made"));
    let places = browser.asked("return document.querySelectorAll('input[name^=place-]').length").await?;
    let places = places.as_u64().unwrap_or_default();
    assert!(places > 0, "somebody is proposed");
    browser.press("Plan what is ticked").await?;
    assert!(browser.heading().await?.contains("Who still needs what"));
    let gaps = browser.address().await?;
    browser.press("Undo").await?;
    assert!(browser.text().await?.contains("taken back"), "it can be undone");
    assert_ne!(browser.address().await?, gaps);
    browser.visit(&format!("{home}/proposal?requirement=bm8.1")).await?;
    browser.press("Plan what is ticked").await?;
    browser.visit(&planned).await?;
    let after = browser.asked(count).await?.as_u64().unwrap_or_default();
    assert_eq!(after, (before + places).min(50), "the requirement shows them as planned, 50 on a page");
    Ok(())
}

#[tokio::test]
async fn a_tutor_catches_up_with_a_form_and_a_governor_sees_numbers() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "tutor@academy.example.org").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/catch-up?since=all&standing=any"), "catch-up-tutor").await.unwrap();
    let forms = "return [...new Set([...document.querySelectorAll('#learners tbody td[data-label=Form]')].map(one => one.innerText.trim()))]";
    assert_eq!(browser.asked(forms).await.unwrap(), serde_json::json!(["9A"]));

    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "governor@academy.example.org").await.unwrap();
    for page in ["catch-up", "gaps"] {
        browser.visit_and_check_axe(&format!("{home}/{page}"), &format!("{page}-governor")).await.unwrap();
        let named = "return document.querySelectorAll(\"main a[href*='/learners/']\").length";
        assert_eq!(browser.asked(named).await.unwrap(), serde_json::json!(0));
    }
}

/// Signs in, and returns the address of the institution's Home.
async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}
