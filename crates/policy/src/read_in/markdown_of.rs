use documents::Address;

use super::{Piece, PieceKind};
use crate::markdown;

/// Pieces on their way into the Markdown of clauses.
#[derive(Default)]
pub(super) struct Written {
    text: String,
    /// The last block, which links may still be set in.
    last: String,
    last_is_item: bool,
    /// Rows of the table that is being read.
    rows: Vec<Vec<String>>,
    row: Option<u32>,
}

impl Written {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.last.is_empty() && self.rows.is_empty()
    }

    /// About how long it is, in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.last.len()
    }

    pub(super) fn add(&mut self, piece: &Piece) {
        match &piece.kind {
            PieceKind::Heading(_) => {}
            PieceKind::Cell { row, column } => self.cell(*row, *column, &piece.text),
            PieceKind::Link { address } => self.link(&piece.text, address),
            PieceKind::Paragraph => self.block(markdown::escape(&piece.text), false),
            PieceKind::Picture => self.block(markdown::escape(&format!("(Picture: {})", piece.text)), false),
            PieceKind::Item => self.block(format!("- {}", markdown::escape(&piece.text)), true),
        }
    }

    /// What was written, and begins anew.
    pub(super) fn take(&mut self) -> String {
        self.end_table();
        self.end_block(false);
        self.last_is_item = false;
        std::mem::take(&mut self.text).trim_end().to_owned()
    }

    fn block(&mut self, block: String, is_item: bool) {
        self.end_table();
        self.end_block(is_item);
        self.last = block;
        self.last_is_item = is_item;
    }

    /// Items of one list stand in rows; everything else has an empty line between.
    fn end_block(&mut self, next_is_item: bool) {
        if self.last.is_empty() {
            return;
        }
        self.text.push_str(&std::mem::take(&mut self.last));
        self.text.push_str(if self.last_is_item && next_is_item { "\n" } else { "\n\n" });
    }

    fn cell(&mut self, row: u32, column: u32, text: &str) {
        if self.rows.is_empty() {
            self.end_block(false);
        } else if self.row.is_some_and(|last| row < last) {
            // Another table right after this one.
            self.end_table();
        }
        if self.row != Some(row) {
            self.rows.push(Vec::new());
            self.row = Some(row);
        }
        if let Some(cells) = self.rows.last_mut() {
            // Beyond any table of a policy, a place is no longer kept for what is empty.
            let place = usize::try_from(column).unwrap_or(usize::MAX).min(MOST_COLUMNS);
            while cells.len() < place {
                cells.push(String::new());
            }
            cells.push(markdown::escape(text));
        }
    }

    fn end_table(&mut self) {
        self.row = None;
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return;
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(1);
        for (index, mut row) in rows.into_iter().enumerate() {
            row.resize(width, String::new());
            self.text.push_str(&format!("| {} |\n", row.join(" | ")));
            if index == 0 {
                self.text.push_str(&format!("|{}\n", " --- |".repeat(width)));
            }
        }
        self.text.push('\n');
    }

    /// Sets the address at its words in what was written last; where they are not found, after it.
    fn link(&mut self, words: &str, address: &str) {
        let Some(address) = Address::parse(address) else { return };
        let address = address.as_str().replace('(', "%28").replace(')', "%29");
        let words = markdown::escape(words);
        let link = if words.is_empty() { format!("<{address}>") } else { format!("[{words}]({address})") };
        let place = match self.rows.last_mut().and_then(|cells| cells.last_mut()) {
            Some(cell) => cell,
            None => &mut self.last,
        };
        match place.rfind(&words).filter(|_| !words.is_empty()) {
            Some(at) => place.replace_range(at..at + words.len(), &link),
            None if place.is_empty() => place.push_str(&link),
            None => place.push_str(&format!(" {link}")),
        }
    }
}

/// Tables are no wider; what stands further out follows the last cell.
const MOST_COLUMNS: usize = 60;
