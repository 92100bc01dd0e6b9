//! The careers policy from a draft to what the public reads: what is missing is entered, clauses are confirmed and written, a senior
//! leader signs, governors approve, it is published; and Home says when a name in it is no longer so.

use e2e::{Browser, Server};
use serde_json::Value;
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";
const CAREERS_LEADER: &str = "careers@academy.example.org";
const SENIOR_LEADER: &str = "senior@academy.example.org";

/// Words that nobody else writes.
const OURS: &str = "Every tutor asks each learner in March what they would like to find out next.";

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
/// Everything in a field is marked, so that what is typed takes its place.
const ALL: &str = "\u{e009}a\u{e000}";

#[tokio::test]
async fn a_policy_is_written_signed_approved_published_and_read_by_the_public() {
    let server = Server::demo();
    let leader = Browser::open().await.unwrap();
    let home = sign_in(&server, &leader, CAREERS_LEADER).await.unwrap();
    begin_the_other_paper(&leader, &home).await.unwrap();
    nobody_is_the_adviser(&leader, &home).await.unwrap();
    let policy = draft(&leader, &home).await.unwrap();

    let senior = Browser::open().await.unwrap();
    sign_in(&server, &senior, SENIOR_LEADER).await.unwrap();
    senior.visit_and_check_axe(&format!("{policy}/signature"), "policy-signature-early").await.unwrap();
    assert!(senior.text().await.unwrap().contains("things still stand against signing it"), "four are left");

    enter_what_is_missing(&leader, &policy).await.unwrap();
    confirm_and_write(&leader, &policy).await.unwrap();
    sign_and_approve(&senior, &policy).await.unwrap();
    publish(&senior, &leader, &home, &policy).await.unwrap();
    the_public_reads(&server, &leader, &home).await.unwrap();
    the_senior_leader_leaves(&leader, &home).await.unwrap();
}

/// Signs in, and returns the address of the institution's Home.
async fn sign_in(server: &Server, browser: &Browser, email: &str) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", email).await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    Ok(browser.address().await?.split('?').next().unwrap_or_default().to_owned())
}

async fn begin_the_other_paper(leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit(home).await?;
    leader.says("Look over the careers policy by").await?;
    leader.visit_and_check_axe(&format!("{home}/policy"), "policy-overview").await?;
    let said = leader.text().await?;
    assert!(
        said.contains("sections are ready") && said.contains("Version 2 is a draft, with three things to do"),
        "{said}"
    );
    leader.press_at("form[action*='/provider-access/begin'] button").await?;
    leader.says("The draft has begun. What the record knows is filled in already.").await?;
    leader.examine("policy-provider-access-draft").await
}

async fn nobody_is_the_adviser(leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit(&format!("{home}/careers-team/careers-adviser")).await?;
    for field in ["Name", "Title", "E-mail address", "Telephone number", "Qualification"] {
        leader.fill(field, "").await?;
    }
    leader.press("Save the post").await
}

/// The address of this year's policy.
async fn draft(leader: &Browser, home: &str) -> WebDriverResult<String> {
    leader.visit(&format!("{home}/policy")).await?;
    leader.press_at("section[aria-labelledby='careers-policy'] tbody a").await?;
    leader.examine("policy-draft").await?;
    Ok(leader.address().await?.split('?').next().unwrap_or_default().to_owned())
}

async fn enter_what_is_missing(leader: &Browser, policy: &str) -> WebDriverResult<()> {
    leader.visit_and_check_axe(&format!("{policy}/checks"), "policy-checks").await?;
    let said = leader.text().await?;
    for left in [
        "Careers adviser, with qualification is not entered yet.",
        "There is no review date.",
        "this is an example: confirm it, or put your own words in its place.",
    ] {
        assert!(said.contains(left), "{left}: {said}");
    }
    leader.press("Enter it").await?;
    leader.fill("Name", "Linden Marlowe").await?;
    leader.fill("Title", "Careers adviser").await?;
    leader.fill("Qualification", "Level 6 Diploma in Career Guidance and Development").await?;
    leader.press("Save the post").await?;
    assert_eq!(leader.heading().await?, "Before you sign", "whoever came from there comes back");
    let said = leader.text().await?;
    assert!(said.contains("The post is saved.") && !said.contains("is not entered yet"), "{said}");

    leader.press("Set the review date").await?;
    leader.fill("By when is it to be looked over again?", "01/31/2040").await?;
    leader.press_at("#review button").await?;
    leader.says("Enter a day not after").await?;
    leader.examine("policy-review-too-late").await?;
    leader.fill("By when is it to be looked over again?", "09/01/2028").await?;
    leader.press_at("#review button").await?;
    leader.says("The review date is set.").await
}

