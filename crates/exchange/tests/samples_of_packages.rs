//! Public sample files, which are not part of the project: set `WAYMARK_SAMPLES`, or have them in `../shared/samples` beside
//! the checkout. Without them these tests say so and pass. What is expected of each file was counted by other means.

#![allow(clippy::print_stderr, reason = "a test that does not run has to say so")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use domain::InstitutionType;
use exchange::{
    archive::Entry,
    ctf,
    gias::{self, GroupKind, Lineage, LinkKind, Status},
    oneroster::{self, Edition, Options, Package},
    problem::{Code, Problem, Severity},
    roster::Extent,
};

/// The bytes of a sample, or nothing with a word about it.
fn sample(path: &str) -> Option<Vec<u8>> {
    let folder = match std::env::var_os("WAYMARK_SAMPLES") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples"),
    };
    let bytes = std::fs::read(folder.join(path)).ok();
    if bytes.is_none() {
        eprintln!("not run: no sample {path} in {}", folder.display());
    }
    bytes
}

fn count(problems: &[Problem], code: &Code) -> usize {
    problems.iter().filter(|problem| problem.code == *code).count()
}

fn severe(problems: &[Problem]) -> Vec<String> {
    let severe = problems.iter().filter(|problem| problem.severity == Severity::Problem);
    severe.map(|problem| format!("{}: {}", problem.place, problem.message())).collect()
}

