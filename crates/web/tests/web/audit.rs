use crate::harness::{Browser, install};

#[tokio::test]
async fn who_did_what_is_searched_and_saved_and_shown_with_what_was_there_before() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let form = browser.get(&format!("{academy}/settings")).await.link("Change the careers leader");
    for name in ["Pat Reed", "Ann Other"] {
        let fields = [("name", name), ("email", "a@school.example"), ("phone", "")];
        browser.submit(&form, &form, &fields).await.says("The post is saved");
    }
    let trail = browser.get(&format!("{academy}/settings")).await.link("Who did what, and who looked");
    let page = browser.get(&trail).await;
    page.says("Robin Example</strong> changed who is named as Careers leader").says("set the institution up");
    page.says("<del>Pat Reed</del>").says("<ins>Ann Other</ins>").says("23 November 2026, 09:00");

    browser.get(&format!("{trail}?kind=reads")).await.says("Nothing matches.");
    browser.get(&format!("{trail}?until=2026-11-22")).await.says("Nothing matches.");
    let page = browser.get(&format!("{trail}?kind=settings&from=2026-11-23")).await;
    page.says("Clear filters").says("<ins>Ann Other</ins>");
    let page = browser.submit(&trail, &format!("{trail}/find"), &[("name", "nobody")]).await;
    page.says("No learner has that name");

    let csv = browser.get(&page.link("CSV")).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    csv.says("Name from Pat Reed to Ann Other").says("careers-post.changed");
    browser.get(&trail).await.says("took away the audit trail in a file");

    let api = browser.get(&format!("/api/v1{academy}/audit?kind=settings")).await;
    api.says("\"before\":\"Pat Reed\",\"after\":\"Ann Other\"").says("\"action\":\"careers-post.changed\"");
    assert_eq!(browser.get(&format!("/api/v1{academy}/audit?kind=other")).await.status, 404);
}
