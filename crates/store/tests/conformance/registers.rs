use domain::{ActivityId, LearnerId};
use store::{
    Store,
    audit::{self, Detail, Event},
};

use crate::given::{self, SCHOOL};

/// An event of marking these learners in the register of an activity.
fn marked(id: i64, action: &str, activity: i64, learners: &[i64]) -> Event {
    let detail = |learner: &i64| Detail {
        learner: Some(LearnerId(*learner)),
        salt: [7; 16],
        text: format!("{{\"mark\":[null,\"attended {learner}\"]}}"),
    };
    Event {
        action: action.to_owned(),
        subject_kind: "activity".to_owned(),
        subject_id: Some(activity),
        details: learners.iter().map(detail).collect(),
        ..given::event(id)
    }
}

pub(crate) fn who_marked_a_learner_last_is_found(store: &Store) {
    given::school(store, 3, 2);
    let events = [
        marked(101, "register.marked", 1, &[1, 2]),
        marked(102, "register.marked", 2, &[1]),
        marked(103, "register.marked", 1, &[2, 3]),
        marked(104, "register.unmarked", 1, &[3]),
        marked(105, "activity.changed", 1, &[1]),
    ];
    for event in &events {
        store.write(given::within(), |tx| audit::record(tx, SCHOOL, event)).unwrap();
    }
    let latest = |learner: i64| {
        let found = store.read(given::within(), |tx| audit::latest_mark(tx, SCHOOL, ActivityId(1), LearnerId(learner)));
        found.unwrap().map(|event| event.id)
    };
    assert_eq!([1, 2, 3, 4].map(latest), [Some(101), Some(103), Some(104), None]);
    let marks = store.read(given::within(), |tx| audit::register_marks(tx, SCHOOL, ActivityId(1), 100)).unwrap();
    assert_eq!(marks, [events[2].clone(), events[0].clone()]);
    let marks = store.read(given::within(), |tx| audit::register_marks(tx, SCHOOL, ActivityId(1), 101)).unwrap();
    assert_eq!(marks, [events[2].clone()]);
}
