//! OneRoster packages of our own: a tidy one of edition 1.1, an untidy one of 1.2 with everything that real exports got
//! wrong, and one without a manifest.

use std::io::{Cursor, Write};

use domain::{AcademicYear, YearGroup};
use exchange::{
    archive::Entry,
    oneroster::{self, Dates, Edition, FormFrom, Grades, IdentifierIs, Options, Package},
    problem::{Code, Problem, Severity, Thing},
    roster::{Extent, Field, RosterRow},
};
use jiff::civil::date;

macro_rules! package {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        vec![$(Entry {
            name: $name.to_owned(),
            bytes: include_bytes!(concat!("fixtures/oneroster/", $folder, "/", $name)).to_vec(),
        }),+]
    };
}

fn tidy() -> Vec<Entry> {
    package!("v1p1-bulk": "manifest.csv", "orgs.csv", "users.csv", "classes.csv", "enrollments.csv", "demographics.csv",
        "academicSessions.csv", "courses.csv")
}

fn untidy() -> Vec<Entry> {
    package!("v1p2-untidy-delta": "Manifest.csv", "ORGS.CSV", "users.csv", "roles.csv", "userprofiles.csv",
        "demographics.csv", "readme.csv")
}

fn academy() -> Options {
    Options { institution: Some("org-a".to_owned()), ..Options::default() }
}

fn row<'a>(package: &'a Package, forename: &str) -> &'a RosterRow {
    let rows = &package.roster.rows;
    rows.iter().find(|row| row.forename.as_deref() == Some(forename)).expect("a row of that name")
}

fn of(package: &Package, severity: Severity) -> Vec<(String, Code)> {
    let problems = package.roster.problems.iter().filter(|problem| problem.severity == severity);
    problems.map(|problem: &Problem| (problem.place.to_string(), problem.code.clone())).collect()
}

fn at(place: &str, code: Code) -> (String, Code) {
    (place.to_owned(), code)
}

#[test]
fn a_bulk_package_of_two_schools_gives_everybody_and_a_question() {
    let package = oneroster::read_files(&tidy(), &Options::default());
    assert_eq!(package.edition, Edition::V1p1);
    assert_eq!(package.system.as_deref(), Some("Any MIS"));
    assert_eq!(package.roster.extent, Extent::Bulk);
    assert_eq!(package.roster.academic_year, Some(AcademicYear::starting(2026)));
    assert_eq!(package.organisations.len(), 4);
    // Ada, Béla, Cai, Dee (removed), Fay; not Eve without a surname, nor the second Ada.
    let names: Vec<_> = package.roster.rows.iter().filter_map(|row| row.forename.as_deref()).collect();
    assert_eq!(names, ["Ada", "Béla", "Cai", "Dee", "Fay"]);
    assert_eq!(package.institutions.get("org-a"), Some(&6));
    assert_eq!(package.institutions.get("org-b"), Some(&2));
    assert_eq!(package.roster.rejected.len(), 2);
    let findings = of(&package, Severity::Finding);
    let names = vec!["Example Academy".to_owned(), "Sample School".to_owned()];
    assert!(findings.contains(&at("users.csv", Code::SeveralInstitutions { names })), "{findings:?}");
}

#[test]
fn of_several_schools_nobody_is_taken_unless_one_is_ours() {
    let ours = oneroster::read_files_of(&tidy(), &["100001", "Example Academy"]);
    assert_eq!(ours.rows.len(), 4);
    let nobodys = oneroster::read_files_of(&tidy(), &["Another School"]);
    assert!(nobodys.rows.is_empty());
    assert!(nobodys.problems.iter().any(|problem| {
        problem.severity == Severity::Problem && matches!(problem.code, Code::SeveralInstitutions { .. })
    }));
}

#[test]
fn one_school_is_chosen_by_id_identifier_or_name_with_its_departments() {
    for wanted in ["org-a", "999/4002", "example  academy"] {
        let options = Options { institution: Some(wanted.to_owned()), ..Options::default() };
        let package = oneroster::read_files(&tidy(), &options);
        let names: Vec<_> = package.roster.rows.iter().filter_map(|row| row.forename.as_deref()).collect();
        assert_eq!(names, ["Ada", "Béla", "Dee", "Fay"], "{wanted}");
        assert_eq!(package.roster.laestab.as_deref(), Some("9994002"));
    }
    let elsewhere = Options { institution: Some("org-z".to_owned()), ..Options::default() };
    let package = oneroster::read_files(&tidy(), &elsewhere);
    assert!(package.roster.rows.is_empty());
    assert_eq!(of(&package, Severity::Problem), [at("orgs.csv", Code::Unknown { thing: Thing::Institution })]);
}

