use domain::{AcademicYear, ActivityId, Kind, LearnerId, YearGroup};
use store::{Store, activity, audit, learner, year_record};

use crate::given::{self, SCHOOL, change, day};

fn names(store: &Store, filter: &learner::Filter, page: u32) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let rows =
            store.read(crate::given::within(), |tx| learner::list(tx, SCHOOL, filter, after.as_ref(), page)).unwrap();
        assert!(rows.len() <= page as usize);
        let Some(last) = rows.last() else { return found };
        after = Some(last.after.clone());
        found.extend(rows.into_iter().map(|row| format!("{} {}", row.learner.forename, row.learner.surname)));
    }
}

fn given_learners(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        let people =
            [("Ann", "de Test"), ("Bo", "Able"), ("Cy", "ABLE"), ("Bo", "Able"), ("Éva", "Örn_100%"), ("Ed", "Zed")];
        for (id, (forename, surname)) in people.into_iter().enumerate() {
            let mut someone = given::learner(&format!("Ref{id}"), forename, surname);
            someone.form = Some(if id < 3 { "9A" } else { "10B" }.into());
            someone.left = (id == 5).then(|| day("2026-07-20"));
            learner::insert(tx, SCHOOL, LearnerId(id as i64), &someone)?;
            let (year, group) = if id % 2 == 0 { (2024, 7) } else { (2026, 10) };
            year_record::set(tx, SCHOOL, LearnerId(id as i64), AcademicYear::starting(year), YearGroup::new(group))?;
        }
        Ok(())
    })
    .unwrap();
}

pub(crate) fn learners_are_paged_by_name(store: &Store) {
    given_learners(store);
    let sorted = ["Bo Able", "Bo Able", "Cy ABLE", "Ann de Test", "Ed Zed", "Éva Örn_100%"];
    for page in [1, 2, 4, 100] {
        assert_eq!(names(store, &learner::Filter::default(), page), sorted, "pages of {page}");
    }
}

pub(crate) fn learners_are_filtered(store: &Store) {
    given_learners(store);
    let by = |filter: learner::Filter| names(store, &filter, 3);
    let text = |text: &str| learner::Filter { text: Some(text.into()), ..Default::default() };
    assert_eq!(by(text("DE  te")), ["Ann de Test"]);
    assert_eq!(by(text("_100%")), ["Éva Örn_100%"]);
    assert_eq!(by(text("_")), ["Éva Örn_100%"]);
    assert_eq!(by(text("ref5")), ["Ed Zed"]);
    assert_eq!(by(text("örn")), ["Éva Örn_100%"]);
    assert_eq!(by(learner::Filter { form: Some("9A".into()), ..Default::default() }).len(), 3);
    assert_eq!(by(learner::Filter { on_roll: Some(day("2026-11-23")), ..Default::default() }).len(), 5);
    let in_year = |group| {
        let filter = learner::Filter {
            year_group: Some((AcademicYear::starting(2026), YearGroup::new(group))),
            ..Default::default()
        };
        by(filter)
    };
    assert_eq!(in_year(9), ["Cy ABLE", "Ann de Test", "Éva Örn_100%"]);
    assert_eq!(in_year(10).len(), 3);
    assert_eq!(in_year(7).len(), 0);
    assert_eq!(
        store.read(crate::given::within(), |tx| learner::forms(tx, SCHOOL, day("2026-11-23"))).unwrap(),
        ["10B", "9A"]
    );
    let everything = learner::Filter {
        year_group: Some((AcademicYear::starting(2026), YearGroup::new(9))),
        form: Some("9A".into()),
        text: Some("able".into()),
        on_roll: Some(day("2026-11-23")),
    };
    assert_eq!(by(everything), ["Cy ABLE"]);
}

pub(crate) fn activities_are_paged_by_day_latest_first(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        for (id, date) in [(1, "2026-09-10"), (2, "2026-12-01"), (3, "2026-09-10"), (4, "2025-01-01")] {
            activity::insert(tx, SCHOOL, ActivityId(id), &given::activity(&format!("ACT-{id}"), date))?;
        }
        Ok(())
    })
    .unwrap();
    for page in [1, 3, 9] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let filter = activity::Filter::default();
            let rows =
                store.read(crate::given::within(), |tx| activity::list(tx, SCHOOL, &filter, after, page)).unwrap();
            let Some((id, last)) = rows.last() else { break };
            after = Some((last.date, *id));
            found.extend(rows.iter().map(|(id, _)| id.0));
        }
        assert_eq!(found, [2, 3, 1, 4], "pages of {page}");
    }
}

pub(crate) fn activities_are_filtered(store: &Store) {
    given::institutions(store);
    change(store, |tx| {
        let mut lesson = given::activity("L1", "2026-09-10");
        (lesson.kind, lesson.title) = (Kind::Curriculum, "Forces and 50% faster".into());
        activity::insert(tx, SCHOOL, ActivityId(1), &lesson)?;
        activity::insert(tx, SCHOOL, ActivityId(2), &given::activity("V1", "2026-10-10"))
    })
    .unwrap();
    let by = |filter: activity::Filter| -> Vec<i64> {
        let rows = store.read(crate::given::within(), |tx| activity::list(tx, SCHOOL, &filter, None, 10)).unwrap();
        rows.into_iter().map(|(id, _)| id.0).collect()
    };
    let all = activity::Filter::default;
    assert_eq!(by(activity::Filter { kind: Some(Kind::Curriculum), ..all() }), [1]);
    assert_eq!(by(activity::Filter { text: Some("50% FASTER".into()), ..all() }), [1]);
    assert_eq!(by(activity::Filter { text: Some("invented college".into()), ..all() }), [2, 1]);
    assert_eq!(by(activity::Filter { from: Some(day("2026-10-10")), ..all() }), [2]);
    assert_eq!(by(activity::Filter { until: Some(day("2026-10-09")), kind: Some(Kind::Curriculum), ..all() }), [1]);
}

pub(crate) fn audit_events_are_paged(store: &Store) {
    given::institutions(store);
    for _ in 0..4 {
        change(store, |_| Ok(())).unwrap();
    }
    let page = store.read(crate::given::within(), |tx| audit::list(tx, SCHOOL, None, 3)).unwrap();
    assert_eq!(page.iter().map(|event| event.id).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!(page[0], given::event(5));
    let rest = store.read(crate::given::within(), |tx| audit::list(tx, SCHOOL, Some(3), 3)).unwrap();
    assert_eq!(rest.iter().map(|event| event.id).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(store.read(crate::given::within(), |tx| audit::list(tx, audit::INSTALLATION, None, 3)).unwrap(), []);
}
