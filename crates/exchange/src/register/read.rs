use super::{HEADINGS, NUMBER};
use crate::{
    problem::{Code, Place, Problem},
    sheet::{self, Row, restore},
};

/// A register that came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returned {
    /// Whose register it says it is.
    pub number: Option<String>,
    /// Its rows, those without anything left out.
    pub rows: Vec<ReturnedRow>,
    /// Addresses of cells with a formula in them: at most two thousand.
    pub formulas: Vec<String>,
    /// Ranges that are merged into one cell: at most two thousand.
    pub merged: Vec<String>,
}

/// A row of a register that came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReturnedRow {
    /// Its line in the sheet.
    pub line: u64,
    /// The local id, as it is written.
    pub reference: String,
    /// Where that stands: `A5`.
    pub reference_cell: String,
    /// The name, as it is written.
    pub name: String,
    /// The mark, as it is written.
    pub mark: String,
    /// Where that stands: `D5`.
    pub mark_cell: String,
    /// The word of the mark that was recorded when the sheet was made; blank for none.
    pub before: String,
    /// Whether the sheet says what was recorded before at all.
    pub says_before: bool,
}

/// Reads a register from a workbook, or from a CSV that somebody made of it.
///
/// # Errors
/// Every reason why there are no rows to read: another kind of file, damage, limits, headings that are not there.
pub fn read(file: &str, bytes: &[u8]) -> Result<Returned, Vec<Problem>> {
    let sheet = sheet::read(file, bytes)?;
    let same = |cell: &str, heading: &str| cell.trim().eq_ignore_ascii_case(heading);
    let header = sheet.rows.iter().position(|row| {
        row.cells.iter().any(|cell| same(cell, HEADINGS[0])) && row.cells.iter().any(|cell| same(cell, HEADINGS[3]))
    });
    let Some(header) = header else {
        return Err(vec![Problem::problem(Place::file(file), Code::NoHeader)]);
    };
    let columns = HEADINGS.map(|heading| sheet.rows[header].cells.iter().position(|cell| same(cell, heading)));
    let number = sheet.rows[..header].iter().find_map(|row| {
        let at = row.cells.iter().position(|cell| same(cell, NUMBER))?;
        Some(row.cell(at + 1).trim().to_owned()).filter(|number| !number.is_empty())
    });
    let text = |row: &Row<'_>, column: Option<usize>| {
        column.map_or(String::new(), |at| restore(row.cell(at).trim()).to_owned())
    };
    let address = |row: &Row<'_>, column: Option<usize>| {
        column.map_or(String::new(), |at| sheet::address(row.line.saturating_sub(1), at as u64))
    };
    let [reference, name, _, mark, before] = columns;
    let rows = sheet.rows[header + 1..].iter().map(|row| ReturnedRow {
        line: row.line,
        reference: text(row, reference),
        reference_cell: address(row, reference),
        name: text(row, name),
        mark: text(row, mark),
        mark_cell: address(row, mark),
        before: text(row, before),
        says_before: before.is_some(),
    });
    let rows = rows.filter(|row| !(row.reference.is_empty() && row.name.is_empty() && row.mark.is_empty())).collect();
    let odd = sheet::oddities(file, bytes)?;
    // A title over several columns is nobody's mark.
    let first = sheet.rows[header].line;
    let merged = odd.merged.into_iter().filter(|(_, last)| *last > first).map(|(range, _)| range);
    Ok(Returned { number, rows, formulas: odd.formulas, merged: merged.collect() })
}
