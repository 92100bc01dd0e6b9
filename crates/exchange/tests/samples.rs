//! Published sample rosters, where somebody has put them beside the project: counts written down by hand. The files are not
//! part of the project; without them these tests say so and pass.

use std::path::PathBuf;

use exchange::{
    mapping::{self, Subject},
    mis,
    problem::{Code, Severity},
    sheet,
};

fn sample(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("WAYMARK_SAMPLES")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples")), PathBuf::from);
    let bytes = std::fs::read(root.join(path)).ok();
    if bytes.is_none() {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "not there, so not tested: {path}");
    }
    bytes
}

fn read(path: &str) -> Option<mis::Read> {
    let bytes = sample(path)?;
    let sheet = sheet::read(path, &bytes).unwrap();
    let mapping = mapping::detect(&sheet, Subject::Learners).unwrap();
    Some(mis::roster(&sheet, &mapping))
}

/// Rows taken, rows refused, and how many findings of a code.
fn counts(read: &mis::Read, code: impl Fn(&Code) -> bool) -> (usize, usize, usize) {
    let findings = read.roster.problems.iter().filter(|p| p.severity == Severity::Finding && code(&p.code)).count();
    (read.roster.rows.len(), read.roster.rejected.len(), findings)
}

#[test]
fn census_files() {
    let path = |file: &str| format!("dfe-mtc/pupil-census/{file}");
    if let Some(read) = read(&path("pupil-census-data.csv")) {
        assert_eq!(counts(&read, |code| *code == Code::UpnCheckLetter), (79, 0, 15));
        assert_eq!(read.ambiguous_dates, None);
    }
    if let Some(read) = read(&path("Pupil-Census-Data.csv")) {
        // 3/20/05 settles it: month first.
        assert_eq!(counts(&read, |_| false), (5, 0, 0));
        assert_eq!(read.roster.rows[1].date_of_birth, Some(jiff::civil::date(2005, 1, 2)));
    }
    if let Some(read) = read(&path("mtc-census-headers.csv")) {
        assert_eq!(counts(&read, |_| false), (0, 0, 0));
    }
    if let Some(read) = read(&path("pupil-census-data_error.csv")) {
        assert_eq!(counts(&read, |code| matches!(code, Code::IdentifierRepeated { .. })), (79, 0, 1));
    }
    for (file, refused) in [
        ("pupilCensusDataEmptyForname.csv", 1),
        ("pupilCensusDataEmptyLastname.csv", 1),
        ("pupilCensusDataEmptyGender.csv", 0),
    ] {
        if let Some(read) = read(&path(file)) {
            assert_eq!(
                (read.roster.rows.len() + read.roster.rejected.len(), read.roster.rejected.len()),
                (79, refused),
                "{file}"
            );
        }
    }
}

#[test]
fn upload_files() {
    let path = |file: &str| format!("dfe-mtc/pupil-upload/{file}");
    if let Some(read) = read(&path("multiple_pupils_template_moreThan300Rows.csv")) {
        assert_eq!(counts(&read, |code| *code == Code::UpnCheckLetter), (300, 0, 298));
    }
    if let Some(read) = read(&path("multiple_pupils_column_order.csv")) {
        assert_eq!(read.roster.rows[0].surname.as_deref(), Some("FYSFSURJU"));
    }
    if let Some(read) = read(&path("multiple_pupils_duplicate_upn.csv")) {
        assert_eq!(counts(&read, |code| matches!(code, Code::IdentifierRepeated { .. })), (3, 0, 1));
    }
    if let Some(read) = read(&path("multiple_pupils_wrong_check_letter.csv")) {
        assert_eq!(counts(&read, |code| *code == Code::UpnShape), (3, 0, 1));
    }
    if let Some(read) = read(&path("mtc-pupil-details-template-sheet-1.csv")) {
        assert_eq!(counts(&read, |_| false), (0, 0, 0));
    }
    if let Some(bytes) = sample(&path("multiple_pupils_incorrect_format.txt")) {
        let sheet = sheet::read("a.txt", &bytes).unwrap();
        assert_eq!(mapping::detect(&sheet, Subject::Learners).unwrap_err().code, Code::NoHeader);
    }
}