#[test]
fn identifiers_names_year_birth_and_form_of_a_learner() {
    let package = oneroster::read_files(&tidy(), &academy());
    let ada = row(&package, "Ada");
    assert_eq!(ada.line, 2);
    assert_eq!(ada.reference.as_deref(), Some("A001"), "the MIS id among userIds");
    assert_eq!(ada.upn.as_deref(), Some("H999000021001"), "an identifier that is a good UPN is one");
    assert_eq!(ada.surname.as_deref(), Some("Marsh"));
    assert_eq!(ada.year_group, Some(YearGroup::new(9)));
    assert_eq!((ada.date_of_birth, ada.sex.as_deref()), (Some(date(2012, 10, 5)), Some("F")));
    assert_eq!(ada.form.as_deref(), Some("9B"), "the homeroom whose enrolment began last");
    assert_eq!((ada.joined, ada.left), (None, None));
    let bela = row(&package, "Béla");
    assert_eq!(bela.reference.as_deref(), Some("000234"), "noughts in front are kept");
    assert_eq!(bela.surname.as_deref(), Some("O'Neill, jun."));
    assert_eq!(bela.date_of_birth, Some(date(2011, 12, 24)));
    assert_eq!(bela.form, None, "the homeroom is to be deleted");
}

#[test]
fn grades_are_years_unless_plainly_american_and_several_wait_for_a_decision() {
    let package = oneroster::read_files(&tidy(), &Options::default());
    assert_eq!(row(&package, "Béla").year_group, Some(YearGroup::new(10)));
    assert_eq!(row(&package, "Cai").year_group, Some(YearGroup::new(11)));
    assert_eq!(row(&package, "Fay").year_group_undecided.as_deref(), Some("09,10"));
    let american = Options { grades: Grades::American, ..Options::default() };
    assert_eq!(row(&oneroster::read_files(&tidy(), &american), "Ada").year_group, Some(YearGroup::new(10)));
}

#[test]
fn every_problem_of_the_tidy_package_is_told_at_its_place() {
    let package = oneroster::read_files(&tidy(), &academy());
    assert_eq!(
        of(&package, Severity::Problem),
        [
            at("users.csv, line 8, familyName", Code::Missing),
            at("users.csv, line 9, sourcedId", Code::Repeated { thing: Thing::Learner, first_line: 2 }),
        ]
    );
    assert_eq!(
        of(&package, Severity::Finding),
        [
            at("enrollments.csv, line 7, userSourcedId", Code::Unknown { thing: Thing::Learner }),
            at("enrollments.csv, line 8, classSourcedId", Code::Unknown { thing: Thing::Class }),
            at("users.csv, line 10, grades", Code::YearGroupUndecided),
        ]
    );
    let notes = of(&package, Severity::Note);
    assert!(notes.contains(&at("users.csv", Code::OthersLeftOut { rows: 3 })), "teacher, guardian, the other school's");
    assert!(notes.contains(&at("users.csv, line 1, password", Code::ColumnDropped)));
    let rows = format!("{:?}", package.roster);
    assert!(!rows.contains("Neverkept"), "passwords, middle names and places of birth are not kept");
}

#[test]
fn forms_and_dates_come_from_where_the_institution_says() {
    let options = Options { form: FormFrom::Code, dates: Dates::Enrolments, ..academy() };
    let package = oneroster::read_files(&tidy(), &options);
    let ada = row(&package, "Ada");
    assert_eq!(ada.form.as_deref(), Some("REG9B"));
    assert_eq!(ada.joined, Some(date(2025, 9, 1)));
    assert_eq!(ada.left, None, "the end of a course is not the end of being a learner");
    let last_year = Options { on: Some(date(2026, 3, 1)), ..academy() };
    let package = oneroster::read_files(&tidy(), &last_year);
    assert_eq!(row(&package, "Ada").form.as_deref(), Some("8B"));
    assert_eq!(package.roster.academic_year, Some(AcademicYear::starting(2025)));
    let none = Options { form: FormFrom::Nowhere, identifier: IdentifierIs::Ignored, ..academy() };
    let package = oneroster::read_files(&tidy(), &none);
    assert_eq!(row(&package, "Ada").form, None);
    assert_eq!(row(&package, "Béla").reference.as_deref(), Some("u2"), "without an identifier, the id of the package");
}

#[test]
fn a_bulk_package_says_what_it_speaks_of() {
    let covers = oneroster::read_files(&tidy(), &academy()).roster.covers;
    for field in [Field::Reference, Field::Upn, Field::YearGroup, Field::Form, Field::DateOfBirth, Field::Sex] {
        assert!(covers.contains(&field), "{field:?}");
    }
    for field in [Field::Sen, Field::Fsm, Field::Joined, Field::Left] {
        assert!(!covers.contains(&field), "{field:?}");
    }
}

