use std::borrow::Cow;

/// One row of a sheet. Cells are as written, untrimmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// The line of the file it starts on, from 1; in a workbook the row.
    pub line: u64,
    /// Its cells, from the first column.
    pub cells: Vec<Cow<'a, str>>,
}

impl Row<'_> {
    /// The cell in a column (from 0), trimmed; blank if the row ends before it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// Whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// How many cells there are up to the last one that is not blank.
    pub fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
    }
}

/// Reads separated values row by row without copying them. Lines end in CR, LF or both. A cell that starts with a double
/// quote ends with the next one that is not doubled, and may hold line ends; a quote elsewhere is an ordinary character.
///
/// It is our own because every problem names its line, and a line must be counted the way an editor counts it: blank lines,
/// line ends in quotes and files with CR alone included.
#[derive(Debug, Clone)]
pub struct Csv<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    separator: u8,
    unclosed: Option<u64>,
}

impl<'a> Csv<'a> {
    /// A reader of `text`; the separator is an ASCII character.
    pub fn new(text: &'a str, separator: u8) -> Self {
        Self { text, at: 0, line: 1, separator, unclosed: None }
    }

    /// The line on which a quote was opened that never closed, once the reader has come to the end.
    pub fn unclosed_quote(&self) -> Option<u64> {
        self.unclosed
    }

    /// Reads the next row into `row`, blank ones too; `false` at the end.
    pub fn next(&mut self, row: &mut Row<'a>) -> bool {
        row.cells.clear();
        row.line = self.line;
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return false;
        }
        loop {
            let cell = if bytes.get(self.at) == Some(&b'"') { self.quoted() } else { self.plain() };
            row.cells.push(cell);
            match bytes.get(self.at) {
                Some(&b) if b == self.separator => self.at += 1,
                Some(_) => {
                    self.line_end();
                    return true;
                }
                None => return true,
            }
        }
    }

    /// Up to the next separator or line end.
    fn plain(&mut self) -> Cow<'a, str> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let separator = self.separator;
        let length = rest.iter().position(|&b| b == separator || b == b'\n' || b == b'\r').unwrap_or(rest.len());
        self.at = start + length;
        Cow::Borrowed(&self.text[start..self.at])
    }

    /// From an opening quote to behind the cell. What follows the closing quote belongs to the cell as it stands.
    fn quoted(&mut self) -> Cow<'a, str> {
        let (bytes, opened) = (self.text.as_bytes(), self.line);
        let start = self.at + 1;
        let mut at = start;
        let mut doubled = false;
        loop {
            match bytes.get(at) {
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                    doubled = true;
                    at += 2;
                }
                Some(b'"') | None => break,
                Some(b'\n') => {
                    self.line += 1;
                    at += 1;
                }
                Some(b'\r') => {
                    self.line += u64::from(bytes.get(at + 1) != Some(&b'\n'));
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
        let inside = &self.text[start..at];
        if at == bytes.len() {
            self.unclosed.get_or_insert(opened);
            self.at = at;
        } else {
            self.at = at + 1;
        }
        let inside = if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
        let after = self.plain();
        if after.is_empty() { inside } else { Cow::Owned(inside.into_owned() + &after) }
    }

    fn line_end(&mut self) {
        let bytes = self.text.as_bytes();
        if bytes[self.at] == b'\r' && bytes.get(self.at + 1) == Some(&b'\n') {
            self.at += 1;
        }
        self.at += 1;
        self.line += 1;
    }
}

/// The separator that a text most likely uses: of comma, semicolon, tab and bar the one that cuts the first lines into most
/// cells, equally many on most lines. Comma if there is none.
pub fn sniff_separator(text: &str) -> u8 {
    let mut best = (b',', 0_usize);
    for separator in [b',', b';', b'\t', b'|'] {
        let mut reader = Csv::new(text, separator);
        let mut row = Row::default();
        let mut widths = Vec::new();
        while widths.len() < 20 && reader.next(&mut row) {
            if !row.is_blank() {
                widths.push(row.cells.len());
            }
        }
        // How many lines agree on the commonest width above one, times that width: title rows and stray marks count little.
        let score = widths
            .iter()
            .filter(|&&width| width > 1)
            .map(|&width| widths.iter().filter(|&&other| other == width).count() * width)
            .max()
            .unwrap_or(0);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut reader = Csv::new(text, b',');
        let mut row = Row::default();
        let mut rows = Vec::new();
        while reader.next(&mut row) {
            rows.push((row.line, row.cells.iter().map(|cell| cell.to_string()).collect()));
        }
        rows
    }

    #[test]
    fn lines_are_counted_the_way_an_editor_counts_them() {
        let expected = [
            (1, vec!["a".into(), "b".into()]),
            (2, vec![String::new()]),
            (3, vec!["c".into(), "d\ne".into()]),
            (5, vec!["f".into()]),
        ];
        assert_eq!(rows("a,b\n\nc,\"d\ne\"\nf"), expected);
        assert_eq!(rows("a,b\r\n\r\nc,\"d\ne\"\r\nf\r\n"), expected);
        let lines: Vec<u64> = rows("a\rb\r\rc\r").iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn quotes_hold_separators_and_doubled_quotes() {
        assert_eq!(rows("\"a,\"\"b\"\"\",c\"d,\"e\" f\n")[0].1, ["a,\"b\"", "c\"d", "e f"]);
        assert_eq!(rows("a,\n")[0].1, ["a", ""]);
        assert_eq!(rows("a,")[0].1, ["a", ""]);
    }

    #[test]
    fn a_quote_that_never_closes_is_reported() {
        let mut reader = Csv::new("a\n\"b,c\nd", b',');
        while reader.next(&mut Row::default()) {}
        assert_eq!(reader.unclosed_quote(), Some(2));
    }

    #[test]
    fn separators_are_recognised() {
        assert_eq!(sniff_separator("a;b;c\n1;2,5;3\n"), b';');
        assert_eq!(sniff_separator("a\tb\n1\t2\n"), b'\t');
        assert_eq!(sniff_separator("a|b\n1|2\n"), b'|');
        assert_eq!(sniff_separator("Pupils, all years\n\na;b;c\n1;2;3\n4;5;6\n"), b';');
        assert_eq!(sniff_separator("a\n1\n"), b',');
    }
}
