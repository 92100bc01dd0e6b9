//! An existing policy, read in: its parts, and where each would go in a composed paper. What has no place is kept all the same.
//!
//! A part is a heading with what stands beneath it, up to the next heading. It is suggested for the clause whose section is headed alike and whose
//! wording says the like; where nothing is like enough, nothing is suggested, because moving a text is less work than finding a misplaced one.

mod likeness;
mod markdown_of;

pub use likeness::{Suggestion, rank, suggest};

use markdown_of::Written;

/// A piece of an existing policy, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words.
    pub text: String,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PieceKind {
    /// A heading of this level, from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table, counted from nought.
    Cell {
        /// Row.
        row: u32,
        /// Column.
        column: u32,
    },
    /// Words of the piece before it that lead somewhere.
    Link {
        /// Where to.
        address: String,
    },
    /// What stands for a picture.
    Picture,
}

/// A heading and what stands beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading; those above it that have no text of their own stand before it. None for what stands before the first.
    pub heading: Option<String>,
    /// What stands beneath, in the Markdown of clauses; for headings with nothing beneath, the last of them.
    pub text: String,
}

/// A part that is longer is cut between two paragraphs: nobody places ten pages at once. In bytes.
const LONGEST: usize = 6_000;

/// What headings without text of their own are joined with.
const BETWEEN: &str = " › ";

/// The parts of an existing policy, in order. No word is left out.
pub fn parts(pieces: &[Piece]) -> Vec<Part> {
    let mut parts = Vec::new();
    // Headings without text yet, each deeper than the one before it.
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut heading: Option<String> = None;
    let mut written = Written::default();
    for piece in pieces {
        let PieceKind::Heading(level) = piece.kind else {
            if heading.is_none() && !above.is_empty() {
                heading = Some(joined(&above));
                above.clear();
            }
            written.add(piece);
            if written.len() > LONGEST && !matches!(piece.kind, PieceKind::Cell { .. } | PieceKind::Item) {
                parts.push(Part { heading: heading.clone(), text: written.take() });
            }
            continue;
        };
        if !written.is_empty() {
            parts.push(Part { heading: heading.clone(), text: written.take() });
        }
        heading = None;
        // A heading with nothing beneath it is said before those that are deeper; otherwise it would be lost.
        if above.last().is_some_and(|(last, _)| *last >= level) {
            parts.push(headings_alone(&above));
            above.clear();
        }
        above.push((level, &piece.text));
    }
    if !written.is_empty() {
        parts.push(Part { heading, text: written.take() });
    }
    if !above.is_empty() {
        parts.push(headings_alone(&above));
    }
    parts
}

fn joined(above: &[(u8, &str)]) -> String {
    above.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(BETWEEN)
}

fn headings_alone(above: &[(u8, &str)]) -> Part {
    let (last, before) = above.split_last().map_or(("", above), |((_, last), before)| (last, before));
    let heading = Some(joined(before)).filter(|heading| !heading.is_empty());
    Part { heading, text: crate::markdown::escape(last) }
}
