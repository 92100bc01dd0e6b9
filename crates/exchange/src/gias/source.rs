use std::{borrow::Cow, collections::HashMap, mem::Discriminant};

use domain::Date;

use crate::{
    archive::{self, Limits},
    named::Named,
    problem::{Code, Limit, Place, Problem},
    sheet,
    text::{self, Encoding, FileKind},
    value,
};

/// The downloads together are smaller than this.
const LIMITS: Limits = Limits { entry: 400_000_000, ..Limits::ROSTER };
/// Of problems of one sort, how many are told one by one: the register is long, and one slip may be on every row.
const TOLD_SINGLY: u64 = 50;

/// Problems of a long file.
#[derive(Default)]
pub(super) struct Told {
    problems: Vec<Problem>,
    counts: HashMap<Discriminant<Code>, (u64, Option<String>)>,
    file: String,
}

impl Told {
    pub(super) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        let (count, column) = self.counts.entry(std::mem::discriminant(&problem.code)).or_default();
        *count += 1;
        if *count <= TOLD_SINGLY {
            column.clone_from(&problem.place.column);
            self.problems.push(problem);
        }
    }

    /// For readers that want a list to put problems in.
    pub(super) fn with<T>(&mut self, read: impl FnOnce(&mut Vec<Problem>) -> T) -> T {
        let mut found = Vec::new();
        let value = read(&mut found);
        for problem in found {
            self.push(problem);
        }
        value
    }

    pub(super) fn finish(mut self) -> Vec<Problem> {
        let more = self.counts.into_values().filter(|(count, _)| *count > TOLD_SINGLY);
        let mut more: Vec<Problem> = more
            .map(|(count, column)| {
                let place = Place { column, ..Place::file(&self.file) };
                Problem::note(place, Code::MoreOfThese { rows: count - TOLD_SINGLY })
            })
            .collect();
        more.sort_by(|a, b| a.place.cmp(&b.place));
        self.problems.append(&mut more);
        self.problems
    }
}

/// The text of a download: of a zip, of the one CSV file in it.
pub(super) fn text<'b>(bytes: &'b [u8], file: &str, told: &mut Told) -> Option<Cow<'b, str>> {
    if bytes.len() as u64 > sheet::MOST_BYTES {
        let code = Code::TooMuch { limit: Limit::Bytes, most: sheet::MOST_BYTES };
        told.push(Problem::problem(Place::file(file), code));
        return None;
    }
    match FileKind::of(bytes) {
        FileKind::Text => Some(decode(bytes, file, told)),
        FileKind::Zip => {
            let entries = match archive::unpack(bytes, &LIMITS) {
                Ok(entries) => entries,
                Err(refused) => {
                    told.push(refused.problem(file));
                    return None;
                }
            };
            let mut lists = entries.into_iter().filter(|entry| entry.name.to_ascii_lowercase().ends_with(".csv"));
            let (Some(list), None) = (lists.next(), lists.next()) else {
                let code = Code::WrongKind { expected: FileKind::Text, found: FileKind::Zip };
                told.push(Problem::problem(Place::file(file), code));
                return None;
            };
            Some(Cow::Owned(decode(&list.bytes, file, told).into_owned()))
        }
        FileKind::Empty => {
            told.push(Problem::problem(Place::file(file), Code::NothingInIt));
            None
        }
        found => {
            told.push(Problem::problem(Place::file(file), Code::WrongKind { expected: FileKind::Text, found }));
            None
        }
    }
}

fn decode<'b>(bytes: &'b [u8], file: &str, told: &mut Told) -> Cow<'b, str> {
    let decoded = text::decode(bytes);
    for code in decoded.notices {
        // That is how the register writes its files.
        if code != (Code::ReadAs { encoding: Encoding::Windows1252 }) {
            told.push(Problem::note(Place::file(file), code));
        }
    }
    decoded.text
}

/// The table of a download, if it has the columns that it cannot do without.
pub(super) fn open<'t>(
    file: &str,
    text: &'t str,
    needed: &[&[&str]],
    known: &[&str],
    told: &mut Told,
) -> Option<Named<'t>> {
    let mut found = Vec::new();
    let Some(table) = Named::open(file, text, &mut found) else {
        found.into_iter().for_each(|problem| told.push(problem));
        return None;
    };
    let missing: Vec<&str> =
        needed.iter().filter(|names| table.column(names).is_none()).map(|names| names[0]).collect();
    if missing.is_empty() {
        found.into_iter().for_each(|problem| told.push(problem));
        return Some(table);
    }
    // Not one known heading: the first row is no header.
    if table.column(known).is_none() && missing.len() == needed.len() {
        told.push(Problem::problem(Place::line(file, 1), Code::NoHeader));
    } else {
        for name in missing {
            told.push(Problem::problem(Place::line(file, 1).at(name, None), Code::ColumnMissing));
        }
    }
    None
}

/// A number that identifies an institution, if it is one; else what is wrong with it.
pub(super) fn number(text: &str, is_shaped: fn(&str) -> bool) -> Result<String, Code> {
    if text.is_empty() {
        return Err(Code::Missing);
    }
    if value::is_scientific(text) {
        return Err(Code::Scientific);
    }
    // `100001.0` is what a spreadsheet library makes of a column with blanks.
    let text = text.strip_suffix(".0").unwrap_or(text);
    if is_shaped(text) {
        Ok(text.to_owned())
    } else {
        Err(Code::WrongValue { expected: "a number of the register".to_owned() })
    }
}

/// A code as it is compared: `02` and `2` are the same, and so are `00` and `0`.
pub(super) fn code(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let short = text.trim_start_matches('0');
    Some(if short.is_empty() { "0" } else { short }.to_owned())
}

/// `02-01-2025` in the download, `02/01/2025` after a spreadsheet had it, `2025-01-02` elsewhere.
pub(super) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() == 10 && bytes[2] == b'-' && bytes[5] == b'-' {
        return domain::date::parse(&text.replace('-', "/"));
    }
    value::day_of(text)
}

/// A date, or a finding where there is something that is none.
pub(super) fn date_at(table: &Named<'_>, column: Option<usize>, name: &str, told: &mut Told) -> Option<Date> {
    let text = table.cell(column);
    if text.is_empty() {
        return None;
    }
    let day = date(text);
    if day.is_none() {
        told.push(Problem::finding(table.place(column, name), Code::NotADate).value(text));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn codes_with_and_without_noughts_are_the_same() {
        assert_eq!(code("02"), code("2"));
        assert_eq!(code("00"), code("0"));
        assert_eq!(code(" "), None);
    }

    #[test]
    fn dates_are_read_as_the_download_and_as_spreadsheets_write_them() {
        for text in ["02-01-2025", "02/01/2025", "2/1/2025", "2025-01-02"] {
            assert_eq!(date(text), Some(day(2025, 1, 2)), "{text}");
        }
        assert_eq!(date("30-02-2025"), None);
    }

    #[test]
    fn the_same_slip_on_every_row_is_counted() {
        let mut told = Told::of("a.csv");
        for line in 0..1_050 {
            told.push(Problem::finding(Place::line("a.csv", line), Code::LostZeros));
        }
        let problems = told.finish();
        assert_eq!(problems.len(), 51);
        assert_eq!(problems[50].code, Code::MoreOfThese { rows: 1_000 });
    }
}
