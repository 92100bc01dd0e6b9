//! Documents as PDF/UA-1: tagged, in a language, with a title, bookmarks and named table headers, so that a screen reader
//! finds its way and paper looks calm.
//!
//! A fixed template, `document.typ`, sets the pages. It gets the document as data, so that nothing in it is ever read as
//! markup; and it has no file to read but that data, no network, no packages and no clock. The same document gives
//! the same bytes.

mod characters;
mod data;
mod fonts;
mod world;

use std::collections::BTreeSet;

use typst::{comemo, diag::SourceDiagnostic, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub(crate) use fonts::files as typefaces;

use crate::Document;
use world::{Desk, template_line};

/// A document could not be set or written. Always ours: whatever people typed can be written.
///
/// The compiler's own messages quote the document, so they are left out; the lines are those of our template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The pages could not be set.
    #[error("a document's pages could not be set (lines of the template: {lines:?})")]
    Setting {
        /// Lines of the template that the compiler complained about.
        lines: Vec<usize>,
    },
    /// The pages were set, but not as PDF/UA-1 asks.
    #[error("a document's pages could not be written as PDF/UA-1 (lines of the template: {lines:?})")]
    Writing {
        /// Lines of the template that the compiler complained about.
        lines: Vec<usize>,
    },
}

/// The document as PDF/UA-1.
///
/// Characters that no typeface of ours has are shown as �, and a sentence at the end says so.
///
/// # Errors
///
/// A fault of the template or the compiler.
pub fn write(document: &Document) -> Result<Vec<u8>, Fault> {
    let desk = Desk::new(data::of(document));
    let bytes = set_and_write(&desk);
    // What the compiler remembers between two documents is worth little here, and it is learners' records.
    comemo::evict(0);
    bytes
}

fn set_and_write(desk: &Desk) -> Result<Vec<u8>, Fault> {
    let pages =
        typst::compile::<PagedDocument>(desk).output.map_err(|errors| Fault::Setting { lines: lines(&errors) })?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).expect("one standard does not contradict itself");
    let options = PdfOptions { creator: Smart::Custom(Some("Waymark".into())), standards, ..PdfOptions::default() };
    typst_pdf::pdf(&pages, &options).map_err(|errors| Fault::Writing { lines: lines(&errors) })
}

fn lines(errors: &[SourceDiagnostic]) -> Vec<usize> {
    errors.iter().filter_map(|error| template_line(error.span)).collect::<BTreeSet<_>>().into_iter().collect()
}
