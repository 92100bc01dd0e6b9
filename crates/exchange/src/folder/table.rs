use crate::{
    problem::{Code, Limit, Place, Problem, Severity},
    sheet::{self, Csv, Row, restore},
    text::{self, FileKind},
};

/// A column that a file may have: its heading, and whether it must be there and filled.
pub(super) type Heading = (&'static str, bool);

/// One of the folder's CSV files, read row by row.
pub(super) struct Table<'a> {
    file: &'static str,
    csv: Csv<'a>,
    row: Row<'a>,
    /// For each known column, where it stands.
    found: Vec<Option<usize>>,
    known: &'static [Heading],
    /// Headings up to the last that is not blank.
    width: usize,
    rows: u64,
    cut_short: bool,
}

/// Checks that a file is text and within limits, and decodes it.
pub(super) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    problems: &mut Vec<Problem>,
) -> Option<std::borrow::Cow<'a, str>> {
    if bytes.len() as u64 > sheet::MOST_BYTES {
        let code = Code::TooMuch { limit: Limit::Bytes, most: sheet::MOST_BYTES };
        problems.push(Problem::problem(Place::file(file), code));
        return None;
    }
    match FileKind::of(bytes) {
        FileKind::Text => {}
        FileKind::Empty => {
            problems.push(Problem::problem(Place::file(file), Code::NothingInIt));
            return None;
        }
        found => {
            problems.push(Problem::problem(Place::file(file), Code::WrongKind { expected: FileKind::Text, found }));
            return None;
        }
    }
    let decoded = text::decode(bytes);
    problems.extend(decoded.notices.into_iter().map(|code| Problem::note(Place::file(file), code)));
    Some(decoded.text)
}

impl<'a> Table<'a> {
    /// Reads the header of `text`; `None`, with the problems told, if rows cannot be read under it.
    pub(super) fn open(
        file: &'static str,
        text: &'a str,
        known: &'static [Heading],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut csv = Csv::new(text, b',');
        let mut row = Row::default();
        loop {
            if !csv.next(&mut row) {
                problems.push(Problem::problem(Place::file(file), Code::NothingInIt));
                return None;
            }
            if !row.is_blank() {
                break;
            }
        }
        let width = row.width();
        if width == 1 && known.len() > 1 {
            let separator = char::from(sheet::sniff_separator(text));
            if separator != ',' && row.cell(0).contains(separator) {
                let place = Place::line(file, row.line);
                problems.push(Problem::problem(place, Code::WrongSeparator { found: separator }).value(row.cell(0)));
                return None;
            }
        }
        let found = match_headings(file, &row, width, known, problems)?;
        Some(Self { file, csv, row: Row::default(), found, known, width, rows: 0, cut_short: false })
    }

    /// Moves to the next row that is not blank; `false` at the end. A row with more cells than headings is told of here,
    /// and [`Table::is_sound`] is false on it.
    pub(super) fn advance(&mut self, problems: &mut Vec<Problem>) -> bool {
        loop {
            if !self.csv.next(&mut self.row) {
                return false;
            }
            if self.row.is_blank() {
                continue;
            }
            self.rows += 1;
            if self.rows > sheet::MOST_ROWS {
                self.cut_short = true;
                let code = Code::TooMuch { limit: Limit::Rows, most: sheet::MOST_ROWS };
                problems.push(Problem::problem(Place::file(self.file), code));
                return false;
            }
            if let Some(line) = self.csv.unclosed_quote() {
                self.cut_short = true;
                problems.push(Problem::problem(Place::line(self.file, line), Code::QuoteNotClosed));
                return false;
            }
            return true;
        }
    }

    /// Whether rows after the last one could not be read.
    pub(super) fn is_cut_short(&self) -> bool {
        self.cut_short
    }

    /// The line of the current row.
    pub(super) fn line(&self) -> u64 {
        self.row.line
    }