async fn confirm_and_write(leader: &Browser, policy: &str) -> WebDriverResult<()> {
    leader.visit(&format!("{policy}/checks")).await?;
    leader.press("Go to the clause").await?;
    leader.examine("policy-section").await?;
    let labels = "return [...document.querySelectorAll('strong.provenance')].every(label => label.innerText.trim() \
                  && getComputedStyle(label).backgroundColor !== 'rgba(0, 0, 0, 0)')";
    assert_eq!(leader.asked(labels).await?, Value::Bool(true), "how far a clause binds is told by colour and by label");
    leader.press("Confirm it as it is").await?;
    leader.says("It is saved.").await?;

    // The next one is written with the keyboard alone.
    leader.visit(&format!("{policy}/checks")).await?;
    walk_to(leader, "Go to the clause").await?;
    leader.type_keys(ENTER).await?;
    leader.says("Our example: confirm it, or write your own").await?;
    let example = "document.querySelector('.policy-clause.example a[href*=\"/clauses/\"]')";
    let wanted = leader.asked(&format!("return {example}.getAttribute('href')")).await?;
    for _ in 0..200 {
        leader.type_keys(TAB).await?;
        if leader.asked(&format!("return document.activeElement === {example}")).await? == Value::Bool(true) {
            break;
        }
    }
    leader.type_keys(ENTER).await?;
    leader.says("Your words").await?;
    assert!(leader.address().await?.ends_with(wanted.as_str().unwrap_or("no address")));
    walk_to(leader, "Your words").await?;
    leader.type_keys(&format!("{ALL}\u{e003}")).await?;
    walk_to(leader, "Save").await?;
    leader.type_keys(ENTER).await?;
    leader.says("Enter your words, or go back without saving.").await?;
    leader.examine("policy-clause-blank").await?;
    walk_to(leader, "Your words").await?;
    leader.type_keys(OURS).await?;
    walk_to(leader, "See how it reads").await?;
    leader.type_keys(ENTER).await?;
    leader.says("Not saved yet.").await?;
    leader.examine("policy-clause-preview").await?;
    walk_to(leader, "Save").await?;
    leader.type_keys(ENTER).await?;
    leader.says("It is saved.").await?;
    assert!(leader.text().await?.contains(OURS));
    leader.visit_and_check_axe(&format!("{policy}/checks"), "policy-checks-done").await?;
    assert!(!leader.text().await?.contains("To do before signing"), "nothing is left");
    Ok(())
}

/// Presses Tab until the focus is on what says this, or is labelled so.
async fn walk_to(browser: &Browser, label: &str) -> WebDriverResult<()> {
    for _ in 0..200 {
        browser.type_keys(TAB).await?;
        let named = browser
            .asked(
                "const on = document.activeElement; \
                 return (on.labels && on.labels.length ? on.labels[0].innerText : on.innerText || '').trim()",
            )
            .await?;
        if named.as_str().is_some_and(|named| named.starts_with(label)) {
            return Ok(());
        }
    }
    panic!("the keyboard does not reach “{label}”:\n{}", browser.text().await?)
}

