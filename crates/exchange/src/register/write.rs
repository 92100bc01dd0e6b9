use rust_xlsxwriter::{Color, DataValidation, Format, FormatBorder, Workbook, XlsxError};

use super::{ABOVE, HEADINGS, NUMBER, RegisterSheet, word};
use crate::sheet::neutralise;

/// The width of each column, in characters.
const WIDTHS: [f64; 4] = [14.0, 36.0, 10.0, 14.0];

/// The register as a workbook: a list to choose each mark from, headings that stay in sight, filters, and set up to be printed on A4.
///
/// # Errors
/// If it is larger than a sheet can be.
pub fn write(register: &RegisterSheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (bold, quiet) = (Format::new().set_bold(), Format::new().set_font_color(Color::Gray));
    let title = Format::new().set_bold().set_font_size(14.0);
    let cell = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::Silver);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Register")?;
    sheet.write_string_with_format(0, 0, neutralise(&register.title), &title)?;
    sheet.write_string_with_format(1, 0, NUMBER, &quiet)?;
    sheet.write_string_with_format(1, 1, &register.number, &quiet)?;
    let how = "Choose a mark for each learner and send this file back. What is left blank stays as it is.";
    sheet.write_string(2, 0, format!("{} {how}", register.about).trim())?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(ABOVE - 1, column, heading, &bold)?;
    }
    let mut line = ABOVE;
    for row in &register.rows {
        let mark = row.mark.map_or("", word);
        for (column, text) in (0..).zip([&*row.reference, &row.name, &row.form, mark]) {
            // A blank one too: it has a border on paper.
            match text {
                "" => sheet.write_blank(line, column, &cell)?,
                text => sheet.write_string_with_format(line, column, neutralise(text), &cell)?,
            };
        }
        sheet.write_string(line, 4, row.mark.map_or("", |mark| mark.word()))?;
        line += 1;
    }
    let last = line.saturating_sub(1).max(ABOVE);
    let marks = DataValidation::new()
        .allow_list_strings(&["Present", "Absent", "Excused"])?
        .set_error_title("Not a mark")?
        .set_error_message("Choose Present, Absent or Excused, or leave it blank.")?;
    sheet.add_data_validation(ABOVE, 3, last, 3, &marks)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(4)?;
    sheet.set_freeze_panes(ABOVE, 0)?;
    sheet.autofilter(ABOVE - 1, 0, last, 3)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(ABOVE - 1, ABOVE - 1)?;
    sheet.set_print_area(0, 0, last, 3)?;
    sheet.set_footer("&LPage &P of &N&R&D");
    workbook.save_to_buffer()
}
