use domain::{AcademicYear, Activity, ActivityId, ActivityState, CalendarDateId, LearnerId, YearGroup};
use store::{
    Error, Store, activity,
    calendar::{self, CalendarDate},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

fn date(id: i64, starts_on: &str, sort: &str) -> CalendarDate {
    CalendarDate {
        id: CalendarDateId(id),
        academic_year: AcademicYear::starting(2026),
        pack_key: None,
        title: format!("Date {id}"),
        starts_on: day(starts_on),
        ends_on: Some(day("2027-06-04")),
        time: Some("18:00".into()),
        sort: sort.into(),
        year_groups: [YearGroup::new(9), YearGroup::new(11)].into_iter().collect(),
        is_hidden: false,
        about: "Ask the office".into(),
        changed_at: now(),
    }
}

pub(crate) fn dates_of_the_calendar_are_kept_changed_hidden_and_taken_away(store: &Store) {
    given::institutions(store);
    let other_year = CalendarDate { academic_year: AcademicYear::starting(2025), ..date(3, "2026-05-30", "own") };
    change(store, |tx| {
        calendar::put(tx, SCHOOL, &date(1, "2027-05-31", "holiday"))?;
        calendar::put(tx, SCHOOL, &date(2, "2026-09-02", "inset"))?;
        calendar::put(tx, SCHOOL, &other_year)
    })
    .unwrap();
    let list = |year| store.read(within(), |tx| calendar::list(tx, SCHOOL, AcademicYear::starting(year))).unwrap();
    assert_eq!(list(2026), [date(2, "2026-09-02", "inset"), date(1, "2027-05-31", "holiday")]);
    assert_eq!(list(2025), [other_year]);
    let elsewhere = store.read(within(), |tx| calendar::list(tx, OTHER, AcademicYear::starting(2026))).unwrap();
    assert_eq!(elsewhere, []);
    let hidden = CalendarDate {
        is_hidden: true,
        ends_on: None,
        time: None,
        pack_key: Some("2026-ucas".into()),
        ..date(1, "2027-06-01", "national")
    };
    change(store, |tx| calendar::put(tx, SCHOOL, &hidden)).unwrap();
    let get = |id| store.read(within(), |tx| calendar::get(tx, SCHOOL, CalendarDateId(id)));
    assert_eq!(get(1).unwrap(), hidden);
    change(store, |tx| calendar::delete(tx, SCHOOL, CalendarDateId(1))).unwrap();
    assert!(matches!(get(1), Err(Error::NotFound("calendar_date"))));
    let again = change(store, |tx| calendar::delete(tx, SCHOOL, CalendarDateId(1)));
    assert!(matches!(again, Err(Error::NotFound("calendar_date"))), "{again:?}");
}

pub(crate) fn the_activities_of_a_span_of_days_are_read_with_their_plans(store: &Store) {
    given::school(store, 2, 0);
    let held_on = |id: i64, on: &str| given::activity(&format!("C{id}"), on);
    change(store, |tx| {
        activity::insert(tx, SCHOOL, ActivityId(101), &held_on(101, "2026-05-29"))?;
        activity::insert(tx, SCHOOL, ActivityId(102), &held_on(102, "2026-08-31"))?;
        activity::insert(tx, SCHOOL, ActivityId(103), &held_on(103, "2026-09-01"))?;
        let removed = Activity { state: ActivityState::Removed, ..held_on(104, "2027-08-31") };
        activity::insert(tx, SCHOOL, ActivityId(104), &removed)?;
        activity::insert(tx, SCHOOL, ActivityId(105), &held_on(105, "2027-09-01"))
    })
    .unwrap();
    let (from, until) = (day("2026-09-01"), day("2027-08-31"));
    let found = store.read(within(), |tx| calendar::activities(tx, SCHOOL, from, until)).unwrap();
    // 29 May is 95 days before 1 September, 31 August one.
    let ids: Vec<_> = found.iter().map(|planned| (planned.id.0, planned.activity.state.counts())).collect();
    assert_eq!(ids, [(102, true), (103, true), (104, false)]);
    assert_eq!((found[0].ends_on, &found[0].starts_at, found[0].changed_at), (None, &None, None));
    assert!(found[0].revision > 0);
    assert_eq!(store.read(within(), |tx| calendar::sessions(tx, SCHOOL, from, until)).unwrap(), []);
    assert_eq!(store.read(within(), |tx| calendar::groups(tx, SCHOOL, from, until)).unwrap(), []);
    assert_eq!(store.read(within(), |tx| calendar::selected(tx, SCHOOL, from, until)).unwrap(), []);
    change(store, |tx| {
        store::year_record::set(tx, SCHOOL, LearnerId(1), AcademicYear::starting(2031), YearGroup::new(13))
    })
    .unwrap();
    let years = store.read(within(), |tx| calendar::year_groups(tx, SCHOOL, AcademicYear::starting(2031))).unwrap();
    assert_eq!(years, [(LearnerId(1), YearGroup::new(13))]);
}
