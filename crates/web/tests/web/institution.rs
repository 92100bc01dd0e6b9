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
