//! What a spreadsheet can do with cells that a list cannot have: formulas, and several cells made one.

use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::{
    problem::{Code, Place, Problem},
    text::FileKind,
};

/// More than so many of a sort are not told: they would not be read either.
const MOST: usize = 2_000;

/// Where such cells are, in the sheet that [`read`](super::read) takes.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    /// Addresses of cells with formulas: `C7`.
    pub(crate) formulas: Vec<String>,
    /// Ranges that were merged, each with its last line: `C7:C9`, 9.
    pub(crate) merged: Vec<(String, u64)>,
}

/// Looks for them in a workbook that [`read`](super::read) has taken; there are none in a text.
pub(crate) fn oddities(file: &str, bytes: &[u8]) -> Result<Oddities, Vec<Problem>> {
    let mut found = Oddities::default();
    if FileKind::of(bytes) != FileKind::Xlsx {
        return Ok(found);
    }
    let damaged = |error: calamine::XlsxError| {
        vec![Problem::problem(Place::file(file), Code::Damaged { detail: error.to_string() })]
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    for name in workbook.sheet_names() {
        // Charts and macro sheets have no cells to read.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else { continue };
        if !matches!(cells.next_cell(), Ok(Some(_))) {
            continue;
        }
        drop(cells);
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        while found.formulas.len() < MOST {
            let Some(cell) = cells.next_formula().map_err(damaged)? else { break };
            if !cell.get_value().is_empty() {
                let (row, column) = cell.get_position();
                found.formulas.push(address(row.into(), column.into()));
            }
        }
        drop(cells);
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        let merged = merged.into_iter().take(MOST).map(|area| {
            let ((top, left), (bottom, right)) = (area.start, area.end);
            let range = format!("{}:{}", address(top.into(), left.into()), address(bottom.into(), right.into()));
            (range, u64::from(bottom) + 1)
        });
        found.merged = merged.collect();
        break;
    }
    Ok(found)
}

/// What to know about a workbook whose cells are more than a list's, told where they are.
pub fn strange_cells(file: &str, bytes: &[u8]) -> Vec<Problem> {
    let odd = match oddities(file, bytes) {
        Ok(odd) => odd,
        // What is wrong with the file as a whole is told by whoever reads it.
        Err(_) => return Vec::new(),
    };
    let mut found = Vec::new();
    if let Some(first) = odd.formulas.first() {
        let cells = if odd.formulas.len() == 1 {
            format!("{first} has a formula")
        } else {
            format!("{} cells have formulas, the first is {first}", odd.formulas.len())
        };
        let message = format!("{cells}: what it came to when the file was saved is read.");
        let remedy = "If that may be out of date, open the file, save it and upload it again.".to_owned();
        found.push(Problem::finding(Place::file(file), Code::Other { message, remedy }));
    }
    for (range, last) in odd.merged {
        let message = format!("The cells {range} are merged: only the first of them holds anything.");
        let remedy = "Undo the merging, and write in every row what belongs to it.".to_owned();
        found.push(Problem::finding(Place::line(file, last), Code::Other { message, remedy }));
    }
    found
}

/// The address of a cell as spreadsheets write it, from its row and column counted from nought: `AB12`.
pub(crate) fn address(row: u64, column: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_a_spreadsheet_shows() {
        for (row, column, shown) in [(0, 0, "A1"), (11, 25, "Z12"), (4, 26, "AA5"), (0, 701, "ZZ1"), (0, 702, "AAA1")] {
            assert_eq!(address(row, column), shown);
        }
    }
}