fn tally<T: Ord>(values: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

#[test]
fn a_transfer_file_of_one_pupil() {
    let Some(bytes) = sample("ctf-dfe-mtc-writer/9991001_CTF_9991001_001.xml") else { return };
    let read = ctf::read_with(&bytes, "001.xml", &ctf::Options::default());
    assert_eq!(read.header.version.as_deref(), Some("19.0"));
    assert_eq!(read.header.source.laestab.as_deref(), Some("9991001"));
    assert_eq!((read.roster.rows.len(), read.roster.extent), (1, Extent::Partial));
    assert_eq!(read.roster.rows[0].upn.as_deref(), Some("R674123101121"));
    // One note: the assessments were passed over.
    assert_eq!((read.roster.problems.len(), count(&read.roster.problems, &Code::ColumnDropped)), (1, 1));
}

#[test]
fn a_transfer_file_of_79_pupils_of_whom_15_have_a_wrong_check_letter() {
    let Some(bytes) = sample("ctf-dfe-mtc-writer/9991001_CTF_9991001_002.xml") else { return };
    let roster = ctf::read(&bytes, "002.xml");
    // The program that wrote it put "Invalid date" where it could not read the month of 43 dates of birth.
    assert_eq!((roster.rows.len(), roster.rejected.len()), (36, 43));
    assert_eq!(count(&roster.problems, &Code::NotADate), 43);
    assert!(roster.problems.iter().all(|p| p.code != Code::NotADate || p.value.as_deref() == Some("Invalid date")));
    assert_eq!(count(&roster.problems, &Code::UpnCheckLetter), 15);
    assert!(roster.rows.iter().all(|row| row.date_of_birth.is_some() && row.sex.is_some()));
}

#[test]
fn a_generated_package_of_two_schools() {
    const FILES: [&str; 8] = [
        "manifest.csv",
        "orgs.csv",
        "users.csv",
        "academicSessions.csv",
        "classes.csv",
        "courses.csv",
        "enrollments.csv",
        "demographics.csv",
    ];
    let read = |name: &'static str| sample(&format!("oneroster-generated-bulk/{name}")).map(|bytes| (name, bytes));
    let Some(files) = FILES.into_iter().map(read).collect::<Option<Vec<_>>>() else { return };
    let files: Vec<Entry> = files.into_iter().map(|(name, bytes)| Entry { name: name.to_owned(), bytes }).collect();
    let package = oneroster::read_files(&files, &Options::default());
    assert_eq!((package.edition, package.roster.extent), (Edition::V1p1, Extent::Bulk));
    assert_eq!(package.system.as_deref(), Some("OneRoster Sample Generator"));
    assert_eq!(package.roster.academic_year.map(|year| year.to_string()).as_deref(), Some("2026/27"));
    assert_eq!(package.roster.rows.len(), 300);
    let years = tally(package.roster.rows.iter().filter_map(|row| row.year_group).map(|year| year.number()));
    assert_eq!(years, BTreeMap::from([(7, 44), (8, 44), (9, 41), (10, 44), (11, 33), (12, 56), (13, 38)]));
    let sexes = tally(package.roster.rows.iter().filter_map(|row| row.sex.clone()));
    assert_eq!(sexes, BTreeMap::from([("F".to_owned(), 176), ("M".to_owned(), 124)]));
    assert!(package.roster.rows.iter().all(|row| row.date_of_birth.is_some() && row.form.is_none()));
    assert_eq!(count(&package.roster.problems, &Code::OthersLeftOut { rows: 20 }), 1);
    assert_eq!(severe(&package.roster.problems), [""; 0]);
    assert_eq!(package.institutions.values().copied().collect::<Vec<_>>(), [150, 150]);
    let one = Options { institution: Some("Lowe Middle School".to_owned()), ..Options::default() };
    assert_eq!(oneroster::read_files(&files, &one).roster.rows.len(), 150);
}

fn moodle(name: &str) -> Option<Package> {
    let bytes = sample(&format!("oneroster-moodle-fixtures/{name}"))?;
    Some(oneroster::read_zip(&bytes, name, &Options::default()))
}

fn names(package: &Package) -> Vec<&str> {
    package.roster.rows.iter().filter_map(|row| row.forename.as_deref()).collect()
}

#[test]
fn a_full_zip_of_edition_1_1() {
    let Some(package) = moodle("Test_full_data_set.zip") else { return };
    assert_eq!((package.edition, package.roster.extent), (Edition::V1p1, Extent::Bulk));
    assert_eq!(names(&package), ["Mary", "mmichel", "Anna"]);
    let years: Vec<_> = package.roster.rows.iter().filter_map(|row| row.year_group).map(|y| y.number()).collect();
    assert_eq!(years, [12, 12, 11]);
    assert_eq!(count(&package.roster.problems, &Code::OthersLeftOut { rows: 3 }), 1);
    assert_eq!(severe(&package.roster.problems), [""; 0]);
    assert!(!format!("{package:?}").contains("Password1"));
}

#[test]
fn a_minimal_zip_of_edition_1_1() {
    let Some(package) = moodle("Test_minimal_data_set.zip") else { return };
    assert_eq!(names(&package), ["Mary", "mmichel", "Anna"]);
    assert!(package.roster.rows.iter().all(|row| row.year_group.is_none()));
    // Without an identifier the id of the package is how the learner is known.
    assert_eq!(package.roster.rows[0].reference.as_deref(), Some("usr-222-66778899"));
    // One of the two classes is a homeroom, with one of the three enrolled.
    let forms: Vec<_> = package.roster.rows.iter().map(|row| row.form.as_deref()).collect();
    assert_eq!(forms, [None, Some("History - 2"), None]);
    assert_eq!(severe(&package.roster.problems), [""; 0]);
}

#[test]
fn a_clean_zip_of_edition_1_2_with_one_learner() {
    let Some(package) = moodle("oneroster_test_data.zip") else { return };
    assert_eq!((package.edition, package.roster.extent), (Edition::V1p2, Extent::Delta));
    assert_eq!(names(&package), ["Bruce"]);
    assert_eq!(package.roster.rows[0].date_of_birth, Some(jiff::civil::date(2010, 4, 17)));
    assert_eq!(severe(&package.roster.problems), [""; 0]);
    assert!(!format!("{package:?}").contains("Batman"));
}

#[test]
fn a_wrong_zip_of_edition_1_2_is_read_all_the_same() {
    let Some(package) = moodle("v1p2_full_dataset.zip") else { return };
    assert_eq!((package.edition, package.roster.extent), (Edition::V1p2, Extent::Bulk));
    assert_eq!(names(&package), ["Mary", "mmichel", "Anna"]);
    assert!(package.roster.rows.iter().all(|row| row.left == Some(jiff::civil::date(2025, 9, 23))));
    assert_eq!(count(&package.roster.problems, &Code::OthersLeftOut { rows: 3 }), 1);
    let misplaced = Code::RowsInOtherFile { belong_in: "roles.csv".to_owned() };
    assert_eq!(count(&package.roster.problems, &misplaced), 1);
    assert_eq!(severe(&package.roster.problems), [""; 0]);
}

#[test]
fn the_links_of_the_whole_register() {
    let Some(bytes) = sample("gias-witan/links_edubasealldata20250422.csv") else { return };
    let (links, problems) = gias::links(&bytes, "links.csv");
    assert_eq!((links.len(), problems.len()), (33_801, 0));
    let of = |kind| links.iter().filter(|link| link.kind == kind).count();
    let kinds = [LinkKind::Successor, LinkKind::Predecessor, LinkKind::SixthForm, LinkKind::Other].map(of);
    assert_eq!(kinds, [16_793, 16_661, 192, 155]);
    assert_eq!(links.iter().filter(|link| link.established_on.is_none()).count(), 8_253);
    assert!(links.iter().any(|link| link.name.as_deref().is_some_and(|name| name.contains('à'))));
    let lineage = Lineage::new(&links);
    assert!(lineage.predecessors("100006").contains(&"134643"));
}

#[test]
fn every_type_in_the_table_of_types_is_known() {
    let Some(bytes) = sample("gias-witan/edubasealldata20250422-establishment-types.csv") else { return };
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let mut rows = 0;
    for record in reader.records() {
        let record = record.expect("a row");
        let (code, name, further) = (&record[2], &record[3], record.get(4).unwrap_or(""));
        let by_code = gias::institution_type(code, "", further);
        assert_eq!(by_code, gias::institution_type("", name, further), "{code} {name}");
        rows += 1;
    }
    assert_eq!(rows, 50);
}

#[test]
fn a_supplement_of_children_s_centres() {
    let Some(bytes) = sample("gias-dfe-rect/schools.csv") else { return };
    let (list, problems) = gias::list_establishments(&bytes, "schools.csv");
    assert_eq!((list.len(), problems.len()), (2_992, 0));
    assert!(list.iter().all(|e| e.kind.is_none() && e.status == Some(Status::Open) && e.years().is_none()));
}

#[test]
fn links_between_children_s_centres() {
    let Some(bytes) = sample("gias-dfe-rect/links.csv") else { return };
    let (links, problems) = gias::links(&bytes, "links.csv");
    assert_eq!((links.len(), problems.len()), (1_301, 0));
    assert!(links.iter().all(|link| link.kind == LinkKind::Other && link.established_on.is_some()));
}

#[test]
fn fictional_establishments_and_their_links() {
    let Some(bytes) = sample("gias-dfe-rect/gias_schools_ecf_tech.csv") else { return };
    let (list, problems) = gias::list_establishments(&bytes, "schools.csv");
    assert_eq!((list.len(), problems.len()), (6, 0));
    assert_eq!(list.iter().filter(|e| e.kind == Some(InstitutionType::IndependentSchool)).count(), 1);
    assert_eq!(list.iter().filter(|e| e.status == Some(Status::Closed)).count(), 3);
    let Some(bytes) = sample("gias-dfe-rect/gias_schools_links.csv") else { return };
    let (links, problems) = gias::links(&bytes, "links.csv");
    assert_eq!((links.len(), problems.len()), (5, 0));
    assert_eq!(Lineage::new(&links).present("20007"), ["20008"]);
}

#[test]
fn the_list_of_section_41_institutions() {
    let Some(bytes) = sample("gias-dfe-rect/schools_with_s41.csv") else { return };
    let (list, problems) = gias::list_establishments(&bytes, "s41.csv");
    // 413 rows, of which 21 have no URN.
    assert_eq!((list.len(), severe(&problems).len()), (392, 21));
    let kinds = tally(list.iter().map(|e| e.kind));
    assert_eq!(kinds.get(&Some(InstitutionType::IndependentSchool)), Some(&251));
    assert_eq!(kinds.get(&Some(InstitutionType::FeCollege)), Some(&131));
    assert_eq!(kinds.get(&None), Some(&10), "Welsh ones");
}

#[test]
fn three_full_rows_that_went_through_a_spreadsheet() {
    let Some(bytes) = sample("dfe-sap-sector/gias-full-columns-3rows.csv") else { return };
    let (list, problems) = gias::list_establishments(&bytes, "full.csv");
    assert_eq!((list.len(), problems.len()), (3, 0));
    assert_eq!(list[0].laestab().as_deref(), Some("8453090"));
    assert_eq!(list[0].opened_on, Some(jiff::civil::date(2016, 8, 1)));
    assert_eq!(list[0].trust.as_ref().map(|trust| trust.uid.as_str()), Some("5488"));
    let kinds: Vec<_> = list.iter().map(|e| (e.kind, e.status)).collect();
    let closed = (Some(InstitutionType::MaintainedSchool), Some(Status::Closed));
    assert_eq!(kinds, [(Some(InstitutionType::Academy), Some(Status::Open)), closed, closed]);
    assert!(list.iter().all(|e| e.years().is_none()), "primary and infant schools");
}

#[test]
fn fifty_six_fictional_schools_and_five_broken_lists_of_them() {
    let read = |name: &str| {
        let bytes = sample(&format!("dfe-mtc/schools/{name}.csv"))?;
        let (list, problems) = gias::list_establishments(&bytes, name);
        Some((list, problems))
    };
    let Some((list, problems)) = read("school-data") else { return };
    assert_eq!((list.len(), problems.len()), (56, 0));
    assert_eq!(list.iter().filter(|e| e.kind == Some(InstitutionType::SpecialSchool)).count(), 32);
    let statuses = tally(list.iter().map(|e| e.status.map(|status| status as u8)));
    assert_eq!(statuses.values().copied().collect::<Vec<_>>(), [14, 14, 14, 14]);
    let of = |name| read(name).map(|(list, problems)| (list.len(), problems.len()));
    assert_eq!(of("null-urn-data"), Some((0, 2)));
    assert_eq!(of("null-estab-data"), Some((2, 0)));
    assert_eq!(of("null-leacode-data"), Some((2, 0)));
    assert_eq!(of("null-names-data"), Some((2, 0)));
    let Some((list, problems)) = read("incorrect-format-school-data") else { return };
    assert!(list.is_empty());
    assert_eq!(count(&problems, &Code::NoHeader), 1);
}

/// A JSON list of flat objects as CSV, in the way a person would turn one into the other.
fn csv_of(json: &[u8]) -> Vec<u8> {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json)).expect("a list of objects");
    let headings: Vec<String> = rows[0].keys().cloned().collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).expect("memory takes it");
    for row in &rows {
        let cell = |heading: &String| match row.get(heading) {
            Some(serde_json::Value::String(text)) => text.clone(),
            None | Some(serde_json::Value::Null) => String::new(),
            Some(other) => other.to_string(),
        };
        writer.write_record(headings.iter().map(cell)).expect("memory takes it");
    }
    writer.into_inner().expect("memory takes it")
}

