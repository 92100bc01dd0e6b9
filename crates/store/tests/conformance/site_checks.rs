use domain::SiteCheckId;
use jiff::Timestamp;
use store::{Error, Store, site_check, site_check::SiteCheck};

use crate::given::{self, OTHER, SCHOOL, change, within};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn check(id: i64, made_at: &str) -> SiteCheck {
    SiteCheck {
        id: SiteCheckId(id),
        address: "https://school.example/careers".into(),
        state: "running".into(),
        made_at: at(made_at),
        finished_at: None,
        content: None,
        account: None,
    }
}

pub(crate) fn checks_of_a_website_are_kept_with_how_they_ended(store: &Store) {
    given::institutions(store);
    let (first, second) = (check(1, "2026-11-02T09:00:00Z"), check(2, "2026-11-03T09:00:00Z"));
    for one in [&first, &second] {
        change(store, |tx| site_check::insert(tx, SCHOOL, one)).unwrap();
    }
    let end = at("2026-11-03T09:01:30Z");
    change(store, |tx| site_check::finish(tx, SCHOOL, second.id, "finished", end, Some("{\"left\":0}"))).unwrap();
    let missing = change(store, |tx| site_check::finish(tx, SCHOOL, SiteCheckId(3), "finished", end, None));
    assert!(matches!(missing, Err(Error::NotFound("site_check"))), "{missing:?}");
    let ended = SiteCheck {
        state: "finished".into(),
        finished_at: Some(end),
        content: Some("{\"left\":0}".into()),
        ..second.clone()
    };
    let list = |institution, most| store.read(within(), |tx| site_check::list(tx, institution, most)).unwrap();
    assert_eq!(list(SCHOOL, 10), [ended.clone(), first], "latest first");
    assert_eq!(list(SCHOOL, 1).len(), 1);
    assert!(list(OTHER, 10).is_empty());
    let find = |institution| store.read(within(), |tx| site_check::find(tx, institution, second.id)).unwrap();
    assert_eq!(find(SCHOOL), Some(ended));
    assert_eq!(find(OTHER), None, "another institution's is not found");
}
