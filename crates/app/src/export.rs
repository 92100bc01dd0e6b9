use exchange::list;

use crate::{Error, Result};

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// Comma-separated, UTF-8 with a mark, as Excel expects.
    Csv,
    /// A workbook with a frozen heading and filters.
    Xlsx,
}

/// A list as a file to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A list of rows under headings.
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn write(&self, name: &str, format: ListFormat) -> Result<ListFile> {
        let (extension, media_type, bytes) = match format {
            ListFormat::Csv => ("csv", "text/csv; charset=utf-8", list::csv(&self.headings, &self.rows)),
            ListFormat::Xlsx => (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                list::xlsx(name, &self.headings, &self.rows).map_err(Error::fault)?,
            ),
        };
        Ok(ListFile { name: format!("{name}.{extension}"), media_type, bytes })
    }
}