#[test]
fn the_groups_of_the_register() {
    let Some(json) = sample("dfe-sap-sector/EstablishmentGroupLinks.json") else { return };
    let (read, problems) = gias::groups(&csv_of(&json), "groups.csv");
    assert_eq!(read.groups.len(), 7_176);
    assert_eq!(severe(&problems), [""; 0]);
    let of = |kind| read.groups.iter().filter(|group| group.kind == kind).count();
    use GroupKind::{Federation, MultiAcademyTrust, Other, SingleAcademyTrust, Sponsor, Trust, UmbrellaTrust};
    let counts = [MultiAcademyTrust, SingleAcademyTrust, Sponsor, Federation, Trust, UmbrellaTrust, Other].map(of);
    assert_eq!(counts, [1_763, 1_918, 1_236, 1_111, 475, 20, 653]);
    assert_eq!(read.groups.iter().filter(|group| group.is_open).count(), 4_997);
    // One row holds a job title where the id should be.
    let dirty: Vec<_> = problems.iter().filter(|problem| problem.value.as_deref() == Some("Headteacher")).collect();
    assert_eq!(dirty.len(), 1);
}

#[test]
fn establishments_of_the_secondary_sector() {
    let Some(json) = sample("dfe-sap-sector/Establishment.json") else { return };
    let (list, problems) = gias::list_establishments(&csv_of(&json), "establishments.csv");
    assert_eq!((list.len(), problems.len()), (1_924, 0));
    let kinds = tally(list.iter().map(|e| e.kind));
    assert_eq!(kinds.get(&Some(InstitutionType::Academy)), Some(&1_442));
    assert_eq!(kinds.get(&Some(InstitutionType::MaintainedSchool)), Some(&482));
    assert_eq!(list.iter().filter(|e| e.status == Some(Status::Open)).count(), 1_885);
    assert_eq!(list.iter().filter(|e| e.trust.is_some()).count(), 1_465);
    assert!(list.iter().all(|e| e.laestab().is_some() && e.ukprn.is_some()));
}

#[test]
fn links_of_the_secondary_sector() {
    let Some(json) = sample("dfe-sap-sector/EstablishmentLinks.json") else { return };
    let (links, problems) = gias::links(&csv_of(&json), "links.csv");
    assert_eq!((links.len(), problems.len()), (1_728, 0));
    let of = |kind| links.iter().filter(|link| link.kind == kind).count();
    assert_eq!([LinkKind::Successor, LinkKind::Predecessor].map(of), [64, 1_636]);
}
