use domain::{AcademicYear, ActivityId, Adapted, LearnerId, ParticipationStatus, YearGroup};
use store::{
    Error, Store, activity,
    adaptation::{self, Adaptation},
    attestation::{self, Attestation},
    learner, learner_alias,
    participation::{self, Entry},
    review, year_record,
};

use crate::given::{self, OTHER, SCHOOL, change, day};

pub(crate) fn learners_are_read_back_changed_and_removed(store: &Store) {
    given::institutions(store);
    let mut someone = given::learner("A1", "Zoë", "O’Test");
    change(store, |tx| learner::insert(tx, SCHOOL, LearnerId(i64::MAX - 1), &someone)).unwrap();
    assert_eq!(
        store.read(crate::given::within(), |tx| learner::get(tx, SCHOOL, LearnerId(i64::MAX - 1))).unwrap(),
        someone
    );
    someone.subjects.clear();
    someone.sen = None;
    someone.fsm = None;
    someone.left = Some(day("2027-02-28"));
    someone.upn = Some("Z999".into());
    change(store, |tx| learner::update(tx, SCHOOL, LearnerId(i64::MAX - 1), &someone)).unwrap();
    assert_eq!(
        store.read(crate::given::within(), |tx| learner::find(tx, SCHOOL, LearnerId(i64::MAX - 1))).unwrap(),
        Some(someone)
    );
    let found = store.read(crate::given::within(), |tx| learner::find_by_upn(tx, SCHOOL, "Z999")).unwrap();
    assert_eq!(found, [LearnerId(i64::MAX - 1)]);
    assert_eq!(
        store.read(crate::given::within(), |tx| learner::find_by_reference(tx, SCHOOL, "A1")).unwrap(),
        Some(LearnerId(i64::MAX - 1))
    );
    change(store, |tx| learner::delete(tx, SCHOOL, LearnerId(i64::MAX - 1))).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| learner::count(tx, SCHOOL)).unwrap(), 0);
    assert!(matches!(change(store, |tx| learner::delete(tx, SCHOOL, LearnerId(1))), Err(Error::NotFound("learner"))));
}

pub(crate) fn a_reference_is_unique_within_its_institution_only(store: &Store) {
    given::school(store, 1, 1);
    change(store, |tx| {
        learner::insert(tx, OTHER, LearnerId(1), &given::learner("A001", "Else", "Where"))?;
        activity::insert(tx, OTHER, ActivityId(1), &given::activity("ACT-1", "2026-10-02"))
    })
    .unwrap();
    let twice =
        change(store, |tx| activity::insert(tx, SCHOOL, ActivityId(2), &given::activity("ACT-1", "2026-10-02")));
    assert!(matches!(&twice, Err(Error::Duplicate { table }) if table == "activity"), "{twice:?}");
}

pub(crate) fn another_institutions_learner_is_not_found(store: &Store) {
    given::school(store, 1, 1);
    assert_eq!(store.read(crate::given::within(), |tx| learner::find(tx, OTHER, LearnerId(1))).unwrap(), None);
    assert_eq!(store.read(crate::given::within(), |tx| activity::find(tx, OTHER, ActivityId(1))).unwrap(), None);
    let refused = change(store, |tx| learner::update(tx, OTHER, LearnerId(1), &given::learner("A001", "No", "Body")));
    assert!(matches!(refused, Err(Error::NotFound("learner"))), "{refused:?}");
    let refused =
        change(store, |tx| year_record::set(tx, OTHER, LearnerId(1), AcademicYear::starting(2026), YearGroup::new(9)));
    assert!(matches!(refused, Err(Error::Depends { .. })), "{refused:?}");
}

pub(crate) fn former_identifiers_are_found(store: &Store) {
    given::school(store, 2, 0);
    change(store, |tx| {
        learner_alias::insert(tx, SCHOOL, LearnerId(2), "upn", "Z-OLD")?;
        learner_alias::insert(tx, SCHOOL, LearnerId(2), "upn", "Z-OLD")
    })
    .unwrap();
    assert_eq!(
        store.read(crate::given::within(), |tx| learner_alias::find(tx, SCHOOL, "upn", "Z-OLD")).unwrap(),
        [LearnerId(2)]
    );
    assert_eq!(store.read(crate::given::within(), |tx| learner_alias::find(tx, OTHER, "upn", "Z-OLD")).unwrap(), []);
    assert_eq!(store.read(crate::given::within(), |tx| learner_alias::all(tx, SCHOOL)).unwrap().len(), 1);
}

