use domain::{
    AcademicYear, ActivityId, CurriculumLinkId, Framework, OutcomeId, OutcomeSort, OutcomeStage, RoadmapPointId,
    StaffTrainingId, YearGroup,
};
use store::{
    Error, Store,
    curriculum_link::{self, CurriculumLink, SubjectLead},
    outcome::{self, Outcome},
    programme::{self, GovernorsApproval, Programme, ProgrammeYear, SeniorApproval},
    roadmap_point::{self, RoadmapPoint},
    staff_training::{self, StaffTraining},
};

use crate::given::{self, OTHER, SCHOOL, change, day, now, within};

const YEAR: AcademicYear = AcademicYear::starting(2026);

fn outcome(id: i64, year_group: i8) -> Outcome {
    Outcome {
        id: OutcomeId(id),
        academic_year: YEAR,
        year_group: YearGroup::new(year_group),
        sort: OutcomeSort::Skill,
        stage: OutcomeStage::Practised,
        thread: "Routes".into(),
        statement: format!("Compare two ways on, {id}"),
        position: id as i32,
        tags: vec![(Framework::Benchmark, "bm7".into()), (Framework::Cdi, "explore".into())],
    }
}

pub(crate) fn a_programme_is_read_back_with_its_approvals_and_written_anew(store: &Store) {
    given::institutions(store);
    let text = Programme {
        academic_year: YEAR,
        aims: "Everybody finds a way".into(),
        leavers: String::new(),
        delivery: "Tutor time".into(),
        send: String::new(),
        parents: "Two evenings".into(),
        senior: Some(SeniorApproval {
            leader: "R. E.".into(),
            on: day("2026-09-14"),
            account: None,
            text: "{}".into(),
        }),
        governors: None,
        revision: 1,
        changed_at: now(),
    };
    let group = ProgrammeYear { year_group: YearGroup::new(9), aims: "Options".into(), delivery: String::new() };
    change(store, |tx| {
        programme::set(tx, SCHOOL, &text)?;
        programme::set_year_group(tx, SCHOOL, YEAR, &group)
    })
    .unwrap();
    let find = |of| store.read(within(), |tx| programme::find(tx, of, YEAR)).unwrap();
    assert_eq!((find(SCHOOL), find(OTHER)), (Some(text.clone()), None));
    let governors = GovernorsApproval { on: day("2026-10-14"), minute: "6.2".into(), text: "{}".into() };
    let after = Programme { senior: None, governors: Some(governors), revision: 2, ..text };
    let later = ProgrammeYear { aims: "Choosing".into(), ..group };
    change(store, |tx| {
        programme::set(tx, SCHOOL, &after)?;
        programme::set_year_group(tx, SCHOOL, YEAR, &later)
    })
    .unwrap();
    assert_eq!(find(SCHOOL), Some(after));
    let groups = store.read(within(), |tx| programme::year_groups(tx, SCHOOL, YEAR)).unwrap();
    assert_eq!(groups, [later]);
    assert_eq!(store.read(within(), |tx| programme::years(tx, SCHOOL)).unwrap(), [YEAR]);
}

pub(crate) fn outcomes_keep_their_tags_and_what_serves_them(store: &Store) {
    given::school(store, 0, 2);
    change(store, |tx| {
        outcome::insert(tx, SCHOOL, &outcome(2, 9))?;
        outcome::insert(tx, SCHOOL, &outcome(1, 8))?;
        outcome::serve(tx, SCHOOL, OutcomeId(2), ActivityId(1))?;
        outcome::serve(tx, SCHOOL, OutcomeId(2), ActivityId(1))
    })
    .unwrap();
    let list = || store.read(within(), |tx| outcome::list(tx, SCHOOL, YEAR)).unwrap();
    assert_eq!(list(), [outcome(1, 8), outcome(2, 9)]);
    assert_eq!(store.read(within(), |tx| outcome::list(tx, OTHER, YEAR)).unwrap(), []);
    let after = Outcome { tags: vec![(Framework::Own, "Houses".into())], thread: String::new(), ..outcome(1, 8) };
    change(store, |tx| outcome::update(tx, SCHOOL, &after)).unwrap();
    let find = |id| store.read(within(), |tx| outcome::find(tx, SCHOOL, OutcomeId(id))).unwrap();
    assert_eq!(find(1), Some(after));
    let serving = || store.read(within(), |tx| outcome::serving(tx, SCHOOL, YEAR)).unwrap();
    assert_eq!(serving(), [(OutcomeId(2), ActivityId(1))]);
    change(store, |tx| outcome::delete(tx, SCHOOL, OutcomeId(2))).unwrap();
    assert_eq!((find(2), serving()), (None, vec![]));
    let gone = change(store, |tx| outcome::delete(tx, SCHOOL, OutcomeId(2)));
    assert!(matches!(gone, Err(Error::NotFound("outcome"))), "{gone:?}");
}

