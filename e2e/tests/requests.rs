//! A provider asks for access without script or account, is asked, answers, is granted, comes and counts; another is refused. Letters
//! arrive at a real mail server, and every page is examined wide and on a phone.

use std::{fs, time::Duration};

use e2e::{Browser, Server};
use testkit::mail::{Letter, MailServer};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";
const LEARNERS: [(&str, &str, &str); 6] = [
    ("E1", "Ottoline", "Quickthorn"),
    ("E2", "Barnaby", "Wrenfield"),
    ("E3", "Tamsin", "Underhedge"),
    ("E4", "Zoë", "O’Marlpit"),
    ("E5", "Sefton", "Larkrise"),
    ("E6", "Idony", "Copperthwaite"),
];
const SIX: &str = "approved-provider;school-day;pal-offer;pal-careers;pal-experience;pal-questions";

#[tokio::test]
async fn a_provider_asks_is_granted_comes_and_the_learners_figures_change() {
    journey().await.unwrap();
}

async fn journey() -> WebDriverResult<()> {
    let mail = MailServer::start();
    let server = Server::start_with_mail(mail.port());
    let mut post = Post { server: mail, waiting: Vec::new() };
    let leader = Browser::open().await?;
    let (today, year) = today(&leader).await?;
    let home = school(&server, &leader, year).await?;
    let institution = home.rsplit('/').next().unwrap_or_default().to_owned();

    // One occasion lies behind Year 8; nobody has the two that the first phase takes.
    assert_eq!(met(&leader, &home).await?, (0, 6));

    // A provider, without script.
    let provider = Browser::open_without_scripts().await?;
    let form = server.at(&format!("/{institution}/request"));
    provider.visit_and_check_axe(&form, "requests-ask").await?;
    let opened = tokio::time::Instant::now();
    ask(&provider, "Riverbank College", "sam@riverbank.example").await?;
    provider.fill("E-mail address", "sam at riverbank").await?;
    tokio::time::sleep_until(opened + Duration::from_secs(4)).await;
    provider.press("Send the request").await?;
    provider.examine("requests-ask-problems").await?;
    provider.says("Enter an e-mail address such as").await?;
    // What was typed is still there, but for what was wrong.
    provider.fill("E-mail address", "sam@riverbank.example").await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    provider.press("Send the request").await?;
    provider.examine("requests-status-received").await?;
    let heading = provider.heading().await?;
    let reference = heading.rsplit(' ').next().unwrap_or_default().to_owned();
    assert!(reference.starts_with("PA-"), "{heading}");
    provider.says(&format!("Its reference is {reference}")).await?;
    provider.says("Received. You will have an answer by").await?;
    let received = post.letter("sam@riverbank.example", "").await;
    assert!(received.header("subject").contains(&reference), "{}", received.header("subject"));
    let letter_link = received.link(&server.at("/"));

    // The careers leader has a letter too, and sees it on Home.
    let told = post.letter("leader@school.example", "").await;
    assert!(told.text().contains("Riverbank College asks to meet learners"), "{}", told.text());
    leader.visit(&home).await?;
    leader.says("1 provider waits for an answer").await?;
    leader.examine("requests-home").await?;
    leader.press("1 provider waits for an answer").await?;
    leader.examine("requests-list").await?;
    leader.press(&reference).await?;
    leader.examine("requests-one-received").await?;
    leader.unfold("Ask them something first").await?;
    leader.fill("What would you like to know?", "Which of your courses begin at 16?").await?;
    leader.press("Ask the provider").await?;
    leader.examine("requests-one-asked").await?;

    // The provider answers, by the link of the first letter.
    let question = post.letter("sam@riverbank.example", "").await;
    assert!(question.text().contains("Which of your courses begin at 16?"), "{}", question.text());
    provider.visit_and_check_axe(&letter_link, "requests-status-asked").await?;
    provider.says("You were asked something.").await?;
    provider.fill("What would you like to add?", "Health and science").await?;
    provider.press("Send it").await?;
    provider.says("Under review. You will have an answer by").await?;
    post.letter("leader@school.example", "").await;

    // Granted with day, room, cohort and host; by mistake in the wrong room, so it is taken back before a letter goes.
    leader.visit(&leader.address().await?).await?;
    leader.says("Health and science").await?;
    grant(&leader, &today, "Gymnasium").await?;
    leader.says("Until then this can be taken back, and nobody hears of it.").await?;
    leader.examine("requests-one-granted").await?;
    leader.press("Take it back").await?;
    leader.says("nobody had a letter about it").await?;
    grant(&leader, &today, "Main hall").await?;
    leader.says("Main hall").await?;
    let page = leader.address().await?;

    // Who visits: a time that is none is said, and everything typed is still there.
    leader.fill("Name", "Kit Example").await?;
    leader.fill("Came at", "ten").await?;
    leader.press("Save who visits").await?;
    leader.says("Visitor 1: “ten” is not a time.").await?;
    leader.examine("requests-one-visitors-problem").await?;
    assert_eq!(value(&leader, "name-1").await?, "Kit Example");
    leader.fill("What they are", "Course leader").await?;
    leader.fill("Came at", "09:15").await?;
    leader.fill("Left at", "10:45").await?;
    leader.select("Are they checked?", "Yes, the employer assures").await?;
    leader.fill("Who is with them", "Ms Example").await?;
    leader.fill("Who looked at what they bring", "Ms Example").await?;
    leader.choose("Identity seen").await?;
    leader.press("Save who visits").await?;
    leader.says("Who visits is saved.").await?;
    assert!(!leader.text().await?.contains("identity not seen"), "{}", leader.text().await?);

    // The register, then what was so: it counts as agreed, and no longer with one box open.
    leader.press("Its register").await?;
    let everybody = "document.querySelectorAll('.register tbody input[value=attended]').forEach(one => one.click())";
    leader.asked(everybody).await?;
    leader.asked("document.querySelector('.save-bar button').click()").await?;
    leader.says("marks were changed").await?;
    assert_eq!(met(&leader, &home).await?, (6, 0));
    leader.visit(&page).await?;
    leader.says("What was so?").await?;
    leader.choose("It was asked to answer learners’ questions").await?;
    leader.press("Confirm the visit").await?;
    leader.says("It does not count until every box is ticked.").await?;
    leader.examine("requests-one-delivered").await?;
    assert_eq!(met(&leader, &home).await?, (0, 6));
    leader.visit(&page).await?;
    leader.choose("It was asked to answer learners’ questions").await?;
    leader.press("Correct what was so").await?;
    leader.says("It counts for provider access.").await?;
    leader.says("6 were there; it counts for 6 of them.").await?;
    assert_eq!(met(&leader, &home).await?, (6, 0));
    leader.visit(&page).await?;
    leader.choose("Very useful").await?;
    leader.fill("How did it go?", "Good questions on both sides").await?;
    leader.press("Keep how it went").await?;
    leader.says("Good questions on both sides").await?;
    leader.examine("requests-one-evaluated").await?;
    let thanks = post.letter("sam@riverbank.example", "Thank you for coming").await;
    let feedback = thanks.link(&server.at("/feedback/"));
    provider.visit_and_check_axe(&feedback, "requests-feedback").await?;
    provider.visit_and_check_axe(&letter_link, "requests-status-delivered").await?;
    provider.says("Your visit took place. Thank you.").await?;

    // Another came by telephone, and is refused on a published ground.
    leader.visit_and_check_axe(&format!("{home}/provider-access/requests/new"), "requests-taken").await?;
    leader.press("Record the request").await?;
    leader.examine("requests-taken-problems").await?;
    leader.choose("By telephone").await?;
    leader.fill("Organisation", "Pinnacle Tutors").await?;
    leader.fill("Whom do we write or speak to?", "Alex Example").await?;
    leader.fill("E-mail address", "alex@pinnacle.example").await?;
    leader.fill("What would they tell learners about?", "Private tuition").await?;
    leader.choose("Year 11").await?;
    leader.fill("When would they like to come?", "Soon").await?;
    leader.press("Record the request").await?;
    leader.says("It came by telephone, and Careers Leader took it.").await?;
    post.letter("alex@pinnacle.example", "").await;
    leader.unfold("Refuse it or put it off").await?;
    leader.press("Refuse the request").await?;
    leader.says("Choose one of the published grounds.").await?;
    leader.examine("requests-one-refuse-problems").await?;
    leader.choose("offers no approved technical qualifications").await?;
    leader.fill("Why?", "Tuition is a choice of each family.").await?;
    leader.press("Refuse the request").await?;
    leader.examine("requests-one-refused").await?;
    leader.says("It stands in the log of refusals").await?;
    leader.visit_and_check_axe(&format!("{home}/provider-access/requests?state=refused"), "requests-refused").await?;
    leader.says("Pinnacle Tutors").await?;
    leader.visit_and_check_axe(&format!("{home}/provider-access"), "requests-provider-access").await?;
    // Two minutes after the decisions their letters have gone, and the first decision's never did.
    let granted = post.letter("sam@riverbank.example", "You are welcome").await;
    let text = granted.text();
    assert!(text.contains("Main hall") && text.contains("Ms Example") && !text.contains("Gymnasium"), "{text}");
    let refused = post.letter("alex@pinnacle.example", "About your request").await;
    assert!(refused.text().contains("Tuition is a choice of each family."), "{}", refused.text());
    provider.visit_and_check_axe(&refused.link(&server.at("/")), "requests-status-refused").await?;
    provider.says("Refused. The ground, from the published list:").await
}

