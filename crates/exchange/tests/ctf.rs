//! Transfer files of our own, one for each thing that real ones get wrong.

use domain::{AcademicYear, Sen, YearGroup};
use exchange::{
    ctf::{self, Document, Options},
    problem::{Code, Problem, Severity},
    roster::{Extent, Field, RosterRow},
};
use jiff::civil::date;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/ctf/", $name))
    };
}

const FULL: &[u8] = fixture!("full.xml");

fn full() -> ctf::Transfer {
    ctf::read_with(FULL, "full.xml", &Options::default())
}

fn row<'a>(rows: &'a [RosterRow], forename: &str) -> &'a RosterRow {
    rows.iter().find(|row| row.forename.as_deref() == Some(forename)).expect("a row of that name")
}

fn of(problems: &[Problem], severity: Severity) -> Vec<(u64, &str, &Code)> {
    let pick = |p: &&Problem| p.severity == severity;
    let show = |p: &'_ Problem| p.place.line.unwrap_or(0);
    problems.iter().filter(pick).map(|p| (show(p), p.place.column.as_deref().unwrap_or(""), &p.code)).collect()
}

#[test]
fn the_header_tells_what_the_file_is() {
    let header = full().header;
    assert_eq!(header.document, Document::Ctf);
    assert_eq!(header.version.as_deref(), Some("26.0"));
    assert_eq!(header.made_on, Some(date(2026, 11, 16)));
    assert!(header.is_full);
    assert_eq!(header.supplier.as_deref(), Some("Any MIS"));
    assert_eq!(header.source.laestab.as_deref(), Some("9994001"));
    assert_eq!(header.source.name.as_deref(), Some("Lower Example School"));
    assert_eq!(header.destination.laestab.as_deref(), Some("9994002"));
    assert_eq!(header.academic_year, Some(AcademicYear::starting(2026)));
}

#[test]
fn four_pupils_are_read_with_identity_year_and_needs() {
    let roster = full().roster;
    assert_eq!(roster.rows.len(), 4);
    assert_eq!(roster.laestab.as_deref(), Some("9994002"));
    assert_eq!(roster.academic_year, Some(AcademicYear::starting(2026)));
    let ada = row(&roster.rows, "Ada");
    assert_eq!(ada.line, 22);
    assert_eq!(ada.surname.as_deref(), Some("Fenwick-Marsh"));
    assert_eq!(ada.date_of_birth, Some(date(2012, 10, 5)));
    assert_eq!(ada.sex.as_deref(), Some("F"));
    assert_eq!(ada.year_group, Some(YearGroup::new(9)));
    assert_eq!(ada.former_upns.len(), 1);
    assert!(ada.uln.is_some());
    assert_eq!(ada.looked_after, Some(true));
    // The list is not in order: the provision that started last is the present one.
    assert_eq!(ada.sen, Some(Sen::Ehcp));
    assert_eq!(ada.fsm, Some(true));
    assert_eq!(ada.reference, None);
}

#[test]
fn an_older_writer_says_gender_and_keeps_the_year_beside_the_name() {
    let roster = full().roster;
    let bela = row(&roster.rows, "Béla");
    assert_eq!(bela.surname.as_deref(), Some("O'Neill & La Forge"));
    assert_eq!(bela.sex.as_deref(), Some("M"));
    assert_eq!(bela.year_group, Some(YearGroup::new(10)));
    assert_eq!((bela.fsm, bela.looked_after), (Some(false), Some(false)));
    assert_eq!(bela.sen, Some(Sen::Ehcp));
    // Where both are given, sex is the one that the census records.
    assert_eq!(row(&roster.rows, "Dee").sex.as_deref(), Some("F"));
}

#[test]
fn a_year_of_x_waits_for_a_decision_and_other_doubts_are_findings() {
    let roster = full().roster;
    let cai = row(&roster.rows, "Cai");
    assert_eq!((cai.year_group, cai.year_group_undecided.as_deref()), (None, Some("X")));
    assert_eq!((cai.sen, cai.fsm, cai.looked_after), (None, None, None));
    let dee = row(&roster.rows, "Dee");
    assert_eq!((dee.upn.as_deref(), dee.uln.as_deref(), dee.year_group), (None, None, Some(YearGroup::new(7))));
    let findings: Vec<_> = of(&roster.problems, Severity::Finding).iter().map(|f| (f.1, f.2.clone())).collect();
    assert_eq!(
        findings,
        [
            ("SENprovision", Code::RetiredCode { read_as: "E".to_owned() }),
            ("NCyearActual", Code::YearGroupUndecided),
            ("UniqueLearnerNumber", Code::UlnPlaceholder),
        ]
    );
    assert!(of(&roster.problems, Severity::Problem).is_empty());
}