pub(crate) fn links_leads_training_and_the_roadmap_are_kept(store: &Store) {
    given::school(store, 0, 1);
    let link = CurriculumLink {
        id: CurriculumLinkId(1),
        academic_year: YEAR,
        year_group: YearGroup::new(9),
        subject: "Art".into(),
        term: Some(2),
        topic: "Portraits".into(),
        about: "Who paints".into(),
        teacher: None,
        account: None,
        activity: None,
        changed_at: now(),
    };
    let lead = |name: &str| SubjectLead { subject: "Art".into(), name: name.into(), account: None };
    let training = StaffTraining {
        id: StaffTrainingId(1),
        held_on: day("2026-09-03"),
        title: "Routes".into(),
        provider: None,
        audience: "All".into(),
        attended: 70,
        hours: Some("1.5".parse().unwrap()),
        about: String::new(),
        changed_at: now(),
    };
    let point = RoadmapPoint {
        id: RoadmapPointId(1),
        academic_year: YEAR,
        year_group: YearGroup::new(9),
        term: 2,
        held_on: Some(day("2027-03-04")),
        title: "Options".into(),
        about: "Choose".into(),
        does: "Explain".into(),
        position: 0,
        is_hidden: false,
        pack_key: Some("9-options".into()),
    };
    change(store, |tx| {
        curriculum_link::set(tx, SCHOOL, &link)?;
        curriculum_link::set_lead(tx, SCHOOL, &lead("A"))?;
        curriculum_link::set_lead(tx, SCHOOL, &lead("B"))?;
        staff_training::insert(tx, SCHOOL, &training)?;
        roadmap_point::set(tx, SCHOOL, &point)
    })
    .unwrap();
    let taught = CurriculumLink { activity: Some(ActivityId(1)), teacher: Some("T".into()), ..link };
    let hidden = RoadmapPoint { is_hidden: true, held_on: None, ..point };
    change(store, |tx| {
        curriculum_link::set(tx, SCHOOL, &taught)?;
        roadmap_point::set(tx, SCHOOL, &hidden)
    })
    .unwrap();
    store
        .read(within(), |tx| {
            assert_eq!(curriculum_link::list(tx, SCHOOL, YEAR)?, std::slice::from_ref(&taught));
            assert_eq!(curriculum_link::leads(tx, SCHOOL)?, [lead("B")]);
            assert_eq!(roadmap_point::list(tx, SCHOOL, YEAR)?, std::slice::from_ref(&hidden));
            let span = (day("2026-09-01"), day("2027-08-31"));
            assert_eq!(staff_training::list(tx, SCHOOL, span)?, std::slice::from_ref(&training));
            assert_eq!(staff_training::list(tx, SCHOOL, (day("2025-09-01"), day("2026-08-31")))?, []);
            Ok::<_, Error>(())
        })
        .unwrap();
    change(store, |tx| {
        curriculum_link::delete(tx, SCHOOL, CurriculumLinkId(1))?;
        curriculum_link::set_lead(tx, SCHOOL, &lead(""))?;
        staff_training::delete(tx, SCHOOL, StaffTrainingId(1))
    })
    .unwrap();
    assert_eq!(store.read(within(), |tx| curriculum_link::leads(tx, SCHOOL)).unwrap(), []);
}
