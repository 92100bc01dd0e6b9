//! What stands one below the other: paragraphs, and tables with what is in their cells.

use super::{
    Refused,
    markup::{Markup, Step},
    package::{Links, Package},
    paragraph,
};
use crate::passage::PassageKind;

/// A passage on its way, with what decides whether it is a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PassageKind,
    pub(super) text: String,
    /// How it looks, if it might be a heading that only looks like one.
    pub(super) look: Option<Look>,
}

/// How a paragraph looks all of whose words are bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Half points; none where the document does not say.
    pub(super) size: Option<u32>,
}

impl Piece {
    pub(super) fn new(kind: PassageKind, text: String) -> Self {
        Self { kind, text, look: None }
    }

    /// Whether it says more than “Page 1 of 3”.
    pub(super) fn is_more_than_a_page_number(&self) -> bool {
        let words = self.text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.filter(|word| !matches!(word.to_lowercase().as_str(), "page" | "of" | "p")).count() > 0
    }

    /// What stands in a margin is no part of the outline.
    pub(super) fn become_running_text(&mut self) {
        self.look = None;
        if matches!(self.kind, PassageKind::Heading(_) | PassageKind::Item | PassageKind::Cell { .. }) {
            self.kind = PassageKind::Paragraph;
        }
    }
}

/// Reads a part and adds what it says.
pub(super) fn read(part: &str, package: &Package, links: &Links, pieces: &mut Vec<Piece>) -> Result<(), Refused> {
    let mut reader = Flow { markup: Markup::new(part), package, links };
    while reader.until(0, pieces)? {}
    Ok(())
}

/// Where reading stands.
pub(super) struct Flow<'a> {
    pub(super) markup: Markup<'a>,
    pub(super) package: &'a Package,
    pub(super) links: &'a Links,
}

impl Flow<'_> {
    /// Reads until no more than `outside` elements are open; false at the end of the part.
    pub(super) fn until(&mut self, outside: usize, pieces: &mut Vec<Piece>) -> Result<bool, Refused> {
        loop {
            match self.markup.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "p" => paragraph::read(self, pieces)?,
                    "tbl" => self.table(pieces)?,
                    // Deleted with changes tracked; or the same again, for older programs.
                    "del" | "moveFrom" | "Fallback" => self.markup.skip()?,
                    // A list of contents repeats headings.
                    "sdt" => self.content_control(pieces)?,
                    // The lines that part notes from the text.
                    "footnote" | "endnote" if element.attribute("type").is_some_and(|kind| kind != "normal") => {
                        self.markup.skip()?;
                    }
                    _ => {}
                },
                Step::Close if self.markup.depth() <= outside => return Ok(true),
                Step::Close | Step::Text(_) => {}
                Step::End => return Ok(false),
            }
        }
    }

    fn content_control(&mut self, pieces: &mut Vec<Piece>) -> Result<(), Refused> {
        let outside = self.markup.depth() - 1;
        let mut is_contents = false;
        loop {
            match self.markup.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "docPartGallery" => is_contents = element.value() == Some("Table of Contents"),
                    "sdtContent" if is_contents => self.markup.skip()?,
                    "sdtContent" => {
                        let inside = self.markup.depth() - 1;
                        self.until(inside, pieces)?;
                    }
                    _ => {}
                },
                Step::Close if self.markup.depth() <= outside => return Ok(()),
                Step::Close | Step::Text(_) => {}
                Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
            }
        }
    }

    /// A table of one column is a frame around text, as many documents use it; what is in it is read as text.
    fn table(&mut self, pieces: &mut Vec<Piece>) -> Result<(), Refused> {
        let outside = self.markup.depth() - 1;
        let (mut columns, mut rows, mut column) = (0_u32, 0_u32, 0_u32);
        let mut cells: Vec<(u32, u32, Vec<Piece>)> = Vec::new();
        loop {
            match self.markup.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "gridCol" => columns = columns.saturating_add(1),
                    "tr" => {
                        rows = rows.saturating_add(1);
                        column = 0;
                    }
                    "gridBefore" => {
                        let before = element.value().and_then(|count| count.parse().ok()).unwrap_or(0_u32);
                        column = column.saturating_add(before.min(1_000));
                    }
                    "tc" => {
                        let mut inside = Vec::new();
                        let span = self.cell(&mut inside)?;
                        cells.push((rows.saturating_sub(1), column, inside));
                        column = column.saturating_add(span);
                        columns = columns.max(column);
                    }
                    "del" | "moveFrom" | "Fallback" => self.markup.skip()?,
                    "p" => paragraph::read(self, pieces)?,
                    _ => {}
                },
                Step::Close if self.markup.depth() <= outside => break,
                Step::Close | Step::Text(_) => {}
                Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
            }
        }
        for (row, column, inside) in cells {
            if columns <= 1 {
                pieces.extend(inside);
            } else {
                as_cell(row, column, inside, pieces);
            }
        }
        Ok(())
    }

    /// Reads a cell and says over how many columns it goes.
    fn cell(&mut self, pieces: &mut Vec<Piece>) -> Result<u32, Refused> {
        let outside = self.markup.depth() - 1;
        let mut span = 1;
        loop {
            match self.markup.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "gridSpan" => {
                        let wide = element.value().and_then(|count| count.parse().ok()).unwrap_or(1_u32);
                        span = wide.clamp(1, 1_000);
                    }
                    "p" => paragraph::read(self, pieces)?,
                    "tbl" => self.table(pieces)?,
                    "sdt" => self.content_control(pieces)?,
                    "del" | "moveFrom" | "Fallback" => self.markup.skip()?,
                    _ => {}
                },
                Step::Close if self.markup.depth() <= outside => return Ok(span),
                Step::Close | Step::Text(_) => {}
                Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
            }
        }
    }
}

/// The paragraphs of a cell are one passage; what leads out of them and what is pictured follows it.
fn as_cell(row: u32, column: u32, inside: Vec<Piece>, pieces: &mut Vec<Piece>) {
    let mut text = String::new();
    let mut after = Vec::new();
    for piece in inside {
        match piece.kind {
            PassageKind::Link { .. } | PassageKind::Picture => after.push(piece),
            _ => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&piece.text);
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::new(PassageKind::Cell { row, column }, text));
    }
    pieces.append(&mut after);
}