#[test]
fn free_school_meals_are_judged_on_the_day_asked_about() {
    let on = |year, month, day| {
        let options = Options { on: Some(date(year, month, day)), ..Options::default() };
        let roster = ctf::read_with(FULL, "full.xml", &options).roster;
        (row(&roster.rows, "Ada").fsm, row(&roster.rows, "Béla").fsm, row(&roster.rows, "Ada").sen)
    };
    assert_eq!(on(2024, 3, 28), (Some(true), Some(true), None));
    assert_eq!(on(2024, 3, 29), (Some(false), Some(true), None));
    assert_eq!(on(2025, 9, 1), (Some(true), Some(true), Some(Sen::Support)));
    assert_eq!(on(2026, 7, 23), (Some(true), Some(false), Some(Sen::Ehcp)));
}

#[test]
fn the_history_says_when_the_pupil_joined_and_where_before() {
    let roster = full().roster;
    let ada = row(&roster.rows, "Ada");
    assert_eq!((ada.joined, ada.left), (Some(date(2026, 11, 16)), None));
    let before: Vec<_> = ada.history.iter().map(|s| (s.laestab.as_deref(), s.entered, s.left)).collect();
    assert_eq!(
        before,
        [
            (Some("9992001"), Some(date(2016, 9, 5)), Some(date(2023, 7, 21))),
            (Some("9994001"), Some(date(2023, 9, 4)), Some(date(2026, 11, 13))),
        ]
    );
    // Read by the school that sent it, the same file says when the pupil left there.
    let options = Options { laestab: Some("9994001".to_owned()), ..Options::default() };
    let sent = ctf::read_with(FULL, "full.xml", &options).roster;
    let ada = row(&sent.rows, "Ada");
    assert_eq!((ada.joined, ada.left), (Some(date(2023, 9, 4)), Some(date(2026, 11, 13))));
}

