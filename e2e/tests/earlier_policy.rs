//! An earlier policy is read in beside the draft, its parts are placed, set aside and taken back; every page of that examined wide and on a phone.

use std::fs;

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";
const EARLIER: &str = "<!doctype html><html lang=\"en\"><body><h1>Careers policy</h1><h2>Vision</h2><p>Our vision is that every learner leaves \
    with a plan of their own.</p><h2>Monitoring and evaluation</h2><p>We measure the impact of the programme with surveys and destinations.</p>\
    <h2>Parking</h2><p>Visitors leave their cars behind the gym.</p></body></html>";

/// Signs in as the academy's careers leader, and returns the address of the draft.
async fn draft(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    let home = browser.address().await?.split('?').next().unwrap_or_default().to_owned();
    browser.visit(&format!("{home}/policy")).await?;
    browser.press("Read an earlier one in").await?;
    let earlier = browser.address().await?;
    Ok(earlier.split('?').next().unwrap_or_default().trim_end_matches("/earlier").to_owned())
}

#[tokio::test]
async fn an_earlier_policy_is_read_in_and_each_part_put_somewhere_by_one_press() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let draft = draft(&server, &browser).await.unwrap();
    let earlier = format!("{draft}/earlier");
    browser.visit_and_check_axe(&earlier, "policy-earlier-none").await.unwrap();

    let folder = tempfile::tempdir().unwrap();
    let (words, page) = (folder.path().join("policy.docx"), folder.path().join("policy.html"));
    fs::write(&words, "Only words").unwrap();
    fs::write(&page, EARLIER).unwrap();
    browser.fill("The file of your policy", &words.display().to_string()).await.unwrap();
    browser.press("Read it in").await.unwrap();
    browser.says("This is not a Word document, a web page or a PDF.").await.unwrap();
    browser.examine("policy-earlier-refused").await.unwrap();

    browser.fill("The file of your policy", &page.display().to_string()).await.unwrap();
    browser.press("Read it in").await.unwrap();
    browser.says("0 of 3 parts placed, three wait for a place.").await.unwrap();
    browser.examine("policy-earlier").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("Without a place") && said.contains("Very likely"), "{said}");

    browser.press("Put it").await.unwrap();
    browser.says("1 of 3 parts placed").await.unwrap();
    browser.press("Undo").await.unwrap();
    browser.says("0 of 3 parts placed, three wait for a place.").await.unwrap();
    browser.press("Put it").await.unwrap();
    browser.examine("policy-earlier-placed").await.unwrap();

    browser.press("Choose a place").await.unwrap();
    browser.examine("policy-part").await.unwrap();
    browser.press("Set it aside").await.unwrap();
    browser.says("1 of 3 parts placed, one is set aside, one waits for a place.").await.unwrap();
    browser.visit_and_check_axe(&format!("{draft}/text"), "policy-earlier-text").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(!said.contains("behind the gym"), "what is set aside is not in the draft");
}
