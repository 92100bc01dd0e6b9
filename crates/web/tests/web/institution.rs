use app::{Actor, NewAccount, Role};

use crate::harness::{Browser, install};

#[tokio::test]
async fn the_careers_leader_is_named_with_an_address_and_a_number() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let settings = browser.get(&format!("{academy}/settings")).await;
    let form = settings.link("Change the careers leader");

    let name = ("name", "Robin Example");
    let fields = [name, ("email", "careers at school"), ("phone", "01632 960001")];
    let page = browser.submit(&form, &form, &fields).await;
    assert_eq!(page.status, 422);
    page.says("Enter an e-mail address such as").says("Robin Example").says("careers at school").says("01632 960001");

    let fields = [name, ("email", "careers@school.example"), ("phone", "01632 960001")];
    let page = browser.submit(&form, &form, &fields).await;
    page.says("The post is saved").says("Robin Example").says("careers@school.example").says("01632 960001");
    browser.get(&form).await.says("value=\"01632 960001\"");
}

#[tokio::test]
async fn an_administrator_gives_and_ends_roles() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let people = browser.get(&format!("{academy}/settings")).await.link("People who work here");
    browser.get(&people).await.says("One person works here; one is an administrator.").says("robin@school.example");

    let new = NewAccount {
        name: "Sam Sample".to_owned(),
        email: "sam@school.example".to_owned(),
        password: "pebble ladder canvas".to_owned(),
    };
    let id = academy.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    installation.app.add_person(&Actor::operator(), id, &new, Role::Viewer).expect("a new person");
    browser.get(&people).await.says("Sam Sample").says("Two people work here");

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

#[tokio::test]
async fn a_program_reads_with_its_key_and_writes_nothing_that_it_is_not_for() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let programs = format!("{academy}/settings/programs");
    browser.get(&programs).await.says("No program has a key yet");
    let page = browser.submit(&programs, &programs, &[("name", "")]).await;
    assert_eq!(page.status, 422);
    page.says("Choose at least one thing");
    let page = browser.submit(&programs, &programs, &[("name", "Timetable"), ("scopes", "read-totals")]).await;
    let start = page.says("It is shown this once").text.find("wm_").expect("a key");
    let key: String = page.text[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    assert!(!browser.get(&programs).await.says("Timetable").text.contains("wm_"));

    let api = format!("/api/v1{academy}");
    let ask = async |method: &str, address: &str| {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(address)
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .body(axum::body::Body::from("{}"))
            .expect("a request");
        tower::ServiceExt::oneshot(installation.router.clone(), request).await.expect("an answer").status().as_u16()
    };
    assert_eq!(ask("GET", &format!("{api}/benchmarks")).await, 200);
    assert_eq!(ask("GET", &format!("{api}/learners")).await, 403);
    assert_eq!(ask("POST", &format!("{api}/activities")).await, 403);
    let revoke =
        browser.get(&programs).await.action("Take back<span class=\"govuk-visually-hidden\">: Timetable</span>");
    browser.submit(&programs, &revoke, &[]).await.says("The key is taken back");
    assert_eq!(ask("GET", &format!("{api}/benchmarks")).await, 401);
}

#[tokio::test]
async fn an_administrator_decides_what_a_role_may_do_and_looks_as_somebody_else() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let roles = format!("{academy}/settings/roles");
    browser.get(&roles).await.says("Every role may do what is usual");
    let fields = [("shown", "tutor"), ("tick", "tutor.see-learners"), ("tick", "tutor.record")];
    let page = browser.submit(&roles, &roles, &fields).await;
    let undo = page.says("The roles are saved").says("Two ticks differ").action("Undo");
    browser.submit(&roles, &undo, &[]).await.says("Every role may do what is usual");
    browser.get(&format!("{roles}?role=tutor")).await.says("Save the role").says("All roles");

    let page = browser.submit(&roles, &format!("{academy}/settings/view-as"), &[("role", "governor")]).await;
    page.says("You are looking as “Governor”");
    assert!(!page.text.contains(">Learners</a>") && !page.text.contains(">Imports</a>"));
    assert_eq!(browser.get(&format!("{academy}/learners")).await.status, 403);
    let refused = browser.submit(&academy, &format!("{academy}/activities/new"), &[("title", "x")]).await;
    assert_eq!(refused.status, 403);
    refused.says("nothing was changed");
    let page = browser.submit(&academy, "/view-as/stop", &[]).await;
    page.says("as yourself again").says(">Learners</a>");
}
