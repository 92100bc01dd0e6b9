//! Sheets: rows of cells that know their line and column, from CSV and workbooks.

mod csv;
mod neutral;
mod read;
mod workbook;

pub use csv::{Csv, Row, sniff_separator};
pub use neutral::{neutralise, restore};
pub use read::{Sheet, read};

/// Most bytes of one file. Whoever reads files or uploads asks this before reading them into memory.
pub const MOST_BYTES: u64 = 512_000_000;
/// Most rows of one sheet.
pub const MOST_ROWS: u64 = 5_000_000;
/// Most columns of one sheet.
pub const MOST_COLUMNS: usize = 1_000;
/// Most bytes of one cell.
pub const MOST_CELL: usize = 32_768;
