use crate::Prose;

/// Rows under headings. Every row has a cell for every column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table shows, if the heading above it does not say so.
    pub caption: Option<Prose>,
    /// Whether the first cell of each row names the row.
    pub has_header_column: bool,
    columns: Vec<Column>,
    rows: Vec<Vec<Prose>>,
}

/// One column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// How its cells are set.
    pub kind: ColumnKind,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words of any length: these columns share the width that the others leave.
    Words,
    /// A date or another short entry, kept on one line where there is room.
    Short,
    /// Figures, aligned at their end.
    Figures,
}

impl Column {
    /// A column of words of any length.
    pub fn words(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), kind: ColumnKind::Words }
    }

    /// A column of short entries: a date already written out, a code, a yes or no.
    pub fn short(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), kind: ColumnKind::Short }
    }

    /// A column of figures.
    pub fn figures(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), kind: ColumnKind::Figures }
    }
}

impl Table {
    /// What is written in place of a table without rows.
    pub const NOTHING: &str = "Nothing is recorded here.";

    /// A table without rows.
    ///
    /// # Panics
    ///
    /// If there is no column: such a table says nothing.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let columns: Vec<Column> = columns.into_iter().collect();
        assert!(!columns.is_empty(), "a table has at least one column");
        Self { caption: None, has_header_column: false, columns, rows: Vec::new() }
    }

    /// With these words above it.
    #[must_use]
    pub fn captioned(mut self, caption: impl Into<Prose>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// The first cell of each row names the row.
    #[must_use]
    pub fn with_header_column(mut self) -> Self {
        self.has_header_column = true;
        self
    }

    /// Adds a row at the end.
    ///
    /// # Panics
    ///
    /// If it has not one cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Prose>) {
        let cells: Vec<Prose> = cells.into_iter().collect();
        assert_eq!(cells.len(), self.columns.len(), "a row has one cell for each column");
        self.rows.push(cells);
    }

    /// Adds these rows at the end, as [`Table::row`] does.
    #[must_use]
    pub fn rows_of(mut self, rows: impl IntoIterator<Item = Vec<Prose>>) -> Self {
        rows.into_iter().for_each(|row| self.row(row));
        self
    }

    /// Its columns, at least one.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Its rows, each with one cell for each column.
    pub fn rows(&self) -> &[Vec<Prose>] {
        &self.rows
    }
}
