use crate::harness::{Browser, Page, install};

/// Adds a file on the page of an activity.
async fn send(browser: &mut Browser, activity: &str, name: &str, content: &str) -> Page {
    let token = browser.form_token(activity).await;
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--edge--\r\n"
    );
    browser.post(&format!("{activity}/files"), "multipart/form-data; boundary=edge", body.into_bytes()).await
}

#[tokio::test]
async fn an_activity_is_planned_from_a_template_and_comes_as_far_as_it_comes() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let page = browser.get(&format!("{academy}/activities/templates")).await;
    page.says("Careers fair").says("None yet");
    let new = page.link("Careers fair");
    browser.get(&new).await.says("Every learner speaks with at least two people");

    let wrong = [
        ("kind", "employer-encounter"),
        ("title", "Careers fair"),
        ("date", "2027-03-04"),
        ("ends_on", "2027-03-03"),
        ("cost", "lots"),
        ("session-date-0", "2027-03-01"),
        ("save", "planned"),
    ];
    let page = browser.submit(&new, &format!("{academy}/activities/new"), &wrong).await;
    assert_eq!(page.status, 422);
    page.says("The last day is before the first")
        .says("Enter pounds such as 250")
        .says("A session is before the first day");
    page.says("value=\"lots\"");

    let fields = [
        ("kind", "employer-encounter"),
        ("title", "Careers fair"),
        ("date", "2027-03-04"),
        ("starts_at", "09:30"),
        ("ends_at", "15:00"),
        ("place", "Sports hall"),
        ("cost", "650"),
        ("attending-name-0", "The Careers Hub"),
        ("attending-role-0", "sponsor"),
        ("save", "draft"),
    ];
    let page = browser.submit(&new, &format!("{academy}/activities/new"), &fields).await;
    page.says("saved as a draft")
        .says("09:30 to 15:00")
        .says("Sports hall")
        .says("£650")
        .says("The Careers Hub, sponsor");
    let activity = page.address.clone();

    let page = browser.submit(&activity, &format!("{activity}/state"), &[("state", "cancelled"), ("reason", "")]).await;
    assert_eq!(page.status, 422);
    page.says("Enter why it does not take place.");
    let page = browser.submit(&activity, &format!("{activity}/state"), &[("state", "planned")]).await;
    page.says("The activity is planned.");

    let part = [("kind", "provider-encounter"), ("provider_type", "college"), ("organisation", "Ashdown College")];
    let page = browser.submit(&format!("{activity}/parts/new"), &format!("{activity}/parts/new"), &part).await;
    page.says("Provider encounter with Ashdown College").says("0 of");
    let page = browser.get(&format!("{academy}/activities?when=ahead")).await;
    page.says("Also provider encounter with Ashdown College").says("£0 spent and £650 planned");

    let page = browser.submit(&activity, &format!("{activity}/template"), &[("name", "Our fair")]).await;
    page.says("The template is kept.").says("Our fair");
    let page = browser.get(&format!("{academy}/activities/new?again={}", activity.rsplit('/').next().unwrap())).await;
    page.says("Everything is as it was").says("value=\"Sports hall\"");

    let budget = format!("{academy}/activities/budget");
    let page = browser.submit(&budget, &budget, &[("year", "2026/27"), ("budget", "1,000")]).await;
    page.says("£350 of the budget is left");
    let page = browser.get(&format!("{academy}/activities/export?format=csv&when=all")).await;
    page.says("Careers fair").says("2027-03-04").says("650");
}

#[tokio::test]
async fn a_file_of_an_activity_is_saved_and_never_shown() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let fields = [("kind", "labour-market"), ("title", "Talk"), ("date", "2026-11-12"), ("save", "planned")];
    let page =
        browser.submit(&format!("{academy}/activities/new"), &format!("{academy}/activities/new"), &fields).await;
    let activity = page.address.clone();
    page.says("Delivered");
    let page = send(&mut browser, &activity, "flyer.html", "<script>").await;
    assert_eq!(page.status, 422);
    page.says("Choose a PDF");
    let page = send(&mut browser, &activity, "flyer.txt", "Come").await;
    page.says("The file is added.").says("flyer.txt");
    let file = page.link("flyer.txt");
    let saved = browser.get(&file).await;
    saved.says("Come");
    assert_eq!(saved.headers["x-content-type-options"], "nosniff");
    assert!(saved.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let page = browser.submit(&activity, &format!("{file}/delete"), &[]).await;
    page.says("The file is deleted.").says("Undo");
    browser.submit(&activity, &format!("{file}/restore"), &[]).await.says("The file is back.").says("flyer.txt");
}
