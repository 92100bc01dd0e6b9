use std::borrow::Cow;

use super::{Csv, MOST_BYTES, MOST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, sniff_separator, workbook};
use crate::{
    problem::{Code, Limit, Place, Problem},
    text::{self, FileKind},
};

/// A sheet in memory: every row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// Name of the file.
    pub file: String,
    /// Rows with something in them, titles and header included.
    pub rows: Vec<Row<'a>>,
    /// What to know about how it was read.
    pub notes: Vec<Problem>,
    /// What separates the cells of a text; `None` for a workbook.
    pub separator: Option<char>,
}

/// Reads CSV or XLSX, whatever the name of the file says. Separator and encoding of a text are found out.
///
/// # Errors
/// Every reason why there are no rows to read: another kind of file, damage, limits.
pub fn read<'a>(file: &str, bytes: &'a [u8]) -> Result<Sheet<'a>, Vec<Problem>> {
    let refuse = |code| Err(vec![Problem::problem(Place::file(file), code)]);
    if bytes.len() as u64 > MOST_BYTES {
        return refuse(Code::TooMuch { limit: Limit::Bytes, most: MOST_BYTES });
    }
    match FileKind::of(bytes) {
        FileKind::Text => read_text(file, bytes),
        FileKind::Xlsx => workbook::read(file, bytes),
        FileKind::Empty => refuse(Code::NothingInIt),
        found => refuse(Code::WrongKind { expected: FileKind::Text, found }),
    }
}

fn read_text<'a>(file: &str, bytes: &'a [u8]) -> Result<Sheet<'a>, Vec<Problem>> {
    let decoded = text::decode(bytes);
    let notes = decoded.notices.into_iter().map(|code| Problem::note(Place::file(file), code)).collect();
    let (rows, separator) = match decoded.text {
        Cow::Borrowed(text) => rows(file, text)?,
        Cow::Owned(text) => {
            let (rows, separator) = rows(file, &text)?;
            let owned = rows.into_iter().map(|row| Row {
                line: row.line,
                cells: row.cells.into_iter().map(|cell| Cow::Owned(cell.into_owned())).collect(),
            });
            (owned.collect(), separator)
        }
    };
    Ok(Sheet { file: file.to_owned(), rows, notes, separator: Some(separator) })
}

fn rows<'t>(file: &str, text: &'t str) -> Result<(Vec<Row<'t>>, char), Vec<Problem>> {
    let refuse = |place, code| Err(vec![Problem::problem(place, code)]);
    // Excel writes the separator into the first line when it is not the usual one.
    let (told, text, first_line) = match text.strip_prefix("sep=") {
        Some(rest) => {
            let (separator, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (separator.bytes().next().filter(u8::is_ascii), rest, 2)
        }
        None => (None, text, 1),
    };
    let separator = told.unwrap_or_else(|| sniff_separator(text));
    let mut csv = Csv::new(text, separator);
    let (mut rows, mut row, mut cells) = (Vec::new(), Row::default(), 0);
    while csv.next(&mut row) {
        if let Some(line) = csv.unclosed_quote() {
            return refuse(Place::line(file, line + first_line - 1), Code::QuoteNotClosed);
        }
        if row.is_blank() {
            continue;
        }
        if row.width() > MOST_COLUMNS {
            return refuse(
                Place::line(file, row.line),
                Code::TooMuch { limit: Limit::Columns, most: MOST_COLUMNS as u64 },
            );
        }
        if row.cells.iter().any(|cell| cell.len() > MOST_CELL) {
            return refuse(Place::line(file, row.line), Code::TooMuch { limit: Limit::Cell, most: MOST_CELL as u64 });
        }
        if rows.len() as u64 >= MOST_ROWS {
            return refuse(Place::file(file), Code::TooMuch { limit: Limit::Rows, most: MOST_ROWS });
        }
        let width = row.cells.len();
        cells += width as u64;
        if cells > MOST_CELLS {
            return refuse(Place::file(file), Code::TooMuch { limit: Limit::Cells, most: MOST_CELLS });
        }
        row.line += first_line - 1;
        rows.push(std::mem::take(&mut row));
        row.cells.reserve(width);
    }
    if rows.is_empty() { refuse(Place::file(file), Code::NothingInIt) } else { Ok((rows, char::from(separator))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_whatever_its_separator_and_encoding() {
        let sheet = read("a.csv", b"sep=;\r\nName;Born\r\nZo\xEB;1/2/2014\r\n\r\n").unwrap();
        assert_eq!((sheet.rows[1].cell(0), sheet.rows[1].line, sheet.separator), ("Zoë", 3, Some(';')));
        assert_eq!(sheet.notes.len(), 1);
    }

    #[test]
    fn what_is_no_sheet_says_what_it_is() {
        let code = |bytes: &[u8]| read("pupils.csv", bytes).unwrap_err().remove(0).code;
        assert_eq!(code(b""), Code::NothingInIt);
        assert_eq!(code(b"%PDF-1.4"), Code::WrongKind { expected: FileKind::Text, found: FileKind::Pdf });
        assert!(matches!(code(b"PK\x03\x04 xl/workbook.xml and then nothing"), Code::Damaged { .. }));
        assert_eq!(code(b"a,\"b\nc"), Code::QuoteNotClosed);
    }

    #[test]
    fn a_workbook_under_a_csv_name_is_read() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Pupils of the autumn term").unwrap();
        sheet.write(2, 0, "Surname").unwrap();
        sheet.write(2, 1, "DOB").unwrap();
        let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2014, 2, 1).unwrap();
        sheet.write(3, 0, "Quillfeather").unwrap();
        sheet.write_with_format(3, 1, &date, &rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        sheet.write(3, 2, 7.0).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let sheet = read("pupils.csv", &bytes).unwrap();
        let row = sheet.rows.last().unwrap();
        assert_eq!((row.line, row.cell(0), row.cell(1), row.cell(2)), (4, "Quillfeather", "2014-02-01", "7"));
    }
}
