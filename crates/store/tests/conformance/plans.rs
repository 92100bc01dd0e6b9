use domain::{AcademicYear, ActivityFileId, ActivityId, ActivityState, ActivityTemplateId, OrganisationId};
use store::{
    Error, Store, activity,
    activity_file::{self, ActivityFile},
    activity_template::{self, ActivityTemplate},
    budget,
    plan::{self, Attending, Group, Plan, Session},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

const FIRST: ActivityId = ActivityId(1);

pub(crate) fn a_plan_is_kept_written_anew_and_belongs_to_one_institution(store: &Store) {
    given::school(store, 1, 2);
    let whole = Plan {
        ends_on: Some(day("2026-11-13")),
        starts_at: Some("09:30".into()),
        ends_at: Some("15:00".into()),
        place: Some("Hall".into()),
        purpose: "To ask".into(),
        staff: Some("Head of Year 9".into()),
        adjustments: "Large print".into(),
        risk_notes: "None".into(),
        visitor_notes: "Sign in".into(),
        notes: "Bring pens".into(),
        cost_pence: Some(12_550),
        series: Some(FIRST),
        expects: Some(120),
        shows: "bm1.1 bm1.2".into(),
        ended_because: Some("Snow".into()),
        ..Plan::blank(now())
    };
    for plan in [&Plan::blank(now()), &whole] {
        change(store, |tx| plan::set(tx, SCHOOL, FIRST, plan)).unwrap();
        let found = store.read(within(), |tx| plan::find(tx, SCHOOL, FIRST)).unwrap();
        assert_eq!(found.as_ref(), Some(plan));
    }
    assert_eq!(store.read(within(), |tx| plan::find(tx, OTHER, FIRST)).unwrap(), None);
    assert_eq!(store.read(within(), |tx| plan::all(tx, SCHOOL)).unwrap(), [(FIRST, whole)]);
    let series = store.read(within(), |tx| plan::of_series(tx, SCHOOL, FIRST)).unwrap();
    assert_eq!(
        series.iter().map(|(id, _, state)| (*id, *state)).collect::<Vec<_>>(),
        [(FIRST, ActivityState::Planned)]
    );
    let unknown = change(store, |tx| plan::set(tx, SCHOOL, ActivityId(99), &Plan::blank(now())));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
}

pub(crate) fn what_belongs_to_a_plan_is_replaced_as_a_whole(store: &Store) {
    given::school(store, 1, 2);
    let session = |held_on: &str| Session {
        held_on: day(held_on),
        starts_at: Some("09:00".into()),
        ends_at: None,
        place: None,
        capacity: Some(30),
    };
    let group = |sort: &str, name: &str| Group { sort: sort.into(), name: name.into() };
    change(store, |tx| {
        plan::set_sessions(tx, SCHOOL, FIRST, &[session("2026-11-12"), session("2026-11-13")])?;
        plan::set_sessions(tx, SCHOOL, FIRST, &[session("2026-11-14")])?;
        plan::set_groups(tx, SCHOOL, FIRST, &[group("subject", "9 Art"), group("form", "9A")])?;
        plan::add_organisation(tx, SCHOOL, OrganisationId(5), "The Hub", now())?;
        plan::set_attending(tx, SCHOOL, FIRST, &[(OrganisationId(5), "helps".into())])?;
        plan::set_outcomes(tx, SCHOOL, FIRST, &[])
    })
    .unwrap();
    store
        .read(within(), |tx| {
            assert_eq!(plan::sessions(tx, SCHOOL, FIRST)?, [session("2026-11-14")]);
            assert_eq!(plan::all_sessions(tx, SCHOOL)?, [(FIRST, session("2026-11-14"))]);
            assert_eq!(plan::groups(tx, SCHOOL, FIRST)?, [group("form", "9A"), group("subject", "9 Art")]);
            assert_eq!(plan::all_groups(tx, SCHOOL)?.len(), 2);
            let attending = Attending { organisation: OrganisationId(5), name: "The Hub".into(), role: "helps".into() };
            assert_eq!(plan::attending(tx, SCHOOL, FIRST)?, [attending]);
            assert_eq!(plan::organisation_names(tx, SCHOOL)?, ["The Hub"]);
            assert!(plan::outcomes(tx, SCHOOL, FIRST)?.is_empty());
            assert!(plan::outcome_statements(tx, SCHOOL, FIRST)?.is_empty());
            assert!(plan::outcome_choices(tx, SCHOOL, AcademicYear::starting(2026))?.is_empty());
            Ok::<_, Error>(())
        })
        .unwrap();
    let twice = change(store, |tx| plan::set_groups(tx, SCHOOL, FIRST, &[group("form", "9A"), group("form", "9A")]));
    assert!(matches!(twice, Err(Error::Duplicate { .. })), "{twice:?}");
}

pub(crate) fn an_occasion_is_the_activity_that_leads_it_and_its_parts(store: &Store) {
    given::school(store, 1, 3);
    let (second, third) = (ActivityId(2), ActivityId(3));
    change(store, |tx| activity::set_part_of(tx, SCHOOL, third, Some(FIRST))).unwrap();
    for id in [FIRST, third] {
        assert_eq!(store.read(within(), |tx| activity::occasion(tx, SCHOOL, id)).unwrap(), [FIRST, third]);
    }
    assert_eq!(store.read(within(), |tx| activity::occasion(tx, SCHOOL, second)).unwrap(), [second]);
    assert_eq!(store.read(within(), |tx| activity::part_of(tx, SCHOOL, third)).unwrap(), Some(FIRST));
    assert_eq!(store.read(within(), |tx| activity::part_of(tx, OTHER, third)).unwrap(), None);
}

pub(crate) fn files_templates_and_budgets_are_kept_and_taken_away(store: &Store) {
    given::school(store, 1, 1);
    let file = ActivityFile {
        id: ActivityFileId(7),
        name: "flyer.pdf".into(),
        media_type: "application/pdf".into(),
        size: 4,
        digest: vec![1; 32],
        account: None,
        added_at: now(),
        removed_at: None,
    };
    change(store, |tx| activity_file::insert(tx, SCHOOL, FIRST, &file, b"%PDF")).unwrap();
    let list = || store.read(within(), |tx| activity_file::list(tx, SCHOOL, FIRST)).unwrap();
    let content = |institution| store.read(within(), |tx| activity_file::content(tx, institution, FIRST, file.id));
    assert_eq!(list(), std::slice::from_ref(&file));
    assert_eq!(content(SCHOOL).unwrap(), b"%PDF");
    assert!(matches!(content(OTHER), Err(Error::NotFound(_))));
    change(store, |tx| activity_file::set_removed(tx, SCHOOL, FIRST, file.id, Some(now()))).unwrap();
    assert!(list().is_empty() && content(SCHOOL).is_err());
    change(store, |tx| activity_file::set_removed(tx, SCHOOL, FIRST, file.id, None)).unwrap();
    assert_eq!(store.read(within(), |tx| activity_file::find(tx, SCHOOL, FIRST, file.id)).unwrap(), Some(file));

    let template = |id, name: &str| ActivityTemplate {
        id: ActivityTemplateId(id),
        name: name.into(),
        content: "{}".into(),
        changed_at: now(),
    };
    change(store, |tx| {
        activity_template::insert(tx, SCHOOL, &template(1, "visit"))?;
        activity_template::insert(tx, SCHOOL, &template(2, "Talk"))
    })
    .unwrap();
    let list = |institution| store.read(within(), |tx| activity_template::list(tx, institution)).unwrap();
    assert_eq!((list(SCHOOL), list(OTHER)), (vec![template(2, "Talk"), template(1, "visit")], vec![]));
    change(store, |tx| activity_template::delete(tx, SCHOOL, ActivityTemplateId(2))).unwrap();
    let find = |id| store.read(within(), |tx| activity_template::find(tx, SCHOOL, ActivityTemplateId(id))).unwrap();
    assert_eq!((find(1), find(2)), (Some(template(1, "visit")), None));

    let year = AcademicYear::starting(2026);
    let find = |institution| store.read(within(), |tx| budget::find(tx, institution, year)).unwrap();
    for pence in [Some(100), Some(250_000), None] {
        change(store, |tx| budget::set(tx, SCHOOL, year, pence)).unwrap();
        assert_eq!((find(SCHOOL), find(OTHER)), (pence, None));
    }
}
