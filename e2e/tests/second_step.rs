//! Signing in with more than a password: codes from an app, recovery codes, passkeys.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;
use totp_rs::{Builder, Secret, Totp};

const EMAIL: &str = "careers@hollin-bank.example.org";
const PASSWORD: &str = "lantern otter kettle";

#[tokio::test]
async fn codes_from_an_app_are_asked_for_after_the_password() {
    codes(Browser::open().await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn codes_work_without_any_script() {
    codes(Browser::open_without_scripts().await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_passkey_signs_in_alone_and_after_a_password() {
    passkeys(Browser::open().await.unwrap()).await.unwrap();
}

async fn codes(browser: Browser) -> WebDriverResult<()> {
    let server = Server::start();
    set_up(&server, &browser).await?;
    browser.visit_and_check_axe(&server.at("/account/security"), "security-1-nothing").await?;
    browser.press("Set up an app").await?;
    browser.examine("security-2-code").await?;
    let secret = browser.asked("return document.querySelector('.secret code').innerText").await?;
    let app = app(secret.as_str().unwrap_or_default());
    browser.fill("Code from the app", "000000").await?;
    browser.press("Turn codes on").await?;
    browser.examine("security-3-wrong-code").await?;
    assert!(browser.text().await?.contains("This code is not right"));
    browser.fill("Code from the app", &code(&app, 0)).await?;
    browser.press("Turn codes on").await?;
    browser.examine("security-4-recovery-codes").await?;
    let codes =
        browser.asked("return [...document.querySelectorAll('.codes code')].map(code => code.innerText)").await?;
    let codes: Vec<String> = serde_json::from_value(codes)?;
    assert_eq!(codes.len(), 10, "{codes:?}");
    browser.press("I have kept them").await?;
    browser.examine("security-5-codes-on").await?;

    sign_out(&browser).await?;
    sign_in(&server, &browser).await?;
    assert_eq!(browser.heading().await?, "One more step");
    browser.examine("second-step-code").await?;
    // Nothing opens between the two steps.
    browser.visit(&server.at("/account/security")).await?;
    assert!(browser.address().await?.contains("/sign-in"), "{}", browser.address().await?);
    browser.visit(&server.at("/sign-in/second-step")).await?;
    browser.fill("Code from your app", "123456").await?;
    browser.press("Go on").await?;
    browser.examine("second-step-wrong-code").await?;
    // The code that set it up is used up; the app's next one is let in half a minute early.
    browser.fill("Code from your app", &code(&app, 30)).await?;
    browser.press("Go on").await?;
    assert!(browser.address().await?.contains("/institutions/"), "{}", browser.address().await?);

    sign_out(&browser).await?;
    sign_in(&server, &browser).await?;
    browser.unfold("Use a recovery code").await?;
    browser.fill("Recovery code", &codes[2].to_lowercase()).await?;
    browser.press("Use this code").await?;
    let text = browser.text().await?;
    assert!(text.contains("You signed in with a recovery code; nine are left."), "{text}");
    browser.examine("second-step-recovery-code").await
}

/// What a phone shows, so many seconds from now.
fn code(app: &Totp, seconds: u64) -> String {
    let next = app.next_step_current();
    format!("{:06}", app.generate(next - 30 + seconds))
}

fn app(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    Builder::new().with_secret(secret).build().expect("an app")
}

async fn passkeys(browser: Browser) -> WebDriverResult<()> {
    let server = Server::start_named();
    set_up(&server, &browser).await?;
    browser.plug_in_passkeys().await?;
    browser.visit(&server.at("/account/security#passkeys")).await?;
    browser.examine("security-6-passkeys").await?;
    browser.fill("What do you call the new one?", "School laptop").await?;
    browser.press("Add a passkey").await?;
    assert_eq!(browser.heading().await?, "Your recovery codes");
    browser.press("I have kept them").await?;
    assert!(browser.text().await?.contains("School laptop"));
    browser.examine("security-7-passkey-added").await?;
    let added = browser.asked("return document.querySelectorAll('main tbody tr').length").await?;
    assert_eq!(added, 1);

    sign_out(&browser).await?;
    browser.visit_and_check_axe(&server.at("/sign-in"), "sign-in-with-passkeys").await?;
    browser.press("Sign in with a passkey").await?;
    assert!(browser.address().await?.contains("/institutions/"), "{}", browser.text().await?);

    sign_out(&browser).await?;
    sign_in(&server, &browser).await?;
    assert_eq!(browser.heading().await?, "One more step");
    browser.examine("second-step-passkey").await?;
    browser.press("Use a passkey").await?;
    assert!(browser.address().await?.contains("/institutions/"), "{}", browser.text().await?);

    browser.visit(&server.at("/account/confirm?next=%2Faccount%2Fsecurity")).await?;
    browser.examine("confirm").await?;
    browser.press("Use a passkey").await?;
    assert_eq!(browser.heading().await?, "Security");
    browser.press("Remove").await?;
    assert!(browser.text().await?.contains("The passkey is removed"));
    sign_out(&browser).await?;
    browser.visit(&server.at("/sign-in")).await?;
    browser.press("Sign in with a passkey").await?;
    browser.examine("sign-in-passkey-refused").await?;
    assert!(browser.text().await?.contains("The passkey was not accepted"));
    sign_in(&server, &browser).await?;
    assert!(browser.address().await?.contains("/institutions/"), "{}", browser.text().await?);
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

async fn sign_out(browser: &Browser) -> WebDriverResult<()> {
    browser.press_at("form[action='/sign-out'] button").await
}

async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", EMAIL).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await
}
