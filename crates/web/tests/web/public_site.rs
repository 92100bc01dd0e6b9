//! The public careers site must not shadow an address of Waymark itself.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::harness::{Browser, install};

#[test]
fn no_institution_can_take_a_word_that_addresses_of_waymark_begin_with() {
    let table = include_str!("../../../../docs/access.md");
    let addresses = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_whitespace().nth(1));
    let words: BTreeSet<&str> = addresses
        .filter_map(|address| address.strip_prefix('/')?.split('/').next())
        .filter(|word| !word.is_empty() && !word.starts_with('{'))
        .collect();
    let free: Vec<_> = words.into_iter().filter(|word| !app::RESERVED_WORDS.contains(word)).collect();
    assert!(free.is_empty(), "app::RESERVED_WORDS lacks {free:?}");
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_at_once_whatever_a_browser_still_holds() {
    let installation = install();
    let (mut leader, home) = Browser::careers_leader(&installation).await;
    let word = home.rsplit('/').next().expect("a key").to_owned();
    let website = format!("{home}/website");
    leader.submit(&website, &format!("{website}/publish"), &[("note", "The first")]).await.says("are public");
    let export = leader.get(&website).await.link("Save the latest as files");
    let mut anybody = Browser::new(&installation);
    let paths = ["", "learners.html", "site.css", "files/roadmap.pdf", "embed/frame.html", "embed/fragment.html"];
    let mut marks = Vec::new();
    for path in paths {
        let page = anybody.get(&format!("/{word}/{path}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        // Nobody between may answer for us without asking.
        let kept = page.headers[header::CACHE_CONTROL].to_str().expect("text");
        assert!(kept.contains("max-age=0") && kept.contains("must-revalidate"), "{path}: {kept}");
        assert!(page.headers.get(header::SET_COOKIE).is_none(), "{path} sets a cookie");
        marks.push(page.headers[header::ETAG].clone());
    }
    let asks = |path: &str, mark: &header::HeaderValue| {
        let request = Request::get(format!("/{word}/{path}")).header(header::IF_NONE_MATCH, mark);
        request.body(Body::empty()).expect("a request")
    };
    for (path, mark) in paths.iter().zip(&marks) {
        let response = anybody.once(asks(path, mark)).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
    leader.submit(&website, &format!("{website}/withdraw"), &[]).await.says("are withdrawn");
    for (path, mark) in paths.iter().zip(&marks) {
        let response = anybody.once(asks(path, mark)).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(response.headers().get(header::ETAG).is_none(), "{path} is still known");
        let kept = response.headers().get(header::CACHE_CONTROL).map(|kept| kept.to_str().expect("text").to_owned());
        assert!(kept.is_some_and(|kept| kept.contains("no-store")), "{path}: nobody remembers that it is gone");
    }
    assert_eq!(anybody.get(&format!("/{word}/ask")).await.status, StatusCode::NOT_FOUND);
    // The archive was never public; people of the institution still have it.
    let refused = anybody.get(&export).await;
    assert!(refused.address.starts_with("/sign-in"), "{}", refused.address);
    assert_eq!(leader.get(&export).await.status, StatusCode::OK);
    leader.submit(&website, &format!("{website}/show-again"), &[]).await.says("public again");
    assert_eq!(anybody.get(&format!("/{word}/")).await.status, StatusCode::OK);
}
