//! The little Markdown that clauses and people's own texts are written in: paragraphs, bullets, numbers, headings within a clause
//! (`###`), tables, links, emphasis. Everything else, HTML included, is read as the words that it is made of; no word is lost.

mod read;
mod words;
mod write;

use documents::Block;

pub use self::{
    read::read,
    write::{escape, write},
};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A heading within the clause.
    Heading(String),
    /// What stands below.
    Block(Block),
}

/// A table as Markdown. Cells are Markdown of one line; a bar in one has a backslash before it.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let headings: Vec<String> = headings.iter().map(|heading| escape(heading)).collect();
    let mut out = line(&headings);
    out.push_str(&format!("|{}\n", " --- |".repeat(headings.len())));
    rows.iter().for_each(|row| out.push_str(&line(row)));
    out
}

/// A list without order as Markdown. Items are Markdown of one line.
pub fn bullets<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| format!("- {}\n", item.as_ref())).collect()
}

/// A text that stands for itself, so written that it ends whatever it begins and swallows nothing that follows.
pub(crate) fn standing(text: &str) -> String {
    write(&read(text))
}

/// A text as part of a sentence: its words, links and emphasis on one line, so that it cannot break out.
pub(crate) fn within(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for piece in read(text) {
        match piece {
            Piece::Heading(words) => parts.push(escape(&words)),
            Piece::Block(Block::Paragraph(prose)) => parts.push(write::line(&prose)),
            Piece::Block(Block::List(list)) => parts.extend(list.items.iter().map(write::line)),
            Piece::Block(Block::Table(table)) => {
                parts.extend(table.rows().iter().flatten().map(write::line));
            }
            Piece::Block(_) => {}
        }
    }
    parts.join(" ")
}