pub(crate) fn year_records_reviews_and_adaptations_are_kept(store: &Store) {
    given::school(store, 1, 0);
    let (who, year) = (LearnerId(1), AcademicYear::starting(2026));
    let adapted = Adaptation {
        requirement: "bm6.1".into(),
        adapted: Adapted::Count(1),
        reason: "Agreed at the review".into(),
        person: "A. Person".into(),
    };
    let out = Adaptation { requirement: "wex.ks4".into(), adapted: Adapted::Out, ..adapted.clone() };
    change(store, |tx| {
        year_record::set(tx, SCHOOL, who, year, YearGroup::new(8))?;
        year_record::set(tx, SCHOOL, who, year, YearGroup::new(9))?;
        year_record::set(tx, SCHOOL, who, year.previous(), YearGroup::new(8))?;
        review::set(tx, SCHOOL, who, day("2027-02-28"), false)?;
        review::set(tx, SCHOOL, who, day("2027-02-28"), true)?;
        adaptation::set(tx, SCHOOL, who, &adapted)?;
        adaptation::set(tx, SCHOOL, who, &out)
    })
    .unwrap();
    let years = store.read(crate::given::within(), |tx| year_record::list(tx, SCHOOL, who)).unwrap();
    assert_eq!(years, [(year.previous(), YearGroup::new(8)), (year, YearGroup::new(9))]);
    assert_eq!(
        store.read(crate::given::within(), |tx| review::list(tx, SCHOOL, who)).unwrap(),
        [(day("2027-02-28"), true)]
    );
    assert_eq!(store.read(crate::given::within(), |tx| adaptation::list(tx, SCHOOL, who)).unwrap(), [adapted, out]);
    let refused = change(store, |tx| learner::delete(tx, SCHOOL, who));
    assert!(matches!(refused, Err(Error::Depends { .. })), "{refused:?}");
    change(store, |tx| {
        year_record::delete(tx, SCHOOL, who, year)?;
        year_record::delete(tx, SCHOOL, who, year.previous())?;
        review::delete(tx, SCHOOL, who, day("2027-02-28"))?;
        adaptation::delete(tx, SCHOOL, who, "bm6.1")?;
        adaptation::delete(tx, SCHOOL, who, "wex.ks4")?;
        learner::delete(tx, SCHOOL, who)
    })
    .unwrap();
}

pub(crate) fn activities_are_read_back_changed_and_removed(store: &Store) {
    given::institutions(store);
    let mut visit = given::activity("ACT-1", "2026-11-12");
    change(store, |tx| activity::insert(tx, SCHOOL, ActivityId(1), &visit)).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| activity::get(tx, SCHOOL, ActivityId(1))).unwrap(), visit);
    visit.hours = None;
    visit.organisation = None;
    visit.checks = domain::Checks::NONE;
    visit.year_groups = domain::YearGroups::NONE;
    visit.source = Some(domain::Source::Transferred);
    visit.through = Some(domain::Through::CurriculumArea);
    change(store, |tx| activity::update(tx, SCHOOL, ActivityId(1), &visit)).unwrap();
    assert_eq!(
        store.read(crate::given::within(), |tx| activity::find(tx, SCHOOL, ActivityId(1))).unwrap(),
        Some(visit)
    );
    assert_eq!(
        store.read(crate::given::within(), |tx| activity::find_by_reference(tx, SCHOOL, "ACT-1")).unwrap(),
        Some(ActivityId(1))
    );
    assert_eq!(store.read(crate::given::within(), |tx| activity::count(tx, SCHOOL)).unwrap(), 1);
    change(store, |tx| activity::delete(tx, SCHOOL, ActivityId(1))).unwrap();
    assert!(matches!(
        store.read(crate::given::within(), |tx| activity::get(tx, SCHOOL, ActivityId(1))),
        Err(Error::NotFound("activity"))
    ));
}

pub(crate) fn a_register_is_saved_as_a_whole(store: &Store) {
    use ParticipationStatus::{Absent, Attended, Excused, Invited};
    given::school(store, 4, 2);
    let entry = |learner, status| Entry { learner: LearnerId(learner), activity: ActivityId(1), status };
    let first = [entry(3, Invited), entry(1, Attended), entry(2, Absent)];
    assert_eq!(change(store, |tx| participation::set_many(tx, SCHOOL, &first)).unwrap(), 3);
    let second = [entry(3, Attended), entry(1, Attended), entry(4, Excused)];
    assert_eq!(change(store, |tx| participation::set_many(tx, SCHOOL, &second)).unwrap(), 2);
    assert_eq!(change(store, |tx| participation::set_many(tx, SCHOOL, &second)).unwrap(), 0);
    change(store, |tx| participation::delete(tx, SCHOOL, LearnerId(2), ActivityId(1))).unwrap();
    let register = store.read(crate::given::within(), |tx| participation::register(tx, SCHOOL, ActivityId(1))).unwrap();
    assert_eq!(register, [(LearnerId(1), Attended), (LearnerId(3), Attended), (LearnerId(4), Excused)]);
    assert_eq!(
        store.read(crate::given::within(), |tx| participation::of_learner(tx, SCHOOL, LearnerId(4))).unwrap(),
        [(ActivityId(1), Excused)]
    );
    assert_eq!(store.read(crate::given::within(), |tx| participation::count(tx, SCHOOL)).unwrap(), 3);
    let unknown = change(store, |tx| participation::set_many(tx, SCHOOL, &[entry(99, Attended)]));
    assert!(matches!(unknown, Err(Error::Depends { .. })), "{unknown:?}");
    let refused = change(store, |tx| activity::delete(tx, SCHOOL, ActivityId(1)));
    assert!(matches!(refused, Err(Error::Depends { .. })), "{refused:?}");
}

pub(crate) fn attestations_keep_their_history(store: &Store) {
    given::institutions(store);
    let attestation = |on: &str, evidence: &str| Attestation {
        requirement: "bm1.1".into(),
        attested_on: day(on),
        evidence: evidence.into(),
        owner: "Head".into(),
        account: None,
    };
    let (early, late) = (attestation("2025-09-01", "Minutes"), attestation("2026-09-01", "Website"));
    change(store, |tx| {
        attestation::set(tx, SCHOOL, &late)?;
        attestation::set(tx, SCHOOL, &attestation("2025-09-01", "Draft"))?;
        attestation::set(tx, SCHOOL, &early)
    })
    .unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| attestation::list(tx, SCHOOL)).unwrap(), [early, late.clone()]);
    change(store, |tx| attestation::delete(tx, SCHOOL, "bm1.1", day("2025-09-01"))).unwrap();
    assert_eq!(store.read(crate::given::within(), |tx| attestation::list(tx, SCHOOL)).unwrap(), [late]);
}
