use proptest::prelude::*;

use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

#[test]
fn links_of_the_same_host_are_followed_and_no_others() {
    let page = url("https://www.school.example/careers/index.html?x=1#top");
    let to = |address: &str| follow(&page, address).map(String::from);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(to("provider.html#ask"), some("https://www.school.example/careers/provider.html"));
    assert_eq!(to(" /policy.pdf "), some("https://www.school.example/policy.pdf"));
    assert_eq!(to("//school.example/a"), some("https://school.example/a"));
    assert_eq!(to("http://SCHOOL.example/a"), some("http://school.example/a"));
    assert_eq!(to("?page=2"), some("https://www.school.example/careers/index.html?page=2"));
    for address in [
        "https://school.example.org/",
        "https://careers.school.example/",
        "https://school.example@other.example/",
        "https://robin@school.example/",
        "https://school.example:8443/",
        "mailto:robin@school.example",
        "tel:01632960000",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "#top",
        "",
        "/logo.PNG",
        "https://",
    ] {
        assert_eq!(to(address), None, "{address}");
    }
}

#[test]
fn the_same_page_is_known_by_any_of_its_addresses() {
    let of = |text: &str| key(&url(text));
    assert_eq!(of("http://www.school.example/careers/"), of("https://school.example/careers#a"));
    assert_ne!(of("https://school.example/careers?year=7"), of("https://school.example/careers"));
    assert_ne!(of("https://school.example/Careers"), of("https://school.example/careers"));
}

#[test]
fn what_speaks_of_careers_comes_first() {
    let page = url("https://school.example/x");
    assert_eq!(promise("Provider Access Policy", &page), 2);
    assert_eq!(promise("read more", &url("https://school.example/CEIAG.pdf")), 2);
    assert_eq!(promise("Statutory information", &page), 1);
    assert_eq!(promise("Lunch", &page), 0);
}

proptest! {
    /// Whatever a page writes, what is followed lies on its host, is http or https, and carries no password.
    #[test]
    fn nothing_that_a_page_writes_leads_off_its_host(address in "\\PC{0,60}") {
        let page = url("https://www.school.example/careers/");
        if let Some(to) = follow(&page, &address) {
            prop_assert!(matches!(to.scheme(), "http" | "https"));
            prop_assert!(matches!(to.host_str(), Some("school.example" | "www.school.example" | "school.example." | "www.school.example.")), "{to}");
            prop_assert!(matches!(to.port_or_known_default(), Some(80 | 443)));
            prop_assert!(to.username().is_empty() && to.password().is_none() && to.fragment().is_none());
        }
    }

    /// As addresses are mostly written: with parts that have a meaning, put together at random.
    #[test]
    fn nothing_made_of_the_parts_of_addresses_leads_off_the_host(
        parts in prop::collection::vec(prop::sample::select(vec![
            "http:", "https:", "//", "/", "\\", "@", ":", "school.example", "www.", ".", "evil.example", "127.0.0.1", "[::1]", "#", "?", "%2f",
            "%00", "\t", "\n", "..", "careers", "javascript:", "80", "443", "8080", "0x7f.1", "①",
        ]), 0..9)
    ) {
        let page = url("https://school.example/a/b");
        if let Some(to) = follow(&page, &parts.concat()) {
            let host = to.host_str().unwrap_or_default().trim_end_matches('.');
            prop_assert!(matches!(host, "school.example" | "www.school.example"), "{to}");
            prop_assert!(matches!(to.scheme(), "http" | "https"));
            prop_assert!(matches!(to.port_or_known_default(), Some(80 | 443)));
        }
    }

    #[test]
    fn being_of_the_same_site_goes_both_ways(one in "[a-z.]{1,12}", other in "[a-z.]{1,12}") {
        if let (Ok(one), Ok(other)) = (Url::parse(&format!("http://{one}/")), Url::parse(&format!("https://{other}/"))) {
            prop_assert_eq!(same_site(&one, &other), same_site(&other, &one));
            prop_assert!(same_site(&one, &one));
            // What is known as the same page is of the same site.
            prop_assert!(key(&one) != key(&other) || same_site(&one, &other));
        }
    }
}
