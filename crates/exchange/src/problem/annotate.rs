use std::collections::BTreeMap;

use super::{Problem, Severity};
use crate::{
    list,
    sheet::{self, Sheet},
    text::FileKind,
};

/// The person's own file back with one more column, “Problems”, that says at each row what is wrong and how to mend it.
/// Rows stand on the lines they stood on as far as a sheet can show it; cells that a spreadsheet would run as formulas are
/// neutralised, and reading the file again takes that away. CSV comes back as UTF-8 with commas, a workbook as a workbook
/// of one sheet.
///
/// # Errors
/// Why the file cannot be read as a sheet.
pub fn annotate(file: &str, bytes: &[u8], problems: &[Problem]) -> Result<Vec<u8>, Vec<Problem>> {
    let sheet = sheet::read(file, bytes)?;
    let mut by_line: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| problem.severity != Severity::Note) {
        let Some(line) = problem.place.line else { continue };
        by_line.entry(line).or_default().push(sentence(problem));
    }
    let (headings, rows) = with_column(&sheet, &by_line);
    if FileKind::of(bytes) == FileKind::Xlsx {
        let damaged = |error: rust_xlsxwriter::XlsxError| {
            let code = super::Code::Damaged { detail: error.to_string() };
            vec![Problem::problem(super::Place::file(file), code)]
        };
        list::xlsx("Problems", &headings, &rows).map_err(damaged)
    } else {
        Ok(list::csv(&headings, &rows))
    }
}

fn sentence(problem: &Problem) -> String {
    let (message, remedy) = (problem.message(), problem.remedy());
    let said = if remedy.is_empty() { message } else { format!("{message} {remedy}") };
    match &problem.place.column {
        Some(column) => format!("{column}: {said}"),
        None => said,
    }
}

/// First row and the others, each with what is wrong behind its last column. Blank lines stay.
fn with_column(sheet: &Sheet<'_>, by_line: &BTreeMap<u64, Vec<String>>) -> (Vec<String>, Vec<Vec<String>>) {
    let width = sheet.rows.iter().map(sheet::Row::width).max().unwrap_or(0);
    // The first row as wide as most: titles above it stay without a heading.
    let header = sheet.rows.iter().position(|row| row.width() * 2 > width).unwrap_or(0);
    let mut lines: Vec<Vec<String>> = Vec::new();
    let first = sheet.rows.first().map_or(1, |row| row.line);
    for (at, row) in sheet.rows.iter().enumerate() {
        // A cell may hold line ends: then rows are further apart in the file than in the sheet.
        let apart =
            at.checked_sub(1).map_or(row.line - first.min(row.line), |before| row.line - sheet.rows[before].line);
        let held: usize = at
            .checked_sub(1)
            .map_or(0, |before| sheet.rows[before].cells.iter().map(|cell| cell.matches('\n').count()).sum());
        for _ in 1..(apart as usize).saturating_sub(held).min(1_000) {
            lines.push(vec![String::new(); width + 1]);
        }
        let mut cells: Vec<String> = (0..width).map(|column| sheet::restore(row.cell(column)).to_owned()).collect();
        let told = by_line.get(&row.line).map(|told| told.join(" | ")).unwrap_or_default();
        cells.push(if at == header { "Problems".to_owned() } else { told });
        lines.push(cells);
    }
    let mut lines = lines.into_iter();
    (lines.next().unwrap_or_default(), lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Code, Place};

    fn problems() -> Vec<Problem> {
        vec![
            Problem::problem(Place::line("a.csv", 4).at("DOB", Some(2)), Code::NotADate),
            Problem::note(Place::file("a.csv"), Code::CharactersLost),
        ]
    }

    #[test]
    fn a_csv_comes_back_with_its_problems() {
        let bytes = "Pupils\r\nSurname;DOB\r\n\r\n=Wren;30/2/2014\r\n".as_bytes();
        let back = String::from_utf8(annotate("a.csv", bytes, &problems()).unwrap()).unwrap();
        let mut lines = back.lines();
        assert_eq!(lines.next(), Some("\u{feff}Pupils,,"));
        assert_eq!(lines.next(), Some("Surname,DOB,Problems"));
        assert_eq!(lines.next(), Some(",,"));
        assert!(lines.next().is_some_and(|line| line.starts_with("'=Wren,30/2/2014,DOB: This is not a date.")));
    }

    #[test]
    fn a_workbook_comes_back_as_a_workbook() {
        let bytes =
            list::xlsx("Pupils", &["Surname".into(), "DOB".into()], &[vec![], vec![], vec!["Wren".into(), "x".into()]])
                .unwrap();
        let back = annotate("a.xlsx", &bytes, &problems()).unwrap();
        let sheet = sheet::read("a.xlsx", &back).unwrap();
        let row = sheet.rows.last().unwrap();
        assert_eq!((row.line, row.cell(0)), (4, "Wren"));
        assert!(row.cell(2).starts_with("DOB: This is not a date."));
    }
}
