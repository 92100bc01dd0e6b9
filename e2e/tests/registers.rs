//! Registers: two people at once, no connection, a workbook, a colleague's phone, a code on the board, a keyboard.

use std::fs;

use e2e::{Browser, Server, Width};
use rust_xlsxwriter::Workbook;
use thirtyfour::{Key, error::WebDriverResult};

const PASSWORD: &str = "lantern otter kettle";
/// An activity whose register expects the eight learners of year 9.
const ACTIVITY: &str = "\
activity,title,date,kind,provider-type,organisation,mode,hours,year-groups,checks
M1,Meet an engineer,2026-11-12,employer-encounter,,Ashdown Engineering,in-person,,9,purpose-shared
";
const LEARNERS: [(&str, &str, &str, &str); 8] = [
    ("E1", "Ottoline", "Quickthorn", "9A"),
    ("E2", "Barnaby", "Wrenfield", "9A"),
    ("E3", "Tamsin", "Underhedge", "9A"),
    ("E4", "Zoë", "O’Marlpit", "9A"),
    ("E5", "Sefton", "Larkrise", "9B"),
    ("E6", "Idony", "Copperthwaite", "9B"),
    ("E7", "Corin", "Hazelbank", "9B"),
    ("E8", "Merrin", "Fernlea", "9B"),
];

/// A school with one activity and two people; and where its register is.
struct School {
    server: Server,
    register: String,
}

async fn school() -> (School, Browser) {
    let server = Server::start();
    let folder = server.folder().join("school");
    fs::create_dir_all(&folder).unwrap();
    let institution = "name = \"Hollin Bank Academy\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 11\nyear-groups-of = \"2026/27\"\n";
    fs::write(folder.join("institution.toml"), institution).unwrap();
    let rows = LEARNERS.map(|(reference, forename, surname, form)| {
        format!("{reference},{forename},{surname},2012-10-04,,9,{form},,,,2024-09-01,\n")
    });
    let heading = "learner,forename,surname,date-of-birth,sex,year-group,form,sen,fsm,considering-he,joined,left\n";
    fs::write(folder.join("learners.csv"), format!("{heading}{}", rows.concat())).unwrap();
    fs::write(folder.join("activities.csv"), ACTIVITY).unwrap();
    fs::write(folder.join("participation.csv"), "activity,learner,status\n").unwrap();
    fs::write(server.folder().join("password"), PASSWORD).unwrap();
    server.beside(&["import", "school"]);
    for (email, name) in [("leader@school.example", "Careers Leader"), ("other@school.example", "Ms Example")] {
        server.beside(&["person", "add", email, "--name", name, "--password-file", "password"]);
    }
    let browser = Browser::open().await.unwrap();
    sign_in(&server, &browser, "leader@school.example").await.unwrap();
    let home = browser.address().await.unwrap();
    let home = home.split('?').next().unwrap();
    browser.visit(&format!("{home}/activities?as-of=2026-11-23")).await.unwrap();
    browser.press("Meet an engineer").await.unwrap();
    let activity = browser.address().await.unwrap();
    let register = format!("{}/register", activity.split('?').next().unwrap());
    (School { server, register }, browser)
}

async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<()> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await
}

/// Chooses a mark for the learner whose line has this name.
async fn mark(browser: &Browser, name: &str, value: &str) -> WebDriverResult<()> {
    let script = format!(
        "const row = [...document.querySelectorAll('.register tbody tr')].find(row => row.innerText.includes('{name}')); \
         row.querySelector('input[value=\"{value}\"]').click()"
    );
    browser.asked(&script).await.map(drop)
}

async fn press_save(browser: &Browser) -> WebDriverResult<()> {
    browser.asked("document.querySelector('.save-bar button').click()").await.map(drop)
}

/// Which mark each line shows.
async fn marks(browser: &Browser) -> WebDriverResult<Vec<String>> {
    let script = "return [...document.querySelectorAll('.register tbody input:checked')].map(one => one.value)";
    let marks = browser.asked(script).await?;
    Ok(marks.as_array().unwrap().iter().map(|mark| mark.as_str().unwrap_or_default().to_owned()).collect())
}

