//! Word documents (DOCX): their text in reading order, each piece with what it is.
//!
//! Headings are known by their style, whatever it is called and in whatever language: what counts is the level of its outline. Where somebody made a
//! line look like a heading by making all of it bold, it is taken for one. What was deleted with changes tracked, hidden text, and a list of
//! contents, which only repeats headings, are left out; notes, headers and footers stand at the end.

mod flow;
mod heading;
mod markup;
mod numbering;
mod package;
mod paragraph;
mod refused;
mod style;

pub use refused::Refused;

use std::collections::HashSet;

use crate::{
    archive::Limits,
    passage::{Passage, PassageKind},
};
use package::Package;

/// What a Word document says.
///
/// # Errors
/// The first reason not to read it.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Passage>, Refused> {
    let package = Package::open(bytes, limits)?;
    let mut pieces = Vec::new();
    flow::read(package.text(), &package, package.links(), &mut pieces)?;
    for (part, links) in package.notes() {
        flow::read(part, &package, links, &mut pieces)?;
    }
    // A header that is the same on odd and even pages is said once.
    let mut margins = Vec::new();
    let mut known = HashSet::new();
    for (part, links) in package.margins() {
        let mut said = Vec::new();
        flow::read(part, &package, links, &mut said)?;
        for piece in said {
            if piece.is_more_than_a_page_number() && known.insert(piece.text.clone()) {
                margins.push(piece);
            }
        }
    }
    margins.iter_mut().for_each(flow::Piece::become_running_text);
    pieces.append(&mut margins);

    let title = package.title()?.map(|title| Passage::new(PassageKind::Title, title));
    Ok(title.into_iter().chain(heading::decide(pieces)).collect())
}

impl Limits {
    /// A Word document: text of some hundred pages, and pictures.
    pub const DOCUMENT: Self = Self {
        packed: 32_000_000,
        unpacked: 256_000_000,
        entry: 64_000_000,
        entries: 2_000,
        ratio: 250,
        folders: true,
    };
}
