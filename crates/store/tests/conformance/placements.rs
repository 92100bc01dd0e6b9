use domain::{
    AcademicYear, CheckStatus, Hours, LearnerId, Mode, PlacementCheck, PlacementEntryId, PlacementId, PlacementStage,
};
use store::{
    Error, Store,
    placement::{self, Check, Entry, Placement, Step},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

fn one(id: i64) -> Placement {
    Placement {
        id: PlacementId(id),
        learner: LearnerId(1),
        year: AcademicYear::starting(2026),
        stage: PlacementStage::Searching,
        organisation: None,
        employer: Some("Fernhill Surveyors".into()),
        supervisor: Some("Sam Example".into()),
        supervisor_email: Some("sam@fernhill.example".into()),
        supervisor_phone: Some("01632 960001".into()),
        address: Some("1 Example Street".into()),
        starts_on: Some(day("2027-07-05")),
        ends_on: Some(day("2027-07-09")),
        hours_a_day: Some(Hours::whole(5)),
        hours: Some(Hours::whole(25)),
        mode: Mode::InPerson,
        tasks: "Measure".into(),
        not_allowed: "Climb".into(),
        travel: "Bus".into(),
        needs: String::new(),
        reason: None,
        activity: None,
        account: None,
        revision: 1,
        changed_at: now(),
    }
}

pub(crate) fn placements_are_kept_with_checks_steps_and_what_was_written(store: &Store) {
    given::school(store, 2, 0);
    change(store, |tx| placement::put(tx, SCHOOL, &one(1))).unwrap();
    let changed = Placement { stage: PlacementStage::Requested, revision: 2, ..one(1) };
    change(store, |tx| placement::put(tx, SCHOOL, &changed)).unwrap();
    let found = store.read(within(), |tx| placement::get(tx, SCHOOL, PlacementId(1))).unwrap();
    assert_eq!(found, changed);
    let elsewhere = store.read(within(), |tx| placement::get(tx, OTHER, PlacementId(1)));
    assert!(matches!(elsewhere, Err(Error::NotFound("placement"))), "{elsewhere:?}");
    let unknown = change(store, |tx| placement::put(tx, SCHOOL, &Placement { learner: LearnerId(99), ..one(2) }));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
    let list = |year| store.read(within(), |tx| placement::list(tx, SCHOOL, year)).unwrap().len();
    assert_eq!(
        (list(None), list(Some(AcademicYear::starting(2026))), list(Some(AcademicYear::starting(2025)))),
        (1, 1, 0)
    );

    let check = |status| Check {
        placement: PlacementId(1),
        check: PlacementCheck::Insurance,
        learner: LearnerId(1),
        status,
        seen_on: Some(day("2026-11-20")),
        expires_on: Some(day("2027-12-31")),
        note: "EL 1".into(),
        account: None,
    };
    change(store, |tx| placement::put_check(tx, SCHOOL, &check(CheckStatus::Asked))).unwrap();
    change(store, |tx| placement::put_check(tx, SCHOOL, &check(CheckStatus::Seen))).unwrap();
    let checks = |of| store.read(within(), |tx| placement::checks(tx, SCHOOL, of)).unwrap();
    assert_eq!(checks(Some(PlacementId(1))), [check(CheckStatus::Seen)]);
    assert_eq!((checks(None).len(), checks(Some(PlacementId(2))).len()), (1, 0));

    let entry = Entry {
        id: PlacementEntryId(1),
        placement: PlacementId(1),
        learner: LearnerId(1),
        sort: "journal".into(),
        held_on: day("2027-07-05"),
        hours: Some(Hours::whole(5)),
        how: None,
        by_whom: Some("The learner".into()),
        text: "Maps".into(),
        account: None,
        written_at: now(),
    };
    change(store, |tx| placement::insert_entry(tx, SCHOOL, &entry)).unwrap();
    let entries = || store.read(within(), |tx| placement::entries(tx, SCHOOL, PlacementId(1))).unwrap();
    assert_eq!(entries(), [entry]);
    change(store, |tx| placement::delete_entry(tx, SCHOOL, PlacementId(1), PlacementEntryId(1))).unwrap();
    assert!(entries().is_empty());

    let step = |position, stage| Step {
        placement: PlacementId(1),
        position,
        learner: LearnerId(1),
        stage,
        reason: None,
        account: None,
        at: now(),
    };
    for (position, stage) in [(0, PlacementStage::Searching), (1, PlacementStage::Requested)] {
        change(store, |tx| placement::insert_step(tx, SCHOOL, &step(position, stage))).unwrap();
    }
    let steps = || store.read(within(), |tx| placement::steps(tx, SCHOOL, Some(PlacementId(1)))).unwrap();
    assert_eq!(steps(), [step(0, PlacementStage::Searching), step(1, PlacementStage::Requested)]);
    change(store, |tx| placement::delete_step(tx, SCHOOL, PlacementId(1), 1)).unwrap();
    assert_eq!(steps().len(), 1);
}