#[tokio::test]
async fn two_people_mark_one_register_at_once_and_no_mark_is_lost() {
    let (school, first) = school().await;
    let second = Browser::open().await.unwrap();
    sign_in(&school.server, &second, "other@school.example").await.unwrap();
    first.visit_and_check_axe(&school.register, "register").await.unwrap();
    second.visit(&school.register).await.unwrap();
    mark(&first, "Quickthorn", "attended").await.unwrap();
    mark(&first, "Wrenfield", "attended").await.unwrap();
    press_save(&first).await.unwrap();
    first.says("two marks were changed").await.unwrap();
    // The second saw an empty register: one mark differs, one agrees, one is new.
    mark(&second, "Quickthorn", "absent").await.unwrap();
    mark(&second, "Wrenfield", "attended").await.unwrap();
    mark(&second, "Underhedge", "excused").await.unwrap();
    press_save(&second).await.unwrap();
    second.says("You said absent. Careers Leader marked present at").await.unwrap();
    second.says("One mark is recorded.").await.unwrap();
    second.examine("register-conflict").await.unwrap();
    mark(&second, "Quickthorn", "absent").await.unwrap();
    second.press("Record these").await.unwrap();
    second.says("one mark was changed").await.unwrap();
    // By form and name: Marlpit, Quickthorn, Underhedge, Wrenfield; then 9B.
    assert_eq!(marks(&second).await.unwrap(), ["", "absent", "excused", "attended", "", "", "", ""]);
    // Taking it back gives the register its earlier mark.
    second.press("Undo").await.unwrap();
    assert_eq!(marks(&second).await.unwrap()[1], "attended");
}

#[tokio::test]
async fn marks_made_without_a_connection_are_sent_when_it_is_back() {
    let (school, browser) = school().await;
    browser.visit(&school.register).await.unwrap();
    browser.press("Mark 8 present").await.unwrap();
    browser.says("Eight learners are marked present").await.unwrap();
    browser.connect(false).await.unwrap();
    mark(&browser, "Larkrise", "absent").await.unwrap();
    mark(&browser, "Fernlea", "excused").await.unwrap();
    browser.says("2 marks are not recorded yet").await.unwrap();
    press_save(&browser).await.unwrap();
    browser.says("Not sent yet: 2 marks").await.unwrap();
    browser.examine("register-offline").await.unwrap();
    // What is kept names nobody.
    let kept = browser.asked("return JSON.stringify(localStorage)").await.unwrap().to_string();
    assert!(kept.contains("absent") && !kept.contains("Larkrise") && !kept.contains("Sefton"), "{kept}");
    browser.connect(true).await.unwrap();
    browser.says("two marks were changed").await.unwrap();
    let kept = browser.asked("return localStorage.length").await.unwrap();
    assert_eq!(kept, 0);
    // By name in 9B: Copperthwaite, Fernlea, Hazelbank, Larkrise.
    assert_eq!(marks(&browser).await.unwrap()[4..], ["attended", "excused", "attended", "absent"]);
    // Marks that were not recorded when the page went are there when it comes back.
    mark(&browser, "Hazelbank", "absent").await.unwrap();
    browser.visit(&school.register).await.unwrap();
    browser.says("1 mark is not recorded yet").await.unwrap();
    press_save(&browser).await.unwrap();
    browser.says("one mark was changed").await.unwrap();
}

