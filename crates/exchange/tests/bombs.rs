//! Files made to take all memory or time: each is read in a process of its own that may have no more than so much memory, and is
//! refused with a sentence that says why.

use std::{
    fmt::Write as _,
    io::{Cursor, Read, Write},
    process::Command,
    time::{Duration, Instant},
};

use exchange::{
    ctf, oneroster,
    problem::{Code, Limit, Problem},
    sheet,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What the process may have, in megabytes: address space, so that memory that is asked for and not used counts too.
const MEMORY: u64 = 1_000;

/// Runs the test of this name again in a process with limited memory. There it does what `read` says.
#[track_caller]
fn within_limits(test: &str, read: impl FnOnce()) {
    if std::env::var_os("WAYMARK_BOMB").is_some() {
        let begun = Instant::now();
        read();
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
        return;
    }
    let output = Command::new("sh")
        .args(["-c", "ulimit -v \"$0\"; exec \"$@\"", &(MEMORY * 1_024).to_string()])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("WAYMARK_BOMB", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{test}: {said}");
}

type Writes<'f> = &'f dyn Fn(&mut dyn Write);

/// A zip whose files are written by functions, so that none lies in memory unpacked.
fn zipped(files: &[(&str, Writes<'_>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, write) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        write(&mut writer);
    }
    writer.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/"#;

/// A workbook of one sheet with a list of texts.
fn workbook(sheet: &dyn Fn(&mut dyn Write), texts: &dyn Fn(&mut dyn Write)) -> Vec<u8> {
    let fixed = |text: String| move |to: &mut dyn Write| to.write_all(text.as_bytes()).unwrap();
    zipped(&[
        ("_rels/.rels", &fixed(format!("{RELATIONS}officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"))),
        (
            "xl/_rels/workbook.xml.rels",
            &fixed(format!("{RELATIONS}worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>")),
        ),
        (
            "xl/workbook.xml",
            &fixed(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Pupils" sheetId="1" r:id="rId1"/></sheets></workbook>"#.to_owned(),
            ),
        ),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

fn no_texts(to: &mut dyn Write) {
    write!(to, "<sst {MAIN} uniqueCount=\"1\"><si><t>Surname</t></si></sst>").unwrap();
}

fn one_cell(to: &mut dyn Write) {
    write!(
        to,
        "<worksheet {MAIN}><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"
    )
    .unwrap();
}

fn refusal(bytes: &[u8]) -> Problem {
    sheet::read("pupils.xlsx", bytes).unwrap_err().remove(0)
}

#[track_caller]
fn too_much(problem: &Problem, expected: Limit) {
    assert!(matches!(problem.code, Code::TooMuch { limit, .. } if limit == expected), "{problem:?}");
    assert!(!problem.message().is_empty() && !problem.remedy().is_empty(), "{problem:?}");
}

#[test]
fn the_workbook_that_the_others_are_made_from_is_read() {
    let bytes = workbook(&one_cell, &no_texts);
    assert_eq!(sheet::read("pupils.xlsx", &bytes).unwrap().rows[0].cell(0), "Surname");
}

#[test]
fn a_zip_bomb_is_refused() {
    within_limits("a_zip_bomb_is_refused", || {
        let zeros = |to: &mut dyn Write| {
            std::io::copy(&mut std::io::repeat(b'0').take(600_000_000), to).unwrap();
        };
        let roster = oneroster::read_zip_of(&zipped(&[("users.csv", &zeros)]), "roster.zip", &[]);
        too_much(&roster.problems[0], Limit::Ratio);
        too_much(&refusal(&workbook(&zeros, &no_texts)), Limit::Ratio);
        // Packed so badly that the ratio says nothing.
        let noise = |to: &mut dyn Write| {
            let mut state = 0x2545_f491_u64;
            for _ in 0..9_000_000 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                to.write_all(&state.to_le_bytes()).unwrap();
            }
        };
        too_much(&refusal(&workbook(&one_cell, &noise)), Limit::Bytes);
    });
}

#[test]
fn an_archive_in_an_archive_is_refused() {
    let inner = zipped(&[("users.csv", &|to: &mut dyn Write| to.write_all(b"sourcedId\r\n").unwrap())]);
    let outer = zipped(&[("users.zip", &|to: &mut dyn Write| to.write_all(&inner).unwrap())]);
    let roster = oneroster::read_zip_of(&outer, "roster.zip", &[]);
    assert_eq!(roster.problems[0].code, Code::ArchiveNested);
    // Under another name it is no CSV file, and nothing unpacks it.
    let outer = zipped(&[("users.csv", &|to: &mut dyn Write| to.write_all(&inner).unwrap())]);
    assert!(oneroster::read_zip_of(&outer, "roster.zip", &[]).rows.is_empty());
}

#[test]
fn a_list_of_texts_that_claims_to_be_endless_is_refused() {
    within_limits("a_list_of_texts_that_claims_to_be_endless_is_refused", || {
        for count in ["99999999999999", "18446744073709551615", "99999999999999999999999999", "500000000"] {
            let claims = |to: &mut dyn Write| {
                write!(to, "<sst {MAIN} count=\"1\" uniqueCount=\"{count}\"><si><t>Surname</t></si></sst>").unwrap();
            };
            let problem = refusal(&workbook(&one_cell, &claims));
            assert!(matches!(&problem.code, Code::Damaged { .. }), "{count}: {problem:?}");
            assert_eq!(problem.value.as_deref(), Some("xl/sharedStrings.xml"));
        }
    });
}

#[test]
fn an_endless_list_of_texts_is_refused() {
    within_limits("an_endless_list_of_texts_is_refused", || {
        let endless = |to: &mut dyn Write| {
            write!(to, "<sst {MAIN}>").unwrap();
            for number in 0..6_000_000_u64 {
                write!(to, "<si><t>{number:x}</t></si>").unwrap();
            }
            write!(to, "</sst>").unwrap();
        };
        too_much(&refusal(&workbook(&one_cell, &endless)), Limit::Unpacked);
    });
}

#[test]
fn cells_far_to_the_right_of_many_rows_are_refused() {
    within_limits("cells_far_to_the_right_of_many_rows_are_refused", || {
        let far = |to: &mut dyn Write| {
            write!(to, "<worksheet {MAIN}><sheetData>").unwrap();
            for row in 1..=60_000 {
                write!(to, "<row r=\"{row}\"><c r=\"ALK{row}\"><v>{}</v></c></row>", row * 7_919 % 1_009).unwrap();
            }
            write!(to, "</sheetData></worksheet>").unwrap();
        };
        too_much(&refusal(&workbook(&far, &no_texts)), Limit::Cells);
        let wide: String = (0..12_000).fold(String::new(), |mut text, row| {
            let _ = writeln!(text, "{row}{}", ",".repeat(998));
            text
        });
        too_much(&refusal(wide.as_bytes()), Limit::Cells);
    });
}

#[test]
fn many_cells_that_name_one_long_text_are_refused() {
    within_limits("many_cells_that_name_one_long_text_are_refused", || {
        let long = |to: &mut dyn Write| {
            write!(to, "<sst {MAIN} uniqueCount=\"1\"><si><t>{}</t></si></sst>", "long ".repeat(6_000)).unwrap();
        };
        let many = |to: &mut dyn Write| {
            write!(to, "<worksheet {MAIN}><sheetData>").unwrap();
            for row in 1..=20_000 {
                write!(to, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>").unwrap();
            }
            write!(to, "</sheetData></worksheet>").unwrap();
        };
        too_much(&refusal(&workbook(&many, &long)), Limit::Text);
    });
}

/// Ten entities, each ten of the one before: a billion, unfolded.
fn laughs() -> String {
    let mut entities = String::from("<!ENTITY a0 \"ha\">");
    for level in 1..=9 {
        let _ = write!(entities, "<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    format!("<?xml version=\"1.0\"?><!DOCTYPE x [{entities}]>")
}

#[test]
fn a_billion_laughs_are_not_unfolded() {
    within_limits("a_billion_laughs_are_not_unfolded", || {
        let ctf = format!("{}<CTfile><Header>&a9;</Header></CTfile>", laughs());
        let roster = ctf::read(ctf.as_bytes(), "leavers.xml");
        assert!(roster.rows.is_empty());
        assert!(roster.problems.iter().any(|problem| !problem.message().is_empty()));
        let texts = |to: &mut dyn Write| {
            write!(to, "{}<sst {MAIN} uniqueCount=\"1\"><si><t>&a9;</t></si></sst>", laughs()).unwrap();
        };
        // Either refused, or read with the name of the entity in place of a billion words.
        if let Ok(sheet) = sheet::read("pupils.xlsx", &workbook(&one_cell, &texts)) {
            assert!(sheet.rows[0].cell(0).len() < 100, "{}", sheet.rows[0].cell(0).len());
        }
    });
}

#[test]
fn elements_without_end_are_refused() {
    within_limits("elements_without_end_are_refused", || {
        let deep = "<a>".repeat(3_000_000);
        assert!(ctf::read(deep.as_bytes(), "leavers.xml").rows.is_empty());
        let in_sheet = |to: &mut dyn Write| {
            write!(to, "<worksheet {MAIN}><sheetData>").unwrap();
            for number in 0..400_000_u64 {
                write!(to, "<x{number:x}>").unwrap();
            }
        };
        let bytes = workbook(&in_sheet, &no_texts);
        let read = sheet::read("pupils.xlsx", &bytes);
        assert!(read.is_err(), "{read:?}");
    });
}
