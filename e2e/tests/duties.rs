//! The people of the programme, the institution's own words, the register of responsibilities: changed, taken back, and every page
//! of theirs examined wide and on a phone.

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";

/// Signs in as the academy's careers leader, and returns the address of its Home.
async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    Ok(browser.address().await?.split('?').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn posts_own_words_and_responsibilities_are_changed_and_taken_back() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser).await.unwrap();

    browser.visit_and_check_axe(&format!("{home}/careers-team"), "duties-careers-team").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("Leaves on 31 December 2026. Name a successor in time."), "{said}");
    browser.visit_and_check_axe(&format!("{home}/careers-team/link-governor"), "duties-post").await.unwrap();
    browser.fill("Name", "Quill Merrowdown").await.unwrap();
    browser.press("Save the post").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Quill Merrowdown"));
    browser.press("Undo").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Corwin Thistledale"));

    browser.visit_and_check_axe(&format!("{home}/own-words"), "duties-own-words").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/own-words/vision"), "duties-own-words-one").await.unwrap();
    browser.fill("Careers vision and intent", "Everybody finds **a way**.").await.unwrap();
    browser.press("See how it looks").await.unwrap();
    browser.examine("duties-own-words-preview").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Not saved yet."));
    browser.press("Save").await.unwrap();
    assert!(browser.text().await.unwrap().contains("Everybody finds a way."));
    browser.press("Undo").await.unwrap();
    assert!(!browser.text().await.unwrap().contains("Everybody finds a way."));
    browser.visit_and_check_axe(&format!("{home}/own-words/benchmark-5"), "duties-own-words-benchmark").await.unwrap();
    assert!(browser.text().await.unwrap().contains("What the record adds beneath"));

    browser.visit_and_check_axe(&format!("{home}/duties"), "duties-register").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/duties/new"), "duties-new").await.unwrap();
    browser.visit_and_check_axe(&format!("{home}/duties/leader-budget"), "duties-one").await.unwrap();
    browser.fill("What shows it?", "Budget of the year").await.unwrap();
    browser.press("Note it as done").await.unwrap();
    let said = browser.text().await.unwrap();
    assert!(said.contains("It is noted as done.") && said.contains("Budget of the year"), "{said}");
    browser.press("Undo").await.unwrap();
    assert!(!browser.text().await.unwrap().contains("Budget of the year"));

    has_an_owner_evidence_and_a_day(&browser, &home).await.unwrap();
}

/// A responsibility gets an owner and how often it comes; it is found by both, saved as a file, left out and shown again.
async fn has_an_owner_evidence_and_a_day(browser: &Browser, home: &str) -> WebDriverResult<()> {
    browser.visit(&format!("{home}/policy")).await?;
    browser.press("Roles and responsibilities").await?;
    browser.select("Show", "Overdue or never done").await?;
    browser.press_at("main form[method='get'] button").await?;
    browser.examine("duties-register-overdue").await?;
    let said = browser.text().await?;
    assert!(said.contains("Overdue") && said.contains("Marlow Lanternbeck"), "{said}");

    browser.visit(&format!("{home}/duties/leader-budget")).await?;
    browser.fill("Every how many months?", "often").await?;
    browser.fill("Owner", "Sorrel Waterhouse").await?;
    browser.press("Save the responsibility").await?;
    browser.examine("duties-one-problem").await?;
    let owner = browser.asked("return document.querySelector('[name=owner]').value").await?;
    assert_eq!(owner, "Sorrel Waterhouse", "what was typed is still there");
    browser.fill("Every how many months?", "6").await?;
    browser.fill("Evidence", "Budget sheet in the careers folder").await?;
    browser.fill("Last done", "10/05/2026").await?;
    browser.press("Save the responsibility").await?;
    let row = "return [...document.querySelectorAll('main tbody tr')].map(row => row.innerText) \
               .find(row => row.includes('Budget sheet')) || ''";
    let row = browser.asked(row).await?;
    for cell in ["Sorrel Waterhouse", "Budget sheet in the careers folder", "5 October 2026", "5 April 2027"] {
        assert!(row.as_str().is_some_and(|row| row.contains(cell)), "{cell}: {row}");
    }
    browser.select("Owner", "Sorrel Waterhouse").await?;
    browser.press_at("main form[method='get'] button").await?;
    let owners = "return [...new Set([...document.querySelectorAll('main tbody tr')].map(row => row.cells[2].innerText.trim()))]";
    assert_eq!(browser.asked(owners).await?, serde_json::json!(["Sorrel Waterhouse"]));
    let address = browser.address().await?;
    assert!(!address.contains("Sorrel"), "no name stands in an address: {address}");
    let file = "return fetch([...document.querySelectorAll('main a')].find(link => link.innerText === 'Save as CSV').href) \
                .then(answer => answer.text())";
    let file = browser.asked(file).await?;
    assert!(file.as_str().is_some_and(|file| file.contains("Budget sheet in the careers folder")), "{file}");

    browser.visit(&format!("{home}/duties/leader-budget")).await?;
    browser.press("Leave it out").await?;
    browser.examine("duties-left-out").await?;
    browser.press("Show it again").await?;
    assert!(browser.text().await?.contains("Budget sheet in the careers folder"));
    Ok(())
}
