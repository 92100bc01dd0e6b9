//! The check of the school's own website: from saved pages to what is missing, and back by the list.

use std::fs;

use e2e::{Browser, Server};

const PASSWORD: &str = "lantern otter kettle";

const CAREERS: &str = "<!DOCTYPE html><html lang=en><title>Careers</title><h1>Careers</h1>
<p>Our careers leader is Jo Beckett, j.beckett@academy.example.org, telephone 01632 960987.</p>
<p>Next review of this information: 1 September 2025</p>";

#[tokio::test]
async fn saved_pages_are_checked_and_what_is_missing_leads_to_where_it_is_written() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    browser.visit(&server.at("/sign-in")).await.unwrap();
    browser.fill("E-mail address", "careers@academy.example.org").await.unwrap();
    browser.fill("Password", PASSWORD).await.unwrap();
    browser.press("Sign in").await.unwrap();
    let home = browser.address().await.unwrap();

    // What was found before the demo began leads from the page of the public site.
    browser.visit(&format!("{home}/website")).await.unwrap();
    browser.press_at("main a[href*='/website/check/']").await.unwrap();
    assert_eq!(browser.heading().await.unwrap(), "Check of saved pages");
    browser.examine("site-check").await.unwrap();

    browser.visit_and_check_axe(&format!("{home}/website/check"), "site-checks").await.unwrap();
    browser.fill("Address of your careers page", "http://127.0.0.1/careers").await.unwrap();
    browser.press("Check the website").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("an address of this machine itself, which is never asked"), "{said}");
    browser.examine("site-check-refused").await.unwrap();

    let path = server.folder().join("careers.html");
    fs::write(&path, CAREERS).unwrap();
    browser.fill("Choose the files", &path.to_string_lossy()).await.unwrap();
    browser.press("Check the files").await.unwrap();
    browser.until("Not found (").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("The website names Jo Beckett; the record has"), "{said}");
    assert!(said.contains("1 September 2025 has passed."), "{said}");
    assert!(said.contains("“Unclear” means that there is something"), "{said}");
    browser.examine("site-check-with-differences").await.unwrap();

    browser.press("Write how impact is measured").await.unwrap();
    let place = browser.address().await.unwrap();
    assert!(place.ends_with("/own-words/impact-measures"), "{place}");
    browser.back().await.unwrap();
    browser.press("What our public pages in Waymark say").await.unwrap();
    assert_eq!(browser.heading().await.unwrap(), "Website");

    // A name leads to this machine: that is known only once it is looked up, so the check tells it.
    browser.visit(&format!("{home}/website/check")).await.unwrap();
    browser.fill("Address of your careers page", "http://localhost/careers").await.unwrap();
    browser.press("Check the website").await.unwrap();
    browser.until("Nothing could be read, so nothing was checked.").await.unwrap();
    browser.examine("site-check-failed").await.unwrap();
    browser.press("Check again").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("Could not be read") && said.contains("http://localhost/careers"), "{said}");
}
