//! Sheets: rows of cells that know their line and column, from CSV and workbooks.

mod csv;
mod guard;
mod neutral;
mod oddities;
mod read;
mod workbook;

pub use csv::{Csv, Row, sniff_separator};
pub use neutral::{STARTS, neutralise, restore};
pub use oddities::strange_cells;
pub(crate) use oddities::{address, oddities};
pub use read::{Sheet, read};

/// Most bytes of one file. Whoever reads files or uploads asks this before reading them into memory.
pub const MOST_BYTES: u64 = 512_000_000;
/// Most rows of one sheet.
pub const MOST_ROWS: u64 = 5_000_000;
/// Most columns of one sheet.
pub const MOST_COLUMNS: usize = 1_000;
/// Most bytes of one cell.
pub const MOST_CELL: usize = 32_768;
/// Most cells of one sheet, empty ones before the last of a row included: each takes memory, however little the file says of it.
pub const MOST_CELLS: u64 = 10_000_000;
/// Most bytes of text in the cells of one workbook's sheet: many cells may name one long text of its list.
pub const MOST_TEXT: u64 = 256_000_000;
