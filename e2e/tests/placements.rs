//! A placement from searching to complete: forms by links, checks, and the hours that it counts as.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}

async fn link(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    let text = browser.asked("return document.getElementById('link').value").await?;
    let text = text.as_str().unwrap_or_default().to_owned();
    Ok(if text.starts_with('/') { server.at(&text) } else { text })
}

/// Sets a day in the first field of a name, however the browser writes days.
async fn set_day(browser: &Browser, name: &str, day: &str) -> WebDriverResult<()> {
    let script = format!("document.querySelector('main [name=\"{name}\"]').value = '{day}'; return 1");
    browser.asked(&script).await.map(drop)
}

#[tokio::test]
async fn a_placement_goes_from_searching_to_complete_and_its_hours_count() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/placements"), "placements-board").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/placements?view=table"), "placements-table").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/placements/hours"), "placement-hours").await.unwrap();

    browser.visit(&format!("{home}/placements?year=11")).await.unwrap();
    browser.press_at(".without a").await.unwrap();
    browser.examine("placement-new").await.unwrap();
    browser.fill("Employer", "Fernhill Surveyors").await.unwrap();
    set_day(&browser, "starts_on", "2026-11-02").await.unwrap();
    set_day(&browser, "ends_on", "2026-11-06").await.unwrap();
    browser.fill("Hours a day", "5").await.unwrap();
    browser.press("Begin the placement").await.unwrap();
    let placement = browser.address().await.unwrap();
    let placement = placement.split(['?', '#']).next().unwrap().to_owned();

    browser.press("Link for the employer").await.unwrap();
    let employer = link(&server, &browser).await.unwrap();
    browser.examine("placement-link").await.unwrap();
    browser.press("Link for the parent or carer").await.unwrap();
    let parent = link(&server, &browser).await.unwrap();
    browser.press("Link for the learner’s journal").await.unwrap();
    let journal = link(&server, &browser).await.unwrap();

    let outside = Browser::open().await.unwrap();
    outside.visit_and_check_axe(&employer, "placement-employer").await.unwrap();
    outside.press("Send").await.unwrap();
    outside.examine("placement-employer-problem").await.unwrap();
    outside.choose("Yes, we take the learner").await.unwrap();
    outside.fill("Who looks after them?", "Sam Example").await.unwrap();
    outside.fill("What will they do?", "Measure with the team").await.unwrap();
    outside.fill("What could harm somebody young there", "Traffic; never alone").await.unwrap();
    outside.fill("Insurer and policy number", "EL 1").await.unwrap();
    set_day(&outside, "insurance_expires", "2028-03-31").await.unwrap();
    outside.choose("We tell the school at once").await.unwrap();
    outside.press("Send").await.unwrap();
    assert_eq!(outside.heading().await.unwrap(), "Thank you");
    outside.visit_and_check_axe(&parent, "placement-parent").await.unwrap();
    outside.choose("Yes, I agree").await.unwrap();
    outside.fill("Your name", "Kit Example").await.unwrap();
    outside.fill("Whom can we ring in an emergency?", "Kit Example").await.unwrap();
    outside.fill("At which number?", "01632 960002").await.unwrap();
    outside.fill("How do they get there and back?", "Bus 7").await.unwrap();
    outside.press("Send").await.unwrap();
    assert_eq!(outside.heading().await.unwrap(), "Thank you");

    // Refused while something is open, then approved, live and complete.
    browser.visit(&placement).await.unwrap();
    browser.select("Move it to", "Approved").await.unwrap();
    browser.press("Move it").await.unwrap();
    assert!(browser.text().await.unwrap().contains("cannot be approved yet. Still open: Learner prepared"));
    browser.examine("placement-refused").await.unwrap();
    browser.asked("document.querySelector('#check-preparation details').open = true; return 1").await.unwrap();
    browser.asked("document.getElementById('status-preparation').value = 'seen'; return 1").await.unwrap();
    browser.press_at("#check-preparation form button").await.unwrap();
    for stage in ["Approved", "Live", "Complete"] {
        browser.select("Move it to", stage).await.unwrap();
        browser.press("Move it").await.unwrap();
        assert!(browser.text().await.unwrap().contains(&format!("It is at “{stage}” now.")));
    }
    browser.examine("placement-complete").await.unwrap();

    outside.visit_and_check_axe(&employer, "placement-opinion").await.unwrap();
    outside.fill("What went well?", "Asked good questions").await.unwrap();
    outside.press("Send").await.unwrap();
    outside.visit_and_check_axe(&journal, "placement-journal").await.unwrap();
    outside.fill("What did you do", "I measured a bridge").await.unwrap();
    outside.choose("This is what I take away").await.unwrap();
    outside.press("Keep it").await.unwrap();
    browser.visit(&placement).await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(text.contains("Asked good questions") && text.contains("I measured a bridge"), "{text}");

    // The learner's hours of Years 10 and 11 took in twenty-five more, and undo takes them away.
    browser.press("The activity that counts it").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Work experience: Fernhill Surveyors"));
    browser.visit(&placement).await.unwrap();
    browser.press("Take back the last step").await.unwrap();
    assert!(browser.text().await.unwrap().contains("The last step is taken back."));
}
