//! Registers as plain forms, without any script.

use axum::http::StatusCode;

use crate::{
    harness::{Browser, Installation, install},
    journey::with_learners,
};

/// An activity with one learner on its register; the address of the register.
async fn register(installation: &Installation) -> (Browser, String) {
    let (mut browser, academy) = with_learners(installation).await;
    let new = format!("{academy}/activities/new");
    let fields = [
        ("kind", "employer-encounter"),
        ("title", "Mock interviews"),
        ("date", "2026-11-12"),
        ("organisation", "Brightwater Engineering"),
        ("mode", "in-person"),
        ("year_groups", "9"),
    ];
    let page = browser.submit(&new, &new, &fields).await;
    let activity = page.address.split('?').next().unwrap_or_default().to_owned();
    (browser, format!("{activity}/register"))
}

/// The name of the first mark's field on the page.
fn field(text: &str) -> String {
    let start = text.find("name=\"mark-").expect("a mark") + 6;
    text[start..].split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_somebody_else_marked_meanwhile_is_shown_and_not_written_over() {
    let installation = install();
    let (mut browser, register) = register(&installation).await;
    let seen = field(&browser.get(&register).await.text);
    let page = browser.submit(&register, &register, &[(&seen, "attended")]).await;
    page.says("one mark was changed").says("Undo");
    // From the same page as before, opened in another window.
    let page = browser.submit(&register, &register, &[(&seen, "absent")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("You said absent.").says("marked present at 09:").says("Keep theirs: present").says("Use mine: absent");
    let after = field(&page.text);
    browser.submit(&register, &register, &[(&after, "absent")]).await.says("one mark was changed");
}

#[tokio::test]
async fn a_list_of_ten_megabytes_is_answered_where_it_was_pasted() {
    let installation = install();
    let (mut browser, register) = register(&installation).await;
    let list = format!("{register}/list");
    let page = browser.submit(&list, &list, &[("list", &"Avery Sample\n".repeat(800_000)), ("as", "attended")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("kB of text").says("Nothing was marked");
    assert!(page.text.len() < 50_000);
    let page = browser.submit(&list, &list, &[("list", "sample avery\nNobody Here"), ("as", "attended")]).await;
    page.says("One line is understood").says("Nobody with this reference or name");
    let mark = field(&page.text);
    browser.submit(&list, &register, &[(&mark, "attended"), ("as", "attended")]).await.says("one mark was changed");
}

#[tokio::test]
async fn a_link_opens_its_register_and_nothing_else() {
    let installation = install();
    let (mut browser, register) = register(&installation).await;
    let links = format!("{register}/links");
    let page = browser.submit(&links, &links, &[("label", "Cover"), ("form", "9A"), ("days", "1")]).await;
    page.says("and sees nothing else");
    let shown = page.text.find("id=\"link\"").map_or("", |start| &page.text[start..]);
    let link = shown[shown.find("/register/").expect("a link")..]
        .split(['<', '"'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let mut colleague = Browser::new(&installation);
    let page = colleague.get(&link).await;
    page.says("Sample, Avery").says("9A");
    assert!(!page.text.contains("2013") && !page.text.contains("/learners/") && !page.text.contains("A001"));
    let mark = field(&page.text);
    colleague.submit(&link, &link, &[(&mark, "attended")]).await.says("one mark was changed");
    // What it does not open: the pages behind signing in, other learners, and itself once it is ended.
    assert!(colleague.get(&register).await.address.starts_with("/sign-in"));
    let page = colleague.submit(&link, &link, &[("mark-1-", "absent")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let end = browser.get(&links).await.action("End");
    browser.submit(&links, &end, &[]).await.says("The link is ended");
    let page = colleague.get(&link).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("ended by the school");
    let unknown = format!("{}/{}", link.rsplit_once('/').map_or("", |(start, _)| start), "0".repeat(64));
    assert_eq!(colleague.get(&unknown).await.status, StatusCode::NOT_FOUND);
}
