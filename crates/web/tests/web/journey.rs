use crate::harness::{Browser, Installation, Page, install};

const ROSTER: &str = "Adno,Legal Surname,Legal Forename,DOB,Year,Reg,Date of Admission\n\
    A001,Sample,Avery,14/03/2013,9,9A,03/09/2024\n\
    A002,Test,Billie,30/02/2013,9,9A,03/09/2024\n\
    A003,Trial,Casey,02/11/2010,11,11B,05/09/2022\n";

/// Applies an import and waits for it.
async fn apply(browser: &mut Browser, import: &str, fields: &[(&str, &str)]) -> Page {
    browser.submit(import, &format!("{import}/apply"), fields).await;
    for _ in 0..200 {
        let page = browser.get(import).await;
        if !page.text.contains("data-progress") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the import does not end");
}

pub(crate) async fn with_learners(installation: &Installation) -> (Browser, String) {
    let (mut browser, academy) = Browser::careers_leader(installation).await;
    let page = browser.upload(&format!("{academy}/imports"), "learners", "roster.csv", ROSTER).await;
    page.says("roster.csv");
    let import = page.address.clone();
    let page = apply(&mut browser, &import, &[("do", "apply"), ("good-rows-alone", "yes")]).await;
    page.says("roster.csv is in");
    (browser, academy)
}

#[tokio::test]
async fn a_careers_leader_sets_up_imports_records_and_finds_it_at_the_learner() {
    let installation = install();
    let (mut browser, academy) = with_learners(&installation).await;

    let page = browser.get(&format!("{academy}/learners")).await;
    page.says("Sample, Avery").says("Two learners").says("9A");
    let learner = page.link("Sample, Avery");

    let fields = [
        ("kind", "employer-encounter"),
        ("title", "Mock interviews"),
        ("date", "2026-11-12"),
        ("organisation", "Brightwater Engineering"),
        ("mode", "in-person"),
        ("year_groups", "9"),
        ("checks-employer-encounter", "purpose-shared"),
        ("checks-employer-encounter", "outcomes-fit"),
        ("checks-employer-encounter", "two-way"),
    ];
    let new = format!("{academy}/activities/new");
    let page = browser.submit(&new, &new, &fields).await;
    page.says("Mock interviews").says("Open");
    let activity = page.address.clone();
    let register = format!("{activity}/register");
    let page = browser.submit(&register, &format!("{register}/everybody"), &[]).await;
    page.says("One learner is marked").says("Present");
    let undo = page.action("Undo");
    let page = browser.submit(&register, &undo, &[]).await;
    page.says("again what it was").says("Mark 1 present");
    browser.submit(&register, &format!("{register}/everybody"), &[]).await.says("One learner is marked");

    let page = browser.submit(&activity, &format!("{activity}/delete"), &[]).await;
    page.says("The activity is deleted, with its register.");
    let restore = page.action("Undo");
    assert_eq!(browser.get(&activity).await.status, 404);
    let page = browser.submit(&format!("{academy}/activities"), &restore, &[]).await;
    assert_eq!(page.address, activity);
    page.says("The activity and its register are back").says("Mock interviews").says("One learner was present");

    browser.get(&learner).await.says("Mock interviews").says("Not ticked");
    let fields: Vec<_> = fields.iter().copied().chain([("checks-employer-encounter", "reflection")]).collect();
    let change = format!("{activity}/change");
    browser.submit(&change, &change, &fields).await.says("Counts");
    browser.get(&learner).await.says("Met on 12 November 2026");
    let page = browser.get(&format!("{academy}/requirements/bm5.1?status=met")).await;
    page.says("Sample, Avery").says("Met on 12 November 2026");
}

#[tokio::test]
async fn every_page_of_an_institution_opens() {
    let installation = install();
    let (mut browser, academy) = with_learners(&installation).await;
    for page in [
        "",
        "/benchmarks",
        "/provider-access",
        "/year-groups",
        "/requirements/bm5.1",
        "/requirements/bm5.1/why",
        "/requirements/pal.first",
        "/learners",
        "/activities",
        "/activities/new",
        "/imports",
        "/settings",
        "/settings/details",
        "/benchmarks?as-of=2024-03-01",
    ] {
        let opened = browser.get(&format!("{academy}{page}")).await;
        assert_eq!(opened.status, 200, "{page}: {}", opened.text);
        assert_eq!(opened.text.matches("<h1").count(), 1, "{page}");
        assert!(opened.text.len() < 100_000, "{page}: {} bytes", opened.text.len());
        opened.says("Larkfield Academy");
    }
    for page in ["/account", "/about", "/accessibility", "/api/v1"] {
        assert_eq!(browser.get(page).await.status, 200, "{page}");
    }
}

#[tokio::test]
async fn problems_of_a_file_are_shown_at_their_cell_and_an_import_can_be_undone() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let imports = format!("{academy}/imports");
    let page = browser.upload(&imports, "learners", "roster.csv", ROSTER).await;
    page.says("30/02/2013").says("Row 3");
    // Everything that is read of a new learner is shown.
    page.says("A001").says("9A").says("Avery").says("Date of birth:").says("3 September 2024");
    page.says("value=\"yes\" required").says("It can only be applied with this ticked");
    let import = page.address.clone();
    let page = browser.submit(&import, &format!("{import}/apply"), &[("do", "apply")]).await;
    assert_eq!(page.status, 422, "rows with problems are not left out unasked");
    page.says("needs your attention").says("30/02/2013");
    let file = browser.get(&format!("{import}/file")).await;
    file.says("Problems");
    apply(&mut browser, &import, &[("do", "apply"), ("good-rows-alone", "yes")]).await;
    browser.get(&format!("{academy}/learners")).await.says("Sample, Avery");
    browser.submit(&import, &format!("{import}/undo"), &[]).await.says("The import was undone");
    browser.get(&format!("{academy}/learners")).await.says("There are no learners yet");
}

