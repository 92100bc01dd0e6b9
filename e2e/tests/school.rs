//! A careers leader's first hour: from an empty installation to one learner's finding.

use std::{fs, path::PathBuf};

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const EMAIL: &str = "careers@hollin-bank.example.org";
const PASSWORD: &str = "lantern otter kettle";

/// Six learners as a management information system writes them. Three rows are bad: a day that does not exist, a year group
/// that is none, and a surname that is missing.
const ROSTER: &str = "\
Adno,UPN,Legal Forename,Legal Surname,DOB,Year,Reg,Date of Admission
001,,Ottoline,Quickthorn,04/10/2012,9,9X,01/09/2024
002,,Barnaby,Wrenfield,30/02/2013,9,9X,01/09/2024
003,,Tamsin,Underhedge,30/12/2012,Upper,9X,01/09/2024
004,,Jolyon,,21/05/2013,9,9X,01/09/2024
005,,Sefton,Larkrise,15/09/2012,9,9X,01/09/2024
006,,Idony,Copperthwaite,08/01/2013,9,9X,01/09/2024
";

const ACTIVITIES: &str = "\
activity,title,date,kind,mode,checks
M1,Meeting with the careers adviser,05/11/2025,guidance-meeting,in-person,qualified-adviser
";

const PARTICIPATION: &str = "\
activity,learner,status
M1,001,attended
M1,005,absent
";

#[tokio::test]
async fn a_first_hour_from_an_empty_installation_to_one_learners_finding() {
    the_first_hour(Browser::open().await.unwrap(), true).await.unwrap();
}

#[tokio::test]
async fn the_same_hour_without_any_script() {
    the_first_hour(Browser::open_without_scripts().await.unwrap(), false).await.unwrap();
}

async fn the_first_hour(browser: Browser, with_scripts: bool) -> WebDriverResult<()> {
    let server = Server::start();
    set_up(&server, &browser).await?;
    let script = browser.asked("return document.body.classList.contains('js-enabled')").await?;
    assert_eq!(script, with_scripts, "whether the page read its script");
    sign_in_again(&server, &browser).await?;
    import_the_roster(&server, &browser).await?;
    import_participation(&server, &browser).await?;
    from_the_benchmark_to_the_learner_and_back(&browser).await
}

async fn set_up(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    browser.visit_and_check_axe(&server.at("/setup"), "setup-1-person").await?;
    browser.fill("One-time code", server.code()).await?;
    browser.fill("Your name", "Careers Leader").await?;
    browser.fill("Your e-mail address", EMAIL).await?;
    browser.fill("A password", PASSWORD).await?;
    browser.press("Go on").await?;
    browser.examine("setup-2-institution").await?;
    browser.press("Enter it by hand").await?;
    browser.examine("setup-3-by-hand").await?;
    browser.fill("Name", "Hollin Bank Academy").await?;
    browser.select("Type", "or free school").await?;
    browser.fill("First year group", "7").await?;
    browser.fill("Last year group", "11").await?;
    browser.press_at("main form button").await?;
    browser.examine("setup-4-done").await
}

async fn sign_in_again(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    browser.press_at("form[action='/sign-out'] button").await?;
    browser.visit_and_check_axe(&server.at("/sign-in"), "sign-in").await?;
    browser.fill("E-mail address", EMAIL).await?;
    browser.fill("Password", "not the password").await?;
    browser.press("Sign in").await?;
    browser.examine("sign-in-wrong").await?;
    browser.fill("E-mail address", EMAIL).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.examine("home-empty").await
}

async fn import_the_roster(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    upload(server, browser, "Learners", "roster.csv", ROSTER).await?;
    browser.examine("import-1-problems").await?;
    let text = browser.text().await?;
    for bad in ["30/02/2013", "Upper"] {
        assert!(text.contains(bad), "{bad}: {text}");
    }
    browser.press("Look at what its columns mean").await?;
    browser.examine("import-2-columns").await?;
    browser.press("Check the rows").await?;
    browser.press("Leave this import").await?;
    let mended =
        ROSTER.replace("30/02/2013", "28/02/2013").replace("Upper", "9").replace("Jolyon,,", "Jolyon,Marlpit,");
    upload(server, browser, "Learners", "roster.csv", &mended).await?;
    browser.examine("import-3-plan").await?;
    apply(browser).await?;
    browser.examine("import-4-result").await
}

async fn import_participation(server: &Server, browser: &Browser) -> WebDriverResult<()> {
    upload(server, browser, "Activities", "activities.csv", ACTIVITIES).await?;
    // 05/11/2025 is a day either way round: nobody guesses.
    browser.examine("import-5-which-date").await?;
    browser.choose("Day first").await?;
    browser.press("Check the rows").await?;
    apply(browser).await?;
    upload(server, browser, "Who took part", "participation.csv", PARTICIPATION).await?;
    apply(browser).await
}

async fn from_the_benchmark_to_the_learner_and_back(browser: &Browser) -> WebDriverResult<()> {
    browser.press("Home").await?;
    browser.examine("home").await?;
    browser.press("Benchmarks").await?;
    browser.examine("benchmarks").await?;
    let benchmarks = browser.address().await?;
    browser.press_at("main a[href*='/requirements/bm8.1']").await?;
    browser.examine("requirement").await?;
    // Six learners in year 9 are asked; Ottoline Quickthorn met the adviser, Sefton Larkrise was absent.
    let numbers = browser.asked("return document.querySelector('.big-numbers').innerText").await?;
    let numbers: Vec<&str> = numbers.as_str().unwrap_or_default().split_whitespace().collect();
    assert_eq!(numbers[..2], ["1", "Met"], "{numbers:?}");
    let requirement = browser.address().await?;
    browser.press("Quickthorn").await?;
    browser.examine("learner").await?;
    let text = browser.text().await?;
    assert!(text.contains("Meeting with the careers adviser") && text.contains("5 November 2025"), "{text}");
    browser.back().await?;
    assert_eq!(browser.address().await?, requirement);
    browser.back().await?;
    assert_eq!(browser.address().await?, benchmarks);
    Ok(())
}

/// Brings in a file, and follows to what it would do.
async fn upload(server: &Server, browser: &Browser, what: &str, name: &str, text: &str) -> WebDriverResult<()> {
    let path: PathBuf = server.folder().join(name);
    fs::write(&path, text)?;
    browser.press("Imports").await?;
    browser.choose(what).await?;
    browser.fill("Choose the file", &path.to_string_lossy()).await?;
    browser.press("Check the file").await
}

/// Applies the plan that is shown, and waits for the result.
async fn apply(browser: &Browser) -> WebDriverResult<()> {
    browser.press_at("button[value='apply']").await?;
    browser.until("Undo this import").await
}
