//! Signing in with the school's own accounts: added to an account, and from an invitation.

use std::time::Duration;

use e2e::{Browser, Server};
use serde_json::json;
use testkit::openid::{CLIENT, CLIENT_SECRET, Provider};
use thirtyfour::error::WebDriverResult;

const EMAIL: &str = "careers@hollin-bank.example.org";
const PASSWORD: &str = "lantern otter kettle";

#[tokio::test(flavor = "multi_thread")]
async fn people_sign_in_with_the_schools_own_accounts() -> WebDriverResult<()> {
    let provider = Provider::start_by_the_clock();
    let server = Server::start_where(&[
        ("WAYMARK_OPENID", "staff"),
        ("WAYMARK_OPENID_STAFF_LABEL", "Hollin Bank"),
        ("WAYMARK_OPENID_STAFF_ISSUER", provider.issuer()),
        ("WAYMARK_OPENID_STAFF_CLIENT_ID", CLIENT),
        ("WAYMARK_OPENID_STAFF_CLIENT_SECRET", CLIENT_SECRET),
    ]);
    provider.send_back_to(&server.at("/sign-in/back/staff"));
    provider.know("leader", &json!({"name": "Careers Leader"}));

    let browser = Browser::open().await?;
    set_up(&server, &browser).await?;
    browser.visit_and_check_axe(&server.at("/account/sign-on"), "sign-on-none").await?;
    browser.press("Add Hollin Bank").await?;
    sign_in_there(&browser, &provider, "leader").await?;
    arrive(&browser, &server.at("/account/sign-on")).await?;
    browser.examine("sign-on").await?;
    assert!(browser.text().await?.contains("From now on you can sign in with Hollin Bank."));

    browser.press_at("form[action='/sign-out'] button").await?;
    browser.visit_and_check_axe(&server.at("/sign-in?next=/account"), "sign-in-with").await?;
    browser.press("Sign in with Hollin Bank").await?;
    // They are signed in there from before, and led straight back.
    arrive(&browser, &server.at("/account")).await?;
    assert!(browser.text().await?.contains("Careers Leader"));

    provider.know("newcomer", &json!({"email": "somebody@elsewhere.example.org"}));
    let link = invite(&server, &browser).await?;
    let newcomer = Browser::open().await?;
    newcomer.visit_and_check_axe(&link, "join-with").await?;
    newcomer.press("Sign in with Hollin Bank").await?;
    sign_in_there(&newcomer, &provider, "newcomer").await?;
    arrive(&newcomer, &server.at("/institutions/")).await?;
    assert!(newcomer.text().await?.contains("Barnaby Wrenfield"));

    // Somebody whom the provider knows and we do not.
    provider.know("stranger", &json!({"email": EMAIL, "email_verified": true}));
    let stranger = Browser::open().await?;
    stranger.visit(&server.at("/sign-in")).await?;
    stranger.press("Sign in with Hollin Bank").await?;
    sign_in_there(&stranger, &provider, "stranger").await?;
    arrive(&stranger, &server.at("/sign-in/back/staff")).await?;
    stranger.examine("sign-on-unknown").await?;
    assert!(stranger.text().await?.contains("nobody here is known by that account yet"));
    Ok(())
}

async fn set_up(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    browser.visit(&server.at("/setup")).await?;
    browser.fill("One-time code", server.code()).await?;
    browser.fill("Your name", "Careers Leader").await?;
    browser.fill("Your e-mail address", EMAIL).await?;
    browser.fill("A password", PASSWORD).await?;
    browser.press("Go on").await?;
    browser.press("Enter it by hand").await?;
    browser.fill("Name", "Hollin Bank Academy").await?;
    browser.select("Type", "or free school").await?;
    browser.fill("First year group", "7").await?;
    browser.fill("Last year group", "11").await?;
    browser.press_at("main form button").await
}

/// Invites somebody, with a link to hand over.
async fn invite(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/")).await?;
    let home = browser.address().await?;
    browser.visit(&format!("{}/settings/people/invite", home.trim_end_matches('/'))).await?;
    browser.fill("Full name", "Barnaby Wrenfield").await?;
    browser.fill("E-mail address", "barnaby@hollin-bank.example.org").await?;
    browser.choose("Viewer").await?;
    browser.press("Invite the person").await?;
    Ok(browser.asked("return document.querySelector('#link').value").await?.as_str().unwrap_or_default().to_owned())
}

/// Fills in the provider's own form, once the browser has been led there.
async fn sign_in_there(browser: &Browser, provider: &Provider, login: &str) -> WebDriverResult<()> {
    arrive(browser, provider.issuer()).await?;
    let script = format!(
        "document.querySelector('[name=login]').value = '{login}';
         document.querySelector('[name=password]').value = 'any';
         document.querySelector('form').submit()"
    );
    browser.asked(&script).await.map(drop)
}

/// Waits until the browser has been led to an address that begins so.
async fn arrive(browser: &Browser, start: &str) -> WebDriverResult<()> {
    for _ in 0..100 {
        let is_whole = browser.asked("return document.readyState").await.is_ok_and(|state| state == "complete");
        if is_whole && browser.address().await?.starts_with(start) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("not at {start}, but at {}:\n{}", browser.address().await?, browser.text().await?)
}
