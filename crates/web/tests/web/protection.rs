use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use std::net::SocketAddr;

use axum::extract::ConnectInfo;

use crate::harness::{Browser, Installation, install, install_with};

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
        for directive in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
        assert_eq!(page.headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(page.headers["cross-origin-resource-policy"], "same-origin");
        assert!(page.headers["permissions-policy"].to_str().unwrap().contains("camera=()"));
        assert!(!page.headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "only behind https");
        assert!(!page.headers.contains_key(header::SERVER) && !page.headers.contains_key("x-powered-by"));
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

/// Tries a wrong password from this peer, who says that it asks for somebody; the status of the answer, and when to come again.
async fn guess(installation: &Installation, peer: &str, asks_for: &str, email: &str) -> (StatusCode, Option<String>) {
    let mut browser = Browser::new(installation);
    let token = browser.form_token("/sign-in").await;
    let body = format!("csrf={token}&email={email}&password=wrong");
    let mut request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", asks_for)
        .body(Body::from(body))
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    let response = browser.once(request).await;
    let again = response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
    (response.status(), again)
}

fn behind_a_proxy() -> Installation {
    let settings = web::Settings { trusted_proxies: "10.0.0.0/8".parse().unwrap(), ..web::Settings::default() };
    install_with(settings)
}

#[tokio::test]
async fn whoever_says_to_ask_for_others_is_slowed_down_all_the_same() {
    let installation = behind_a_proxy();
    Browser::careers_leader(&installation).await;
    for number in 0..10 {
        let (status, _) =
            guess(&installation, "203.0.113.9:4711", &format!("198.51.100.{number}"), "robin%40school.example").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, again) = guess(&installation, "203.0.113.9:4712", "198.51.100.77", "%20ROBIN%40school.example").await;
    assert_eq!((status, again.as_deref()), (StatusCode::TOO_MANY_REQUESTS, Some("900")));
    // Nobody else is kept out by that: neither the same person from elsewhere nor somebody else from there.
    for (peer, email) in [("192.0.2.4:1", "robin%40school.example"), ("203.0.113.9:1", "sam%40school.example")] {
        assert_eq!(guess(&installation, peer, "", email).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{peer} {email}");
    }
}

#[tokio::test]
async fn a_pupil_who_guesses_keeps_no_teacher_out_of_the_browser_they_use() {
    let installation = install();
    Browser::careers_leader(&installation).await;
    let peer = "203.0.113.9:4711";
    let mut teacher = Browser::new(&installation);
    let right = [("email", "robin@school.example"), ("password", "lantern otter kettle")];
    teacher.submit_from(peer, "/sign-in", &right).await.says("Larkfield Academy");
    teacher.forget("waymark-session");
    for number in 0..120 {
        let email =
            if number < 12 { "robin%40school.example".to_owned() } else { format!("p{number}%40school.example") };
        guess(&installation, peer, "", &email).await;
    }
    assert_eq!(guess(&installation, peer, "", "robin%40school.example").await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess(&installation, peer, "", "sam%40school.example").await.0, StatusCode::TOO_MANY_REQUESTS);
    // The known browser may try, and is slowed down by its own tries only.
    let wrong = [("email", "Robin@school.example"), ("password", "not the password")];
    for _ in 0..9 {
        assert_eq!(teacher.submit_from(peer, "/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    teacher.submit_from(peer, "/sign-in", &right).await.says("Larkfield Academy");
    teacher.forget("waymark-session");
    for _ in 0..10 {
        teacher.submit_from(peer, "/sign-in", &wrong).await;
    }
    assert_eq!(teacher.submit_from(peer, "/sign-in", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_trusted_proxy_is_believed_about_who_asks() {
    let installation = behind_a_proxy();
    Browser::careers_leader(&installation).await;
    for _ in 0..10 {
        guess(&installation, "10.0.0.1:4711", "192.0.2.1, 198.51.100.7, 10.0.0.2", "robin%40school.example").await;
    }
    let asks_for = |who| guess(&installation, "10.0.0.1:4711", who, "robin%40school.example");
    assert_eq!(asks_for("192.0.2.99, 198.51.100.7").await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(asks_for("198.51.100.8").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn neighbours_of_one_ipv6_network_count_as_one() {
    let installation = install();
    Browser::careers_leader(&installation).await;
    for number in 0..10 {
        guess(&installation, &format!("[2001:db8:1:2::{number}]:1"), "", "robin%40school.example").await;
    }
    let guess = |peer| guess(&installation, peer, "", "robin%40school.example");
    assert_eq!(guess("[2001:db8:1:2:ffff::1]:1").await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess("[2001:db8:1:3::1]:1").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn behind_https_cookies_cannot_be_planted_and_browsers_are_told_to_stay() {
    let settings =
        web::Settings { public_address: Some("https://careers.example".to_owned()), ..web::Settings::default() };
    let installation = install_with(settings);
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let page = browser.get(&academy).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000; includeSubDomains");
    let session = browser.cookie("__Host-waymark-session");
    let planted = Request::get(&academy).header(header::COOKIE, format!("waymark-session={session}"));
    let answer = Browser::new(&installation).once(planted.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "under the plain name it is not ours");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_what_the_browser_kept() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let session = browser.session();
    let token = browser.form_token(&academy).await;
    let request = Request::post("/sign-out").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = browser.once(request.body(Body::from(format!("csrf={token}"))).unwrap()).await;
    assert_eq!(answer.headers()["clear-site-data"], "\"storage\"");
    let again = Request::get(&academy).header(header::COOKIE, format!("waymark-session={session}"));
    let answer = Browser::new(&installation).once(again.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_larger_than_any_of_ours_is_not_read() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let large = format!("csrf=x&title={}", "a".repeat(3 << 20)).into_bytes();
    for to in
        ["/sign-in", "/account/password", &format!("{academy}/activities/new"), &format!("{academy}/settings/details")]
    {
        let page = browser.post(to, "application/x-www-form-urlencoded", large.clone()).await;
        assert!(matches!(page.status.as_u16(), 413 | 422), "{to} {}", page.status);
    }
    let page = browser.post(&format!("/api/v1{academy}/activities"), "application/json", large).await;
    assert!(page.status.is_client_error(), "{}", page.status);
}

#[tokio::test]
async fn what_people_type_is_shown_and_never_run() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let title = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let to = format!("{academy}/activities/new");
    let fields = [("title", title), ("kind", "programme"), ("date", "2026-11-12")];
    browser.submit(&to, &to, &fields).await;
    let page = browser.get(&format!("{academy}/activities")).await;
    assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "{}", page.text);
    page.says("alert(1)");
    let page = browser.get(&format!("{academy}/learners?name=%3Cscript%3Ealert(3)%3C%2Fscript%3E")).await;
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    let page = browser.get("/sign-in?next=%22%3E%3Cscript%3Ealert(4)").await;
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn methods_that_nobody_needs_give_nothing_back() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    for method in ["TRACE", "TRACK", "CONNECT", "PUT", "PROPFIND"] {
        for address in ["/about", academy.as_str(), "/assets/x/waymark.js"] {
            let request = Request::builder().method(method).uri(address).header("x-secret", "hidden-word");
            let answer = browser.once(request.body(Body::empty()).unwrap()).await;
            assert!(answer.status().is_client_error(), "{method} {address} {}", answer.status());
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("hidden-word"), "{method} {address}");
        }
    }
    for address in ["/assets/", "/assets/x/", "/assets/x/..%2f..%2fCargo.toml", "/.git/config", "/waymark.toml"] {
        assert_eq!(browser.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
