//! Plans: what taking a roster would do, from the same file twice to a file that was cut short.

use std::collections::BTreeMap;

use domain::{AcademicYear, Calendar, LearnerId, YearGroup};
use exchange::{
    plan::{self, Counts, Decision, Existing, Options, Plan, Question, Step, Undecidable, Value},
    roster::{Extent, Field, Roster, RosterRow, Source},
};
use jiff::civil::date;

fn options() -> Options {
    Options {
        as_of: date(2026, 11, 23),
        academic_year: AcademicYear::starting(2026),
        calendar: Calendar::default(),
        years: (YearGroup::new(7), YearGroup::new(13)),
        leavers_threshold: None,
    }
}

fn row(line: u64, reference: &str) -> RosterRow {
    RosterRow {
        line,
        reference: Some(reference.into()),
        forename: Some(format!("Fen{line}")),
        surname: Some("Quillfeather".into()),
        date_of_birth: Some(date(2014, 1, line as i8)),
        year_group: Some(YearGroup::new(8)),
        ..RosterRow::default()
    }
}

fn roster(extent: Extent, rows: Vec<RosterRow>) -> Roster {
    let mut roster = Roster { rows, ..Roster::new("pupils.csv", Source::Mapped, extent) };
    roster.covers = [
        Field::Reference,
        Field::Forename,
        Field::Surname,
        Field::DateOfBirth,
        Field::YearGroup,
        Field::Form,
        Field::Fsm,
    ]
    .into();
    roster
}

