//! Lists of ours as files for spreadsheets. Cells that a spreadsheet would run as formulas are neutralised.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::sheet::neutralise;

/// Comma-separated, UTF-8 with a byte-order mark (without it Excel reads Windows-1252), lines ended by CRLF.
pub fn csv(headings: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    for row in std::iter::once(headings).chain(rows.iter().map(Vec::as_slice)) {
        // Writing to memory cannot fail, and every row is as wide as it is.
        let _ = writer.write_record(row.iter().map(|cell| neutralise(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A workbook with one sheet: heading row frozen, filters on it.
///
/// # Errors
/// If the list is larger than a sheet can be.
pub fn xlsx(title: &str, headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    // A sheet's name has at most 31 characters, and not these.
    let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    sheet.set_name(name.trim())?;
    let bold = Format::new().set_bold();
    let column = |at: usize| u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError);
    for (at, heading) in headings.iter().enumerate() {
        sheet.write_string_with_format(0, column(at)?, neutralise(heading), &bold)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        for (at, cell) in row.iter().enumerate() {
            sheet.write_string(line, column(at)?, neutralise(cell))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(last) = headings.len().checked_sub(1) {
        sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), column(last)?)?;
    }
    sheet.autofit();
    workbook.save_to_buffer()
}
