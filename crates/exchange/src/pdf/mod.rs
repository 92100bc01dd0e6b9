//! PDF files: what they draw, as lines of text in the order in which it is drawn.
//!
//! A PDF says where each letter stands, not what a paragraph is. Letters on one line become a passage; a wide gap within a line parts
//! two, so that the columns of a table do not run together; larger type is a heading. The addresses that links of a page
//! lead to follow its text. Pictures of text stay pictures: a scanned page yields nothing, which is told apart.

mod lines;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings,
    font::{FontData, FontQuery, StandardFont},
    hayro_syntax::{
        Pdf,
        object::{Array, Dict, String as PdfString},
    },
    interpret_page,
};
use kurbo::{Affine, Rect};

use crate::passage::{Passage, PassageKind};

/// What one file may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its size in bytes.
    pub bytes: usize,
    /// Its pages: those after them are not read.
    pub pages: usize,
    /// Letters on all pages: those after them are not read.
    pub letters: usize,
    /// Figures within figures, and other places that are drawn into: what is drawn after so many is not read. One counts as often
    /// as it lies within others. A file of a few lines can
    /// ask for more of them than there are seconds, by a figure that draws itself twice.
    pub figures: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 10 << 20, pages: 150, letters: 600_000, figures: 400_000 }
    }
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than these.
    Bytes(usize),
    /// No PDF, or one that is damaged.
    Malformed,
    /// It opens with a password only.
    Locked,
    /// It has pages but no text: a picture of a document.
    NoText,
}

/// The text of a PDF file, in the order in which it is drawn.
///
/// # Errors
///
/// [`Refused`] if the file is larger than the limits, is no PDF, is locked or has no text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Passage>, Refused> {
    use hayro_interpret::hayro_syntax::LoadPdfError;
    if bytes.len() > limits.bytes {
        return Err(Refused::Bytes(limits.bytes));
    }
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(Refused::Malformed);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::Locked,
        LoadPdfError::Invalid => Refused::Malformed,
    })?;
    let mut out = Vec::new();
    if let Some(title) = pdf.metadata().title.as_deref().map(title).filter(|title| !title.is_empty()) {
        out.push(Passage::new(PassageKind::Title, title));
    }
    let before = out.len();
    let cache = InterpreterCache::new();
    let mut lines = lines::Lines::new(limits.letters, limits.figures);
    for page in pdf.pages().iter().take(limits.pages) {
        let settings = InterpreterSettings {
            render_annotations: false,
            font_resolver: Arc::new(|query| Some((standard_font(query), 0))),
            ..InterpreterSettings::default()
        };
        let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, pdf.xref(), settings);
        // The interpreter has no other way to be told that it is enough.
        let drawn = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut lines)));
        lines.end_page();
        match drawn {
            Ok(()) => {}
            Err(enough) if enough.is::<lines::Enough>() => break,
            Err(fault) => resume_unwind(fault),
        }
        for address in addresses(page.raw()) {
            lines.link(address);
        }
    }
    out.extend(lines.passages());
    if out.len() == before { Err(Refused::NoText) } else { Ok(out) }
}

/// The typeface for letters whose own is not in the file. Only their places matter here, so one serves for all that have letters.
fn standard_font(query: &FontQuery) -> FontData {
    let wanted = match query {
        FontQuery::Standard(font) => *font,
        FontQuery::Fallback(query) => query.pick_standard_font(),
    };
    let bytes = match wanted {
        StandardFont::Symbol => typst_assets::pdf::SYMBOL,
        StandardFont::ZapfDingBats => typst_assets::pdf::DING_BATS,
        _ => typst_assets::pdf::SANS,
    };
    Arc::new(bytes)
}

/// Where the links of a page lead.
fn addresses(page: &Dict<'_>) -> Vec<String> {
    let Some(notes) = page.get::<Array<'_>>("Annots") else { return Vec::new() };
    notes
        .iter::<Dict<'_>>()
        .filter_map(|note| note.get::<Dict<'_>>("A")?.get::<PdfString<'_>>("URI"))
        .map(|address| String::from_utf8_lossy(address.as_bytes()).trim().to_owned())
        .filter(|address| !address.is_empty())
        .collect()
}

/// A title as PDF has it: UTF-16 with its mark, or one byte a letter.
fn title(bytes: &[u8]) -> String {
    let text = match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => String::from_utf16_lossy(
            &wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>(),
        ),
        None => crate::text::decode(bytes).text.into_owned(),
    };
    crate::html::sentence(&text)
}