/// Fills the public form in.
async fn ask(provider: &Browser, organisation: &str, email: &str) -> WebDriverResult<()> {
    provider.fill("Your organisation", organisation).await?;
    provider.choose("Further education college").await?;
    provider.fill("Whom do we write to?", "Sam Example").await?;
    provider.fill("E-mail address", email).await?;
    provider.fill("What would you like to tell learners about?", "T Levels <b>in health</b>").await?;
    for covered in ["Who we are", "The careers that", "What learning or training", "Answers to learners"] {
        provider.choose(covered).await?;
    }
    provider.choose("Year 8").await?;
    provider.fill("When would you like to come?", "Any day").await?;
    provider.fill("How many people come?", "1").await
}

/// Grants the request that the page shows, for today.
async fn grant(leader: &Browser, today: &str, room: &str) -> WebDriverResult<()> {
    leader.asked(&format!("document.getElementById('date').value = '{today}'")).await?;
    leader.fill("From", "09:30").await?;
    leader.fill("To", "10:30").await?;
    leader.fill("Where?", room).await?;
    leader.fill("Who receives them?", "Ms Example").await?;
    leader.choose("They offer approved technical qualifications").await?;
    leader.press("Grant the request").await
}

/// What stands in a field.
async fn value(browser: &Browser, id: &str) -> WebDriverResult<String> {
    let value = browser.asked(&format!("return document.getElementById('{id}').value")).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// How many of Year 8 have met the first phase and how many have not, on the page of provider access and on that of the requirement.
async fn met(browser: &Browser, home: &str) -> WebDriverResult<(u64, u64)> {
    browser.visit(&format!("{home}/provider-access")).await?;
    let row = "const row = [...document.querySelectorAll('main section tbody tr')].find(row => row.cells[0].innerText.trim() === 'Year 8'); \
               return [row.cells[2].innerText, row.cells[3].innerText].map(Number)";
    let row = browser.asked(row).await?;
    browser.visit(&format!("{home}/requirements/pal.first")).await?;
    let numbers = "return ['Met', 'Due'].map(label => Number([...document.querySelectorAll('.big-numbers li')].find(one => \
                   one.innerText.includes(label)).querySelector('.n').innerText))";
    let numbers = browser.asked(numbers).await?;
    assert_eq!(row, numbers, "both pages say the same");
    let number = |at: usize| row[at].as_u64().unwrap_or_default();
    Ok((number(0), number(1)))
}

/// Today in England, and the calendar year in which the academic year began.
async fn today(browser: &Browser) -> WebDriverResult<(String, i64)> {
    let day = "return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date())";
    let day = browser.asked(day).await?.as_str().unwrap_or_default().to_owned();
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<i64>().ok()).unwrap_or_default();
    let mut parts = day.split('-');
    let (year, month) = (number(parts.next()), number(parts.next()));
    Ok((day.clone(), if month >= 9 { year } else { year - 1 }))
}