async fn sign_and_approve(senior: &Browser, policy: &str) -> WebDriverResult<()> {
    senior.visit_and_check_axe(&format!("{policy}/signature"), "policy-signature").await?;
    assert!(senior.text().await?.contains(OURS), "the whole text is read before it is signed");
    senior.fill("Which senior leader signs?", "").await?;
    senior.fill("As what?", "").await?;
    senior.press("Sign this text").await?;
    let said = senior.text().await?;
    for problem in ["Enter the senior leader’s name", "Enter their post"] {
        assert!(said.contains(problem), "{problem}: {said}");
    }
    senior.examine("policy-signature-problems").await?;
    senior.fill("Which senior leader signs?", "Marguerite Oakhollow").await?;
    senior.fill("As what?", "Deputy headteacher").await?;
    senior.press("Sign this text").await?;
    senior.says("The signature is recorded, and the text is kept whole.").await?;
    senior.examine("policy-signed").await?;

    senior.press("Record the governors’ approval").await?;
    senior.examine("policy-approval").await?;
    senior.fill("Who approved it?", "Full governing board").await?;
    senior.press("Record the approval").await?;
    senior.says("Enter where the minutes say so").await?;
    let by = senior.asked("return document.querySelector('[name=by]').value").await?;
    assert_eq!(by, "Full governing board", "what was typed is still there");
    senior.fill("Where do the minutes say so?", "item 7.3").await?;
    senior.press("Record the approval").await?;
    senior.says("It can be published now.").await?;
    senior.examine("policy-approved").await
}

async fn publish(senior: &Browser, leader: &Browser, home: &str, policy: &str) -> WebDriverResult<()> {
    senior.press("Publish it").await?;
    senior.says("It is published and applies from now on.").await?;
    senior.examine("policy-published").await?;

    leader.visit_and_check_axe(&format!("{home}/policy"), "policy-overview-after").await?;
    let said = leader.text().await?;
    assert!(said.contains("Superseded") && said.contains("Version 2 applies"), "both versions are kept: {said}");
    leader.press("With the one before").await?;
    leader.examine("policy-compare").await?;
    let new =
        leader.asked("return [...document.querySelectorAll('main ins')].map(new_ => new_.innerText).join(' ')").await?;
    assert!(new.as_str().is_some_and(|new| new.contains("March")), "what is new in it is marked: {new}");
    leader.visit_and_check_axe(&format!("{policy}/text"), "policy-text").await?;
    assert!(leader.text().await?.contains(OURS));
    for (format, media_type, begins) in [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK"),
        ("pdf", "application/pdf", "%PDF-"),
    ] {
        let file = leader
            .asked(&format!(
                "return fetch(document.querySelector(\"main a[href*='format={format}']\").href).then(async answer => {{ \
                 const bytes = new Uint8Array(await answer.arrayBuffer()); return {{ type: answer.headers.get('content-type'), \
                 name: answer.headers.get('content-disposition'), size: bytes.length, \
                 begins: String.fromCharCode(...bytes.slice(0, 5)) }} }})"
            ))
            .await?;
        assert_eq!(file["type"], media_type, "{file}");
        assert!(
            file["name"].as_str().is_some_and(|name| name.contains(&format!("careers-policy-2.{format}"))),
            "{file}"
        );
        assert!(file["begins"].as_str().is_some_and(|bytes| bytes.starts_with(begins)), "{file}");
        assert!(file["size"].as_u64() > Some(10_000), "{file}");
    }
    Ok(())
}

async fn the_public_reads(server: &Server, leader: &Browser, home: &str) -> WebDriverResult<()> {
    let public = Browser::open_without_scripts().await?;
    public.visit(&server.at("/larkfield/policy.html")).await?;
    assert!(!public.text().await?.contains(OURS), "the public pages change when they are published");
    leader.visit(&format!("{home}/website")).await?;
    leader.press("Publish again").await?;
    public.visit_and_check_axe(&server.at("/larkfield/policy.html"), "policy-public").await?;
    let said = public.text().await?;
    for part in [OURS, "Marguerite Oakhollow, Deputy headteacher", "item 7.3"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    Ok(())
}

async fn the_senior_leader_leaves(leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit(&format!("{home}/careers-team/senior-leader")).await?;
    leader.fill("Name", "Thora Wickstead").await?;
    leader.press("Save the post").await?;
    leader.visit_and_check_axe(home, "policy-home").await?;
    let said = leader.text().await?;
    assert!(
        said.contains("The careers policy names what has changed: Senior leader who answers for careers"),
        "{said}"
    );
    leader.press("The careers policy names what has changed").await?;
    assert_eq!(leader.heading().await?, "Careers policy, version 2");
    Ok(())
}