#[tokio::test]
async fn an_import_whose_records_moved_on_is_worked_out_again() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let imports = format!("{academy}/imports");
    let first = browser.upload(&imports, "learners", "roster.csv", ROSTER).await.address;
    let second = browser.upload(&imports, "learners", "roster.csv", ROSTER).await.address;
    assert!(!browser.get(&second).await.text.contains("Work it out again"));
    apply(&mut browser, &first, &[("do", "apply"), ("good-rows-alone", "yes")]).await;
    browser.get(&second).await.says("The records have changed").says("Work it out again");
    browser.submit(&second, &format!("{second}/replan"), &[]).await;
    let page = browser.get(&second).await;
    assert!(!page.text.contains("Work it out again"), "it is worked out for the records as they are");
}

#[tokio::test]
async fn lists_are_saved_as_files_and_the_place_can_be_changed() {
    let installation = install();
    let (mut browser, academy) = with_learners(&installation).await;
    let csv = browser.get(&format!("{academy}/requirements/bm5.1/export?format=csv")).await;
    assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment"), "{:?}", csv.headers);
    csv.says("Sample");
    let xlsx = browser.get(&format!("{academy}/requirements/bm5.1/export?format=xlsx")).await;
    assert!(xlsx.text.starts_with("PK"), "a workbook");
    let id = academy.rsplit('/').next().unwrap();
    let go = format!("/go?institution={id}&from={id}&page=benchmarks&was=2026-11-23&as-of=2026-11-23&year=2024/25");
    let page = browser.get(&go).await;
    assert_eq!(page.address, format!("{academy}/benchmarks?as-of=2025-08-31"));
    page.says("You are looking at 31 August 2025");
    let page = browser.get(&format!("{academy}/requirements/bm5.1?status=due&year=9&after=5")).await;
    page.says("name=\"keep-status\" value=\"due\"").says("name=\"keep-year\" value=\"9\"");
    assert!(!page.text.contains("keep-after"), "a list begins anew on another day");
    let go = format!(
        "/go?institution={id}&from={id}&page=requirements/bm5.1&was=2026-11-23&as-of=2026-10-01&year=2026/27&keep-status=due&keep-year=9"
    );
    let page = browser.get(&go).await;
    assert_eq!(page.address, format!("{academy}/requirements/bm5.1?as-of=2026-10-01&status=due&year=9"));
    assert_eq!(page.link("Back to today"), format!("{academy}/requirements/bm5.1?status=due&year=9"));
}

#[tokio::test]
async fn a_form_with_problems_comes_back_with_everything_that_was_typed() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let new = format!("{academy}/activities/new");
    let fields = [("kind", "provider-encounter"), ("title", "College <morning>"), ("date", "31/02/2027")];
    let page = browser.submit(&new, &new, &fields).await;
    assert_eq!(page.status, 422);
    page.says("College &#60;morning&#62;").says("Enter a day").says("Choose what type of provider").says("Error: ");
}

#[tokio::test]
async fn only_a_file_with_everybody_says_who_has_left() {
    let installation = install();
    let (mut browser, academy) = with_learners(&installation).await;
    let imports = format!("{academy}/imports");
    let one = ROSTER.lines().take(2).collect::<Vec<_>>().join("\n");
    let page = browser.upload(&imports, "learners", "one.csv", &one).await;
    page.says("Is everybody who is on roll in this file?").says("Only if yes can Waymark see who has left");
    page.says("value=\"partial\" checked").says("It would change nothing");
    assert!(!page.text.contains("value=\"apply\""), "there is nothing to apply");
    assert!(!page.text.contains("not in the file"), "a file with some of them says nothing of the others");
    let import = page.address.clone();
    let page = browser.submit(&import, &format!("{import}/columns"), &[("extent", "bulk")]).await;
    page.says("value=\"bulk\" checked").says("not in the file").says("Casey").says("Has left");
}
