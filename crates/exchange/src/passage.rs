//! What a reader of pages and documents yields: their text in reading order, each piece with what it is.

/// One piece of text of a page or document. A reader yields pieces in the order in which they are read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Its text, with white space as in a sentence; never empty, except for a link around a picture without words.
    pub text: String,
}

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassageKind {
    /// The title that a program shows for the whole.
    Title,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table; the first row's cells are as a rule its headings.
    Cell {
        /// Row, counted from nought.
        row: u32,
        /// Column, counted from nought.
        column: u32,
    },
    /// Words that lead somewhere; they also stand in the passage that they are part of.
    Link {
        /// Where to, as written.
        address: String,
    },
    /// What stands for a picture.
    Picture,
}

impl Passage {
    /// A piece of this kind.
    pub fn new(kind: PassageKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}
