use domain::{InformationRequestId, PublicationId};
use jiff::Timestamp;
use store::{
    Error, Store, information_request,
    information_request::InformationRequest,
    publication,
    publication::{Publication, PublicationFile},
    website,
    website::{Logo, Website},
};

use crate::given::{self, OTHER, SCHOOL, change, within};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn one(id: i64, what: &str, made_at: &str) -> Publication {
    Publication {
        id: PublicationId(id),
        what: what.to_owned(),
        made_at: at(made_at),
        ended_at: None,
        note: "The first".to_owned(),
        content: "{}".to_owned(),
        digest: vec![1, 2, 3],
        account: None,
    }
}

fn file(path: &str) -> PublicationFile {
    PublicationFile {
        path: path.to_owned(),
        media_type: "text/html; charset=utf-8".to_owned(),
        digest: vec![9; 32],
        content: path.as_bytes().to_vec(),
    }
}

pub(crate) fn the_look_of_a_site_is_kept_whole(store: &Store) {
    given::institutions(store);
    assert_eq!(store.read(SCHOOL, |tx| website::find(tx, SCHOOL)).unwrap(), None);
    let mut look = Website {
        is_open: true,
        tint: Some("#5b2a86".to_owned()),
        logo: Some(Logo { content: vec![0, 255, 7], media_type: "image/png".to_owned(), alt: "A lantern".to_owned() }),
        choices: "{}".to_owned(),
        changed_at: at("2026-11-23T09:00:00Z"),
    };
    change(store, |tx| website::set(tx, SCHOOL, &look)).unwrap();
    assert_eq!(store.read(SCHOOL, |tx| website::find(tx, SCHOOL)).unwrap().as_ref(), Some(&look));
    look = Website { is_open: false, tint: None, logo: None, ..look };
    change(store, |tx| website::set(tx, SCHOOL, &look)).unwrap();
    assert_eq!(store.read(SCHOOL, |tx| website::find(tx, SCHOOL)).unwrap(), Some(look));
    assert_eq!(store.read(within(), |tx| website::find(tx, OTHER)).unwrap(), None);
}

pub(crate) fn publications_are_kept_with_their_files_and_end_and_go_on(store: &Store) {
    given::institutions(store);
    let first = one(1, "site", "2026-11-20T09:00:00Z");
    let files = [file("index.html"), file("embed/frame.html")];
    change(store, |tx| publication::insert(tx, SCHOOL, &first, &files)).unwrap();
    change(store, |tx| publication::insert(tx, SCHOOL, &one(2, "other", "2026-11-22T09:00:00Z"), &[])).unwrap();
    let second = one(3, "site", "2026-11-21T09:00:00Z");
    change(store, |tx| publication::insert(tx, SCHOOL, &second, &[file("index.html")])).unwrap();
    let read = |tx: &mut store::Tx<'_>| -> Result<_, Error> {
        Ok((
            publication::list(tx, SCHOOL, "site")?,
            publication::latest(tx, SCHOOL, "site")?,
            publication::files(tx, SCHOOL, first.id)?,
        ))
    };
    let (all, latest, kept) = store.read(SCHOOL, read).unwrap();
    assert_eq!((all, latest), (vec![second.clone(), first.clone()], Some(second)));
    // By path, whatever the order in which they came.
    assert_eq!(kept, [file("embed/frame.html"), file("index.html")]);
    let end = at("2026-11-21T09:00:00Z");
    change(store, |tx| publication::set_ended(tx, SCHOOL, first.id, Some(end))).unwrap();
    let ended = |tx: &mut store::Tx<'_>| publication::find(tx, SCHOOL, first.id);
    assert_eq!(store.read(SCHOOL, ended).unwrap().and_then(|one| one.ended_at), Some(end));
    change(store, |tx| publication::set_ended(tx, SCHOOL, first.id, None)).unwrap();
    assert_eq!(store.read(SCHOOL, ended).unwrap().map(|one| one.ended_at), Some(None));
    assert_eq!(store.read(within(), |tx| publication::find(tx, OTHER, first.id)).unwrap(), None);
    assert!(store.read(within(), |tx| publication::files(tx, OTHER, first.id)).unwrap().is_empty());
}

pub(crate) fn questions_from_the_public_are_answered_and_deleted(store: &Store) {
    given::institutions(store);
    let asked = |id: i64, made_at: &str| InformationRequest {
        id: InformationRequestId(id),
        reference: format!("ABCD-{id}"),
        name: "Jo Example".to_owned(),
        email: "jo@example.org".to_owned(),
        audience: "parent".to_owned(),
        message: "When?".to_owned(),
        made_at: at(made_at),
        answered_at: None,
        answer: None,
        account: None,
    };
    for (id, made_at) in [(1, "2026-11-20T09:00:00Z"), (2, "2026-11-21T09:00:00Z"), (3, "2026-11-22T09:00:00Z")] {
        change(store, |tx| information_request::insert(tx, SCHOOL, &asked(id, made_at))).unwrap();
    }
    let end = at("2026-11-23T09:00:00Z");
    let answer = |id, at, said| {
        change(store, move |tx| information_request::set_answer(tx, SCHOOL, InformationRequestId(id), at, said, None))
            .unwrap();
    };
    answer(3, Some(end), Some("On Thursday."));
    let list = |tx: &mut store::Tx<'_>| information_request::list(tx, SCHOOL);
    let ids = |all: Vec<InformationRequest>| all.into_iter().map(|one| one.id.0).collect::<Vec<_>>();
    // Those that wait first, the latest of each first.
    assert_eq!(ids(store.read(SCHOOL, list).unwrap()), [2, 1, 3]);
    let third =
        store.read(SCHOOL, |tx| information_request::find(tx, SCHOOL, InformationRequestId(3))).unwrap().unwrap();
    assert_eq!((third.answered_at, third.answer.as_deref()), (Some(end), Some("On Thursday.")));
    assert_eq!(store.read(SCHOOL, |tx| information_request::count_open(tx, SCHOOL)).unwrap(), 2);
    answer(3, None, None);
    assert_eq!(ids(store.read(SCHOOL, list).unwrap()), [3, 2, 1]);
    change(store, |tx| information_request::delete(tx, SCHOOL, InformationRequestId(2))).unwrap();
    assert_eq!(ids(store.read(SCHOOL, list).unwrap()), [3, 1]);
    assert_eq!(store.read(within(), |tx| information_request::count_open(tx, OTHER)).unwrap(), 0);
}
