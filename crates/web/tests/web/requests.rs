//! The public form of provider requests, met by programs and by people who mean no good.

use axum::http::StatusCode;
use jiff::ToSpan;

use crate::harness::{Browser, Installation, Page, install};

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

/// Sends the public form, so many seconds after it was opened, with these fields in place of harmless ones.
async fn send(installation: &Installation, form: &str, seconds: i64, fields: &[(&str, &str)]) -> Page {
    let mut provider = Browser::new(installation);
    let page = provider.get(form).await;
    let start = page.text.find("name=\"opened\" value=\"").expect("when it was opened") + 21;
    let opened = page.text[start..].split('"').next().unwrap_or_default().to_owned();
    let context = installation.app.context();
    context.set_now(context.now() + seconds.seconds());
    let usual = [
        ("opened", opened.as_str()),
        ("organisation", "Riverbank College"),
        ("contact", "Sam Example"),
        ("email", "sam@riverbank.example"),
        ("offers", "T Levels"),
        ("year_groups", "9"),
        ("wanted", "In March"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    let all: Vec<_> = kept.chain(fields.iter().copied()).collect();
    provider.submit(form, form, &all).await
}

#[tokio::test]
async fn hostile_text_is_text_on_every_page() {
    let installation = install();
    let (mut leader, home) = Browser::careers_leader(&installation).await;
    let form = format!("/{}/request", home.rsplit('/').next().expect("a key"));
    let hostile: Vec<_> = ["organisation", "contact", "phone", "offers", "wanted", "needs", "message"]
        .into_iter()
        .map(|name| (name, HOSTILE))
        .collect();
    let is_text = |page: &Page| {
        assert!(page.text.contains("alert(1)"), "{}: what was written is shown", page.address);
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "{}", page.address);
    };
    // Shown again with a problem, then as the provider's own page, then to the institution.
    let mut wrong = hostile.clone();
    wrong.push(("email", HOSTILE));
    is_text(&send(&installation, &form, 10, &wrong).await);
    let status = send(&installation, &form, 10, &hostile).await;
    status.says("Its reference is PA-");
    is_text(&status);
    let list = leader.get(&format!("{home}/provider-access/requests")).await;
    is_text(&list);
    let one = list.link("PA-");
    is_text(&leader.get(&one).await);
    is_text(&leader.get(&format!("{home}/provider-access")).await);
    let page = leader.submit(&one, &format!("{one}/ask"), &[("revision", "0"), ("question", HOSTILE)]).await;
    is_text(&page);
    let again = Browser::new(&installation).get(status.address.as_str()).await;
    is_text(&again);
}

#[tokio::test]
async fn programs_are_told_from_people_and_nobody_loses_what_they_typed() {
    let installation = install();
    let (_, home) = Browser::careers_leader(&installation).await;
    let form = format!("/{}/request", home.rsplit('/').next().expect("a key"));
    let page = send(&installation, &form, 10, &[("leave_blank", "https://spam.example")]).await;
    page.says("A field was filled in that is there to tell programs from people").says("Riverbank College");
    send(&installation, &form, 1, &[]).await.says("This was sent within seconds").says("Riverbank College");
    let day = 25 * 60 * 60;
    send(&installation, &form, day, &[]).await.says("opened too long ago").says("Riverbank College");
    let long = "a".repeat(100_000);
    let page = send(&installation, &form, 10, &[("offers", &long)]).await;
    page.says("This is too long. Keep it to 2000 characters.").says(&long);
    for _ in 0..3 {
        send(&installation, &form, 10, &[]).await.says("Received. You will have an answer by");
    }
    send(&installation, &form, 10, &[]).await.says("wait a quarter of an hour").says("Riverbank College");
    // A form of megabytes is refused before anything is read of it.
    let whole = "a".repeat(3_000_000);
    assert!(send(&installation, &form, 10, &[("offers", &whole)]).await.status.is_client_error());
    assert_eq!(Browser::new(&installation).get("/no-such-school/request").await.status, StatusCode::NOT_FOUND);
}
