//! Answers and findings in; one document model out: HTML, PDF, DOCX, text.
//!
//! Whoever has something to hand over composes a [`Document`] and picks a writer. The model is small and closed, so that every
//! writer can say everything and none has to guess; what a writer makes depends on the document alone. Nothing here does I/O
//! or reads a clock: the date of a document is part of it.
//!
//! ```
//! use documents::{Column, Document, Section, Table};
//! use jiff::civil::date;
//!
//! let mut encounters = Table::new([Column::words("Encounter"), Column::short("When")]);
//! encounters.row(["Employer talk".into(), "2 March 2027".into()]);
//! let document = Document::new("Record of careers education", date(2027, 5, 1))
//!     .issued_by("Larkfield Academy")
//!     .section(Section::new("Encounters").paragraph("What we have recorded so far.").table(encounters));
//!
//! let pdf: Vec<u8> = documents::pdf::write(&document)?;
//! let word: Vec<u8> = documents::docx::write(&document);
//! let page: String = documents::html::write(&document);
//! let text: String = documents::text::write(&document);
//! # assert!(pdf.starts_with(b"%PDF-") && word.starts_with(b"PK") && page.contains("<h1") && text.contains("Employer talk"));
//! # Ok::<(), documents::pdf::Fault>(())
//! ```

mod block;
mod document;
pub mod docx;
mod figure;
pub mod html;
pub mod pdf;
mod prose;
pub mod site;
mod table;
pub mod text;

pub use block::{Block, List, ListKind, Note, NoteKind, Term};
pub use document::{Document, Language, Section};
pub use figure::{Figure, Paper};
pub use prose::{Address, Inline, Prose};
pub use table::{Column, ColumnKind, Table};
