//! Somebody is invited by e-mail, accepts, forgets the password and sets another, and signs out elsewhere.

use e2e::{Browser, Server};
use testkit::mail::{Letter, MailServer};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "mossgreen umbrella nine";
const ANOTHER: &str = "copper thistle evening";

#[tokio::test]
async fn somebody_is_invited_accepts_forgets_the_password_and_sets_another() {
    journey().await.unwrap();
}

async fn journey() -> WebDriverResult<()> {
    let mail = std::sync::Arc::new(MailServer::start());
    let server = Server::start_with_mail(mail.port());
    let leader = Browser::open().await?;
    set_up(&server, &leader).await?;

    leader.press("Institution").await?;
    leader.press("People").await?;
    leader.press("Invite a person").await?;
    leader.examine("invite").await?;
    leader.press("Invite the person").await?;
    leader.examine("invite-problems").await?;
    leader.fill("Full name", "Barnaby Wrenfield").await?;
    leader.fill("E-mail address", "barnaby@school.example").await?;
    leader.choose("Tutor or teacher").await?;
    leader.press("Invite the person").await?;
    leader.examine("people-invited").await?;
    assert!(leader.text().await?.contains("Barnaby Wrenfield"), "{}", leader.text().await?);

    let letter = next(&mail).await;
    assert_eq!(letter.to, ["barnaby@school.example"]);
    let newcomer = Browser::open().await?;
    newcomer.visit_and_check_axe(&letter.link(&server.at("/join/")), "join").await?;
    newcomer.fill("A password", "password1234").await?;
    newcomer.press("Accept the invitation").await?;
    newcomer.examine("join-problems").await?;
    newcomer.fill("A password", PASSWORD).await?;
    newcomer.press("Accept the invitation").await?;
    assert!(newcomer.address().await?.contains("/institutions/"));
    newcomer.visit_and_check_axe(&letter.link(&server.at("/join/")), "join-used").await?;

    let elsewhere = Browser::open().await?;
    elsewhere.visit(&server.at("/sign-in")).await?;
    elsewhere.press("Forgotten your password?").await?;
    elsewhere.examine("forgotten").await?;
    elsewhere.fill("E-mail address", "barnaby@school.example").await?;
    elsewhere.press("Send the link").await?;
    elsewhere.examine("forgotten-sent").await?;
    let letter = next(&mail).await;
    elsewhere.visit_and_check_axe(&letter.link(&server.at("/reset/")), "reset").await?;
    elsewhere.fill("New password", ANOTHER).await?;
    elsewhere.press("Set the password").await?;
    elsewhere.examine("reset-done").await?;
    assert_eq!(next(&mail).await.header("subject"), "Your Waymark password was changed");
    sign_in(&elsewhere).await?;

    // Everywhere else the new password is asked for; what they then see at one place they end from the other.
    newcomer.visit(&server.at("/account")).await?;
    assert!(newcomer.address().await?.contains("/sign-in"));
    sign_in(&newcomer).await?;
    elsewhere.visit_and_check_axe(&server.at("/account"), "account-sessions").await?;
    assert!(elsewhere.text().await?.contains("Chrome on Linux"), "{}", elsewhere.text().await?);
    elsewhere.press("Sign out everywhere else").await?;
    newcomer.visit(&server.at("/account")).await?;
    assert!(newcomer.address().await?.contains("/sign-in"));
    Ok(())
}

async fn set_up(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    browser.visit(&server.at("/setup")).await?;
    browser.fill("One-time code", server.code()).await?;
    browser.fill("Your name", "Careers Leader").await?;
    browser.fill("Your e-mail address", "leader@school.example").await?;
    browser.fill("A password", "lantern otter kettle").await?;
    browser.press("Go on").await?;
    browser.press("Enter it by hand").await?;
    browser.fill("Name", "Hollin Bank Academy").await?;
    browser.select("Type", "or free school").await?;
    browser.fill("First year group", "7").await?;
    browser.fill("Last year group", "11").await?;
    browser.press_at("main form button").await
}

async fn sign_in(browser: &Browser) -> WebDriverResult<()> {
    browser.fill("E-mail address", "barnaby@school.example").await?;
    browser.fill("Password", ANOTHER).await?;
    browser.press_at("main form button").await
}

async fn next(mail: &std::sync::Arc<MailServer>) -> Letter {
    let mail = mail.clone();
    tokio::task::spawn_blocking(move || mail.next()).await.expect("a letter arrives")
}
