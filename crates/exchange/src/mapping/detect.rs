use super::{Mapped, Mapping, Subject, Target, heading};
use crate::{
    problem::{Code, Place, Problem},
    roster::Extent,
    sheet::{Row, Sheet},
};

/// How many rows at the top of a sheet may be titles.
pub(super) const TITLES: usize = 30;

/// What a person is shown before a file is read: the header found and the first rows under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The line of the header.
    pub header_line: u64,
    /// Lines above it that were taken for titles.
    pub titles: Vec<String>,
    /// The headings, by column; blank where there is none.
    pub headings: Vec<String>,
    /// The first rows, as written.
    pub rows: Vec<(u64, Vec<String>)>,
    /// How many rows there are in all.
    pub total: usize,
}

/// The position of the header among the rows: the one near the top with most recognised headings (at least one); else the
/// first with at least two cells.
pub(super) fn header(sheet: &Sheet<'_>, subject: Subject) -> Option<usize> {
    let known = |row: &Row<'_>| {
        let means = |cell: &str| !matches!(heading::meaning(cell, subject).0, Target::Unknown);
        row.cells.iter().filter(|cell| !cell.trim().is_empty() && means(cell)).count()
    };
    let top = &sheet.rows[..sheet.rows.len().min(TITLES)];
    let best = top.iter().map(known).enumerate().max_by_key(|&(at, count)| (count, usize::MAX - at));
    match best {
        Some((at, count)) if count > 0 => Some(at),
        _ => top.iter().position(|row| row.width() > 1),
    }
}

/// Finds out what the columns of a sheet mean.
///
/// # Errors
/// No row of headings was found.
#[expect(clippy::result_large_err, reason = "asked once a file, and the problem is shown as it is")]
pub fn detect(sheet: &Sheet<'_>, subject: Subject) -> Result<Mapping, Problem> {
    let at = header(sheet, subject).ok_or_else(|| Problem::problem(Place::file(&sheet.file), Code::NoHeader))?;
    let row = &sheet.rows[at];
    let mut columns: Vec<(Mapped, u8)> = Vec::new();
    for index in 0..row.width() {
        let text = row.cell(index);
        if text.is_empty() {
            continue;
        }
        let (target, rank) = heading::meaning(text, subject);
        columns.push((Mapped { heading: text.to_owned(), number: index as u32 + 1, target }, rank));
    }
    // One column for each meaning: the better name, then the first.
    for at in 0..columns.len() {
        let (target, rank) = (columns[at].0.target.clone(), columns[at].1);
        let single = !matches!(target, Target::Dropped | Target::Unknown);
        let better = |(other, (column, other_rank)): (usize, &(Mapped, u8))| {
            column.target == target && (*other_rank, other) < (rank, at)
        };
        if single && columns.iter().enumerate().any(better) {
            columns[at].0.target = Target::Unknown;
        }
    }
    let columns = columns.into_iter().map(|(column, _)| column).collect();
    Ok(Mapping { subject, columns, date_order: None, extent: Extent::Partial })
}

/// The header and the first rows of a sheet, as written.
pub fn preview(sheet: &Sheet<'_>, subject: Subject, rows: usize) -> Option<Preview> {
    let at = header(sheet, subject)?;
    let cells = |row: &Row<'_>| row.cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    Some(Preview {
        header_line: sheet.rows[at].line,
        titles: sheet.rows[..at].iter().map(|row| cells(row).join(" ").trim().to_owned()).collect(),
        headings: cells(&sheet.rows[at])[..sheet.rows[at].width()].to_vec(),
        rows: sheet.rows[at + 1..].iter().take(rows).map(|row| (row.line, cells(row))).collect(),
        total: sheet.rows.len() - at - 1,
    })
}
