//! The careers pages: a careers leader gives them a look, publishes them, the public reads and asks, and they are withdrawn again.

use std::fs;

use e2e::{Browser, Server};
use testkit::{
    mail::{Letter, MailServer},
    website::{Reply, Website},
};
use thirtyfour::error::WebDriverResult;

const PASSWORD: &str = "lantern otter kettle";
const PAGES: [(&str, &str); 15] = [
    ("", "Careers at Waymark Demo Academy"),
    ("learners.html", "For learners"),
    ("parents.html", "For parents and carers"),
    ("staff.html", "For staff"),
    ("employers.html", "For employers"),
    ("programme.html", "Careers programme"),
    ("roadmap.html", "roadmap"),
    ("journey.html", "learning journey"),
    ("guidance.html", "Personal guidance"),
    ("impact.html", "Impact"),
    ("destinations.html", "Destinations"),
    ("provider-access.html", "rovider access"),
    ("policy.html", "policy"),
    ("about.html", "About these pages"),
    ("ask", "Ask us"),
];

#[tokio::test]
async fn the_careers_pages_are_given_a_look_published_read_answered_and_withdrawn() {
    let mail = MailServer::start();
    let server = Server::demo_with_mail(mail.port());
    let leader = Browser::open().await.unwrap();
    let home = sign_in(&server, &leader).await.unwrap();
    looks(&server, &leader, &home).await.unwrap();
    publishes(&server, &leader, &home).await.unwrap();
    the_public_reads(&server).await.unwrap();
    the_public_asks(&server, &leader, &home, &mail).await.unwrap();
    others_embed(&server).await.unwrap();
    withdraws(&server, &leader, &home).await.unwrap();
}

async fn sign_in(server: &Server, browser: &Browser) -> WebDriverResult<String> {
    browser.visit(&server.at("/sign-in")).await?;
    browser.fill("E-mail address", "careers@academy.example.org").await?;
    browser.fill("Password", PASSWORD).await?;
    browser.press("Sign in").await?;
    browser.address().await
}

/// Colour and logo, with what is guarded and what is refused.
async fn looks(server: &Server, leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit_and_check_axe(&format!("{home}/website"), "website").await?;
    leader.press("Choose address, colour and logo").await?;
    leader.fill("In which colour?", "no colour").await?;
    leader.press("Save address and colour").await?;
    leader.says("Enter a colour such as").await?;
    assert_eq!(leader.field("In which colour?").await?.prop("value").await?.as_deref(), Some("no colour"));
    leader.fill("In which colour?", "#ffd700").await?;
    leader.press("Save address and colour").await?;
    leader.says("text needs 4.5").await?;
    leader.examine("website-look").await?;
    let drawing = server.folder().join("logo.png");
    fs::write(&drawing, "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")?;
    leader.fill("Choose the picture", &drawing.to_string_lossy()).await?;
    leader.fill("What does it show?", "A lantern over a river").await?;
    leader.press("Set the logo").await?;
    leader.says("must be a PNG or a JPEG picture").await?;
    leader.examine("website-look-refused").await?;
    assert_eq!(
        leader.field("What does it show?").await?.prop("value").await?.as_deref(),
        Some("A lantern over a river")
    );
    assert_eq!(leader.field("In which colour?").await?.prop("value").await?.as_deref(), Some("#ffd700"));
    fs::write(&drawing, PICTURE)?;
    leader.fill("Choose the picture", &drawing.to_string_lossy()).await?;
    leader.press("Set the logo").await?;
    leader.says("The logo is set").await?;
    Ok(())
}

/// A text is changed: the overview says what differs, the preview shows it, and the public sees it after publishing.
async fn publishes(server: &Server, leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit_and_check_axe(&format!("{home}/website/texts"), "website-texts").await?;
    leader.fill("What else do learners need to know?", "The careers corner has new chairs.").await?;
    leader.press("Save").await?;
    leader.says("The public sees them when you publish").await?;
    let said = leader.text().await?;
    assert!(
        said.contains("The page “For learners” says something else") && said.contains("The colour or the logo"),
        "{said}"
    );
    leader.unfold("What it says, and what the record says").await?;
    leader.says("The careers corner has new chairs.").await?;
    leader.examine("website-differs").await?;
    let public = server.at("/larkfield/learners.html");
    let anybody = Browser::open_without_any_script().await?;
    anybody.visit(&public).await?;
    assert!(!anybody.source().await?.contains("new chairs"));
    leader.visit(&format!("{home}/website/preview/learners.html")).await?;
    leader.says("new chairs").await?;
    leader.visit(&format!("{home}/website")).await?;
    leader.fill("What is new about it?", "A look of our own").await?;
    leader.press("Publish again").await?;
    leader.says("The pages are public as they are now").await?;
    leader.says("the same as the record").await?;
    leader.examine("website-published").await?;
    anybody.visit(&public).await?;
    assert!(anybody.source().await?.contains("new chairs"));
    Ok(())
}

