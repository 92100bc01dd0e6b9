use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::harness::{Browser, install};

#[tokio::test]
async fn nobody_sees_anything_without_signing_in() {
    let installation = install();
    let (_, academy) = Browser::careers_leader(&installation).await;
    let mut stranger = Browser::new(&installation);
    for page in ["", "/learners", "/benchmarks", "/imports", "/activities/1", "/settings"] {
        let page = stranger.get(&format!("{academy}{page}")).await;
        assert!(page.address.starts_with("/sign-in?next=%2Finstitutions"), "{}", page.address);
        page.says("Password");
    }
}

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_asked_for_and_nowhere_else() {
    let installation = install();
    let (_, academy) = Browser::careers_leader(&installation).await;
    let mut browser = Browser::new(&installation);
    let wanted = format!("{academy}/benchmarks?as-of=2026-10-01");
    let elsewhere = [
        "//elsewhere.example",
        "/\t/elsewhere.example",
        "/\u{c}/elsewhere.example",
        "/\u{7f}",
        "https://elsewhere.example",
    ];
    let home = elsewhere.iter().map(|next| (*next, academy.as_str()));
    for (next, reached) in home.chain([(wanted.as_str(), wanted.as_str())]) {
        let fields = [("email", "robin@school.example"), ("password", "lantern otter kettle"), ("next", next)];
        let page = browser.submit("/sign-in", "/sign-in", &fields).await;
        assert_eq!(page.address, reached);
    }
}

#[tokio::test]
async fn a_wrong_password_says_nothing_about_the_address() {
    let installation = install();
    Browser::careers_leader(&installation).await;
    let mut browser = Browser::new(&installation);
    for email in ["robin@school.example", "nobody@school.example"] {
        let fields = [("email", email), ("password", "not the password")];
        let page = browser.submit("/sign-in", "/sign-in", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.says("The e-mail address or the password is not right.");
    }
    let fields = [("email", "robin@school.example"), ("password", "lantern otter kettle")];
    browser.submit("/sign-in", "/sign-in", &fields).await.says("Larkfield Academy");
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let to = format!("{academy}/activities/new");
    let body = b"csrf=wrong&title=Forged&kind=programme&date=2026-11-12".to_vec();
    let page = browser.post(&to, "application/x-www-form-urlencoded", body.clone()).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let request = Request::post(&to).header("sec-fetch-site", "cross-site");
    let response = browser.once(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(!browser.get(&format!("{academy}/activities")).await.text.contains("Forged"));
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_the_browser() {
    let installation = install();
    let mut browser = Browser::new(&installation);
    for page in ["/sign-in", "/nothing-here", "/about"] {
        let page = browser.get(page).await;
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
    assert_eq!(browser.get("/nothing-here").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn assets_are_kept_for_a_year_and_pages_are_not_kept() {
    let installation = install();
    let mut browser = Browser::new(&installation);
    browser.get("/").await;
    let page = browser.get("/setup").await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    for page in ["/nothing-here", "/api/v1/institutions", "/api/v1/openapi.json"] {
        assert_eq!(browser.get(page).await.headers[header::CACHE_CONTROL], "no-store", "{page}");
    }
    let start = page.text.find("/assets/").unwrap();
    let asset = page.text[start..].split('"').next().unwrap().to_owned();
    let asset = browser.get(&asset).await;
    assert_eq!(asset.status, 200);
    assert!(asset.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
}

#[tokio::test]
async fn the_one_time_code_makes_one_administrator() {
    let installation = install();
    Browser::careers_leader(&installation).await;
    let mut second = Browser::new(&installation);
    let page = second.get("/setup").await;
    assert_eq!(page.address, "/sign-in");
}

#[tokio::test]
async fn an_address_that_only_takes_forms_leads_to_the_page_of_the_form() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    assert_eq!(browser.get("/sign-out").await.address, academy);
    assert_eq!(browser.get(&format!("{academy}/imports/1/apply")).await.address, format!("{academy}/imports/1"));
    let page = browser.post("/about", "application/x-www-form-urlencoded", Vec::new()).await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    page.says("Nothing was changed");
    let page = browser.get(&format!("/api/v1{academy}/imports/1/apply")).await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(page.headers[header::CONTENT_TYPE], "application/problem+json");
    assert!(page.headers.contains_key(header::ALLOW));
}