#[test]
fn an_untidy_delta_package_is_read_all_the_same() {
    let package = oneroster::read_files(&untidy(), &Options::default());
    assert_eq!(package.edition, Edition::V1p2);
    assert_eq!(package.roster.extent, Extent::Delta);
    let ada = row(&package, "Ada");
    assert_eq!((ada.reference.as_deref(), ada.upn.as_deref()), (Some("A001"), Some("H999000021001")));
    assert_eq!(ada.date_of_birth, Some(date(2012, 10, 5)));
    assert_eq!((ada.joined, ada.left, ada.removed), (Some(date(2024, 9, 2)), None, false));
    // Marked for deletion; role marked for deletion; inactive, as edition 1.0 had it.
    let removed: Vec<_> = package.roster.rows.iter().filter(|r| r.removed).map(|r| r.reference.as_deref()).collect();
    assert_eq!(removed, [Some("A002"), Some("A004"), Some("A005")]);
    assert_eq!(row(&package, "Cai").joined, Some(date(2022, 9, 4)), "day first");
    assert!(of(&package, Severity::Problem).is_empty());
    assert!(!format!("{:?}", package.roster).contains("Neverkept"));
}

#[test]
fn what_is_untidy_is_told() {
    let package = oneroster::read_files(&untidy(), &Options::default());
    let notes = of(&package, Severity::Note);
    for expected in [
        at("userprofiles.csv", Code::RowsInOtherFile { belong_in: "roles.csv".to_owned() }),
        at("readme.csv", Code::FileIgnored),
        at("users.csv, line 1, metadata.house", Code::ColumnDropped),
        at("users.csv, line 1, ext_shoe_size", Code::ColumnUnknown),
        at("users.csv", Code::OthersLeftOut { rows: 1 }),
    ] {
        assert!(notes.contains(&expected), "{expected:?} in {notes:?}");
    }
    // 5/10/2012 is the only date with slashes: nothing in the file says whether the day comes first.
    assert_eq!(of(&package, Severity::Finding), [at("demographics.csv, line 2, birthDate", Code::AmbiguousDate)]);
}

#[test]
fn preferred_names_are_found_under_a_misspelt_heading() {
    let options = Options { preferred_names: true, ..Options::default() };
    let package = oneroster::read_files(&untidy(), &options);
    assert_eq!(row(&package, "Addie").surname.as_deref(), Some("Marsh"));
}

#[test]
fn without_a_manifest_the_files_tell() {
    let files = package!("no-manifest": "orgs.csv", "users.csv");
    let package = oneroster::read_files(&files, &Options::default());
    assert_eq!((package.edition, package.roster.extent), (Edition::V1p1, Extent::Bulk));
    assert_eq!(package.roster.rows.len(), 1);
    assert_eq!(package.roster.rows[0].reference.as_deref(), Some("u1"));
    assert!(of(&package, Severity::Note).contains(&at("manifest.csv", Code::ManifestMissing)));
}

#[test]
fn a_package_without_users_is_a_problem() {
    let mut files = tidy();
    files.retain(|file| file.name != "users.csv");
    let package = oneroster::read_files(&files, &Options::default());
    assert!(of(&package, Severity::Note).contains(&at("users.csv", Code::ManifestDiffers { said: "bulk".to_owned() })));
    assert_eq!(of(&package, Severity::Problem), [at("users.csv", Code::FileMissing)]);
}

#[test]
fn a_workbook_called_csv_is_a_problem_of_that_file() {
    let mut files = tidy();
    files[5].bytes = b"PK\x03\x04 xl/workbook.xml".to_vec();
    let package = oneroster::read_files(&files, &academy());
    assert!(of(&package, Severity::Problem).iter().any(|(place, _)| place == "demographics.csv"));
    assert_eq!(row(&package, "Ada").date_of_birth, None);
}

#[test]
fn a_zip_of_the_files_reads_like_the_files() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for file in tidy() {
        writer.start_file(file.name, zip::write::SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(&file.bytes).expect("memory takes it");
    }
    let bytes = writer.finish().expect("memory takes it").into_inner();
    let zipped = oneroster::read_zip(&bytes, "roster.zip", &academy());
    // A zip keeps the order in which its files were added, and so do the problems.
    assert_eq!(zipped, oneroster::read_files(&tidy(), &academy()));
    let broken = oneroster::read_zip(&bytes[..200], "roster.zip", &academy());
    assert!(broken.roster.rows.is_empty());
    assert_eq!(broken.roster.problems.len(), 1);
}

#[test]
fn a_package_is_known_by_its_files() {
    assert!(oneroster::is_package(["users.csv", "orgs.csv"]));
    assert!(oneroster::is_package(["export/Users.csv", "export/Manifest.CSV"]));
    assert!(!oneroster::is_package(["learners.csv", "activities.csv"]));
    assert!(!oneroster::is_package(["users.csv"]));
}