async fn the_public_reads(server: &Server) -> WebDriverResult<()> {
    let anybody = Browser::open_without_any_script().await?;
    for (page, heading) in PAGES {
        anybody.visit(&server.at(&format!("/larkfield/{page}"))).await?;
        let html = anybody.source().await?;
        let title = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default();
        assert!(title.to_lowercase().contains(&heading.to_lowercase()), "{page}: {title}");
        assert!(!html.contains("<script"), "{page} has a script");
        let name = format!("site-{}", page.trim_end_matches(".html"));
        anybody.examine(name.trim_end_matches('-')).await?;
    }
    // In the reader's own colours, and on paper.
    anybody.visit(&server.at("/larkfield/")).await?;
    anybody.emulate("screen", &[("forced-colors", "active")]).await?;
    anybody.examine("site-forced-colours").await?;
    anybody.emulate("print", &[]).await?;
    let printed = anybody.text().await?;
    assert!(printed.contains("Whom to ask") && printed.contains("Published on"), "{printed}");
    for clutter in ["Menu", "Skip to the main content", "About these pages: accessibility"] {
        assert!(!printed.contains(clutter), "“{clutter}” is printed:\n{printed}");
    }
    assert_eq!(printed.matches("Impact").count(), 0, "the ways to other pages are printed:\n{printed}");
    assert!(anybody.printed_sheets().await? <= 2);
    Ok(())
}

/// Somebody asks, and the answer comes by letter.
async fn the_public_asks(server: &Server, leader: &Browser, home: &str, mail: &MailServer) -> WebDriverResult<()> {
    let parent = Browser::open_without_any_script().await?;
    parent.visit(&server.at("/larkfield/ask")).await?;
    parent.fill("Your question", "When is the options evening?").await?;
    parent.press("Send the question").await?;
    parent.examine("site-ask-problems").await?;
    let html = parent.source().await?;
    assert!(html.contains("Enter your name") && html.contains("When is the options evening?"), "{html}");
    parent.choose("A parent or carer").await?;
    parent.fill("Your name", "Jo Example").await?;
    parent.fill("Your e-mail address", "jo@example.org").await?;
    parent.press("Send the question").await?;
    parent.examine("site-asked").await?;
    // The form for providers stands within the same pages.
    parent.visit(&server.at("/larkfield/provider-access.html")).await?;
    parent.press("Ask to come in with a form").await?;
    parent.examine("site-request").await?;
    parent.fill("What would you like to tell learners about?", "Apprenticeships in joinery").await?;
    parent.press("Send the request").await?;
    parent.examine("site-request-problems").await?;
    let html = parent.source().await?;
    assert!(html.contains("class=\"site-nav\"") && html.contains("Apprenticeships in joinery"), "{html}");
    assert!(html.contains("<title>Error: Ask to come in – ") && html.contains("govuk-error-summary"), "{html}");
    leader.visit_and_check_axe(&format!("{home}/website/questions"), "website-questions").await?;
    leader.says("When is the options evening?").await?;
    // The latest stands first.
    leader.press("Send it as a letter").await?;
    leader.says("Write the answer that the letter is to bring").await?;
    leader.examine("website-questions-problem").await?;
    leader.fill("Your answer", "On Thursday at six, in the hall.").await?;
    leader.press("Send it as a letter").await?;
    leader.says("The answer goes as a letter").await?;
    leader.examine("website-questions-answered").await?;
    // The demo's own letters go as well: what is told of the question is among them.
    let mut told = 0;
    let letter = loop {
        let letter = next(mail).await;
        if letter.to == ["jo@example.org"] {
            break letter;
        }
        told += usize::from(
            letter.to == ["careers@academy.example.org"] && letter.text().contains("A parent or carer asked"),
        );
        assert!(!letter.text().contains("options evening"), "what is asked stays on the server");
    };
    assert!(told > 0, "the careers leader is told of the question");
    assert!(letter.text().contains("On Thursday at six, in the hall."), "{}", letter.text());
    leader.until("Letter sent").await?;
    Ok(())
}

