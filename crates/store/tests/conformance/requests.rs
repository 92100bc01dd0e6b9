use domain::{LetterId, ProviderRequestId, ProviderRequestState, ProviderType, VisitorAssurance};
use jiff::{Timestamp, civil::date};
use store::{
    Store, letter,
    letter::{Letter, LetterTakenBack},
    provider_request::{self, ProviderRequest, Step, Visitor},
    retention::{self, Ageing},
};

use crate::given::{self, OTHER, SCHOOL, change, within};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn request(id: i64) -> ProviderRequest {
    ProviderRequest {
        id: ProviderRequestId(id),
        reference: format!("PA-{id}"),
        state: ProviderRequestState::Received,
        organisation: "Riverbank College".into(),
        provider_type: Some(ProviderType::College),
        organisation_id: None,
        contact: "Sam Example".into(),
        email: "sam@riverbank.example".into(),
        phone: None,
        offers: "T Levels".into(),
        covers: "pal-offer pal-careers".into(),
        year_groups: "8 9".into(),
        wanted: "Any Tuesday".into(),
        format: Some("in-person".into()),
        visitors: Some(2),
        needs: String::new(),
        message: "Hello".into(),
        received_at: at("2026-11-02T09:00:00Z"),
        due_on: date(2026, 11, 16),
        decided_on: None,
        deferred_until: None,
        ground: None,
        reason: None,
        held_on: None,
        starts_at: None,
        ends_at: None,
        room: None,
        cohort: None,
        host: None,
        activity: None,
        evaluation: None,
        rating: None,
        account: None,
        revision: 0,
        changed_at: at("2026-11-02T09:00:00Z"),
    }
}

fn visitor() -> Visitor {
    Visitor {
        name: "Robin Example".into(),
        post: Some("Tutor".into()),
        id_seen: true,
        checks: Some(VisitorAssurance::Assured),
        checks_on: Some(date(2026, 11, 20)),
        supervised_by: Some("The host".into()),
        content_seen_by: None,
        arrived_at: Some("09:00".into()),
        left_at: None,
    }
}

fn note(id: i64) -> Letter {
    Letter {
        id: LetterId(id),
        recipient: "sam@riverbank.example".into(),
        subject: "Received".into(),
        text: "Dear Sam".into(),
        about: provider_request::LETTERS.into(),
        about_id: Some(1),
        made_at: at("2026-11-02T09:00:00Z"),
        sent_at: None,
        try_at: Some(at("2026-11-02T09:00:00Z")),
        tries: 0,
        failed: None,
    }
}

pub(crate) fn requests_of_providers_are_kept_with_steps_and_visitors(store: &Store) {
    given::institutions(store);
    change(store, |tx| provider_request::insert(tx, SCHOOL, &request(1))).unwrap();
    let read = |id| store.read(within(), |tx| provider_request::get(tx, SCHOOL, ProviderRequestId(id)));
    assert_eq!(read(1).unwrap(), request(1));
    let granted = ProviderRequest {
        state: ProviderRequestState::Granted,
        decided_on: Some(date(2026, 11, 9)),
        held_on: Some(date(2026, 12, 1)),
        starts_at: Some("09:30".into()),
        room: Some("Hall".into()),
        ..request(1)
    };
    assert!(change(store, |tx| provider_request::update(tx, SCHOOL, &granted)).unwrap());
    // Whoever read the first revision is too late.
    assert!(!change(store, |tx| provider_request::update(tx, SCHOOL, &request(1))).unwrap());
    assert_eq!(read(1).unwrap(), ProviderRequest { revision: 1, ..granted });
    let step = |state, by_provider| Step {
        state,
        note: Some("A note".into()),
        by_provider,
        account: None,
        at: at("2026-11-02T09:00:00Z"),
    };
    let steps = [step(ProviderRequestState::Received, true), step(ProviderRequestState::Granted, false)];
    change(store, |tx| {
        for step in &steps {
            provider_request::add_step(tx, SCHOOL, ProviderRequestId(1), step)?;
        }
        provider_request::set_visitors(tx, SCHOOL, ProviderRequestId(1), &[visitor(), visitor()])?;
        provider_request::set_visitors(tx, SCHOOL, ProviderRequestId(1), &[visitor()])
    })
    .unwrap();
    store
        .read(within(), |tx| -> Result<(), store::Error> {
            assert_eq!(provider_request::steps(tx, SCHOOL, ProviderRequestId(1))?, steps);
            assert_eq!(provider_request::visitors(tx, SCHOOL, ProviderRequestId(1))?, [visitor()]);
            assert_eq!(provider_request::list(tx, SCHOOL)?.len(), 1);
            let going = provider_request::going(tx, SCHOOL)?;
            assert_eq!(going, [(ProviderRequestState::Granted, date(2026, 11, 16), Some(date(2026, 12, 1)))]);
            assert!(provider_request::list(tx, OTHER)?.is_empty());
            Ok(())
        })
        .unwrap();
    change(store, |tx| provider_request::forget(tx, SCHOOL, ProviderRequestId(1))).unwrap();
    let forgotten = read(1).unwrap();
    assert_eq!((forgotten.contact.as_str(), forgotten.email.as_str(), forgotten.message.as_str()), ("", "", ""));
    assert_eq!((forgotten.phone, forgotten.needs.as_str()), (None, ""));
    let left = store.read(within(), |tx| provider_request::visitors(tx, SCHOOL, ProviderRequestId(1))).unwrap();
    let nobody = Visitor { name: provider_request::TAKEN_OUT.into(), post: None, ..visitor() };
    assert_eq!(left, [nobody]);
}