/// A school with six learners in Year 8, who have met one provider; the address of its Home, with its careers leader signed in.
async fn school(server: &Server, leader: &Browser, year: i64) -> WebDriverResult<String> {
    let folder = server.folder().join("school");
    fs::create_dir_all(&folder)?;
    let of = format!("{year}/{:02}", (year + 1) % 100);
    let institution = format!(
        "name = \"Hollin Bank Academy\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 11\nyear-groups-of = \"{of}\"\n"
    );
    fs::write(folder.join("institution.toml"), institution)?;
    let born = year - 13;
    let rows = LEARNERS.map(|(reference, forename, surname)| {
        format!("{reference},{forename},{surname},{born}-10-04,,8,8A,,,,{}-09-01,\n", year - 1)
    });
    let heading = "learner,forename,surname,date-of-birth,sex,year-group,form,sen,fsm,considering-he,joined,left\n";
    fs::write(folder.join("learners.csv"), format!("{heading}{}", rows.concat()))?;
    let activities = format!(
        "activity,title,date,kind,provider-type,organisation,mode,hours,year-groups,checks\n\
         M1,Routes after school,{year}-09-02,provider-encounter,training-provider,Ashdown Training,in-person,,8,{SIX}\n"
    );
    fs::write(folder.join("activities.csv"), activities)?;
    let there = LEARNERS.map(|(reference, ..)| format!("M1,{reference},attended\n"));
    fs::write(folder.join("participation.csv"), format!("activity,learner,status\n{}", there.concat()))?;
    fs::write(server.folder().join("password"), PASSWORD)?;
    server.beside(&["import", "school"]);
    server.beside(&[
        "person",
        "add",
        "leader@school.example",
        "--name",
        "Careers Leader",
        "--password-file",
        "password",
    ]);
    leader.visit(&server.at("/sign-in")).await?;
    leader.fill("E-mail address", "leader@school.example").await?;
    leader.fill("Password", PASSWORD).await?;
    leader.press("Sign in").await?;
    let home = leader.address().await?.split('?').next().unwrap_or_default().to_owned();
    leader.visit(&format!("{home}/careers-team/careers-leader")).await?;
    leader.fill("Name", "Careers Leader").await?;
    leader.fill("E-mail address", "leader@school.example").await?;
    leader.press("Save the post").await?;
    Ok(home)
}

/// The letters that have arrived, until somebody asks for them.
struct Post {
    server: MailServer,
    waiting: Vec<Letter>,
}

impl Post {
    /// The next letter to somebody whose subject contains this. That of a decision takes its two minutes.
    async fn letter(&mut self, to: &str, about: &str) -> Letter {
        for _ in 0..1_000 {
            while let Some(letter) = self.server.arrived() {
                self.waiting.push(letter);
            }
            let is_it = |letter: &Letter| letter.to == [to] && letter.header("subject").contains(about);
            if let Some(at) = self.waiting.iter().position(is_it) {
                return self.waiting.remove(at);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("no letter to {to} about “{about}” among {:?}", self.waiting);
    }
}
