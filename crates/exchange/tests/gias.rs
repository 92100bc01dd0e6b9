//! The register of institutions: our own extracts of it, as downloaded and as a spreadsheet leaves them.

use std::{
    io::{Cursor, Write},
    ops::ControlFlow,
};

use domain::InstitutionType;
use exchange::{
    gias::{self, GroupKind, Lineage, LinkKind, Status},
    problem::{Code, Problem, Severity},
};
use jiff::civil::date;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/gias/", $name))
    };
}

const REGISTER: &[u8] = fixture!("establishments.csv");

fn told(problems: &[Problem]) -> Vec<(String, Severity, Code)> {
    problems.iter().map(|problem| (problem.place.to_string(), problem.severity, problem.code.clone())).collect()
}

fn finding(place: &str, code: Code) -> (String, Severity, Code) {
    (place.to_owned(), Severity::Finding, code)
}

fn problem(place: &str, code: Code) -> (String, Severity, Code) {
    (place.to_owned(), Severity::Problem, code)
}

#[test]
fn seven_establishments_are_read_from_windows_1252_without_a_word() {
    let (list, problems) = gias::list_establishments(REGISTER, "e.csv");
    assert_eq!(list.len(), 7);
    assert_eq!(told(&problems), []);
    assert_eq!(list[0].name.as_deref(), Some("St Thomas à Becket Example School"));
    assert_eq!(list[2].name.as_deref(), Some("North Star 82° School"));
}

#[test]
fn an_academy_is_read_in_full() {
    let academy = gias::find_establishment(REGISTER, "e.csv", "999902").expect("it is there");
    assert_eq!(academy.line, 3);
    assert_eq!(academy.kind, Some(InstitutionType::Academy));
    assert_eq!((academy.type_code.as_deref(), academy.status), (Some("34"), Some(Status::Open)));
    assert_eq!(academy.laestab().as_deref(), Some("9994002"));
    assert_eq!(academy.ukprn.as_deref(), Some("10099902"));
    assert_eq!(academy.has_sixth_form, Some(true));
    assert_eq!((academy.opened_on, academy.closed_on), (Some(date(2026, 9, 1)), None));
    let trust = academy.trust.clone().expect("a trust");
    assert_eq!((trust.uid.as_str(), trust.name.as_str()), ("9901", "EXAMPLE TRUST"));
    let (lowest, highest) = academy.years().expect("years");
    assert_eq!((lowest.number(), highest.number()), (7, 13));
    assert_eq!(gias::find_establishment(REGISTER, "e.csv", "100000"), None);
}

#[test]
fn types_and_years_follow_from_codes_and_ages() {
    let (list, _) = gias::list_establishments(REGISTER, "e.csv");
    let seen: Vec<_> =
        list.iter().map(|e| (e.kind, e.status, e.years().map(|(low, high)| (low.number(), high.number())))).collect();
    use InstitutionType::{Academy, FeCollege, MaintainedSchool, SixthFormCollege, SpecialSchool};
    use Status::{Closed, Open, ProposedToOpen};
    assert_eq!(
        seen,
        [
            (Some(MaintainedSchool), Some(Closed), Some((7, 11))),
            (Some(Academy), Some(Open), Some((7, 13))),
            (Some(SpecialSchool), Some(Open), Some((7, 14))),
            (Some(MaintainedSchool), Some(Open), None),
            (Some(SixthFormCollege), Some(Open), Some((12, 14))),
            (Some(FeCollege), Some(ProposedToOpen), Some((12, 14))),
            (None, Some(Open), None),
        ]
    );
}

#[test]
fn what_a_spreadsheet_did_to_it_is_told_cell_by_cell() {
    let (list, problems) = gias::list_establishments(fixture!("establishments-spreadsheet.csv"), "s.csv");
    assert_eq!(list.len(), 3);
    assert_eq!(list[0].opened_on, Some(date(2026, 9, 1)));
    assert_eq!((list[0].status, list[0].ukprn.as_deref()), (Some(Status::ProposedToClose), None));
    assert_eq!((list[1].number.as_deref(), list[1].low_age, list[1].high_age), (Some("0012"), None, Some(16)));
    assert_eq!((list[2].urn.as_str(), list[2].name.as_deref(), list[2].low_age), ("999909", None, Some(11)));
    let age = Code::WrongValue { expected: "an age in years".to_owned() };
    assert_eq!(
        told(&problems),
        [
            finding("s.csv, line 2, UKPRN", Code::Scientific),
            finding("s.csv, line 3, EstablishmentNumber", Code::LostZeros),
            finding("s.csv, line 3, StatutoryLowAge", age),
            finding("s.csv, line 3, OpenDate", Code::NotADate),
            problem("s.csv, line 4, URN", Code::Scientific),
            finding("s.csv, line 5, OpenDate", Code::NotADate),
            problem("s.csv, line 6, URN", Code::Missing),
        ]
    );
}

