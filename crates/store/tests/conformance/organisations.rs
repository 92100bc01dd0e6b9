use domain::{ActivityId, ContactId, ContactNoteId, FeedbackId, LearnerId, OrganisationId, ReflectionId};
use store::{
    Error, Store,
    contact::{self, Contact, ContactNote},
    organisation::{self, Organisation},
    setting,
    voice::{self, Feedback, Reflection},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

fn one(id: i64, name: &str) -> Organisation {
    Organisation {
        id: OrganisationId(id),
        name: name.into(),
        name_key: domain::same_name(name),
        sorts: "employer provider".into(),
        provider_type: Some("college".into()),
        sector: Some("digital 62.01".into()),
        size: Some("small".into()),
        address: Some("1 Example Street".into()),
        postcode: Some("NE1 4XX".into()),
        website: Some("fernhill.example".into()),
        offers: "talk visit".into(),
        owner: None,
        last_contacted_on: Some(day("2026-11-03")),
        safeguarding: "Sign in at reception".into(),
        notes: "Prefers mornings".into(),
        merged_into: None,
        changed_at: now(),
    }
}

fn person(id: i64, organisation: i64) -> Contact {
    Contact {
        id: ContactId(id),
        organisation: Some(OrganisationId(organisation)),
        name: format!("Person {id}"),
        job: Some("Surveyor".into()),
        email: Some("person@fernhill.example".into()),
        phone: Some("01632 960001".into()),
        notes: String::new(),
        is_alumnus: true,
        left_in: Some(2019),
        consent_on: Some(day("2026-01-15")),
        consent_about: Some("Talks".into()),
        asked_not_to: false,
        last_contacted_on: None,
        changed_at: now(),
    }
}

pub(crate) fn organisations_are_kept_changed_and_merged(store: &Store) {
    given::institutions(store);
    change(store, |tx| organisation::put(tx, SCHOOL, &one(1, "Fernhill Surveyors"))).unwrap();
    change(store, |tx| organisation::put(tx, SCHOOL, &one(2, "Ashdown College"))).unwrap();
    let all = || store.read(within(), |tx| organisation::all(tx, SCHOOL)).unwrap();
    assert_eq!(all(), [one(2, "Ashdown College"), one(1, "Fernhill Surveyors")]);
    let merged = Organisation { merged_into: Some(OrganisationId(2)), ..one(1, "Fernhill Surveyors") };
    change(store, |tx| organisation::put(tx, SCHOOL, &merged)).unwrap();
    assert_eq!(all(), [one(2, "Ashdown College")]);
    assert_eq!(store.read(within(), |tx| organisation::get(tx, SCHOOL, OrganisationId(1))).unwrap(), merged);
    let by_name = |name: &str| store.read(within(), |tx| organisation::find_by_name(tx, SCHOOL, name)).unwrap();
    assert_eq!(by_name("ashdown college").map(|one| one.id), Some(OrganisationId(2)));
    assert_eq!(by_name("fernhill surveyors"), None);
    let elsewhere = store.read(within(), |tx| organisation::get(tx, OTHER, OrganisationId(2)));
    assert!(matches!(elsewhere, Err(Error::NotFound("organisation"))), "{elsewhere:?}");
}

pub(crate) fn people_of_organisations_and_what_was_said_to_them_are_kept(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        organisation::put(tx, SCHOOL, &one(1, "Fernhill"))?;
        organisation::put(tx, SCHOOL, &one(2, "Ashdown"))?;
        contact::put(tx, SCHOOL, &person(1, 1))
    })
    .unwrap();
    let unknown = change(store, |tx| contact::put(tx, SCHOOL, &person(9, 9)));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
    assert_eq!(store.read(within(), |tx| contact::all(tx, SCHOOL)).unwrap(), [person(1, 1)]);
    let note = |id, on| ContactNote {
        id: ContactNoteId(id),
        organisation: OrganisationId(1),
        contact: Some(ContactId(1)),
        contacted_on: day(on),
        how: "E-mail".into(),
        note: "Asked for a talk".into(),
        account: None,
        written_at: now(),
    };
    change(store, |tx| {
        contact::insert_note(tx, SCHOOL, &note(1, "2026-10-01"))?;
        contact::insert_note(tx, SCHOOL, &note(2, "2026-11-01"))
    })
    .unwrap();
    let notes = |of| store.read(within(), |tx| contact::notes(tx, SCHOOL, of)).unwrap();
    assert_eq!(notes(Some(OrganisationId(1))), [note(2, "2026-11-01"), note(1, "2026-10-01")]);
    change(store, |tx| contact::move_note(tx, SCHOOL, ContactNoteId(1), OrganisationId(1), OrganisationId(2))).unwrap();
    assert_eq!(
        (notes(Some(OrganisationId(1))).len(), notes(Some(OrganisationId(2))).len(), notes(None).len()),
        (1, 1, 2)
    );
    let said = store.write(within(), |tx| -> Result<_, Error> {
        let mut event = given::event(77);
        (event.subject_kind, event.subject_id) = ("contact".to_owned(), Some(1));
        let text = r#"{"email":[null,"kit@works.example"]}"#.to_owned();
        event.details = vec![store::audit::Detail { learner: None, salt: [7; 16], text }];
        store::audit::record(tx, SCHOOL, &event)
    });
    said.unwrap();
    let erase = |id| change(store, |tx| store::erasure::erase_contact_details(tx, SCHOOL, ContactId(id))).unwrap();
    assert_eq!((erase(2), erase(1), erase(1)), (0, 1, 0));
    change(store, |tx| contact::delete(tx, SCHOOL, ContactId(1))).unwrap();
    assert!(notes(None).iter().all(|note| note.contact.is_none()));
    change(store, |tx| contact::delete_note(tx, SCHOOL, OrganisationId(1), ContactNoteId(2))).unwrap();
    let gone = change(store, |tx| contact::delete_note(tx, SCHOOL, OrganisationId(1), ContactNoteId(2)));
    assert!(matches!(gone, Err(Error::NotFound("contact_note"))), "{gone:?}");
    let set = |text: &str| change(store, |tx| setting::set(tx, SCHOOL, "ask-again-days", text)).unwrap();
    set("30");
    set("60");
    let found = store.read(within(), |tx| setting::find(tx, SCHOOL, "ask-again-days")).unwrap();
    assert_eq!(found.as_deref(), Some("60"));
}