pub(crate) fn requests_of_providers_go_after_their_term_and_visitors_later(store: &Store) {
    given::institutions(store);
    let over = |id, state, on| ProviderRequest { state, decided_on: Some(on), ..request(id) };
    change(store, |tx| {
        provider_request::insert(tx, SCHOOL, &over(1, ProviderRequestState::Evaluated, date(2021, 1, 5)))?;
        provider_request::insert(tx, SCHOOL, &over(2, ProviderRequestState::Refused, date(2021, 1, 6)))?;
        provider_request::insert(tx, SCHOOL, &request(3))?;
        provider_request::set_visitors(tx, SCHOOL, ProviderRequestId(1), &[visitor()])?;
        letter::insert(tx, SCHOOL, &note(1))
    })
    .unwrap();
    let limit = (at("2024-01-06T00:00:00Z"), date(2024, 1, 6));
    let zone = jiff::tz::TimeZone::UTC;
    let count = |ageing| store.read(within(), |tx| retention::count_old(tx, SCHOOL, ageing, limit, &zone)).unwrap();
    assert_eq!(count(Ageing::ProviderRequest), (2, Some(date(2021, 1, 5))));
    let go = |ageing, limit| change(store, |tx| retention::let_go_of_old(tx, SCHOOL, ageing, limit)).unwrap();
    assert_eq!(go(Ageing::ProviderRequest, limit), 2);
    assert_eq!(count(Ageing::ProviderRequest).0, 0);
    let list = |of: &Store| of.read(within(), |tx| provider_request::list(tx, SCHOOL)).unwrap();
    let left: Vec<_> = list(store).into_iter().map(|one| (one.id.0, one.email)).collect();
    // The one with a visitor is emptied, the one that still waits is whole.
    assert_eq!(left, [(3, "sam@riverbank.example".to_owned()), (1, String::new())]);
    assert_eq!(go(Ageing::Visitor, limit), 1);
    assert_eq!(go(Ageing::ProviderRequest, limit), 1);
    assert_eq!(list(store).len(), 1);
}