/// On a page of another origin: the frame shows, the part fits in, and a whole page cannot be framed.
async fn others_embed(server: &Server) -> WebDriverResult<()> {
    let reader = Browser::open().await?;
    reader.visit(&server.at("/larkfield/embed/fragment.html")).await?;
    let part = reader.source().await?;
    let part = part.split("<section class=\"waymark-careers\"").nth(1).expect("one element");
    let part = part.split("</body>").next().unwrap_or_default().to_owned();
    assert!(part.contains(&server.at("/larkfield/learners.html")), "links are whole: {part}");
    let (frame, page, css) =
        (server.at("/larkfield/embed/frame.html"), server.at("/larkfield/"), server.at("/larkfield/site.css"));
    let host = Website::start(move |path| match path {
        "/" => Reply::Page(format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Our school</title><link rel=\"stylesheet\" href=\"{css}\"></head><body><main>\
             <h1>Our school</h1><iframe id=\"allowed\" title=\"Careers\" src=\"{frame}\" width=\"320\" height=\"500\"></iframe>\
             <iframe id=\"refused\" title=\"Whole\" src=\"{page}\" width=\"320\" height=\"200\"></iframe>\
             <section class=\"waymark-careers\"{part}</main></body></html>"
        )),
        _ => Reply::Status(404),
    });
    let visitor = Browser::open().await?;
    visitor.visit_and_check_axe(&host.address_by_name(), "site-embedded").await?;
    let framed = visitor.text_in_frame("#allowed").await?;
    assert!(framed.contains("Careers information") && framed.contains("Next review"), "{framed}");
    let refused = visitor.text_in_frame("#refused").await?;
    assert!(!refused.contains("Whom to ask"), "a whole page stands in a frame of somebody else's: {refused}");
    let colour = "return getComputedStyle(document.querySelector('.waymark-careers a')).color";
    let own = "return getComputedStyle(document.querySelector('main > h1')).color";
    assert_ne!(
        visitor.asked(colour).await?,
        visitor.asked(own).await?,
        "the part has its colours, and the page keeps its own"
    );
    // A link in the frame leaves it.
    visitor.press_in_frame("#allowed", "a[href$='learners.html']").await?;
    visitor.says("For learners").await?;
    assert_eq!(visitor.address().await?, server.at("/larkfield/learners.html"));
    Ok(())
}

async fn withdraws(server: &Server, leader: &Browser, home: &str) -> WebDriverResult<()> {
    leader.visit(&format!("{home}/website")).await?;
    leader.press("Withdraw the public pages").await?;
    leader.says("The public pages are withdrawn").await?;
    leader.examine("website-withdrawn").await?;
    let anybody = Browser::open().await?;
    for page in ["", "learners.html", "embed/frame.html", "ask"] {
        anybody.visit(&server.at(&format!("/larkfield/{page}"))).await?;
        assert!(!anybody.text().await?.contains("Whom to ask"), "{page} is still shown");
    }
    anybody.examine("site-gone").await?;
    // What was public is shown to people who work there: the first publication of all, and the latest.
    for (nth, chairs) in [(1, true), (2, false)] {
        leader.visit(&format!("{home}/website")).await?;
        leader.press_at(&format!("main table:last-of-type tbody tr:nth-child({nth}) th a")).await?;
        leader.says("Careers at Waymark Demo Academy").await?;
        let start = leader.address().await?;
        leader.visit(&format!("{start}learners.html")).await?;
        leader.says("For learners").await?;
        assert_eq!(leader.text().await?.contains("new chairs"), chairs, "publication {nth}");
    }
    leader.visit(&format!("{home}/website")).await?;
    leader.press("Show the withdrawn pages again").await?;
    leader.says("public again as they were").await?;
    anybody.visit(&server.at("/larkfield/")).await?;
    anybody.says("Whom to ask").await?;
    Ok(())
}

/// The next letter: an answer waits for half a minute, in which it can be taken back.
async fn next(mail: &MailServer) -> Letter {
    for _ in 0..600 {
        if let Some(letter) = mail.arrived() {
            return letter;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("no letter comes")
}

/// A white picture of one pixel.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xff, 0xff, 0xff, 0x7f, 0x00, 0x09, 0xfb, 0x03, 0xfd, 0x05, 0x43, 0x45,
    0xca, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
