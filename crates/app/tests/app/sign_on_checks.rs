//! What of a provider's answer is checked: each thing wrong by itself, everything else right.

use app::{IdentityProvider, ProviderKind, Secret, SignOnRefusal, SignedOn};
use serde_json::json;
use testkit::openid::Provider;

use crate::{
    harness::World,
    sign_on::{BACK, BROWSER, back, linked, provider, returned, settings, there},
};

const TENANT: &str = "8a3f5b1c-0000-4000-8000-000000000000";
const ANOTHER_TENANT: &str = "11111111-0000-4000-8000-000000000000";

/// Somebody who is linked at this provider, and what signing in came to.
fn with(kind: ProviderKind, meddle: impl FnOnce(&World, &Provider)) -> SignedOn {
    let provider = provider();
    provider.know("robin", &json!({"tid": TENANT, "oid": "0a1b", "hd": "larkfield.example"}));
    let world = World::on_sqlite().with_providers(vec![settings(&provider, kind)]);
    linked(&world, &provider);
    meddle(&world, &provider);
    back(&world.app, &there(&world.app, &provider))
}

#[track_caller]
fn is_refused(done: &SignedOn, because: SignOnRefusal) {
    assert!(matches!(done, SignedOn::Refused(refusal) if *refusal == because), "{done:?} is not {because:?}");
}

#[track_caller]
fn is_not_trusted(claims: serde_json::Value, header: serde_json::Value, check: &'static str) {
    let done = with(ProviderKind::Other, |_, provider| provider.claim(&claims, &header));
    is_refused(&done, SignOnRefusal::NotTrusted(check));
}

#[test]
fn a_token_signed_again_with_the_providers_own_key_is_as_good_as_its_own() {
    let done = with(ProviderKind::Other, |_, provider| provider.claim(&json!({}), &json!({})));
    assert!(matches!(done, SignedOn::In { .. }), "{done:?}");
}

#[test]
fn a_token_of_another_issuer_is_refused() {
    is_not_trusted(json!({"iss": "https://elsewhere.example"}), json!({}), "issuer");
}

#[test]
fn a_token_for_another_application_is_refused() {
    is_not_trusted(json!({"aud": "another-application"}), json!({}), "audience");
    is_not_trusted(json!({"aud": ["waymark", "another-application"]}), json!({}), "audience");
    is_not_trusted(json!({"azp": "another-application"}), json!({}), "authorised-party");
}

#[test]
fn a_token_of_another_sign_in_is_refused() {
    is_not_trusted(json!({"nonce": "another"}), json!({}), "nonce");
    is_not_trusted(json!({"nonce": null}), json!({}), "nonce");
}

#[test]
fn a_token_without_a_signature_or_signed_with_our_own_secret_is_refused() {
    is_not_trusted(json!({}), json!({"alg": "none"}), "signature");
    is_not_trusted(json!({}), json!({"alg": "HS256"}), "signature");
}

#[test]
fn a_token_that_says_something_else_than_what_was_signed_is_refused() {
    let done = with(ProviderKind::Other, |_, provider| provider.damage());
    is_refused(&done, SignOnRefusal::NotTrusted("signature"));
}

#[test]
fn a_token_that_has_expired_is_refused() {
    // The provider's clock is an hour behind: its tokens hold ten minutes.
    let done = with(ProviderKind::Other, |_, provider| provider.set_now("2026-11-23T08:00:00Z".parse().unwrap()));
    is_refused(&done, SignOnRefusal::NotTrusted("expired"));
    // An hour ahead: issued in the future.
    let done = with(ProviderKind::Other, |_, provider| provider.set_now("2026-11-23T10:00:00Z".parse().unwrap()));
    is_refused(&done, SignOnRefusal::NotTrusted("expired"));
}

#[test]
fn a_provider_may_change_its_key() {
    let done = with(ProviderKind::Other, |_, provider| provider.rotate());
    assert!(matches!(done, SignedOn::In { .. }), "{done:?}");
    // Twice within a minute is not looked up again: whoever makes keys up would have us ask each time.
    let done = with(ProviderKind::Other, |world, provider| {
        provider.rotate();
        assert!(matches!(back(&world.app, &there(&world.app, provider)), SignedOn::In { .. }));
        provider.rotate();
    });
    is_refused(&done, SignOnRefusal::NotTrusted("key"));
    let done = with(ProviderKind::Other, |world, provider| {
        provider.rotate();
        assert!(matches!(back(&world.app, &there(&world.app, provider)), SignedOn::In { .. }));
        provider.rotate();
        world.app.context().set_now("2026-11-23T09:01:30Z".parse().unwrap());
        provider.set_now("2026-11-23T09:01:30Z".parse().unwrap());
    });
    assert!(matches!(done, SignedOn::In { .. }), "{done:?}");
}

#[test]
fn what_came_back_once_does_not_come_back_again() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    linked(&world, &provider);
    let returned = there(&world.app, &provider);
    assert!(matches!(back(&world.app, &returned), SignedOn::In { .. }));
    is_refused(&back(&world.app, &returned), SignOnRefusal::Stale);
}

