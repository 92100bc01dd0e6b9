//! Websites on this machine, read as a school's would be.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use fetch::{Fetcher, Guard, Limits, Visit};
use publication::PageKind;
use testkit::website::{Reply, Website};

const HERE: Guard = Guard::PublicAndThisMachineForTests;

fn quick() -> Limits {
    Limits { pause: Duration::ZERO, request: Duration::from_secs(2), ..Limits::default() }
}

fn page(text: &str) -> Reply {
    Reply::Page(format!("<!DOCTYPE html><title>x</title>{text}"))
}

/// A website of these pages; everything else is not there.
fn site(pages: Vec<(&'static str, Reply)>) -> Website {
    let pages: HashMap<_, _> = pages.into_iter().collect();
    Website::start(move |path| pages.get(path).cloned().unwrap_or(Reply::Status(404)))
}

fn visit(address: &str, limits: Limits) -> Visit {
    Fetcher::new(HERE, limits).visit(address, |_| {})
}

fn paths(website: &Website, visit: &Visit) -> Vec<String> {
    visit.pages.iter().map(|page| page.address.replace(&website.address(), "")).collect()
}

/// The reason why this page of the website was not read.
fn reason(website: &Website, visit: &Visit, path: &str) -> String {
    let address = format!("{}{path}", website.address());
    let found = visit.unread.iter().find(|unread| unread.address == address);
    found.unwrap_or_else(|| panic!("{path} in {:?}", visit.unread)).reason.clone()
}

#[test]
fn pages_are_read_to_the_second_link_and_careers_first() {
    let website = site(vec![
        ("/", page("<a href=/news>News</a><a href=/careers>Careers</a><a href='https://other.example/'>Other</a>")),
        ("/news", page("<a href=/news/1>Older</a>")),
        ("/careers", page("<a href='careers/leader#top'>Leader</a><a href=/>Home</a>")),
        ("/careers/leader", page("<a href=/careers/third>Third</a>")),
        ("/news/1", page("x")),
    ]);
    let visit = visit(&website.address(), quick());
    assert_eq!(paths(&website, &visit), ["/", "/careers", "/careers/leader", "/news", "/news/1"]);
    assert!(visit.unread.is_empty() && visit.left == 0, "{visit:?}");
    let requests = website.requests();
    assert_eq!(requests[0].path, "/robots.txt");
    assert!(requests.iter().all(|request| request.agent.starts_with("Waymark/")), "{requests:?}");
    assert_eq!(requests.len(), 6, "each is asked for once");
}

#[test]
fn documents_are_read_and_what_cannot_be_is_listed_with_its_reason() {
    let website = site(vec![
        (
            "/",
            page(
                "<a href=/p>Policy</a><a href=/broken.pdf>x</a><a href=/gone>x</a><a href=/old.docx>x</a><a href=/sheet>x</a><a href=/empty>x</a><a href=/staff>x</a>",
            ),
        ),
        ("/p", Reply::File("application/octet-stream", pdf())),
        ("/broken.pdf", Reply::File("application/pdf", b"%PDF-1.7 and no more".to_vec())),
        ("/old.docx", Reply::File("application/msword", [0xd0, 0xcf, 0x11, 0xe0, 0xa1].to_vec())),
        ("/sheet", Reply::File("application/vnd.ms-excel", b"1;2".to_vec())),
        ("/empty", page("")),
        ("/staff", Reply::Status(403)),
    ]);
    let visit = visit(&website.address(), quick());
    let kinds: Vec<_> = visit.pages.iter().map(|page| page.kind).collect();
    assert_eq!(kinds, [PageKind::Html, PageKind::Pdf, PageKind::Html]);
    assert!(
        visit.pages[1].passages.iter().any(|passage| passage.text.to_lowercase().contains("provider")),
        "{:?}",
        visit.pages[1]
    );
    assert_eq!(reason(&website, &visit, "/broken.pdf"), "It is no PDF, or a damaged one.");
    assert_eq!(reason(&website, &visit, "/gone"), "There is no such page: the link is broken.");
    assert!(reason(&website, &visit, "/old.docx").contains("older kind"));
    assert!(reason(&website, &visit, "/sheet").contains("application/vnd.ms-excel"));
    assert!(reason(&website, &visit, "/staff").contains("not show this to everybody"));
}

/// A statement of a school that nobody goes to, as a PDF.
fn pdf() -> Vec<u8> {
    include_bytes!("../../publication/tests/pages/first/24-provider-statement.pdf").to_vec()
}

#[test]
fn what_the_site_asks_of_programs_is_respected() {
    let website = site(vec![
        ("/robots.txt", Reply::File("text/plain", b"User-agent: waymark\nDisallow: /private\n".to_vec())),
        ("/", page("<a href=/private/careers>Careers</a><a href=/open>Open</a>")),
        ("/open", page("x")),
        ("/private/careers", page("x")),
    ]);
    let visit = visit(&website.address(), quick());
    assert_eq!(paths(&website, &visit), ["/", "/open"]);
    assert_eq!(reason(&website, &visit, "/private/careers"), "The site asks programs not to read this (robots.txt).");
    assert!(website.requests().iter().all(|request| request.path != "/private/careers"), "it was not asked for");
}

#[test]
fn a_site_that_cannot_say_what_may_be_read_is_not_read() {
    let website = site(vec![("/robots.txt", Reply::Status(503)), ("/", page("x"))]);
    let visit = visit(&website.address(), quick());
    assert!(visit.pages.is_empty());
    assert!(visit.unread[0].reason.contains("robots.txt: error 503"), "{visit:?}");
    assert_eq!(website.requests().len(), 1);
}

#[test]
fn redirects_for_ever_to_another_website_and_to_private_addresses_end_with_a_reason() {
    let website = Website::start(|path| match path {
        "/" => page(
            "<a href=/for-ever>a</a><a href=/nowhere>b</a><a href=/other>c</a><a href=/private>d</a><a href=/metadata>e</a><a href=/ftp>f</a>",
        ),
        "/robots.txt" => Reply::Status(404),
        "/nowhere" => Reply::To(String::new()),
        "/other" => Reply::To("https://other.example/careers".into()),
        "/private" => Reply::To("http://10.0.0.1/".into()),
        "/ftp" => Reply::To("ftp://127.0.0.1/".into()),
        "/metadata" => Reply::To("http://169.254.169.254/latest/meta-data/".into()),
        path => Reply::To(format!("/for-ever?{}", path.len())),
    });
    let visit = visit(&website.address(), quick());
    assert_eq!(visit.pages.len(), 1);
    assert_eq!(reason(&website, &visit, "/for-ever"), "It redirects more than 5 times, perhaps for ever.");
    assert_eq!(reason(&website, &visit, "/nowhere"), "It redirects without saying where to.");
    assert!(reason(&website, &visit, "/other").contains("another website, other.example"));
    assert!(reason(&website, &visit, "/private").contains("another website, 10.0.0.1"));
    assert!(reason(&website, &visit, "/metadata").contains("another website"));
    assert!(reason(&website, &visit, "/ftp").contains("another website"));
}

#[test]
fn the_first_page_may_redirect_to_another_host_but_not_to_a_private_address() {
    for (to, words) in [
        ("http://10.0.0.1/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "local network only"),
        ("http://[::ffff:7f00:1]/", "translation between networks"),
        ("http://0x0a.1/", "private network"),
        ("http://user:password@127.0.0.1/", "name or password"),
        ("file:///etc/passwd", "http:// or https://"),
    ] {
        let website = site(vec![("/", Reply::To(to.into()))]);
        let visit = visit(&website.address(), quick());
        assert!(visit.pages.is_empty(), "{to}");
        assert!(visit.unread[0].reason.contains(words), "{to}: {visit:?}");
    }
    let website = site(vec![("/careers", page("<a href=/next>x</a>")), ("/next", page("x"))]);
    let to = format!("{}/careers", website.address_by_name());
    let first = Website::start(move |_| Reply::To(to.clone()));
    let visit = visit(&first.address(), quick());
    assert_eq!(visit.pages.len(), 2, "{visit:?}");
    assert!(visit.pages[1].address.starts_with("http://localhost:"), "the site is where the redirect led");
}

#[test]
fn without_the_door_for_tests_this_machine_is_refused_by_number_and_by_name() {
    let website = site(vec![("/", page("x"))]);
    let fetcher = Fetcher::new(Guard::Public, quick());
    for (address, words) in [
        (website.address(), "this machine itself"),
        ("http://127.0.0.1".into(), "this machine itself"),
        ("http://localhost/".into(), "this machine itself"),
        ("http://2130706433/".into(), "this machine itself"),
        ("http://[::1]/".into(), "this machine itself"),
        ("http://192.168.1.1/".into(), "private network"),
        ("http://0.0.0.0/".into(), "no machine"),
        (website.address_by_name(), "usual ports"),
        ("ftp://school.example/".into(), "http:// or https://"),
        ("https://robin:lantern@school.example/".into(), "name or password"),
        ("careers".into(), "no address"),
        ("not an address".into(), "not an address"),
        (String::new(), "not an address"),
    ] {
        let visit = fetcher.visit(&address, |_| {});
        assert!(visit.pages.is_empty());
        let reason = &visit.unread[0].reason;
        assert!(
            reason.contains(words) || words == "no address" && reason.contains("not an address"),
            "{address}: {reason}"
        );
    }
    assert!(website.requests().is_empty(), "nothing was asked");
}

#[test]
fn pages_that_are_too_long_are_given_up_whether_they_say_so_or_not() {
    let website = site(vec![
        ("/", page("<a href=/said>a</a><a href=/unsaid>b</a><a href=/six>c</a>")),
        ("/said", Reply::Long(50 << 20, true)),
        ("/unsaid", Reply::Long(50 << 20, false)),
        ("/six", Reply::Long(6 << 20, true)),
    ]);
    let begun = Instant::now();
    let visit = visit(&website.address(), Limits { request: Duration::from_secs(15), ..quick() });
    assert_eq!(reason(&website, &visit, "/said"), "It is larger than 10 MB.");
    assert_eq!(reason(&website, &visit, "/unsaid"), "It is larger than 10 MB.");
    assert_eq!(reason(&website, &visit, "/six"), "It is larger than 5 MB.", "the reader's own limit");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn servers_that_are_slow_silent_or_speak_no_http_are_given_up() {
    let website = site(vec![
        (
            "/",
            page(
                "<a href=/dribble>a</a><a href=/silence>b</a><a href=/garbage>c</a><a href=/packed>d</a><a href=/fine>e</a>",
            ),
        ),
        ("/dribble", Reply::Dribble(Duration::from_millis(50))),
        ("/silence", Reply::Silence(Duration::from_secs(30))),
        ("/garbage", Reply::Garbage),
        ("/packed", Reply::Packed("gzip", vec![0x1f, 0x8b, 8, 0])),
        ("/fine", page("x")),
    ]);
    let begun = Instant::now();
    let visit = visit(&website.address(), Limits { request: Duration::from_secs(1), ..quick() });
    assert_eq!(reason(&website, &visit, "/dribble"), "It did not come within 1 second.");
    assert_eq!(reason(&website, &visit, "/silence"), "It did not come within 1 second.");
    assert_eq!(reason(&website, &visit, "/garbage"), "The connection failed.");
    assert_eq!(reason(&website, &visit, "/packed"), "The site sent it packed, which was not asked for.");
    assert_eq!(paths(&website, &visit), ["/", "/fine"]);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn a_check_ends_at_its_limits_and_says_what_it_left() {
    // A site without an end: each page links to ten more.
    let website = Website::start(|path| {
        if path == "/robots.txt" {
            return Reply::Status(404);
        }
        page(&(0..10).map(|number| format!("<a href='{path}{number}/'>x</a>")).collect::<String>())
    });
    let few = visit(&website.address(), Limits { pages: 5, ..quick() });
    assert_eq!((few.pages.len(), few.left), (5, 46), "1 + 10 + 4 × 10 known, 5 read");
    let deep = visit(&website.address(), Limits { depth: 1, ..quick() });
    assert_eq!((deep.pages.len(), deep.left), (11, 0));
    let short = visit(
        &website.address(),
        Limits { whole: Duration::from_secs(1), pause: Duration::from_millis(300), ..quick() },
    );
    assert!((2..6).contains(&short.pages.len()), "{}", short.pages.len());
    assert_eq!(short.unread.last().unwrap().reason, "The check of the site ran out of time (1 second).");
    let small = visit(&website.address(), Limits { whole_bytes: 1_000, ..quick() });
    assert!(small.unread.last().unwrap().reason.contains("had read as much as it may"), "{small:?}");
}

#[test]
fn what_a_redirect_led_to_is_not_read_again() {
    let website = site(vec![
        ("/", page("<a href=/careers-old>Careers</a><a href=/careers>Careers</a>")),
        ("/careers-old", Reply::To("/careers".into())),
        ("/careers", page("<a href=/>Home</a>")),
    ]);
    assert_eq!(paths(&website, &visit(&website.address(), quick())), ["/", "/careers"]);
    assert_eq!(website.requests().len(), 4);
}

#[test]
fn requests_keep_their_distance() {
    let website = site(vec![("/", page("<a href=/a>a</a>")), ("/a", page("x"))]);
    visit(&website.address(), Limits { pause: Duration::from_millis(200), ..quick() });
    let requests = website.requests();
    for pair in requests.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(190), "{requests:?}");
    }
}

#[test]
fn saved_files_are_read_like_pages() {
    let files = vec![
        ("careers.html".to_owned(), b"<h1>Careers</h1>".to_vec()),
        ("policy.pdf".to_owned(), pdf()),
        ("photo.jpg".to_owned(), vec![0xff, 0xd8, 0xff]),
        ("nothing.html".to_owned(), Vec::new()),
        ("large.html".to_owned(), vec![b' '; 11 << 20]),
    ];
    let visit = fetch::files(files, &Limits::default());
    let read: Vec<_> = visit.pages.iter().map(|page| page.address.as_str()).collect();
    assert_eq!(read, ["careers.html", "policy.pdf"]);
    let reasons: Vec<_> = visit.unread.iter().map(|unread| unread.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "It is neither a page nor a PDF nor a Word document (.docx).",
            "There is nothing in it.",
            "It is larger than 10 MB."
        ]
    );
}
