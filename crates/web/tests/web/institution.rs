use crate::harness::{Browser, install};

#[tokio::test]
async fn the_careers_leader_is_named_with_an_address_and_a_number() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let settings = browser.get(&format!("{academy}/settings")).await;
    let form = settings.link("Change the careers leader");

    let name = ("careers_leader_name", "Robin Example");
    let fields = [name, ("careers_leader_email", "careers at school"), ("careers_leader_phone", "01632 960001")];
    let page = browser.submit(&form, &form, &fields).await;
    assert_eq!(page.status, 422);
    page.says("Enter an e-mail address such as").says("Robin Example").says("careers at school").says("01632 960001");

    let fields = [name, ("careers_leader_email", "careers@school.example"), ("careers_leader_phone", "01632 960001")];
    let page = browser.submit(&form, &form, &fields).await;
    page.says("contact is saved").says("Robin Example, careers@school.example, 01632 960001");
    browser.get(&form).await.says("value=\"01632 960001\"");
}

#[tokio::test]
async fn an_administrator_adds_a_person_and_changes_their_role() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let people = browser.get(&format!("{academy}/settings")).await.link("People who work here");
    browser.get(&people).await.says("One person works here; one is an administrator.").says("robin@school.example");

    let fields = [("name", "Sam <Sample>"), ("email", "sam"), ("password", "short"), ("role", "tutor")];
    let page = browser.submit(&people, &people, &fields).await;
    assert_eq!(page.status, 422);
    page.says("Sam &#60;Sample&#62;").says("value=\"sam\"").says("Enter an e-mail address such as");
    page.says("id=\"password-error\"").says("value=\"tutor\" checked");
    assert!(!page.text.contains("short\""), "a password is never sent back");

    let fields = [
        ("name", "Sam Sample"),
        ("email", "sam@school.example"),
        ("password", "pebble ladder canvas"),
        ("role", "viewer"),
    ];
    let page = browser.submit(&people, &people, &fields).await;
    page.says("The person is added").says("Sam Sample").says("Two people work here");

    let mut sam = Browser::new(&installation);
    let signed_in = [("email", "sam@school.example"), ("password", "pebble ladder canvas")];
    sam.submit("/sign-in", "/sign-in", &signed_in).await.says("Sam Sample");
    assert_eq!(sam.get(&people).await.status, 403);
    assert!(!sam.get(&format!("{academy}/settings")).await.text.contains("People who work here"));

    // The list is by name: Robin first, then Sam.
    let page = browser.get(&people).await;
    let robin = page.link("Change the role<span class=\"govuk-visually-hidden\"> of Robin");
    let page_of_sam = page.link("Change the role<span class=\"govuk-visually-hidden\"> of Sam");
    let page = browser.submit(&robin, &robin, &[("role", "viewer")]).await;
    assert_eq!(page.status, 422);
    page.says("Choose over whom the role holds").says("value=\"viewer\" checked");
    let page = browser.submit(&robin, &format!("{robin}/roles/administrator/end"), &[]).await;
    assert_eq!(page.status, 422);
    page.says("Nobody else administers the institution");
    let page = browser.submit(&robin, &format!("{robin}/leave"), &[]).await;
    page.says("Nobody else administers the institution");
    browser.get(&people).await.says("Ask a second person to be administrator");
    let second = [("role", "administrator"), ("reach", "institution")];
    browser.submit(&page_of_sam, &page_of_sam, &second).await.says("Saved: administrator");
    assert_eq!(sam.get(&people).await.status, 200);
    assert!(!browser.get(&people).await.text.contains("Ask a second person"));

    // A role ends and comes back; so does somebody who left.
    let page = browser.submit(&page_of_sam, &format!("{page_of_sam}/roles/administrator/end"), &[]).await;
    let undo = page.says("The role is taken away: Administrator").action("Undo");
    assert_eq!(sam.get(&people).await.status, 403);
    browser.submit(&people, &undo, &[]).await.says("roles again").says("Administrator");
    assert_eq!(sam.get(&people).await.status, 200);
    let page = browser.submit(&page_of_sam, &format!("{page_of_sam}/leave"), &[]).await;
    let undo = page.says("no longer work here").says("One person works here").action("Undo");
    assert_eq!(sam.get(&format!("{academy}/benchmarks")).await.status, 404);
    browser.submit(&people, &undo, &[]).await.says("Viewer");
    assert_eq!(sam.get(&format!("{academy}/benchmarks")).await.status, 200);
}
