//! Cells of a mapped sheet as values, with their problems.

use std::str::FromStr;

use domain::UnknownWord;

use crate::{
    mapping::{ActivityField, DateOrder, Dates, Mapping, Target},
    problem::{Code, Place, Problem},
    roster::Field,
    sheet::{Row, Sheet, restore},
};

/// The line of the header and the rows below it. Columns that are not read are told of.
pub(super) fn body<'s, 'a>(
    sheet: &'s Sheet<'a>,
    mapping: &Mapping,
    problems: &mut Vec<Problem>,
) -> Option<(u64, &'s [Row<'a>])> {
    let Some(header) = crate::mapping::header(sheet, mapping) else {
        problems.push(Problem::problem(Place::file(&sheet.file), Code::NoHeader));
        return None;
    };
    let line = sheet.rows[header].line;
    for column in &mapping.columns {
        let place = || Place::line(&sheet.file, line).at(&column.heading, Some(column.number));
        match column.target {
            Target::Dropped => problems.push(Problem::note(place(), Code::ColumnDropped)),
            Target::Unknown => problems.push(Problem::note(place(), Code::ColumnUnknown)),
            _ => {}
        }
    }
    let rows = &sheet.rows[header + 1..];
    if rows.is_empty() {
        problems.push(Problem::problem(Place::file(&sheet.file), Code::NothingInIt));
    }
    Some((line, rows))
}

/// Columns that hold dates.
fn date_columns(mapping: &Mapping) -> impl Iterator<Item = usize> {
    use Field::{DateOfBirth, Joined, Left, ProgrammeEnds, ProgrammeStarts};
    let learner = [DateOfBirth, Joined, Left, ProgrammeStarts, ProgrammeEnds].map(Target::Learner);
    learner
        .into_iter()
        .chain([ActivityField::Date, ActivityField::EndsOn].map(Target::Activity))
        .filter_map(|target| mapping.column(&target))
}

/// The order of day and month in a file; with it, examples of dates if somebody must say.
pub(super) fn date_order(rows: &[Row<'_>], mapping: &Mapping) -> (DateOrder, Option<Vec<String>>) {
    if let Some(order) = mapping.date_order {
        return (order, None);
    }
    let columns: Vec<usize> = date_columns(mapping).collect();
    let mut dates = Dates::default();
    let mut examples: Vec<String> = Vec::new();
    for row in rows {
        for &column in &columns {
            let before = dates.either;
            dates.note(row.cell(column));
            if dates.either > before && examples.len() < 3 {
                examples.push(row.cell(column).to_owned());
            }
        }
    }
    match dates.order() {
        Some(order) => (order, None),
        None => (DateOrder::DayFirst, Some(examples)),
    }
}

/// One row of a mapped sheet.
pub(super) struct Cells<'c, 'r> {
    pub(super) file: &'c str,
    pub(super) row: &'c Row<'r>,
    pub(super) mapping: &'c Mapping,
    pub(super) problems: &'c mut Vec<Problem>,
}

impl<'c> Cells<'c, '_> {
    /// The text of the column that means `target`; blank if there is none.
    pub(super) fn raw(&self, target: &Target) -> &'c str {
        self.mapping.column(target).map_or("", |column| restore(self.row.cell(column)))
    }

    /// The place of the column that means `target`.
    pub(super) fn place(&self, target: &Target) -> Place {
        let place = Place::line(self.file, self.row.line);
        match self.mapping.mapped(target) {
            Some(column) => place.at(&column.heading, Some(column.number)),
            None => place,
        }
    }

    /// The text of a cell; `None` if blank.
    pub(super) fn text(&self, target: &Target) -> Option<String> {
        Some(self.raw(target)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The value of a cell; `None` if blank, or unreadable, which is a problem.
    pub(super) fn value<T>(&mut self, target: &Target, read: impl FnOnce(&str) -> Result<T, Code>) -> Option<T> {
        let text = self.raw(target);
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|code| self.problems.push(Problem::problem(self.place(target), code).value(text))).ok()
    }

    /// The value of a cell that must hold one.
    pub(super) fn required<T>(&mut self, target: &Target, read: impl FnOnce(&str) -> Result<T, Code>) -> Option<T> {
        if self.raw(target).is_empty() {
            self.problems.push(Problem::problem(self.place(target), Code::Missing));
        }
        self.value(target, read)
    }
}

/// A word of a closed list.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(text: &str) -> Result<T, Code> {
    text.parse().map_err(|unknown: UnknownWord| Code::UnknownWord {
        allowed: unknown.allowed.iter().map(|&word| word.to_owned()).collect(),
    })
}