pub(crate) fn letters_are_taken_by_one_sent_once_and_emptied(store: &Store) {
    given::institutions(store);
    change(store, |tx| letter::insert(tx, SCHOOL, &note(1))).unwrap();
    let (now, later) = (at("2026-11-02T09:00:01Z"), at("2026-11-02T09:05:00Z"));
    let due = |now| store.read(within(), |tx| letter::due(tx, now, 10)).unwrap();
    assert_eq!(due(at("2026-11-02T08:59:59Z")), []);
    assert_eq!(due(now), [(SCHOOL, LetterId(1))]);
    let take = |now| store.write(SCHOOL, |tx| letter::take(tx, SCHOOL, LetterId(1), (now, later))).unwrap();
    let taken = take(now).unwrap();
    assert_eq!((taken.text.as_str(), taken.tries), ("Dear Sam", 1));
    assert_eq!(take(now), None);
    // Nobody said how it went, so it is tried again.
    assert!(take(later).is_some());
    store.write(SCHOOL, |tx| letter::failed(tx, SCHOOL, LetterId(1), "no answer", None)).unwrap();
    assert_eq!(due(at("2027-01-01T00:00:00Z")), []);
    change(store, |tx| letter::again(tx, SCHOOL, LetterId(1), later)).unwrap();
    assert_eq!(due(later).len(), 1);
    store.write(SCHOOL, |tx| letter::sent(tx, SCHOOL, LetterId(1), later)).unwrap();
    let about = store.read(within(), |tx| letter::about(tx, SCHOOL, provider_request::LETTERS, 1)).unwrap();
    assert_eq!((about[0].text.as_str(), about[0].sent_at, about[0].try_at), ("", Some(later), None));
    assert!(change(store, |tx| letter::again(tx, SCHOOL, LetterId(1), later)).is_err());
}

pub(crate) fn letters_that_are_taken_back_are_never_tried_again(store: &Store) {
    given::institutions(store);
    let decision = |id| Letter { about: provider_request::DECISION_LETTERS.into(), ..note(id) };
    change(store, |tx| {
        letter::insert(tx, SCHOOL, &note(1))?;
        (2..=5).try_for_each(|id| letter::insert(tx, SCHOOL, &decision(id)))
    })
    .unwrap();
    let (now, later) = (at("2026-11-02T09:00:01Z"), at("2026-11-02T09:05:00Z"));
    let take = |id| store.write(SCHOOL, |tx| letter::take(tx, SCHOOL, LetterId(id), (now, later))).unwrap();
    let fails = |id, again| {
        store.write(SCHOOL, |tx| letter::failed(tx, SCHOOL, LetterId(id), "it was busy", again)).unwrap();
    };
    let take_back = |id| change(store, |tx| letter::take_back(tx, SCHOOL, LetterId(id))).unwrap();
    let letters = || store.read(within(), |tx| letter::about(tx, SCHOOL, provider_request::LETTERS, 1)).unwrap();
    // Nobody had begun with this one.
    assert_eq!(take_back(2), LetterTakenBack::NeverTried);
    // This one waits for its second try.
    assert!(take(3).is_some());
    fails(3, Some(later));
    assert_eq!(take_back(3), LetterTakenBack::Stopped);
    // This one is being sent; that it fails afterwards does not set it going again.
    assert!(take(4).is_some());
    assert_eq!(take_back(4), LetterTakenBack::Stopped);
    fails(4, Some(later));
    // This one was given up, and somebody lets it be tried anew: it may have gone the first time.
    assert!(take(5).is_some());
    fails(5, None);
    change(store, |tx| letter::again(tx, SCHOOL, LetterId(5), later)).unwrap();
    assert_eq!(take_back(5), LetterTakenBack::Stopped);
    // This one has gone.
    store.write(SCHOOL, |tx| letter::sent(tx, SCHOOL, LetterId(1), now)).unwrap();
    assert_eq!(take_back(1), LetterTakenBack::Gone);
    let left = letters();
    assert_eq!(left.iter().map(|one| one.id.0).collect::<Vec<_>>(), [5, 4, 3, 1]);
    assert!(left.iter().all(|one| one.text.is_empty() && one.try_at.is_none()), "{left:?}");
    assert!(left[..3].iter().all(|one| one.tells_of_decision() && one.is_about(provider_request::LETTERS, 1)));
    assert!(!left[3].tells_of_decision());
    assert_eq!(store.read(within(), |tx| letter::due(tx, at("2027-01-01T00:00:00Z"), 10)).unwrap(), []);
    change(store, |tx| letter::forget(tx, SCHOOL, provider_request::LETTERS, 1)).unwrap();
    assert!(letters().iter().all(|one| one.recipient.is_empty()));
    change(store, |tx| letter::let_go(tx, SCHOOL, provider_request::LETTERS, 1)).unwrap();
    assert_eq!(letters(), []);
}