pub(crate) fn what_learners_and_employers_thought_is_kept(store: &Store) {
    given::school(store, 2, 1);
    let reflection = Reflection {
        id: ReflectionId(1),
        activity: ActivityId(1),
        learner: Some(LearnerId(1)),
        learnt: "How a bridge is measured".into(),
        rating: Some(4),
        next_step: "Ask about courses".into(),
        answers: "people".into(),
        is_easy_read: true,
        written_at: now(),
    };
    change(store, |tx| voice::insert_reflection(tx, SCHOOL, &reflection)).unwrap();
    let found = store.read(within(), |tx| voice::reflections(tx, SCHOOL, ActivityId(1))).unwrap();
    assert_eq!(found, [reflection]);
    change(store, |tx| voice::delete_reflection(tx, SCHOOL, ActivityId(1), ReflectionId(1))).unwrap();
    assert!(store.read(within(), |tx| voice::reflections(tx, SCHOOL, ActivityId(1))).unwrap().is_empty());
    let feedback = Feedback {
        id: FeedbackId(1),
        activity: Some(ActivityId(1)),
        placement: None,
        learner: None,
        organisation: None,
        name: Some("Person 1".into()),
        rating: Some(5),
        went_well: "Good questions".into(),
        better: String::new(),
        answers: "two-way".into(),
        would_return: Some(true),
        written_at: now(),
    };
    change(store, |tx| voice::insert_feedback(tx, SCHOOL, &feedback)).unwrap();
    change(store, |tx| voice::pass_on_feedback(tx, SCHOOL, FeedbackId(1), OrganisationId(7))).unwrap();
    let found = store.read(within(), |tx| voice::feedback(tx, SCHOOL)).unwrap();
    assert_eq!(found, [Feedback { organisation: Some(OrganisationId(7)), ..feedback }]);
}