#[test]
fn what_nobody_needs_here_is_passed_over_and_named() {
    let transfer = full();
    assert!(!format!("{transfer:?}").contains("Neverkept"), "contacts, results and middle names are not kept");
    let notes: Vec<_> = of(&transfer.roster.problems, Severity::Note).iter().map(|n| n.1).collect();
    let expected = [
        "Address",
        "Attendance",
        "Contacts",
        "Ethnicity",
        "MedicalFlag",
        "MiddleNames",
        "ServiceChild",
        "StageAssessments",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn preferred_names_and_the_service_flag_are_taken_if_asked_for() {
    let options =
        Options { preferred_names: true, service_child_group: Some("service child".to_owned()), ..Options::default() };
    let roster = ctf::read_with(FULL, "full.xml", &options).roster;
    let ada = row(&roster.rows, "Addie");
    assert_eq!(ada.surname.as_deref(), Some("Marsh"));
    assert_eq!(ada.groups.get("service child").map(String::as_str), Some("Y"));
    // Who has no preferred name keeps the legal one.
    assert_eq!(row(&roster.rows, "Cai").surname.as_deref(), Some("Example"));
}

#[test]
fn a_full_file_speaks_of_all_its_fields_but_never_of_absent_pupils() {
    let roster = full().roster;
    assert_eq!(roster.extent, Extent::Delta);
    for field in [Field::Upn, Field::Sen, Field::Fsm, Field::LookedAfter, Field::YearGroup] {
        assert!(roster.covers.contains(&field), "{field:?}");
    }
    assert!(!roster.covers.contains(&Field::Form));
    assert_eq!(roster.place(22, Field::Fsm).to_string(), "full.xml, line 22, FSMhistory");
}

#[test]
fn a_partial_file_on_one_line_from_another_writer_is_read() {
    let roster = ctf::read(fixture!("partial-other-writer.xml"), "p.xml");
    assert_eq!(roster.rows.len(), 3);
    assert_eq!(roster.extent, Extent::Partial);
    assert_eq!(roster.laestab, None, "XXXXXXX stands for unknown");
    assert!(!roster.covers.contains(&Field::Sen));
    let findings: Vec<_> = of(&roster.problems, Severity::Finding);
    assert_eq!(findings, [(1, "UPN", &Code::UpnCheckLetter), (1, "UPN", &Code::IdentifierRepeated { first_line: 1 })]);
}

#[test]
fn an_admissions_file_is_read_alike() {
    let transfer = ctf::read_with(fixture!("admissions.xml"), "a.xml", &Options::default());
    assert_eq!(transfer.header.document, Document::Atf);
    assert_eq!(transfer.header.source.laestab, None, "LLLL stands for the authority");
    assert_eq!(transfer.roster.rows.len(), 1);
    assert_eq!(transfer.roster.rows[0].year_group, Some(YearGroup::new(6)));
}

#[test]
fn bad_rows_are_left_out_with_a_problem_each_and_good_ones_stay() {
    let roster = ctf::read(fixture!("bad-rows.xml"), "bad.xml");
    let names: Vec<_> = roster.rows.iter().filter_map(|row| row.forename.as_deref()).collect();
    assert_eq!(names, ["Dan"]);
    assert_eq!(roster.rejected.len(), 4);
    let problems = of(&roster.problems, Severity::Problem);
    assert_eq!(
        problems,
        [
            (6, "DOB", &Code::NotADate),
            (7, "Forename", &Code::Missing),
            (7, "DOB", &Code::Missing),
            (9, "NCyearActual", &Code::NotAYearGroup),
            (10, "LeavingDate", &Code::LeftBeforeJoined { joined: date(2025, 9, 1) }),
        ]
    );
    assert_eq!(of(&roster.problems, Severity::Finding), [(12, "InCare", &Code::NotYesNo)]);
}

#[test]
fn a_file_that_ends_in_the_middle_gives_no_rows() {
    let roster = ctf::read(fixture!("cut-short.xml"), "cut.xml");
    assert!(roster.rows.is_empty());
    let problems = of(&roster.problems, Severity::Problem);
    assert_eq!(problems.len(), 1);
    assert!(matches!(problems[0].2, Code::Damaged { .. }), "{problems:?}");
    assert!(problems[0].0 > 90, "it says on which line: {problems:?}");
}

#[test]
fn a_document_type_is_refused_before_anything_is_read() {
    let roster = ctf::read(fixture!("document-type.xml"), "d.xml");
    assert!(roster.rows.is_empty());
    assert_eq!(of(&roster.problems, Severity::Problem), [(2, "", &Code::XmlEntity)]);
}

#[test]
fn another_document_is_named_and_refused() {
    let roster = ctf::read(fixture!("other-document.xml"), "ilr.xml");
    let expected = Code::XmlNotRecognised { root: "Message".to_owned() };
    assert_eq!(of(&roster.problems, Severity::Problem), [(2, "", &expected)]);
}

#[test]
fn other_encodings_are_read_and_a_wrong_one_is_told() {
    let wrong = ctf::read(fixture!("not-utf-8.xml"), "w.xml");
    assert_eq!(wrong.rows[0].forename.as_deref(), Some("Zoë"));
    assert!(matches!(wrong.problems[0].code, Code::ReadAs { .. }));
    let wide = ctf::read(fixture!("utf-16.xml"), "u.xml");
    assert_eq!(wide.rows[0].surname.as_deref(), Some("Café"));
    assert!(wide.problems.is_empty());
}

#[test]
fn fifteen_hundred_pupils_take_a_moment() {
    let text = std::str::from_utf8(FULL).expect("UTF-8");
    let start = text.find("    <Pupil>").expect("pupils");
    let end = text.find("  </CTFpupilData>").expect("an end");
    let large = format!("{}{}{}", &text[..start], text[start..end].repeat(375), &text[end..]);
    let begun = std::time::Instant::now();
    let roster = ctf::read(large.as_bytes(), "large.xml");
    assert_eq!(roster.rows.len(), 1_500);
    // Unoptimised and beside other tests it is allowed ten times what a release build needs.
    assert!(begun.elapsed().as_millis() < 2_000, "{:?}", begun.elapsed());
}
