use domain::{AccountId, ActivityId, Checks, Hours, Kind, LearnerId, Mode, ProviderType, SlotId, YearGroup};
use store::{
    Error, Store,
    catch_up::{self, CatchUp},
    slot::{self, Slot},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

fn free(id: i64, held_on: &str) -> Slot {
    Slot {
        id: SlotId(id),
        title: "Taster afternoon".into(),
        kind: Kind::ProviderEncounter,
        provider_type: Some(ProviderType::College),
        organisation: Some("Ashdown College".into()),
        mode: Mode::InPerson,
        subject: None,
        held_on: day(held_on),
        starts_at: Some("13:30".into()),
        place: None,
        hours: Some(Hours::whole(2)),
        capacity: 30,
        year_groups: [8, 9].map(YearGroup::new).into_iter().collect(),
        checks: Checks::of(&[domain::Check::TwoWay, domain::Check::PurposeShared]),
        activity: None,
        is_removed: false,
        changed_at: now(),
    }
}

pub(crate) fn free_places_are_listed_by_day_changed_and_taken_away(store: &Store) {
    given::school(store, 0, 1);
    change(store, |tx| {
        slot::insert(tx, SCHOOL, &free(1, "2027-02-01"))?;
        slot::insert(tx, SCHOOL, &free(2, "2027-01-12"))
    })
    .unwrap();
    let list = |institution| store.read(within(), |tx| slot::list(tx, institution)).unwrap();
    assert_eq!(list(SCHOOL), [free(2, "2027-01-12"), free(1, "2027-02-01")]);
    assert_eq!(list(OTHER), []);
    let used = Slot { activity: Some(ActivityId(1)), capacity: 12, ..free(1, "2027-02-02") };
    let gone = Slot { is_removed: true, ..free(2, "2027-01-12") };
    change(store, |tx| {
        slot::update(tx, SCHOOL, &used)?;
        slot::update(tx, SCHOOL, &gone)
    })
    .unwrap();
    assert_eq!(list(SCHOOL), [used]);
    assert_eq!(store.read(within(), |tx| slot::get(tx, SCHOOL, SlotId(2))).unwrap(), gone);
    let missing = change(store, |tx| slot::update(tx, SCHOOL, &free(9, "2027-01-12")));
    assert!(matches!(missing, Err(Error::NotFound("slot"))), "{missing:?}");
    let unknown = Slot { activity: Some(ActivityId(77)), ..free(3, "2027-01-12") };
    let unknown = change(store, |tx| slot::insert(tx, SCHOOL, &unknown));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
}

pub(crate) fn what_made_up_for_a_missed_activity_is_said_anew_and_taken_back(store: &Store) {
    given::school(store, 2, 2);
    change(store, |tx| store::account::insert(tx, &given::account(1, "1@school.example"))).unwrap();
    let said = |learner, closed_by, reason: &str| CatchUp {
        activity: ActivityId(1),
        learner: LearnerId(learner),
        closed_by,
        reason: reason.into(),
        closed_at: now(),
        account: Some(AccountId(1)),
    };
    change(store, |tx| {
        catch_up::close(tx, SCHOOL, &said(2, None, "Moved"))?;
        catch_up::close(tx, SCHOOL, &said(1, None, "Knows it"))?;
        catch_up::close(tx, SCHOOL, &said(1, Some(ActivityId(2)), ""))
    })
    .unwrap();
    let list = |institution| store.read(within(), |tx| catch_up::list(tx, institution)).unwrap();
    assert_eq!(list(SCHOOL), [said(1, Some(ActivityId(2)), ""), said(2, None, "Moved")]);
    assert_eq!(list(OTHER), []);
    change(store, |tx| catch_up::reopen(tx, SCHOOL, ActivityId(1), LearnerId(1))).unwrap();
    assert_eq!(list(SCHOOL), [said(2, None, "Moved")]);
    let again = change(store, |tx| catch_up::reopen(tx, SCHOOL, ActivityId(1), LearnerId(1)));
    assert!(matches!(again, Err(Error::NotFound("catch_up"))), "{again:?}");
    let unknown = change(store, |tx| catch_up::close(tx, SCHOOL, &said(77, None, "Moved")));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
}
