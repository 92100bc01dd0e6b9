//! The calendar: looked at as a year, a month and a list, its dates changed and put back, and followed by other programs.

use std::{fs, path::Path, process::Command};

use e2e::{Browser, Server};
use thirtyfour::error::WebDriverResult;

const DAY: &str = "2026-11-23";
const PASSWORD: &str = "lantern otter kettle";

#[tokio::test]
async fn the_year_is_looked_at_changed_and_put_back() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    for (page, name) in [
        ("/calendar", "calendar-year"),
        ("/calendar?year=9", "calendar-year-9"),
        ("/calendar?view=month&month=2027-03", "calendar-month"),
        ("/calendar?view=list&year=9", "calendar-list"),
        ("/calendar/dates", "calendar-dates"),
        ("/calendar/dates/new", "calendar-date-new"),
        ("/calendar/national/2026-national-careers-week", "calendar-national-date"),
        ("/calendar/feeds", "calendar-feeds"),
        ("/exports", "exports"),
    ] {
        let and = if page.contains('?') { '&' } else { '?' };
        browser.visit_and_check_axe(&format!("{home}{page}{and}as-of={DAY}"), name).await.unwrap();
    }
    dates(&browser, &home).await.unwrap();
}

async fn dates(browser: &Browser, home: &str) -> WebDriverResult<()> {
    browser.visit(&format!("{home}/calendar/dates/new")).await?;
    browser.press("Add the date").await?;
    browser.examine("calendar-date-problems").await?;
    browser.fill("What is it?", "Year 10 parents’ evening").await?;
    browser.asked("document.getElementById('starts_on').value = '2027-02-04'").await?;
    browser.press("Add the date").await?;
    assert!(browser.text().await?.contains("Year 10 parents’ evening"));
    browser.press("Undo").await?;
    assert!(!browser.text().await?.contains("Year 10 parents’ evening"));
    assert!(browser.text().await?.contains("The calendar is as it was."));
    browser.press("Leave out: Autumn school census, 1 October 2026").await?;
    browser.visit(&format!("{home}/calendar")).await?;
    assert!(!browser.text().await?.contains("Autumn school census"));
    browser.visit(&format!("{home}/calendar/dates")).await?;
    browser.press("Show again: Autumn school census, 1 October 2026").await?;
    browser.visit(&format!("{home}/calendar")).await?;
    assert!(browser.text().await?.contains("Autumn school census"));
    Ok(())
}

#[tokio::test]
async fn the_year_prints_on_one_sheet() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    for page in ["/calendar", "/calendar?year=9"] {
        browser.visit(&format!("{home}{page}")).await.unwrap();
        assert_eq!(browser.printed_sheets().await.unwrap(), 1, "{page}");
    }
}

/// What a program that knows nothing of ours makes of a feed: read by Python's icalendar, and fetched twice by vdirsyncer.
#[tokio::test]
async fn other_programs_follow_the_calendar() {
    let server = Server::demo();
    let browser = Browser::open().await.unwrap();
    let home = sign_in(&server, &browser, "careers@academy.example.org").await.unwrap();
    browser.visit(&format!("{home}/calendar/feeds")).await.unwrap();
    browser.press("Make the address").await.unwrap();
    browser.examine("calendar-feed-made").await.unwrap();
    let shown = browser.asked("return document.querySelector('code.key').innerText").await.unwrap();
    let address = shown.as_str().unwrap().to_owned();
    let address = if address.starts_with('/') { server.at(&address) } else { address };

    let python = testkit::python::with(&["icalendar", "vdirsyncer"]);
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("read.py");
    fs::write(&script, READ).unwrap();
    let said = run(Command::new(&python).arg(&script).arg(&address));
    assert!(said.contains("read"), "{said}");

    let before = synchronised(&python, folder.path(), &address);
    assert!(before > 100, "{before}");
    // A second look finds the same.
    assert_eq!(synchronised(&python, folder.path(), &address), before);
    browser.press("End it").await.unwrap();
    let ended = Command::new(&python).arg(&script).arg(&address).output().unwrap();
    assert!(!ended.status.success(), "an ended feed tells nothing");
}

/// Every event has what a client needs; names and times are sound; nothing names a learner.
const READ: &str = r#"
import sys, urllib.request, icalendar, datetime
request = urllib.request.Request(sys.argv[1])
with urllib.request.urlopen(request) as answer:
    tag, text = answer.headers["ETag"], answer.read()
    assert answer.headers["Content-Type"].startswith("text/calendar"), answer.headers
try:
    again = urllib.request.Request(sys.argv[1], headers={"If-None-Match": tag})
    urllib.request.urlopen(again)
    raise SystemExit("it was sent again although nothing changed")
except urllib.error.HTTPError as unchanged:
    assert unchanged.code == 304, unchanged.code
calendar = icalendar.Calendar.from_ical(text)
assert calendar.errors == [] and str(calendar["VERSION"]) == "2.0"
assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=4), calendar["REFRESH-INTERVAL"]
zones = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
assert zones == ["Europe/London"], zones
events = calendar.walk("VEVENT")
uids = [str(event["UID"]) for event in events]
assert len(uids) == len(set(uids)) > 100, len(uids)
for event in events:
    assert event.errors == [], (event.errors, event)
    for field in ("SUMMARY", "DTSTART", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS"):
        assert field in event, (field, event)
    start = event["DTSTART"].dt
    if isinstance(start, datetime.datetime):
        assert start.utcoffset() is not None, event
    else:
        assert event["DTEND"].dt > start, event
titles = {str(event["SUMMARY"]) for event in events}
assert not any("uidance meeting" in title for title in titles), titles
assert "National Careers Week" in titles, titles
print("read", len(events))
"#;

/// Lets vdirsyncer fetch the feed into a folder, and counts what is there.
fn synchronised(python: &Path, folder: &Path, address: &str) -> usize {
    let (settings, kept) = (folder.join("vdirsyncer.ini"), folder.join("kept"));
    fs::create_dir_all(&kept).unwrap();
    let text = format!(
        "[general]\nstatus_path = \"{0}/status/\"\n\n[pair careers]\na = \"here\"\nb = \"there\"\ncollections = null\n\n\
         [storage here]\ntype = \"filesystem\"\npath = \"{0}/kept/\"\nfileext = \".ics\"\n\n\
         [storage there]\ntype = \"http\"\nurl = \"{address}\"\n",
        folder.display()
    );
    fs::write(&settings, text).unwrap();
    for what in ["discover", "sync"] {
        run(Command::new(python).args(["-m", "vdirsyncer", "-c"]).arg(&settings).arg(what));
    }
    fs::read_dir(&kept).unwrap().count()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}\n{}{}", said(&output.stdout), said(&output.stderr));
    said(&output.stdout)
}

/// Signs in, and returns the address of the institution's Home.
async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}
