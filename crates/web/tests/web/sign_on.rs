//! Signing in with a real identity provider, page by page.

use app::{IdentityProvider, ProviderKind, Secret};
use axum::http::{StatusCode, header};
use serde_json::json;
use testkit::openid::{CLIENT, CLIENT_SECRET, Provider};

use crate::harness::{Browser, Installation, Page, install_with_providers};

const PUBLIC: &str = "http://127.0.0.1:9";

fn place() -> (Provider, Installation) {
    let provider = Provider::start("2026-11-23T09:00:00Z".parse().unwrap(), &format!("{PUBLIC}/sign-in/back/staff"));
    provider.know("robin", &json!({"name": "Robin Example"}));
    let settings = IdentityProvider {
        name: "staff".into(),
        label: "Larkfield".into(),
        kind: ProviderKind::Other,
        issuer: provider.issuer().to_owned(),
        client_id: CLIENT.into(),
        client_secret: Secret::new(CLIENT_SECRET),
    };
    let web = web::Settings { public_address: Some(PUBLIC.into()), ..web::Settings::default() };
    let installation = install_with_providers(vec![settings], web);
    (provider, installation)
}

/// Goes where the page leads, signs in there, and comes back.
async fn there_and_back(browser: &mut Browser, provider: &Provider, away: &Page) -> Page {
    let back = provider.sign_in(&leads_to(away), "robin");
    browser.get(back.strip_prefix(PUBLIC).expect("our own address")).await
}

