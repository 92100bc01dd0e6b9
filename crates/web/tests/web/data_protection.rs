use crate::harness::{Browser, install};

const ROLL: &str = "Local id,Surname,Forename,Date of birth,Year,Form,Joined\n\
    L1,Example,Quillon,15/01/2013,9,9A,02/09/2024\nL2,Sample,Rowan,16/01/2013,9,9A,02/09/2024\n";

/// An academy with two learners, and the address of the first one's page.
async fn academy() -> (crate::harness::Installation, Browser, String, String) {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let imports = format!("{academy}/imports");
    let page = browser.upload(&imports, "learners", "roll.csv", ROLL).await;
    let import = page.address.clone();
    browser.submit(&import, &format!("{import}/apply"), &[("do", "apply"), ("good-rows-alone", "yes")]).await;
    let mut learners = browser.get(&format!("{academy}/learners")).await;
    for _ in 0..100 {
        if learners.text.contains("Quillon") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        learners = browser.get(&format!("{academy}/learners")).await;
    }
    let learner = learners.link("Example, Quillon");
    (installation, browser, academy, learner)
}

#[tokio::test]
async fn a_learner_is_erased_in_two_steps_that_say_what_goes() {
    let (_installation, mut browser, academy, learner) = academy().await;
    let erase = browser.get(&learner).await.says("Data protection").link("Erase this learner");
    browser.get(&erase).await.says("nobody can bring the record back").says("What shall be left?");

    let page = browser.submit(&erase, &erase, &[("reason", "Quillon moved away")]).await;
    assert_eq!(page.status, 422);
    page.says("Choose what shall be left.").says("without naming the learner").says("Quillon moved away");

    let fields = [("kind", "everything"), ("reason", "Asked for, and no duty to keep it remains")];
    let page = browser.submit(&erase, &erase, &fields).await;
    page.says("Check what goes")
        .says("Who the learner is")
        .says("Asked for, and no duty to keep it remains")
        .says("Backups");
    let (confirm, seen) = (page.action("Erase for good"), page.text.split("name=\"seen\" value=\"").nth(1));
    let seen = seen.and_then(|rest| rest.split('"').next()).expect("what was seen").to_owned();
    let fields = [fields[0], fields[1], ("seen", seen.as_str())];
    let page = browser.submit(&erase, &confirm, &fields).await;
    page.says("The learner is erased.").says("Rowan");
    assert!(!page.text.contains("Quillon"));
    assert_eq!(browser.get(&learner).await.status, 404);
    assert_eq!(browser.get(&format!("{academy}/learners")).await.status, 200);
}

#[tokio::test]
async fn a_copy_for_the_family_is_a_file_without_a_name_in_its_name() {
    let (_installation, mut browser, _, learner) = academy().await;
    let copy = browser.get(&learner).await.link("Make a copy for the learner or family");
    browser.get(&copy).await.says("Check first that whoever asks");
    let page = browser.submit(&copy, &copy, &[("format", "json")]).await;
    assert_eq!(page.status, 200);
    page.says("\"forename\": \"Quillon\"");
    let named = page.headers["content-disposition"].to_str().expect("text");
    assert_eq!(named, "attachment; filename=\"record-of-one-learner-2026-11-23.json\"");
    browser.get(&copy).await.says("Copies made before").says("23 November 2026, by Robin Example");
}

#[tokio::test]
async fn terms_are_set_and_a_run_is_noted() {
    let (_installation, mut browser, academy, _) = academy().await;
    let settings = browser.get(&format!("{academy}/settings")).await;
    let protection = settings.link("Data protection, and how long records are kept");
    let retention = browser.get(&protection).await.link("How long records are kept");
    let fields = [("term-learner-record", "3 years"), ("term-guidance-notes", "soon")];
    let page = browser.submit(&retention, &retention, &fields).await;
    assert_eq!(page.status, 422);
    page.says("id=\"learner-record-error\"").says("id=\"guidance-notes-error\"").says("value=\"3 years\"");
    let page = browser.submit(&retention, &retention, &[("term-learner-record", "26 years")]).await;
    page.says("is saved").says("value=\"26 years\"").says("Nothing has to go today");
    let run = page.action("Note that nothing had to go");
    let page = browser.submit(&retention, &run, &[("seen", "0")]).await;
    page.says("The run is noted").says("nothing had to go").says("Robin Example");
    let page = browser.submit(&retention, &run, &[("seen", "5")]).await;
    assert_eq!(page.status, 409);

    let record = browser.get(&protection).await.link("Record of processing activities");
    let page = browser.get(&record).await;
    page.says("Larkfield Academy").says("26 years").says("Lawful basis").says("Recipients and transfers");
    let file = browser.get(&page.link("Save as PDF")).await;
    assert_eq!((file.status.as_u16(), &file.text[..5]), (200, "%PDF-"));
}