#[test]
fn what_comes_back_in_another_browser_or_late_signs_nobody_in() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    linked(&world, &provider);
    for browser in [None, Some("another browser's secret")] {
        let returned = there(&world.app, &provider);
        let done = world.app.finish_sign_on("staff", BACK, &returned, browser, None, &app::Origin::default()).unwrap();
        is_refused(&done, SignOnRefusal::Stale);
        // And it is used up.
        is_refused(&back(&world.app, &returned), SignOnRefusal::Stale);
    }
    let returned = there(&world.app, &provider);
    world.app.context().set_now("2026-11-23T09:10:00Z".parse().unwrap());
    is_refused(&back(&world.app, &returned), SignOnRefusal::Stale);
}

#[test]
fn what_another_provider_sends_back_is_refused() {
    let (one, two) = (provider(), provider());
    let second = IdentityProvider { name: "second".into(), ..settings(&two, ProviderKind::Other) };
    let world = World::on_sqlite().with_providers(vec![settings(&one, ProviderKind::Other), second]);
    linked(&world, &one);
    let returned = there(&world.app, &one);
    let done =
        world.app.finish_sign_on("second", BACK, &returned, Some(BROWSER), None, &app::Origin::default()).unwrap();
    is_refused(&done, SignOnRefusal::Stale);
    // Or says so itself.
    let mut returned = there(&world.app, &one);
    returned.issuer = two.issuer().to_owned();
    is_refused(&back(&world.app, &returned), SignOnRefusal::NotTrusted("answering-issuer"));
}

#[test]
fn a_code_is_of_no_use_without_our_secret_or_the_browsers() {
    let provider = provider();
    let wrong = IdentityProvider { client_secret: Secret::new("a guess"), ..settings(&provider, ProviderKind::Other) };
    let world = World::on_sqlite().with_providers(vec![wrong]);
    is_refused(&back(&world.app, &there(&world.app, &provider)), SignOnRefusal::Unreachable("token-refused"));
    // A code that was given to somebody else's sign-in: its proof (PKCE) is another.
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let stolen = there(&world.app, &provider);
    let address = world.app.begin_sign_on("staff", BACK, BROWSER, "", &app::Origin::default()).unwrap();
    let mine = returned(&provider.sign_in(&address, "robin"));
    let mixed = app::Returned { code: stolen.code, ..mine };
    is_refused(&back(&world.app, &mixed), SignOnRefusal::Unreachable("token-refused"));
}

#[test]
fn an_issuer_that_its_own_document_contradicts_is_not_asked_any_further() {
    let provider = provider();
    let issuer = provider.issuer().replace("127.0.0.1", "localhost");
    let other = IdentityProvider { issuer, ..settings(&provider, ProviderKind::Other) };
    let world = World::on_sqlite().with_providers(vec![other]);
    let begun = world.app.begin_sign_on("staff", BACK, BROWSER, "", &app::Origin::default());
    assert!(matches!(begun, Err(app::Error::Refusal(app::Refusal::Unavailable(_)))), "{begun:?}");
}

#[test]
fn at_microsoft_only_people_of_the_schools_own_tenant_are_let_in() {
    let entra = || ProviderKind::Entra { tenant: TENANT.into() };
    let done = with(entra(), |_, provider| {
        // Neither `sub` nor an address says who they are.
        provider.claim(&json!({"sub": "another-subject", "email": "other@larkfield.example"}), &json!({}));
    });
    assert!(matches!(done, SignedOn::In { .. }), "{done:?}");
    for tenant in [json!(ANOTHER_TENANT), json!(null)] {
        let done = with(entra(), |_, provider| provider.claim(&json!({"tid": tenant}), &json!({})));
        is_refused(&done, SignOnRefusal::WrongOrganisation);
    }
    let done = with(entra(), |_, provider| provider.claim(&json!({"oid": "another"}), &json!({})));
    is_refused(&done, SignOnRefusal::Unknown);
    let done = with(entra(), |_, provider| provider.claim(&json!({"oid": null}), &json!({})));
    is_refused(&done, SignOnRefusal::NotTrusted("oid"));
}

#[test]
fn at_google_only_people_of_the_schools_own_domain_are_let_in() {
    let google = || ProviderKind::Google { hosted_domain: "larkfield.example".into() };
    let done = with(google(), |world, _| {
        let address = world.app.begin_sign_on("staff", BACK, BROWSER, "", &app::Origin::default()).unwrap();
        assert!(address.contains("hd=larkfield.example"), "{address}");
    });
    assert!(matches!(done, SignedOn::In { .. }), "{done:?}");
    // A private account has no domain, whatever its address is.
    for domain in [json!("ashdown.example"), json!(null)] {
        let claims = json!({"hd": domain, "email": "robin@larkfield.example"});
        let done = with(google(), |_, provider| provider.claim(&claims, &json!({})));
        is_refused(&done, SignOnRefusal::WrongOrganisation);
    }
}