/// What the store would hold after the plan was applied.
fn applied(existing: &[Existing], plan: &Plan) -> Vec<Existing> {
    let mut stored = existing.to_vec();
    for row in &plan.rows {
        match &row.step {
            Step::Join { draft } => {
                let (learner, year, group) = draft.learner().unwrap();
                stored.push(Existing {
                    id: LearnerId(stored.len() as i64 + 1),
                    learner,
                    former_upns: draft.former_upns().to_vec(),
                    year_groups: BTreeMap::from([(year, group)]),
                });
            }
            Step::Change { learner, changes, .. } => {
                let existing = stored.iter_mut().find(|e| e.id == *learner).unwrap();
                for change in changes {
                    change.new.put(&mut existing.learner, change.field);
                    match &change.new {
                        Value::YearGroup(year, group) => drop(existing.year_groups.insert(*year, *group)),
                        Value::Texts(upns) if change.field == Field::FormerUpn => existing.former_upns = upns.clone(),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    stored
}

fn stored(rows: Vec<RosterRow>) -> Vec<Existing> {
    let roster = roster(Extent::Bulk, rows);
    applied(&[], &plan::plan(&[], &roster, &options()))
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let rows: Vec<RosterRow> = (1..=20).map(|line| row(line, &format!("S{line}"))).collect();
    let roster = roster(Extent::Bulk, rows);
    let first = plan::plan(&[], &roster, &options());
    assert_eq!(first.counts(), Counts { join: 20, ..Counts::default() });
    let second = plan::plan(&applied(&[], &first), &roster, &options());
    assert_eq!(second.counts(), Counts { same: 20, ..Counts::default() });
    assert!(second.is_empty());
}

#[test]
fn changes_are_told_field_by_field() {
    let existing = stored(vec![RosterRow { form: Some("8A".into()), fsm: Some(true), ..row(1, "S1") }]);
    let incoming = roster(
        Extent::Bulk,
        vec![RosterRow { form: Some("8B".into()), surname: Some("QUILLFEATHER".into()), ..row(1, "S1") }],
    );
    let planned = plan::plan(&existing, &incoming, &options());
    let Step::Change { changes, .. } = &planned.rows[0].step else { panic!("{:?}", planned.rows[0]) };
    let shown: Vec<_> = changes.iter().map(|c| (c.field, c.old.to_string(), c.new.to_string())).collect();
    // Free school meals are covered by the bulk file and blank there; capitals are no news.
    assert_eq!(shown, [(Field::Form, "8A".into(), "8B".into()), (Field::Fsm, "yes".into(), String::new())]);
}

#[test]
fn a_partial_source_never_blanks_what_is_known() {
    let existing = stored(vec![RosterRow { form: Some("8A".into()), fsm: Some(true), ..row(1, "S1") }, row(2, "S2")]);
    let planned = plan::plan(&existing, &roster(Extent::Partial, vec![row(1, "S1")]), &options());
    assert_eq!(planned.counts(), Counts { same: 1, ..Counts::default() });
}

#[test]
fn a_file_cut_short_makes_nobody_leave() {
    let rows: Vec<RosterRow> = (1..=28).map(|line| row(line, &format!("S{line}"))).collect();
    let existing = stored(rows.clone());
    let mut planned = plan::plan(&existing, &roster(Extent::Bulk, rows[..10].to_vec()), &options());
    assert_eq!((planned.absent.len(), planned.confirm_each, planned.is_decided()), (18, true, false));
    for absent in planned.absent.clone() {
        planned.confirm(absent.learner, false).unwrap();
    }
    assert!(planned.is_decided() && planned.is_empty());
    let few = plan::plan(&existing, &roster(Extent::Bulk, rows[..25].to_vec()), &options());
    assert_eq!((few.absent.len(), few.confirm_each, few.absent[0].left), (3, false, date(2026, 11, 22)));
}

#[test]
fn a_row_that_was_refused_still_keeps_its_learner_present() {
    let existing = stored(vec![row(1, "S1"), row(2, "S2")]);
    let mut incoming = roster(Extent::Bulk, vec![row(1, "S1")]);
    incoming.rejected.push(RosterRow { line: 2, reference: Some("S2".into()), ..RosterRow::default() });
    assert!(plan::plan(&existing, &incoming, &options()).absent.is_empty());
}

#[test]
fn in_september_leavers_left_on_the_last_day_of_the_year_before() {
    let calendar = Calendar::new(BTreeMap::from([(AcademicYear::starting(2026), date(2026, 8, 27))]));
    assert_eq!(plan::proposed_leaving(&calendar, date(2026, 9, 10)), date(2026, 8, 26));
    assert_eq!(plan::proposed_leaving(&calendar, date(2026, 11, 1)), date(2026, 10, 31));
}

#[test]
fn identifiers_match_in_order_and_names_only_suggest() {
    let upn = "B801200005001".to_owned();
    let existing = stored(vec![RosterRow { upn: Some(upn.clone()), ..row(1, "S1") }, row(2, "S2")]);
    // A new id with the known UPN is the same learner; the id and the UPN of two learners is a question.
    let incoming = roster(
        Extent::Delta,
        vec![
            RosterRow { upn: Some(upn.clone()), reference: Some("N1".into()), ..row(1, "") },
            RosterRow { line: 3, upn: Some(upn), ..row(2, "S2") },
            RosterRow { line: 4, reference: Some("N9".into()), ..row(2, "") },
        ],
    );
    let mut planned = plan::plan(&existing, &incoming, &options());
    let Step::Change { changes, .. } = &planned.rows[0].step else { panic!("{:?}", planned.rows[0]) };
    assert_eq!(changes[0].new, Value::Text("N1".into()));
    let question = |planned: &Plan, at: usize| match &planned.rows[at].step {
        Step::Decide { question, .. } => question.clone(),
        step => panic!("{step:?}"),
    };
    assert_eq!(question(&planned, 1), Question::SeveralMatch);
    assert_eq!(question(&planned, 2), Question::SameNameAndBirth);
    assert_eq!(planned.decide(3, Decision::New), Err(Undecidable::NoSuchChoice));
    assert_eq!(planned.decide(3, Decision::Skip), Ok(()));
    assert_eq!(planned.decide(4, Decision::Existing(existing[1].id)), Ok(()));
    assert_eq!(planned.decide(3, Decision::New), Err(Undecidable::NothingAsked));
    assert!(planned.is_decided());
}

#[test]
fn a_corrected_upn_keeps_the_old_one_as_a_former_one() {
    let existing = stored(vec![RosterRow { upn: Some("T20110001804V".into()), ..row(1, "S1") }]);
    let incoming = roster(Extent::Bulk, vec![RosterRow { upn: Some("R201100018042".into()), ..row(1, "S1") }]);
    let planned = plan::plan(&existing, &incoming, &options());
    let after = applied(&existing, &planned);
    assert_eq!(after[0].learner.upn.as_deref(), Some("R201100018042"));
    assert_eq!(after[0].former_upns, ["T20110001804V"]);
    // The old number still finds the learner, and is not taken back.
    let old =
        roster(Extent::Delta, vec![RosterRow { reference: None, upn: Some("T20110001804V".into()), ..row(1, "") }]);
    let planned = plan::plan(&after, &old, &options());
    assert!(matches!(planned.rows[0].step, Step::Same { learner, .. } if learner == existing[0].id));
}

#[test]
fn a_year_group_that_is_no_number_is_asked_about_once() {
    let special = RosterRow { year_group: None, year_group_undecided: Some("X".into()), ..row(1, "S1") };
    let incoming = roster(Extent::Bulk, vec![special]);
    let mut planned = plan::plan(&[], &incoming, &options());
    assert_eq!(planned.counts().decide, 1);
    assert_eq!(planned.decide(1, Decision::New), Err(Undecidable::StillMissing));
    planned.decide(1, Decision::YearGroup(YearGroup::new(9))).unwrap();
    let stored = applied(&[], &planned);
    assert_eq!(stored[0].year_groups, BTreeMap::from([(AcademicYear::starting(2026), YearGroup::new(9))]));
    assert!(plan::plan(&stored, &incoming, &options()).is_empty());
}

#[test]
fn the_year_group_of_a_leaver_is_that_of_the_year_of_the_last_day() {
    let left = Some(date(2025, 7, 18));
    let leaver =
        RosterRow { left, joined: Some(date(2020, 9, 3)), year_group: Some(YearGroup::new(11)), ..row(1, "S1") };
    let existing = stored(vec![leaver.clone(), row(2, "S2")]);
    assert_eq!(existing[0].year_groups, BTreeMap::from([(AcademicYear::starting(2024), YearGroup::new(11))]));
    let again = roster(Extent::Bulk, vec![leaver.clone(), row(2, "S2")]);
    assert_eq!(plan::plan(&existing, &again, &options()).counts(), Counts { same: 2, ..Counts::default() });
    // A file that says nothing of leaving means the known last day, unless a bulk file has the learner back on roll.
    let silent = RosterRow { left: None, ..leaver.clone() };
    let changed = |extent| {
        let planned = plan::plan(&existing, &roster(extent, vec![silent.clone(), row(2, "S2")]), &options());
        let Step::Change { changes, .. } = &planned.rows[0].step else { return Vec::new() };
        changes.iter().map(|change| (change.field, change.new.to_string())).collect()
    };
    assert_eq!(changed(Extent::Partial), []);
    assert_eq!(
        changed(Extent::Bulk),
        [(Field::YearGroup, "year 11 in 2026/27".to_owned()), (Field::Left, String::new())]
    );
    // What a person says of a year group that is no number belongs to the same year.
    let special = RosterRow { year_group: None, year_group_undecided: Some("X".into()), ..leaver };
    let mut planned = plan::plan(&[], &roster(Extent::Bulk, vec![special]), &options());
    planned.decide(1, Decision::YearGroup(YearGroup::new(10))).unwrap();
    let years = applied(&[], &planned)[0].year_groups.clone();
    assert_eq!(years, BTreeMap::from([(AcademicYear::starting(2024), YearGroup::new(10))]));
}

#[test]
fn a_list_that_adds_to_what_is_known_brings_nobody_new() {
    let existing = stored(vec![RosterRow { upn: Some("B801200005001".into()), ..row(1, "S1") }]);
    let mut incoming = roster(
        Extent::Partial,
        vec![RosterRow { upn: Some("B801200005001".into()), form: Some("9Z".into()), ..row(1, "") }, row(2, "")],
    );
    incoming.rows.iter_mut().for_each(|row| row.reference = None);
    incoming.source = Source::PupilPremium;
    assert_eq!(plan::plan(&existing, &incoming, &options()).counts(), Counts { same: 1, skip: 1, ..Counts::default() });
}

#[test]
fn a_person_can_leave_any_row_out() {
    let mut planned = plan::plan(&[], &roster(Extent::Bulk, vec![row(1, "S1")]), &options());
    planned.decide(1, Decision::Skip).unwrap();
    assert!(planned.is_empty());
}

#[test]
fn rows_outside_the_institution_do_nothing() {
    let mut incoming = roster(Extent::Bulk, vec![row(1, "S1"), row(2, "S2"), row(3, "S3")]);
    incoming.rows[0].year_group = Some(YearGroup::new(6));
    incoming.rows[1].year_group = Some(YearGroup::new(14));
    incoming.rows.push(RosterRow { line: 4, ..row(3, "S3") });
    assert_eq!(plan::plan(&[], &incoming, &options()).counts(), Counts { join: 1, skip: 3, ..Counts::default() });
}

#[test]
fn a_plan_survives_being_stored() {
    let existing = stored(vec![row(1, "S1"), row(2, "S2")]);
    let incoming =
        roster(Extent::Bulk, vec![row(1, "S1"), RosterRow { reference: Some("N".into()), ..row(2, "") }, row(3, "S3")]);
    let planned = plan::plan(&existing, &incoming, &options());
    let stored = serde_json::to_string(&planned).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&stored).unwrap(), planned);
}