    /// The current row's cell in a known column (its position in the list of headings): trimmed, restored, blank if absent.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.found[column].map_or("", |index| restore(self.row.cell(index)))
    }

    /// Reads the current row through a reader that notes whether anything is wrong with it.
    pub(super) fn reader<'t>(&'t self, problems: &'t mut Vec<Problem>) -> RowReader<'t, 'a> {
        let mut reader = RowReader { table: self, problems, sound: true };
        if self.row.width() > self.width {
            let extra = self.row.cell(self.width).to_owned();
            reader.row_problem(Code::TooManyCells { headings: self.width as u32 }, &extra);
        }
        reader
    }

    /// The place of a known column on the current row.
    pub(super) fn place(&self, column: usize) -> Place {
        let number = self.found[column].map(|index| index as u32 + 1);
        Place::line(self.file, self.line()).at(self.known[column].0, number)
    }
}

fn match_headings(
    file: &str,
    row: &Row<'_>,
    width: usize,
    known: &[Heading],
    problems: &mut Vec<Problem>,
) -> Option<Vec<Option<usize>>> {
    let mut found: Vec<Option<usize>> = vec![None; known.len()];
    for index in 0..width {
        let heading = row.cell(index);
        let number = index as u32 + 1;
        let place = Place::line(file, row.line).at(heading, Some(number));
        match known.iter().position(|(name, _)| name.eq_ignore_ascii_case(heading)) {
            Some(column) => match found[column] {
                None => found[column] = Some(index),
                Some(first) => {
                    problems
                        .push(Problem::problem(place, Code::ColumnRepeated { first: first as u32 + 1 }).value(heading));
                }
            },
            None => problems.push(Problem::note(place, Code::ColumnUnknown).value(heading)),
        }
    }
    let mut complete = true;
    for (column, (name, required)) in known.iter().enumerate() {
        if *required && found[column].is_none() {
            complete = false;
            problems.push(Problem::problem(Place::line(file, row.line).at(*name, None), Code::ColumnMissing));
        }
    }
    complete.then_some(found)
}

/// The cells of one row as values, with every problem of the row told as it is found.
pub(super) struct RowReader<'t, 'a> {
    table: &'t Table<'a>,
    problems: &'t mut Vec<Problem>,
    sound: bool,
}

impl RowReader<'_, '_> {
    /// Whether nothing was wrong so far.
    pub(super) fn is_sound(&self) -> bool {
        self.sound
    }

    /// Tells of a problem with the row as a whole.
    fn row_problem(&mut self, code: Code, value: &str) {
        self.sound = false;
        let place = Place::line(self.table.file, self.table.line());
        self.problems.push(Problem::problem(place, code).value(value));
    }

    /// Tells of a problem with a cell.
    pub(super) fn problem(&mut self, column: usize, code: Code) {
        self.sound = false;
        self.tell(column, code, Severity::Problem);
    }

    /// Tells of something about a cell that does not keep the row from being taken.
    pub(super) fn finding(&mut self, column: usize, code: Code) {
        self.tell(column, code, Severity::Finding);
    }

    fn tell(&mut self, column: usize, code: Code, severity: Severity) {
        let value = Some(self.table.cell(column)).filter(|value| !value.is_empty());
        let problem = Problem { place: self.table.place(column), severity, code, value: None };
        self.problems.push(match value {
            Some(value) => problem.value(value),
            None => problem,
        });
    }

    /// The text of a cell; `None` if blank, which is a problem in a required column.
    pub(super) fn text(&mut self, column: usize) -> Option<String> {
        let text = self.table.cell(column);
        if text.is_empty() {
            if self.table.known[column].1 {
                self.problem(column, Code::Missing);
            }
            return None;
        }
        Some(text.to_owned())
    }

    /// The value of a cell; `None` if blank, or unreadable, which is a problem.
    pub(super) fn value<T>(&mut self, column: usize, read: impl FnOnce(&str) -> Result<T, Code>) -> Option<T> {
        let text = self.table.cell(column);
        if text.is_empty() {
            if self.table.known[column].1 {
                self.problem(column, Code::Missing);
            }
            return None;
        }
        match read(text) {
            Ok(value) => Some(value),
            Err(code) => {
                self.problem(column, code);
                None
            }
        }
    }
}