/// Where a page leads by itself.
#[track_caller]
fn leads_to(away: &Page) -> String {
    assert_eq!(away.status, StatusCode::OK, "{}", away.text);
    let refresh = away.headers["refresh"].to_str().unwrap();
    let address = refresh.strip_prefix("0; url=").expect("at once").to_owned();
    assert_eq!(away.link("Go on to Larkfield"), address);
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_adds_a_provider_to_their_account_and_signs_in_with_it() {
    let (provider, installation) = place();
    let (mut robin, _) = Browser::careers_leader(&installation).await;
    let away = robin.submit("/account/sign-on", "/account/sign-on/add/staff", &[]).await;
    let back = there_and_back(&mut robin, &provider, &away).await;
    assert_eq!(back.address, "/account/sign-on");
    back.says("From now on you can sign in with Larkfield.").says("Added on 23 November 2026, not used yet.");

    let mut later = Browser::new(&installation);
    later.get("/sign-in?next=/account").await.says("Sign in with Larkfield");
    let away = later.submit("/sign-in", "/sign-in/with/staff", &[("next", "/account")]).await;
    let back = there_and_back(&mut later, &provider, &away).await;
    assert_eq!(back.address, "/account");
    back.says("Robin Example");
    // Elsewhere they are led nowhere but to us.
    let mut other = Browser::new(&installation);
    let away = other.submit("/sign-in", "/sign-in/with/staff", &[("next", "https://elsewhere.example/")]).await;
    let back = there_and_back(&mut other, &provider, &away).await;
    assert!(!back.address.contains("elsewhere"), "{}", back.address);
    back.says("Robin Example");

    let page = robin.get("/account/sign-on").await;
    let gone = robin.submit("/account/sign-on", &page.action("Remove Larkfield"), &[]).await;
    gone.says("no longer opens yours").says("Add Larkfield");
    let away = other.submit("/sign-in", "/sign-in/with/staff", &[]).await;
    let back = there_and_back(&mut other, &provider, &away).await;
    assert_eq!(back.status, StatusCode::FORBIDDEN);
    back.says("nobody here is known by that account yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_work_says_what_to_do() {
    let (provider, installation) = place();
    let (mut robin, _) = Browser::careers_leader(&installation).await;
    let away = robin.submit("/account/sign-on", "/account/sign-on/add/staff", &[]).await;
    there_and_back(&mut robin, &provider, &away).await;

    let mut browser = Browser::new(&installation);
    let away = browser.submit("/sign-in", "/sign-in/with/staff", &[]).await;
    let cancelled = provider.cancel(&leads_to(&away));
    let page = browser.get(cancelled.strip_prefix(PUBLIC).unwrap()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.says("You left Larkfield before you had signed in there").says("href=\"/sign-in\"");

    // Somebody sends the way back of their own sign-in to somebody else, who would be signed in as them.
    let away = browser.submit("/sign-in", "/sign-in/with/staff", &[]).await;
    let back = provider.sign_in(&leads_to(&away), "robin");
    let back = back.strip_prefix(PUBLIC).unwrap();
    let mut victim = Browser::new(&installation);
    victim.get("/sign-in").await;
    let page = victim.get(back).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("began in another browser");
    assert!(!page.headers.contains_key(header::SET_COOKIE), "{:?}", page.headers);
    // By then it is used up.
    let page = browser.get(back).await;
    assert_eq!(page.status, StatusCode::CONFLICT);

    provider.claim(&json!({"aud": "another"}), &json!({}));
    let away = browser.submit("/sign-in", "/sign-in/with/staff", &[]).await;
    let page = there_and_back(&mut browser, &provider, &away).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.says("could not be trusted");

    for address in ["/sign-in/back/nobody?state=a&code=b", "/sign-in/back/nobody"] {
        assert_eq!(browser.get(address).await.status, StatusCode::NOT_FOUND);
    }
    for address in [
        "/sign-in/back/staff",
        "/sign-in/back/staff?state=%00&code=%FF&error=x",
        "/sign-in/back/staff?error=server_error",
    ] {
        assert_eq!(browser.get(address).await.status, StatusCode::CONFLICT, "{address}");
    }
    drop(provider);
    let page = browser.submit("/sign-in", "/sign-in/with/nobody", &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_session_begins_with_a_name_of_its_own() {
    let (provider, installation) = place();
    let (mut robin, _) = Browser::careers_leader(&installation).await;
    let before = robin.session();
    let away = robin.submit("/account/sign-on", "/account/sign-on/add/staff", &[]).await;
    there_and_back(&mut robin, &provider, &away).await;
    assert_eq!(robin.session(), before, "adding a way in goes on in the same session");
    let away = robin.submit("/sign-in", "/sign-in/with/staff", &[]).await;
    there_and_back(&mut robin, &provider, &away).await;
    assert_ne!(robin.session(), before, "signing in begins another");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_accepted_with_the_provider() {
    let (provider, installation) = place();
    let (mut leader, academy) = Browser::careers_leader(&installation).await;
    let form = format!("{academy}/settings/people/invite");
    let fields = [
        ("name", "Barnaby Wrenfield"),
        ("email", "barnaby@school.example"),
        ("role", "viewer"),
        ("reach", "institution"),
        ("by", "link"),
    ];
    let page = leader.submit(&form, &form, &fields).await;
    let start = page.text.find("/join/").expect("the link");
    let join = page.text[start..].split(|c: char| c != '/' && !c.is_alphanumeric()).next().expect("a link").to_owned();

    provider.know("barnaby", &json!({"name": "Wrenfield, Barnaby (Staff)"}));
    let mut newcomer = Browser::new(&installation);
    newcomer.get(&join).await.says("Join Larkfield Academy").says("Sign in with Larkfield");
    let away = newcomer.submit(&join, &format!("{join}/with/staff"), &[]).await;
    let back = provider.sign_in(&leads_to(&away), "barnaby");
    let page = newcomer.get(back.strip_prefix(PUBLIC).unwrap()).await;
    assert_eq!((page.status, page.address.as_str()), (StatusCode::OK, academy.as_str()));
    // As whoever invited them wrote it.
    page.says("Barnaby Wrenfield");
    let page = newcomer.get("/account/sign-on").await;
    let gone = newcomer.submit("/account/sign-on", &page.action("Remove Larkfield"), &[]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    gone.says("your only way of signing in");
    let again = newcomer.get(&join).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}
