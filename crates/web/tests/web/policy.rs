//! An earlier policy is read in beside a draft: refused at the field with the reason, placed, and taken back.

use crate::harness::{Browser, Page, install};

const PAGE: &str =
    "<!doctype html><html><body><h2>Parking</h2><p>Visitors leave their cars behind the gym.</p></body></html>";

async fn send(browser: &mut Browser, earlier: &str, name: &str, content: &[u8]) -> Page {
    let token = browser.form_token(earlier).await;
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    browser.post(earlier, "multipart/form-data; boundary=edge", body).await
}

#[tokio::test]
async fn an_earlier_policy_is_refused_with_the_reason_read_in_placed_and_taken_back() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let overview = format!("{academy}/policy");
    let draft = browser.submit(&overview, &format!("{overview}/papers/careers-policy/begin"), &[]).await;
    let draft = draft.says("Read your earlier policy in").address.clone();
    let earlier = format!("{draft}/earlier");
    browser.get(&earlier).await.says("If you have a policy already");

    let too_large = vec![b'x'; 34 << 20];
    let refused: [(&str, &[u8], &str); 4] = [
        ("policy.docx", b"Only words", "This is not a Word document, a web page or a PDF."),
        ("policy.docx", b"PK\x03\x04 and no more", "This file is damaged, or was cut short."),
        ("policy.pdf", b"%PDF-1.7 and no more", "This PDF is damaged, or was cut short."),
        ("policy.docx", &too_large, "The file is too large: 32 MB are the most."),
    ];
    for (name, content, reason) in refused {
        let page = send(&mut browser, &earlier, name, content).await;
        assert_eq!(page.status, 422, "{reason}");
        page.says(reason).says("id=\"file-error\"");
    }
    browser.get(&draft).await.says("Check before signing");

    let page = send(&mut browser, &earlier, "policy.html", PAGE.as_bytes()).await;
    page.says("One part is read in")
        .says("Without a place")
        .says("behind the gym")
        .says("0 of 1 part placed, one waits for a place.");
    let part = format!("{earlier}/0");
    let again = browser.submit(&part, &format!("{part}/place"), &[("clause", "")]).await;
    assert_eq!(again.status, 422);
    again.says("Choose where it goes.");
    let options = again.text.split("<option value=\"").skip(2).find(|option| option.contains("(recommended)"));
    let clause = options.and_then(|option| option.split('"').next()).expect("a recommended clause").to_owned();
    let with = [("clause", clause.as_str()), ("with", "heading"), ("with", "ours")];
    let placed = browser.submit(&part, &format!("{part}/place"), &with).await;
    placed.says("It stands in the clause now.").says("1 of 1 part placed. Nothing is left to place.").says("Undo");
    browser.get(&format!("{draft}/text")).await.says("behind the gym").says("Parking");
    let back = browser.submit(&part, &format!("{part}/back"), &[]).await;
    back.says("Its words are out of the clause").says("0 of 1 part placed");
    assert!(!browser.get(&format!("{draft}/text")).await.text.contains("behind the gym"));
    let aside = browser.submit(&part, &format!("{part}/aside"), &[]).await;
    aside.says("It is set aside.").says("Take it up again").says("Go on with the draft");
    browser.get(&draft).await.says("Your earlier policy: 1 of 1 part done");
}
