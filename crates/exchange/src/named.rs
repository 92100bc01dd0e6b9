//! A table whose columns are found by name, however the name is spelt: the files of systems that add, drop and misspell
//! columns from one year to the next.

use std::collections::BTreeMap;

use crate::{
    problem::{Code, Limit, Place, Problem},
    sheet::{self, Csv, Row},
};

/// Rows under a header, read one by one.
pub(crate) struct Named<'a> {
    file: String,
    csv: Csv<'a>,
    row: Row<'a>,
    /// Headings as written.
    headings: Vec<String>,
    columns: BTreeMap<String, usize>,
    rows: u64,
}

impl<'a> Named<'a> {
    /// Reads the header, which is the first line that is not blank. `None`, with the problem told, if there is none.
    pub(crate) fn open(file: &str, text: &'a str, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut csv = Csv::new(text, sheet::sniff_separator(text));
        let mut row = Row::default();
        while csv.next(&mut row) {
            if row.is_blank() {
                continue;
            }
            let width = row.width();
            if width > sheet::MOST_COLUMNS {
                let code = Code::TooMuch { limit: Limit::Columns, most: sheet::MOST_COLUMNS as u64 };
                problems.push(Problem::problem(Place::line(file, row.line), code));
                return None;
            }
            let headings: Vec<String> = (0..width).map(|index| row.cell(index).to_owned()).collect();
            let mut columns = BTreeMap::new();
            for (index, heading) in headings.iter().enumerate() {
                let key = key(heading);
                if key.is_empty() {
                    continue;
                }
                if let Some(&first) = columns.get(&key) {
                    let place = Place::line(file, row.line).at(heading, Some(index as u32 + 1));
                    problems.push(Problem::note(place, Code::ColumnRepeated { first: first as u32 + 1 }));
                } else {
                    columns.insert(key, index);
                }
            }
            return Some(Self { file: file.to_owned(), csv, row: Row::default(), headings, columns, rows: 0 });
        }
        problems.push(Problem::problem(Place::file(file), Code::NothingInIt));
        None
    }

    /// Where a column stands, by any of its names; the first that is there.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.get(&key(name)).copied())
    }

    /// The headings with their position, blank ones left out.
    pub(crate) fn headings(&self) -> impl Iterator<Item = (usize, &str)> {
        self.headings
            .iter()
            .enumerate()
            .map(|(index, heading)| (index, heading.as_str()))
            .filter(|(_, h)| !h.is_empty())
    }

    /// Moves to the next row that is not blank; `false` at the end.
    pub(crate) fn advance(&mut self, problems: &mut Vec<Problem>) -> bool {
        loop {
            if !self.csv.next(&mut self.row) {
                return false;
            }
            if self.row.is_blank() {
                continue;
            }
            self.rows += 1;
            if self.rows > sheet::MOST_ROWS {
                let code = Code::TooMuch { limit: Limit::Rows, most: sheet::MOST_ROWS };
                problems.push(Problem::problem(Place::file(&self.file), code));
                return false;
            }
            if let Some(line) = self.csv.unclosed_quote() {
                problems.push(Problem::problem(Place::line(&self.file, line), Code::QuoteNotClosed));
                return false;
            }
            if self.row.cells.iter().any(|cell| cell.len() > sheet::MOST_CELL) {
                let code = Code::TooMuch { limit: Limit::Cell, most: sheet::MOST_CELL as u64 };
                problems.push(Problem::problem(Place::line(&self.file, self.row.line), code));
                continue;
            }
            return true;
        }
    }

    /// The line of the current row.
    pub(crate) fn line(&self) -> u64 {
        self.row.line
    }

    /// The current row's cell in a column, trimmed; blank if there is no such column.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        column.map_or("", |index| self.row.cell(index))
    }

    /// The current row's cell, unless blank.
    pub(crate) fn filled(&self, column: Option<usize>) -> Option<String> {
        let cell = self.cell(column);
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    /// The place of a column on the current row; of a column that is not there, by the name given.
    pub(crate) fn place(&self, column: Option<usize>, name: &str) -> Place {
        let heading = column.and_then(|index| self.headings.get(index)).map_or(name, String::as_str);
        Place::line(&self.file, self.line()).at(heading, column.map(|index| index as u32 + 1))
    }
}

/// The form in which headings are compared: letters and digits only, lower case, with slips that real files hold put right.
fn key(heading: &str) -> String {
    let key: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match key.as_str() {
        "datalastmodified" => "datelastmodified".to_owned(),
        _ if key.starts_with("preffered") => key.replacen("preffered", "preferred", 1),
        _ if key.starts_with("prefered") => key.replacen("prefered", "preferred", 1),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_however_they_are_spelt() {
        let mut problems = Vec::new();
        let text = "\n LA (code) ,prefferedGivenName,,URN,urn,\n301,Ada,,999901\n\n302,\"x";
        let mut table = Named::open("t.csv", text, &mut problems).expect("a header");
        let (la, given) = (table.column(&["LA (code)"]), table.column(&["preferredGivenName"]));
        assert_eq!((la, given, table.column(&["urn"]), table.column(&["none"])), (Some(0), Some(1), Some(3), None));
        assert_eq!(problems.len(), 1, "URN stands twice");
        assert!(table.advance(&mut problems));
        assert_eq!((table.line(), table.cell(la), table.cell(given), table.cell(None)), (3, "301", "Ada", ""));
        assert_eq!(table.place(given, "x").to_string(), "t.csv, line 3, prefferedGivenName");
        assert!(!table.advance(&mut problems));
        assert_eq!(problems[1].code, Code::QuoteNotClosed);
    }

    #[test]
    fn a_row_with_a_cell_beyond_all_measure_is_left_out() {
        let text = format!("a\n1\n{}\n2\n", "x".repeat(sheet::MOST_CELL + 1));
        let mut problems = Vec::new();
        let mut table = Named::open("t.csv", &text, &mut problems).expect("a header");
        let mut lines = Vec::new();
        while table.advance(&mut problems) {
            lines.push(table.line());
        }
        assert_eq!((lines, problems.len()), (vec![2, 4], 1));
    }

    #[test]
    fn a_file_without_a_line_has_nothing_in_it() {
        let mut problems = Vec::new();
        assert!(Named::open("t.csv", "\n , \n", &mut problems).is_none());
        assert_eq!(problems[0].code, Code::NothingInIt);
    }
}
