use std::{borrow::Cow, io::Cursor};

use calamine::{DataRef, Reader, Xlsx};

use super::{MOST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Row, Sheet, guard};
use crate::problem::{Code, Limit, Place, Problem};

/// Reads the first sheet of an XLSX workbook that has rows. Days come out as `2026-09-01`, whole numbers without decimals.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Sheet<'static>, Vec<Problem>> {
    guard::check(bytes).map_err(|refused| vec![refused.problem(file)])?;
    let damaged = |error: calamine::XlsxError| {
        vec![Problem::problem(Place::file(file), Code::Damaged { detail: error.to_string() })]
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    let mut chosen: Option<(String, Vec<Row<'static>>)> = None;
    let mut others = false;
    for name in names {
        // Charts and macro sheets have no cells to read.
        let Ok(rows) = sheet_rows(file, &mut workbook, &name) else { continue };
        let rows = rows?;
        if rows.is_empty() {
            continue;
        }
        if chosen.is_none() {
            chosen = Some((name, rows));
        } else {
            others = true;
            break;
        }
    }
    let Some((name, mut rows)) = chosen else {
        return Err(vec![Problem::problem(Place::file(file), Code::NothingInIt)]);
    };
    let mut notes = Vec::new();
    if others {
        notes.push(Problem::note(Place::file(file), Code::SheetChosen { sheet: name }));
    }
    if drop_nuls(&mut rows) {
        notes.push(Problem::note(Place::file(file), Code::NulsDropped));
    }
    Ok(Sheet { file: file.to_owned(), rows, notes, separator: None })
}

/// Drops NUL characters, which a cell of a workbook can hold in escaped form; whether there were any.
fn drop_nuls(rows: &mut [Row<'_>]) -> bool {
    let mut dropped = false;
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.contains('\0')) {
        *cell = Cow::Owned(cell.replace('\0', ""));
        dropped = true;
    }
    dropped
}

type Rows = Result<Vec<Row<'static>>, Vec<Problem>>;

fn sheet_rows(file: &str, workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, calamine::XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let too_much = |limit, most| vec![Problem::problem(Place::file(file), Code::TooMuch { limit, most })];
    let mut rows: Vec<Row<'static>> = Vec::new();
    let (mut made, mut held) = (0, 0);
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                let code = Code::Damaged { detail: error.to_string() };
                return Ok(Err(vec![Problem::problem(Place::file(file), code)]));
            }
        };
        let (row, column) = cell.get_position();
        // Before it is taken out of the list of texts: a million cells may name the same long one.
        held += length(cell.get_value()) as u64;
        if held > MOST_TEXT {
            return Ok(Err(too_much(Limit::Text, MOST_TEXT)));
        }
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        // A workbook may claim a cell in the last of its million rows: only rows and columns with something in them are made.
        if column as usize >= MOST_COLUMNS {
            return Ok(Err(too_much(Limit::Columns, MOST_COLUMNS as u64)));
        }
        if text.len() > MOST_CELL {
            return Ok(Err(too_much(Limit::Cell, MOST_CELL as u64)));
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|last| last.line != line) {
            if rows.len() as u64 >= MOST_ROWS {
                return Ok(Err(too_much(Limit::Rows, MOST_ROWS)));
            }
            rows.push(Row { line, cells: Vec::new() });
        }
        let Some(current) = rows.last_mut() else { continue };
        if current.cells.len() <= column as usize {
            made += (column as usize + 1 - current.cells.len()) as u64;
            if made > MOST_CELLS {
                return Ok(Err(too_much(Limit::Cells, MOST_CELLS)));
            }
            current.cells.resize(column as usize + 1, Cow::Borrowed(""));
        }
        current.cells[column as usize] = Cow::Owned(text);
    }
    Ok(Ok(rows))
}

/// How many bytes of text a cell holds.
fn length(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        DataRef::SharedString(text) => text.len(),
        _ => 0,
    }
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(datetime) if datetime.is_datetime() => {
            let (year, month, day, ..) = datetime.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_characters_of_a_workbook_are_dropped() {
        let mut rows = [Row { line: 1, cells: vec![Cow::Borrowed("Wr\0en"), Cow::Borrowed("Ada")] }];
        assert!(drop_nuls(&mut rows));
        assert_eq!(rows[0].cells, ["Wren", "Ada"]);
        assert!(!drop_nuls(&mut rows));
    }
}
