//! The demo: its pages say what the command line says of its exported folder, and hold nothing that keeps people out.

use e2e::{Browser, Server};
use serde_json::Value;
use thirtyfour::error::WebDriverResult;

/// The day on which the demo's story is told.
const DAY: &str = "2026-11-23";
const PASSWORD: &str = "lantern otter kettle";

const INSTITUTIONS: [(&str, &str); 3] = [
    ("Waymark Demo Academy", "careers@academy.example.org"),
    ("Waymark Demo Special School", "careers@special.example.org"),
    ("Waymark Demo College", "careers@college.example.org"),
];

#[tokio::test]
async fn pages_and_command_line_show_the_same_numbers() {
    let server = Server::demo();
    for (institution, email) in INSTITUTIONS {
        let folder = institution.replace(' ', "-");
        server.beside(&["export", &folder, "--database", "data/demo.sqlite", "--institution", institution]);
        let report = server.beside(&["check", &folder, "--as-of", DAY, "--format", "json"]);
        let report: Value = serde_json::from_str(&report).unwrap();
        let browser = Browser::open().await.unwrap();
        let home = sign_in(&server, &browser, email).await.unwrap();
        for requirement in report["requirements"].as_array().unwrap() {
            let id = requirement["id"].as_str().unwrap();
            browser.visit(&format!("{home}/requirements/{id}?as-of={DAY}")).await.unwrap();
            let shown = numbers(&browser).await.unwrap();
            for (label, key) in [("Met", "met"), ("Due", "due"), ("Missed", "missed")] {
                assert_eq!(shown[label], requirement[key], "{institution}, {id}, {label}: {shown}");
            }
        }
    }
}

#[tokio::test]
async fn every_kind_of_page_is_open_to_everybody() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, INSTITUTIONS[0].1).await.unwrap();
    for (page, name) in [
        ("", "home"),
        ("/benchmarks", "benchmarks"),
        ("/provider-access", "provider-access"),
        ("/year-groups", "year-groups"),
        ("/requirements/pal.first?form=9R", "requirement"),
        ("/requirements/pal.first/why", "why"),
        ("/learners?q=Applemere", "learners"),
        ("/activities", "activities"),
        ("/activities/new", "activity-new"),
        ("/imports", "imports"),
        ("/settings", "institution"),
        ("/settings/details", "institution-details"),
        ("/settings/people", "people"),
        ("/settings/people/invite", "invite"),
        ("/settings/roles", "roles"),
        ("/settings/roles?role=tutor", "roles-of-one"),
        ("/settings/programs", "programs"),
        ("/settings/data-protection", "data-protection"),
        ("/settings/data-protection/retention", "retention"),
        ("/settings/data-protection/documents/impact-assessment", "impact-assessment"),
        ("/audit", "audit"),
    ] {
        let and = if page.contains('?') { '&' } else { '?' };
        let name = format!("demo-{name}");
        browser.visit_and_check_axe(&format!("{home}{page}{and}as-of={DAY}"), &name).await.unwrap();
    }
    for (page, first) in [("/learners", "/learners/"), ("/activities", "/activities/")] {
        browser.visit(&format!("{home}{page}?as-of={DAY}")).await.unwrap();
        browser.press_at(&format!("main table a[href*='{first}']")).await.unwrap();
        browser.examine(&format!("demo-one-of{}", page.replace('/', "-"))).await.unwrap();
    }
    for (page, first, beneath) in [
        ("/learners", "/learners/", &["/notes", "/copy", "/erase"][..]),
        ("/settings/people", "/settings/people/2", &["", "/hand-over"][..]),
    ] {
        browser.visit(&format!("{home}{page}")).await.unwrap();
        browser.press_at(&format!("main table a[href*='{first}']")).await.unwrap();
        let one = browser.address().await.unwrap();
        let one = one.split('?').next().unwrap();
        for page in beneath {
            let name =
                format!("demo-one{}{}", first.trim_end_matches(['/', '2']).replace('/', "-"), page.replace('/', "-"));
            browser.visit_and_check_axe(&format!("{one}{page}"), &name).await.unwrap();
        }
    }
    for (page, name) in [
        ("/about", "about"),
        ("/accessibility", "accessibility"),
        ("/account", "account"),
        ("/account/security", "security"),
        ("/api/v1", "api"),
    ] {
        browser.visit_and_check_axe(&server.at(page), &format!("demo-{name}")).await.unwrap();
    }
}

#[tokio::test]
async fn a_tutor_sees_a_form_and_a_governor_no_learner() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "tutor@academy.example.org").await.unwrap();
    browser.examine("demo-tutor-home").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/learners"), "demo-tutor-learners").await.unwrap();
    let forms = "return [...new Set([...document.querySelectorAll('main tbody tr')].map(row => row.cells[2].innerText.trim()))]";
    assert_eq!(browser.asked(forms).await.unwrap(), serde_json::json!(["9A"]));

    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "governor@academy.example.org").await.unwrap();
    browser.examine("demo-governor-home").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/requirements/bm5.1"), "demo-governor-requirement").await.unwrap();
    let named = "return document.querySelectorAll(\"a[href*='/learners']\").length";
    assert_eq!(browser.asked(named).await.unwrap(), serde_json::json!(0));
    browser.visit(&format!("{home}/learners")).await.unwrap();
    assert_eq!(browser.asked(named).await.unwrap(), serde_json::json!(0));
}

/// Signs in, and returns the address of the institution's Home.
async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}

/// The numbers at the top of a page, by what stands beneath each.
async fn numbers(browser: &Browser) -> WebDriverResult<Value> {
    browser
        .asked(
            "return Object.fromEntries([...document.querySelectorAll('.big-numbers li')].map(one => \
             [one.querySelector(':scope a > :not(.n)').innerText.trim(), Number(one.querySelector('.n').innerText.replace(/,/g, ''))]))",
        )
        .await
}