#[test]
fn a_file_without_header_or_urn_says_so() {
    let (list, problems) = gias::list_establishments(fixture!("no-header.csv"), "n.csv");
    assert!(list.is_empty());
    assert_eq!(told(&problems), [problem("n.csv, line 1", Code::NoHeader)]);
    let (_, problems) = gias::list_establishments(fixture!("no-urn.csv"), "n.csv");
    assert_eq!(told(&problems), [problem("n.csv, line 1, URN", Code::ColumnMissing)]);
}

#[test]
fn a_download_that_is_still_a_zip_is_unpacked() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("edubasealldata20260901.csv", zip::write::SimpleFileOptions::default()).expect("a new entry");
    writer.write_all(REGISTER).expect("memory takes it");
    let bytes = writer.finish().expect("memory takes it").into_inner();
    assert_eq!(gias::list_establishments(&bytes, "e.zip"), gias::list_establishments(REGISTER, "e.zip"));
}

#[test]
fn links_give_the_lineage_of_a_school_in_both_directions() {
    let (links, problems) = gias::links(fixture!("links.csv"), "l.csv");
    assert_eq!(links.len(), 10);
    assert_eq!(links[0].name.as_deref(), Some("St Thomas à Becket Academy"));
    assert_eq!(links[0].established_on, Some(date(2026, 9, 1)));
    assert_eq!((links[8].kind, links[9].kind), (LinkKind::SixthForm, LinkKind::Other));
    assert_eq!(
        told(&problems),
        [
            finding("l.csv, line 11, LinkEstablishedDate", Code::NotADate),
            problem("l.csv, line 12, LinkURN", Code::Missing),
        ]
    );
    let lineage = Lineage::new(&links);
    // 999910 was merged into 999911, which became 999901, which became 999902.
    assert_eq!(lineage.successors("999910"), ["999911", "999901", "999902"]);
    assert_eq!(lineage.predecessors("999902"), ["999901", "999911", "999910"]);
    assert_eq!(lineage.present("999910"), ["999902"]);
    assert_eq!(lineage.present("999902"), ["999902"]);
    assert_eq!(lineage.present("999920"), ["999921", "999922"], "a split gives several");
    assert_eq!(lineage.present("999930"), ["999931"], "a circle is walked once");
    assert_eq!(lineage.present("123456"), ["123456"]);
}

#[test]
fn groups_are_read_with_what_is_wrong_in_the_register_itself() {
    let (read, problems) = gias::groups(fixture!("groups.csv"), "g.csv");
    let seen: Vec<_> = read.groups.iter().map(|g| (g.uid.as_str(), g.id.as_deref(), g.kind, g.is_open)).collect();
    assert_eq!(
        seen,
        [
            ("9901", Some("TR99001"), GroupKind::MultiAcademyTrust, true),
            ("9902", None, GroupKind::Federation, true),
            ("9903", Some("SP99002"), GroupKind::Sponsor, false),
        ]
    );
    assert_eq!(read.groups[0].company.as_deref(), Some("09999001"));
    assert_eq!(read.groups[2].closed_on, Some(date(2019, 8, 31)));
    assert_eq!(
        told(&problems),
        [
            finding("g.csv, line 2, Companies House Number", Code::LostZeros),
            finding(
                "g.csv, line 3, Group ID",
                Code::WrongValue { expected: "an id with digits, such as TR00123".to_owned() }
            ),
            problem("g.csv, line 5, Group UID", Code::WrongValue { expected: "a number of the register".to_owned() }),
        ]
    );
}

#[test]
fn members_of_groups_are_read_and_each_group_once() {
    let (read, problems) = gias::groups(fixture!("group-members.csv"), "m.csv");
    assert_eq!(read.groups.len(), 2);
    assert_eq!(read.groups[1].kind, GroupKind::SingleAcademyTrust);
    let members: Vec<_> = read.memberships.iter().map(|m| (m.urn.as_str(), m.group.as_str(), m.joined_on)).collect();
    let expected = [("999902", "9901", Some(date(2026, 9, 1))), ("999903", "9901", Some(date(2024, 4, 1)))];
    assert_eq!(members, expected);
    assert_eq!(problems.len(), 1);
}

#[test]
fn a_long_register_streams_and_can_be_left_early() {
    let text = String::from_utf8_lossy(REGISTER);
    let (header, rows) = text.split_once("\r\n").expect("a header");
    let large = format!("{header}\r\n{}", rows.repeat(1_000));
    let mut seen = 0;
    gias::establishments(large.as_bytes(), "e.csv", |_| {
        seen += 1;
        if seen == 5_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 5_000);
    assert_eq!(gias::list_establishments(large.as_bytes(), "e.csv").0.len(), 7_000);
}
