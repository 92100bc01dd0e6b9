//! Pages of websites: HTML of any shape in, what a visitor can read out.
//!
//! What is not shown is left out: scripts, styles, templates, form fields, and elements hidden for good. What opens at a click is there:
//! accordions, tabs and `<details>`. Of the site's navigation only its links are kept. Each line of a page is a passage: `<br>` ends one.
//! The terms and descriptions of a definition list come as the two columns of a table.

mod tags;
mod tree;
mod walk;

pub(crate) use walk::sentence;

use html5ever::{
    ParseOpts,
    driver::parse_document,
    tendril::{StrTendril, TendrilSink},
};

use crate::{passage::Passage, text};

/// What one page may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its size in bytes.
    pub bytes: usize,
    /// Its elements and pieces of text.
    pub nodes: usize,
    /// How deep elements may lie within each other.
    pub depth: u32,
    /// The attributes of one tag.
    pub attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 5 << 20, nodes: 300_000, depth: 400, attributes: 1_000 }
    }
}

/// Why a page is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than these.
    Bytes(usize),
    /// More elements than these.
    Nodes(usize),
    /// Elements lie deeper within each other than this.
    Depth(u32),
    /// A tag has more attributes than these.
    Attributes(usize),
}

/// The text of a page in reading order.
///
/// # Errors
///
/// [`Refused`] if the page is larger than the limits; broken HTML is read as browsers read it.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Passage>, Refused> {
    // A little at a time, so that a page made to be slow is given up early.
    const STRIDE: usize = 8 << 10;
    if bytes.len() > limits.bytes {
        return Err(Refused::Bytes(limits.bytes));
    }
    let decoded = text::decode(bytes);
    if tags::have_more_attributes_than(limits.attributes, &decoded.text) {
        return Err(Refused::Attributes(limits.attributes));
    }
    let mut parser = parse_document(tree::Sink::new(), ParseOpts::default());
    let mut rest: &str = &decoded.text;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.floor_char_boundary(STRIDE));
        rest = later;
        parser.process(StrTendril::from(now));
        let (nodes, depth) = parser.tokenizer.sink.sink.size();
        if nodes > limits.nodes {
            return Err(Refused::Nodes(limits.nodes));
        }
        if depth > limits.depth {
            return Err(Refused::Depth(limits.depth));
        }
    }
    Ok(walk::passages(&parser.finish()))
}