#[tokio::test]
async fn a_workbook_that_comes_back_with_three_errors_changes_nothing_before_somebody_looked() {
    let (school, browser) = school().await;
    browser.visit(&school.register).await.unwrap();
    browser.press("Send it out as a spreadsheet").await.unwrap();
    browser.examine("register-sheet").await.unwrap();
    let path = school.server.folder().join("register.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in [
        ["Reference", "Name", "Mark"],
        ["E1", "Quickthorn, Ottoline", "Present"],
        ["E2", "Wrenfield, Barnaby", "Preesnt"],
        ["E99", "Nobody, Here", "Present"],
        ["E5", "Larkrise, Sefton", "Absent"],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in line.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    sheet.write(5, 0, "E6").unwrap();
    sheet.write_formula(5, 2, "=C2").unwrap();
    workbook.save(&path).unwrap();
    browser.fill("The register that came back", &path.to_string_lossy()).await.unwrap();
    browser.press("Check the file").await.unwrap();
    for said in ["C3", "Preesnt", "A4", "E99", "C6", "formula", "Two marks are new", "Three cells have"] {
        browser.says(said).await.unwrap();
    }
    browser.examine("register-sheet-check").await.unwrap();
    browser.press("Record these two marks").await.unwrap();
    browser.says("two marks were changed").await.unwrap();
    assert_eq!(marks(&browser).await.unwrap(), ["", "attended", "", "", "", "", "", "absent"]);

    browser.press("Paste or scan a list").await.unwrap();
    browser.examine("register-list").await.unwrap();
    browser.fill("The list, one learner on each line", "1. zoe omarlpit\nE3\nNobody Here").await.unwrap();
    browser.press("Check the list").await.unwrap();
    browser.examine("register-list-check").await.unwrap();
    browser.press("Mark two learners present").await.unwrap();
    assert_eq!(marks(&browser).await.unwrap()[..4], ["attended", "attended", "attended", ""]);
    browser.visit_and_check_axe(&format!("{}/paper", school.register), "register-paper").await.unwrap();
}

#[tokio::test]
async fn a_colleague_marks_one_form_on_a_phone_and_learners_check_in_with_a_code() {
    let (school, browser) = school().await;
    browser.visit_and_check_axe(&format!("{}/links", school.register), "register-links").await.unwrap();
    browser.fill("For whom", "Cover on Thursday").await.unwrap();
    browser.select("Which learners", "9A").await.unwrap();
    browser.press("Make the link").await.unwrap();
    browser.examine("register-link-made").await.unwrap();
    let link = browser.asked("return document.getElementById('link').value").await.unwrap();
    let link = link.as_str().unwrap().to_owned();

    let phone = Browser::open().await.unwrap();
    phone.resize(Width::Phone).await.unwrap();
    phone.visit(&link).await.unwrap();
    let text = phone.text().await.unwrap();
    assert!(text.contains("Quickthorn, Ottoline") && !text.contains("Larkrise") && !text.contains("2012"), "{text}");
    mark(&phone, "Quickthorn", "attended").await.unwrap();
    mark(&phone, "Underhedge", "absent").await.unwrap();
    press_save(&phone).await.unwrap();
    phone.says("two marks were changed").await.unwrap();
    phone.examine("register-phone").await.unwrap();

    browser.press("I have handed it over").await.unwrap();
    browser.says("Cover on Thursday").await.unwrap();
    browser.press("End").await.unwrap();
    phone.visit(&link).await.unwrap();
    phone.says("ended by the school").await.unwrap();
    phone.examine("register-link-ended").await.unwrap();

    browser.visit_and_check_axe(&format!("{}/check-in", school.register), "register-check-in").await.unwrap();
    browser.press("Open the check-in").await.unwrap();
    browser.examine("register-check-in-open").await.unwrap();
    browser.press("Show it large").await.unwrap();
    browser.examine("register-board").await.unwrap();
    let code = browser.asked("return document.querySelector('.big-code').innerText").await.unwrap();
    let open = browser.asked("return document.querySelector('.lead .code-like').innerText").await.unwrap();
    phone.visit(open.as_str().unwrap()).await.unwrap();
    phone.examine("register-arrive").await.unwrap();
    for (day, answer) in [("5", "do not go together"), ("4", "You are marked present")] {
        phone.fill("Code on the board", code.as_str().unwrap()).await.unwrap();
        phone.fill("First name", "zoe").await.unwrap();
        phone.fill("Last name", "O'Marlpit").await.unwrap();
        phone.fill("Day", day).await.unwrap();
        phone.fill("Month", "10").await.unwrap();
        phone.press("I am here").await.unwrap();
        phone.says(answer).await.unwrap();
    }
    browser.press("Back to who has come").await.unwrap();
    browser.says("O’Marlpit, Zoë").await.unwrap();
    browser.press("End the code now").await.unwrap();
    browser.says("The code has ended").await.unwrap();
}

#[tokio::test]
async fn a_register_is_marked_and_saved_with_the_keyboard_alone() {
    let (school, browser) = school().await;
    browser.visit(&school.register).await.unwrap();
    // To the first learner, as somebody would with Tab.
    let here = "return document.activeElement.closest('tr')?.innerText ?? ''";
    for _ in 0..60 {
        if browser.asked(here).await.unwrap().as_str().unwrap().contains("Marlpit")
            && browser.asked("return document.activeElement.type").await.unwrap() == "radio"
        {
            break;
        }
        browser.type_keys(&Key::Tab.value().to_string()).await.unwrap();
    }
    // Present, absent, excused; then an arrow key as in any group of radio buttons.
    browser.type_keys("p").await.unwrap();
    browser.type_keys("a").await.unwrap();
    browser.type_keys("e").await.unwrap();
    browser.type_keys(&Key::Right.value().to_string()).await.unwrap();
    browser.says("4 marks are not recorded yet").await.unwrap();
    browser.type_keys(&Key::Enter.value().to_string()).await.unwrap();
    browser.says("four marks were changed").await.unwrap();
    let marks = marks(&browser).await.unwrap();
    assert_eq!(marks[..3], ["attended", "absent", "excused"]);
    assert_ne!(marks[3], "");
}
